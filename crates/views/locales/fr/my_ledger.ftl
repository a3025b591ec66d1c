# Mon compte.
ledger-title = Mon compte
ledger-even = Vous avez fait votre juste part.
ledger-over = Vous avez donné { $hours } de plus que votre part. Le prochain planning en tient compte.
ledger-under = Vous avez donné { $hours } de moins que votre part. Le prochain planning en tient compte.
ledger-since = Du { $from } au { $until }, { $share } d'une part entière.
ledger-carried = Report des années précédentes : { $hours } h.
ledger-duties = { $count ->
    [0] aucune garde
    [one] 1 garde
   *[other] { $count } gardes
  }
ledger-fair = juste part { $hours }
ledger-all = Toutes les gardes
ledger-evening = Soirées
ledger-saturday = Samedis
ledger-sunday = Dimanches
ledger-holiday = Jours fériés
ledger-feast = Fêtes
ledger-night = Nuits
ledger-weighs = compte { $hours }
ledger-no-duties = Aucune garde ici.
ledger-none = Vous n'avez pas encore de compte : il s'ouvre avec votre premier jour dans le groupement.
ledger-how = Comment c'est compté
ledger-how-worth = Une minute de titulaire compte entière, une minute de renfort { $backup }. Une garde compte une fois finie, au jour où elle a commencé.
ledger-how-fair = Chaque garde est partagée entre celles et ceux qui auraient pu la tenir ce jour-là : selon les heures du contrat, si l'on était en poste et si l'on parle ses langues. Qui est dispensé par son office plus de dix jours ne doit rien à partir du onzième.
ledger-how-categories = Les soirées vont de 18 h à 22 h, les nuits de 22 h à 6 h. Un jour férié n'est ni samedi ni dimanche. Les fêtes sont les 24, 25 et 31 décembre, le 1er janvier et le dimanche de Pâques. Une heure peut compter plusieurs fois.
ledger-how-carried = D'une année à l'autre, on reporte { $cap } au plus, dans un sens ou dans l'autre. Les nouveaux venus commencent à la moyenne.
feast-christmas-eve = réveillon de Noël
feast-christmas = Noël
feast-new-years-eve = Saint-Sylvestre
feast-new-year = jour de l'An
feast-easter = dimanche de Pâques
