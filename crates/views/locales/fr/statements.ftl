# Relevés du mois.
statements-title = Mois par mois
statements-why = Ce que votre équipe a fait de garde, et ce qui lui est dû selon votre accord. Les gardes qui ne sont pas finies ne comptent pas.
statements-no-rates = Rien n'est encore dit de ce que donne une heure de garde.
statements-nobody = Personne n'a travaillé ici ce mois-là.
statements-sum = Travail de garde { $work }, astreinte { $standby } ; temps de travail en tout { $worked }, horaires de bureau compris.
statements-standby = astreinte, dont { $work } de travail
statements-apart = travail hors de toute garde
statements-rest = { $rest } de repos
statements-files = Fichiers du mois
statements-pay = Éléments de paie
statements-pay-what = pour le logiciel de paie
statements-register = Registre du temps de travail
statements-register-what = par jour et par semaine ; chaque ligne scelle la précédente
statements-link = Relevés, éléments de paie et registre d'un mois
