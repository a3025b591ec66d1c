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
