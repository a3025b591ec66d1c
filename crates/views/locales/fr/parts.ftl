# Mots que plusieurs pages partagent.
day-today = aujourd'hui
day-tomorrow = demain
day-yesterday = hier
language-fr = français
language-en = anglais
language-de = allemand
language-it = italien
language-nl = néerlandais
language-es = espagnol
language-zh = chinois
role-planner = Planification
role-advisor = Accueil
role-manager = Direction
rung-lead = titulaire
rung-backup = renfort
as-table = Voir en tableau
