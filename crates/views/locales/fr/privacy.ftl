# La vie privée : durée de conservation, demandes des visiteurs, journal des consultations.
privacy-title = Vie privée
privacy-retention = Durée de conservation
privacy-retention-why = Passé ce délai, ce que les visiteurs ont écrit est supprimé pour de bon : textes, noms, adresses, fichiers. Les chiffres restent, sans personne dedans.
privacy-months = Conversations, en mois après le dernier mot
privacy-days = Fichiers, en jours après leur arrivée
privacy-retention-do = Conserver ainsi
privacy-visitor = La demande d'un visiteur
privacy-visitor-why = Chacun peut demander ce que vous avez sur lui et le faire supprimer. Cherchez son adresse ; vérifiez que c'est bien la sienne avant de remettre quoi que ce soit.
privacy-address = Son adresse
privacy-find = Chercher
privacy-nobody = Personne ne vous a écrit sous cette adresse.
privacy-unnamed = Visiteur sans nom
privacy-match = { $count ->
    [one] { $count } conversation
   *[other] { $count } conversations
}, du { $first } au { $last }
privacy-proven = a écrit de là
privacy-claimed = tapée dans un tchat
privacy-held-mark = retenue
privacy-export = Tout enregistrer (ZIP)
privacy-erase-open = Effacer…
privacy-erase = Effacer tout de qui est coché
privacy-erase-effect = L'effacement est définitif. Une attestation dit ce qui a été supprimé. Les copies de sauvegarde disparaissent avec leurs sauvegardes.
privacy-held = Gardées plus longtemps
privacy-held-why = Une conversation nécessaire à un litige ou à une autorité n'est supprimée ni par le temps ni sur demande, tant que vous ne la libérez pas. Ouvrez-la dans les messages et choisissez de la garder.
privacy-reason = Pourquoi garder cette conversation
privacy-keep = La garder
privacy-release = Libérer…
privacy-proofs = Attestations d'effacement
privacy-proofs-none = Rien n'a encore été effacé à la demande d'un visiteur.
privacy-log = Qui a regardé
privacy-log-why = Qui a ouvert une conversation de vos visiteurs, enregistré un fichier ou exporté. Personne ne peut changer cette liste. Une même chose dans l'heure compte pour une ligne.
privacy-log-empty = Personne pour l'instant.
privacy-opened = a ouvert la conversation
privacy-saved = a enregistré un fichier de la conversation
privacy-exported = a exporté le visiteur
privacy-mine = Ce que vous avez regardé
privacy-mine-why = Chaque office voit qui a ouvert les conversations de ses visiteurs. Voici vos lignes, les plus récentes d'abord.
privacy-keep-link = Garder pour un litige ou une autorité
dossier-title = Ce que { $office } a sur vous
dossier-at = Établi le { $moment }.
dossier-known = Ce qui est connu
dossier-since = depuis le { $moment }
dossier-visitor = Vous
dossier-house = La maison, d'elle-même
privacy-release-effect = Le temps la supprimera comme les autres, aussitôt si elle est assez ancienne.
privacy-release-do = La libérer
