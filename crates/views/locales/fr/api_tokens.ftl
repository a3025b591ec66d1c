# Les programmes qui agissent pour une personne.
tokens-title = Programmes
tokens-why = Un jeton permet à un programme d’agir pour vous par l’API, dans votre rôle du moment, sans jamais pouvoir plus que vous.
tokens-secret = Le jeton
tokens-once = Copiez-le maintenant : il ne s’affiche que cette fois. Qui l’a agit pour vous.
tokens-reads = Lecture
tokens-writes = Lecture et modification
tokens-used = utilisé le { $day }
tokens-unused = jamais utilisé
tokens-until = jusqu’au { $day }
tokens-revoke = Révoquer
tokens-revoke-of = Révoquer { $name }
tokens-name = À quoi sert-il ?
tokens-nameless = Donnez-lui un nom de 80 caractères au plus.
tokens-may = Ce qu’il peut faire
tokens-year = Il vaut un an, ou jusqu’à ce que vous le révoquiez.
tokens-make = Créer un jeton
