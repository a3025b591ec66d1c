# Les groupements d'un comité : besoins et offices.
pool-no-members = Aucun office n’a encore rejoint.
pool-needs = Ce qu’il faut
pool-no-needs = Rien encore. Pour un planning, il faut savoir quand combien de personnes sont attendues.
pool-people = { $leads } en première ligne, { $backups } en renfort
pool-need-add = Ajouter un besoin
pool-need-do = Ajouter
pool-need-from = à partir du { $day }
pool-need-until = jusqu’au { $day }
pool-need-first = Premier jour
pool-need-first-hint = Un jour passé, s’il faut importer des gardes passées.
pool-need-last = Dernier jour
pool-need-last-hint = Vide : sans fin.
pool-need-end = Terminer…
pool-leads = En première ligne
pool-backups = En renfort
pool-languages = Langues que chacun doit parler en première ligne
pool-destinations = Destinations que chacun doit connaître en première ligne
pool-channels = Canaux sur lesquels chacun doit répondre en première ligne
pool-unmanned = Personne ne le dirige encore : l'invitation n'a pas été suivie.
pool-office = Ajouter un office
pool-office-lead = Son guichet est ouvert en semaine de 9 h à 17 h, son chat est ouvert, et sa première personne responsable est invitée.
pool-in = Groupement
pool-office-from = Il veille à partir du
pool-office-from-hint = Un jour passé, s’il faut importer des gardes passées de son équipe.
pool-office-first = Sa première personne responsable
pool-office-do = Ajouter et inviter
pool-make = Créer un groupement
pool-make-lead = Un groupement réunit les offices qui veillent ensemble. Il suit le fuseau horaire et les jours fériés du comité.
pool-name = Nom du groupement
pool-make-do = Créer
pool-need-end-effect = Dès demain, plus aucun planning ne demande ces heures. Les gardes publiées restent.
pool-need-end-do = Terminer aujourd’hui
pool-kind = Ce que sont ces heures
pool-kind-active = Du travail, en entier
pool-kind-standby = Une astreinte : attendre chez soi, chaque réponse est du travail
proposals-title = Proposé d’après les messages reçus
proposals-thin = { $count ->
    [0] Aucun message encore.
    [one] Un message pour l’instant.
   *[other] { $count } messages pour l’instant.
} À partir de { $fewest } en huit semaines, des heures et des effectifs sont proposés ici.
proposals-missed = { $count ->
    [0] Aucun message n’est arrivé à une heure que personne ne veille.
    [one] Un message ({ $share }) est arrivé à une heure que personne ne veille.
   *[other] { $count } messages ({ $share }) sont arrivés à des heures que personne ne veille.
}
proposals-none = Rien à proposer : aux heures veillées, { $share } ou plus reçoivent un début de réponse en { $within }.
proposals-rest = Une aide à la planification. Elle repose sur { $count } messages, { $days }, et compte { $handling } par réponse. Elle connaît le passé, et aucun festival.
proposals-came = { $count ->
    [one] Un message
   *[other] { $count } messages
} en { $days ->
    [one] un jour.
   *[other] { $days } jours.
}
proposals-first = { $people ->
    [one] Une personne répondrait
   *[other] { $people } personnes répondraient
} à { $after } en { $within }. Personne ne le fait aujourd’hui.
proposals-one-more = { $people ->
    [2] Une deuxième personne
    [3] Une troisième personne
   *[other] Une personne de plus
} porte les réponses en { $within } de { $before } à { $after }.
proposals-more = { $more } personnes de plus portent les réponses en { $within } de { $before } à { $after }.
proposals-giving-up = { $share } renonceraient encore.
proposals-chats = Si tout passait par le chat, { $share } auraient une réponse aussitôt.
proposals-do = { $count ->
    [one] Demander une personne
   *[other] Demander { $count } personnes
}
pool-holidays = Jours fériés : { $calendar } ({ $count } jours cette année)
pool-holidays-effect = Les besoins des jours fériés suivent aussitôt ; les plannings construits ou publiés restent. Chaque office garde en outre ses propres jours, selon le droit de son employeur.
pool-holidays-cantons = Sont connus les cantons romands et Berne ; de Fribourg, les jours des communes catholiques. Ailleurs, choisissez ce que gardent tous les cantons, et saisissez les jours qui manquent comme un jour autrement.
pool-holidays-do = Garder ceux-ci
done-calendar = Les jours fériés sont enregistrés.
pool-season = Dans l’année
pool-season-whole = toute l’année
pool-season-part = d’un jour à un jour, chaque année
pool-season-from = Du (chaque année)
pool-season-until = Au, inclus
pool-season-hint = Les deux dates ne comptent que pour une partie de l’année, et sans leur année.
pool-season-yearly = du { $from } au { $until } chaque année
pool-season-inside = pendant les vacances scolaires de { $zone }
pool-season-outside = hors des vacances scolaires de { $zone }
pool-school-known = Les vacances scolaires de { $zone } sont connues jusqu’au { $day } ; ensuite, il y a école.
pool-school-none = Pour des besoins selon les vacances scolaires, importez-les comme fichier.
pool-not-on = Pas le { $day }
pool-as-usual = Comme d’habitude, finalement
pool-day = Un jour autrement
pool-day-which = Jour
pool-day-instead = À la place de l’habitude
pool-day-nobody = personne n’est demandé
pool-day-hours = ces heures sont demandées
pool-day-effect = Heures et personnes ne comptent que si vous les demandez. Les plannings construits ou publiés restent.
pool-day-do = Le demander
done-day = Ce jour est autrement maintenant.
done-as-usual = Ce jour est de nouveau comme d’habitude.
