# Words that several pages share.
day-today = today
day-tomorrow = tomorrow
day-yesterday = yesterday
language-fr = French
language-en = English
language-de = German
language-it = Italian
language-nl = Dutch
language-es = Spanish
language-zh = Chinese
role-planner = Planner
role-advisor = Advisor
role-manager = Manager
rung-lead = lead
rung-backup = backup
as-table = Show as a table

# Public holidays.
holiday-new-year = New Year's Day
holiday-good-friday = Good Friday
holiday-easter-monday = Easter Monday
holiday-labour-day = Labour Day
holiday-victory-day = Victory Day
holiday-ascension = Ascension Day
holiday-whit-monday = Whit Monday
holiday-patriots-day = National Patriots' Day
holiday-national-day = National Day
holiday-canada-day = Canada Day
holiday-assumption = Assumption
holiday-thanksgiving = Thanksgiving
holiday-all-saints = All Saints' Day
holiday-armistice = Armistice Day
holiday-christmas = Christmas Day
holiday-st-stephen = St Stephen's Day
holiday-europe-day = Europe Day
holiday-abolition = Abolition of slavery
