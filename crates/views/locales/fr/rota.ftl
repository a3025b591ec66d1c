# Le planning partagé.
rota-above = { $pool } · planning partagé · { $offices ->
    [one] { $offices } office
   *[other] { $offices } offices
}
rota-earlier = Jours précédents
rota-later = Jours suivants
rota-building = En construction
rota-waiting = En attente de construction
rota-draft = Brouillon { $number }, non publié
rota-published = Publié
rota-superseded = Remplacé par un plus récent
rota-discarded = Écarté
rota-view = Vue
rota-by-advisor = Par personne
rota-by-shift = Par garde
rota-by-office = Par office
rota-print = Imprimer
rota-compare = Comparer au publié
rota-publish = Publier…
rota-bring-back = Annuler cette publication
rota-bring-back-effect = Une version antérieure revient comme brouillon. Vous voyez qui elle concerne avant de la publier.
rota-version = Version { $number }, publiée le { $day }
rota-new-draft = Modifier dans un brouillon
rota-led = { $led } sur { $duties }
rota-led-by = gardes ont un titulaire
rota-broken = { $count ->
    [one] règle enfreinte
   *[other] règles enfreintes
}
rota-wishes = des souhaits respectés
rota-gap = Écart d'équité
rota-gap-between = entre le plus et le moins
rota-told = Prévenus à la publication : { $told ->
    [one] { $told } personne
   *[other] { $told } personnes
}
rota-notice = Prévenus à la publication : { $told ->
    [one] { $told } personne
   *[other] { $told } personnes
}, { $days ->
    [one] { $days } jour franc
   *[other] { $days } jours francs
} avant
rota-board = Planning
rota-days = Jours
rota-day-empty = Rien à couvrir ce jour-là.
rota-holiday = Jour férié
rota-empty = Pas de garde ces jours-ci. Les besoins du groupement disent quelles heures couvrir ; une construction les pourvoit ensuite.
rota-advisors = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
rota-people = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
rota-offices = { $count ->
    [one] { $count } office
   *[other] { $count } offices
}
rota-duties = Heures
rota-filled = Pourvues
rota-hours-vs-fair = Heures et juste part
rota-over-fair = heures au-dessus ou au-dessous de la juste part
rota-day-open = { $count ->
    [one] { $count } sans titulaire
   *[other] { $count } sans titulaire
}
rota-open = Gardes ouvertes
rota-open-none = Toutes les places sont pourvues
rota-open-count = { $leads ->
    [0] { $count } sans renfort
    [one] { $leads } sans titulaire
   *[other] { $leads } sans titulaire
}
rota-needs-language = Langue : { $language }
rota-needs-destination = Doit connaître { $office }
rota-needs-channel = Canal : { $channel }
rota-nobody = Personne
rota-pinned = épinglé
rota-wish-kept = un de ses souhaits
rota-morning = Matin
rota-afternoon = Après-midi
rota-evening = Soir
rota-backup = Renfort
rota-learner = En apprentissage
rota-away = Indisponible
rota-rather-not = Plutôt pas
rota-wish = Souhait
rota-key-pick = prendre, poser
rota-key-all = toutes
rota-say-picked = { "{what}" } en main. Flèches haut et bas pour choisir une personne, Entrée pour poser, Échap pour abandonner.
rota-say-cancelled = Abandonné. Rien n'a bougé.
rota-say-moved = Confié à { "{name}" }. U pour annuler.
rota-say-opened = De nouveau libre. U pour annuler.
rota-say-refused = Impossible. Rien n'a changé.
rota-say-pinned = Épinglé.
rota-say-unpinned = Libéré.
rota-give-to = Confier à
rota-give = Confier
rota-give-name = Confier à { $name }
rota-pin = Épingler
rota-unpin = Libérer
rota-preview = { $day }, { $hours } : { $name } ?
rota-preview-how = Relâchez, ou Entrée, pour poser · Échap pour abandonner
rota-preview-refused = Ne peut pas être posé ici
rota-rules-kept = Règles respectées
rota-speaks = Parle { $language }
rota-wished = Un de ses souhaits
rota-would-rather-not = Préférerait ne pas
rota-nearer = Plus près de sa juste part : { $before } → { $after } h
rota-farther = Plus loin de sa juste part : { $before } → { $after } h
rota-rest = { $rest } de repos autour
rota-build-title = Construire le planning
rota-build-running = Construction en cours
rota-build-waits = En attente de son tour
rota-built = Comment il a été construit
rota-build-why = Les gardes épinglées restent ; les autres sont redistribuées pour que la loi soit respectée, chaque heure pourvue et la charge équitable.
rota-build-published = Ce planning est publié. Pour le modifier, ouvrez un brouillon : il part de ce qui est ici.
rota-build = Construire
rota-build-again = Reconstruire
rota-stop = Arrêter et garder
rota-stop-waiting = Ne pas construire
rota-discard = Écarter
rota-proved = C'est prouvé : il n'existe pas de meilleur planning.
rota-stopped = Arrêté ; le meilleur planning trouvé est gardé.
rota-quiet = Pas de meilleur planning depuis { $seconds } s.
rota-keep-working = Vous pouvez continuer ; vos épingles restent en place.
rota-begins = La construction commence dans un instant.
rota-waits = { $before ->
    [one] { $before } construction passe avant.
   *[other] { $before } constructions passent avant.
} Elle commence d'elle-même ; inutile d'attendre ici.
rota-begun-again = Recommencée à { $time }, après une interruption.
quality-title = À côté du meilleur possible
quality-cover-all = Quelqu'un a été trouvé pour chaque heure.
quality-cover-best = Aucun planning ne laisse moins d'heures ouvertes.
quality-cover-within = Heures couvertes : à { $percent } au plus du meilleur possible.
quality-fairness-all = Personne n'y est à plus d'une heure de sa juste part.
quality-fairness-best = Aucun planning ne répartit mieux la charge.
quality-fairness-within = Charge répartie : à { $percent } au plus de la plus juste possible.
quality-fairness-between = On est en général à { $now } de trop de sa juste part ; { $least } au moins sont inévitables.
quality-fairness-open = On est en général à { $now } de trop de sa juste part ; moins n'est pas exclu.
quality-wishes-all = Tous les souhaits y sont respectés.
quality-wishes-best = { $count ->
    [one] { $count } souhait est manqué
   *[other] { $count } souhaits sont manqués
} ; aucun planning n'en manque moins.
quality-wishes-between = { $count ->
    [one] { $count } souhait est manqué
   *[other] { $count } souhaits sont manqués
} ; { $least } au moins doivent l'être.
quality-wishes-open = { $count ->
    [one] { $count } souhait est manqué
   *[other] { $count } souhaits sont manqués
} ; moins n'est pas exclu.
quality-moves-best = { $count ->
    [one] { $count } garde change de main
   *[other] { $count } gardes changent de mains
} ; aucun planning n'en déplace moins.
quality-moves-between = { $count ->
    [one] { $count } garde change de main
   *[other] { $count } gardes changent de mains
} ; { $least } au moins le doivent.
quality-moves-open = { $count ->
    [one] { $count } garde change de main
   *[other] { $count } gardes changent de mains
} ; moins n'est pas exclu.
quality-hint = Une heure de plus ou de moins que la juste part ne compte pas. Une garde que quelqu'un préférerait ne pas avoir compte comme trois souhaits manqués.
rota-curve = Le meilleur planning est passé de { $from } à { $to } sur 100 en { $seconds } secondes
rota-best-so-far = meilleur planning
rota-look = Reste à voir
rota-look-building = En construction. Ce qui reste à voir se trouvera ici ensuite.
rota-gap-published = L'équipe se la voit proposer d'elle-même. Pour la confier tout de suite, ouvrez un brouillon.
rota-stale = Les besoins ont changé depuis la construction.
rota-stale-do = Reconstruisez, pour que toutes les places demandées y soient, et elles seules.
rota-look-nothing = Rien. Chaque heure a quelqu'un et chaque règle est respectée.
rota-gap-lead = { $day }, { $hours } : sans titulaire
rota-gap-backup = { $day }, { $hours } : sans renfort
rota-cure-give-away = Le plus petit remède : confier { $day }, { $hours } à quelqu'un d'autre.
rota-cure-pause = Le plus petit remède : une pause de { $length }, commencée à { $time } au plus tard.
rota-kept-out = { $why } : { $names }.
rota-kept-out-reason = { $why }, possible avec un motif : { $names }.
rota-no-candidate-reason = Personne ne peut la prendre sans motif écrit.
rota-no-candidate = Personne ne peut la prendre en l'état.
rota-ways = { $count ->
    [one] { $count } façon d'y remédier
   *[other] { $count } façons d'y remédier
}
rota-remarks = { $count } fois
rota-remark = { $name }, { $day }
rota-accepted = Accepté par { $name } le { $day } : { $reason }
rota-see = Voir sur le planning
rota-heat = Quand écrivent les visiteurs
rota-heat-weeks = { $weeks ->
    [one] dernière semaine
   *[other] { $weeks } dernières semaines
}
rota-heat-outline = Encadrées : les heures que couvre le planning.
rota-heat-said = On écrit surtout le { $day } à { $hour } h : { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
rota-heat-bold = En gras : les heures que couvre le planning
rota-hour = Heure

rota-other-days = Construire d'autres jours
rota-other-from = Premier jour
rota-other-until = Dernier jour
rota-other-do = Nouveau brouillon
rota-first-title = Faire le premier planning
rota-first-why = Il n'y a pas encore de planning. Choisissez les jours ; la construction pourvoit ensuite ce que demandent les besoins, et vous pouvez tout changer avant que quiconque le voie.
rota-next-title = Faire le prochain planning
rota-next-why = Aucun planning ne couvre aujourd’hui ni un jour à venir. Choisissez les jours à planifier.
rota-next-last = Voir le dernier
rota-first-do = Le construire
