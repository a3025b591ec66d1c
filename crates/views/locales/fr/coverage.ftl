# La couverture : offres, commandes et ce qu'elles apportent.
coverage-title = Couverture
coverage-running = Ce que vous avez
coverage-none = Votre office n'a pas de couverture. Après la fermeture, les messages attendent le matin.
coverage-offers = Ce que vous pouvez commander
coverage-offers-none = Votre groupement n'a pas d'offre en ce moment.
coverage-since = Depuis le { $day }
coverage-from = À partir du { $day }
coverage-until = Jusqu'au { $day } à { $time }
coverage-shared = Une part du coût
coverage-monthly = { $price } par mois
coverage-end = Y mettre fin
coverage-end-effect = La fin est immédiate. Les messages suivants attendent votre propre accueil ; aucun n'est perdu.
coverage-ended = { $count ->
    [one] { $count } terminée
   *[other] { $count } terminées
}
coverage-brought = { $visitors ->
    [one] { $visitors } visiteur a écrit après la fermeture ;
   *[other] { $visitors } visiteurs ont écrit après la fermeture ;
} { $share } ont eu une réponse en moins de { $promise }.
coverage-brought-nothing = Aucun visiteur n'a encore écrit à ces heures. Premiers chiffres après la première soirée.
coverage-answered = { $answered } sur { $visitors } ont eu une réponse humaine.
coverage-median = La moitié en { $time } au plus.
coverage-effect = Ces { $weeks } dernières semaines, { $visitors ->
    [one] { $visitors } visiteur vous a écrit
   *[other] { $visitors } visiteurs vous ont écrit
} à ces heures ; { $unanswered ->
    [0] aucun n'est resté sans réponse avant l'ouverture suivante.
   *[other] { $unanswered } sans réponse avant l'ouverture suivante.
}
coverage-effect-none = Ces { $weeks } dernières semaines, personne ne vous a écrit à ces heures.
coverage-have = Vous l'avez
coverage-order = Commander
coverage-order-changed = « { $name } » a changé depuis que vous l'avez vue, et rien n'a été commandé. Elle coûte maintenant { $price } par mois : regardez ses heures, puis commandez à nouveau.
coverage-order-effect = Effet immédiat : la personne de service répond pour vous dès cette minute.
coverage-pool-offers = Offres du groupement
coverage-pool-none = Pas encore d'offre. Définissez-en une, et les directions pourront la commander.
coverage-closed = N'est plus proposée
coverage-bought-by = Achetée par
coverage-bought-by-none = Personne ne l'a encore achetée.
coverage-without = Sans couverture :
coverage-close = Ne plus la proposer
coverage-close-effect = Les offices qui l'ont la gardent.
coverage-unwatched = Achetées, mais pas veillées
coverage-unwatched-why = Des offices paient ces heures et aucun besoin du groupement ne les couvre. Élargissez les besoins.
coverage-define = Nouvelle offre
coverage-name = Nom
coverage-summary = Une phrase sur ce qu'elle apporte
coverage-days = Jours
coverage-from-time = De
coverage-until-time = À
coverage-price = Prix par mois ({ $currency })
coverage-define-do = La proposer
coverage-wrong-name = Il lui faut un nom.
coverage-wrong-hours = Ce ne sont pas des heures. Écrivez par exemple 18:00 et 22:00.
coverage-wrong-price = Ce n'est pas un montant.
days-all = tous les jours
days-workdays = du lundi au vendredi
days-free = samedi, dimanche et jours fériés
days-holidays = jours fériés
channel-web-chat = messagerie web
channel-email = courriel
