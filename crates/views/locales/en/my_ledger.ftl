# My ledger.
ledger-title = My ledger
ledger-even = You hold your fair share.
ledger-over = You gave { $hours } more than your share. The next rota knows.
ledger-under = You gave { $hours } less than your share. The next rota knows.
ledger-since = { $from } to { $until }, { $share } of a full share.
ledger-carried = Brought from the years before: { $hours } h.
ledger-duties = { $count ->
    [one] 1 duty
   *[other] { $count } duties
  }
ledger-fair = fair { $hours }
ledger-all = All duties
ledger-evening = Evenings
ledger-saturday = Saturdays
ledger-sunday = Sundays
ledger-holiday = Public holidays
ledger-feast = Feasts
ledger-night = Nights
ledger-weighs = counts { $hours }
ledger-no-duties = No duties here.
ledger-none = You have no ledger yet: it begins with your first day in the pool.
ledger-how = How it is counted
ledger-how-worth = A lead's minute counts whole, a backup's { $backup }. A duty counts once it is over, on the day it began.
ledger-how-fair = Every duty is divided among those who could have held it that day: by contract hours, if they were employed then and speak its languages. Whoever their office exempts for more than ten days owes nothing from the eleventh on.
ledger-how-categories = Evenings are 18:00 to 22:00, nights 22:00 to 6:00. A public holiday is no Saturday or Sunday. Feasts are 24, 25 and 31 December, 1 January and Easter Sunday. An hour may count in several.
ledger-how-carried = From one year into the next you carry { $cap } at most, either way. Newcomers start at the average.
feast-christmas-eve = Christmas Eve
feast-christmas = Christmas
feast-new-years-eve = New Year's Eve
feast-new-year = New Year's Day
feast-easter = Easter Sunday
