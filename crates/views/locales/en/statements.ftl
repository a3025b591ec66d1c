# Statements of a month.
statements-title = Month by month
statements-why = What your people did on duty, and what is owed for it by your agreement. Duties that are not over yet do not count.
statements-no-rates = Nothing is said yet of what an hour of duty gives.
statements-nobody = Nobody worked here in this month.
statements-sum = Work on duty { $work }, standby { $standby }; all working time { $worked }, office hours included.
statements-standby = standby, of it { $work } of work
statements-apart = work outside every duty
statements-rest = { $rest } of rest
statements-files = Files of the month
statements-pay = Pay elements
statements-pay-what = for the payroll program
statements-register = Register of working time
statements-register-what = by day and week; each line seals the one before
statements-link = Statements, pay elements and register of a month
