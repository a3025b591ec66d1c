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

# Jours fériés.
holiday-new-year = Jour de l'an
holiday-good-friday = Vendredi saint
holiday-easter-monday = Lundi de Pâques
holiday-labour-day = Fête du Travail
holiday-victory-day = Victoire de 1945
holiday-ascension = Ascension
holiday-whit-monday = Lundi de Pentecôte
holiday-patriots-day = Journée nationale des patriotes
holiday-national-day = Fête nationale
holiday-canada-day = Fête du Canada
holiday-assumption = Assomption
holiday-thanksgiving = Action de grâce
holiday-all-saints = Toussaint
holiday-armistice = Armistice de 1918
holiday-christmas = Noël
holiday-st-stephen = Saint-Étienne
holiday-europe-day = Journée de l'Europe
holiday-abolition = Abolition de l'esclavage
