# Aujourd'hui : qui est de service, la ligne du soir, ce qui attend la planification.
today-open-rota = Ouvrir le planning
today-on-now = De service maintenant
today-nobody = Personne n'est de service maintenant
today-hole = Personne n'est de service, alors que l'heure est couverte
today-until = { $name }, jusqu'à { $time }
today-left = temps restant :
today-backup = Renfort
today-present = Est là
today-absent = Pas encore vu
today-next = { $name }, { $day }, { $hours }
today-next-none = Aucune garde n'est publiée pour la suite.
today-line = La ligne du jour
today-line-title = Gardes du jour, messages des visiteurs et heure actuelle
today-line-empty = Pas de garde aujourd'hui.
today-wrote = { $count ->
    [0] Personne n'a écrit aujourd'hui
    [one] { $count } visiteur a écrit, { $answered } avec réponse
   *[other] { $count } visiteurs ont écrit, { $answered } avec réponse
}
today-hours = Heures
today-who = Qui
today-as = Rôle
today-needs = À vous de voir
today-needs-nothing = Rien ne vous attend. Les quatorze prochains jours sont complets.
today-waits = { $visitor } attend à { $office }
today-waits-for = Depuis
today-held-closed = L'heure n'est pas couverte.
today-held-hole = Le planning a un trou à cette heure.
today-opens = Quelqu'un sera là { $day } à { $time }.
today-gap-lead = { $day }, { $hours } : sans titulaire
today-gap-backup = { $day }, { $hours } : sans renfort
today-gap-running = Elle a commencé, et ne peut plus être confiée : appelez quelqu'un.
today-gap-fill = Trouver quelqu'un
today-unfit = { $name } n’a pas ce que demande la garde : { $day }, { $hours }
today-unfit-lacks = Il manque : { $what }.
today-unreachable = { $name } n'est pas joignable
today-seen = Dernière visite : { $day }.
today-never-seen = Ne s'est jamais connecté.
today-their-next = Prochaine garde : { $day }, { $hours }.
today-rota = Planning { $days }
today-building = En construction : { $filled } places pourvues sur { $places }.
today-draft = Brouillon : { $filled } places pourvues sur { $places }.
today-open = Ouvrir
today-unplanned = Pas encore de planning pour les quatorze prochains jours
today-unplanned-why = Personne n'est de garde tant qu'aucun n'est publié.
today-unplanned-do = Choisir les jours
