# Coverage: offers, orders, and what they bring.
coverage-title = Coverage
coverage-running = What you have
coverage-none = Your office has no coverage. After closing, messages wait for the morning.
coverage-offers = What you can order
coverage-offers-none = Your board has no offer at the moment.
coverage-since = Since { $day }
coverage-from = From { $day }
coverage-until = Ends { $day } at { $time }
coverage-shared = A share of the cost
coverage-monthly = { $price } a month
coverage-end = End it
coverage-end-effect = It ends at once. Messages that come later wait for your own desk; none is lost.
coverage-ended = { $count ->
    [one] 1 that has ended
   *[other] { $count } that have ended
}
coverage-brought = { $visitors ->
    [one] 1 visitor wrote after closing;
   *[other] { $visitors } visitors wrote after closing;
} { $share } had an answer within { $promise }.
coverage-brought-nothing = No visitor has written in these hours yet. First figures come after the first evening.
coverage-answered = { $answered } of { $visitors } were answered by a person.
coverage-median = Half of them within { $time }.
coverage-effect = In the last { $weeks } weeks { $visitors ->
    [one] 1 visitor
   *[other] { $visitors } visitors
} wrote to you in these hours; { $unanswered ->
    [0] all had an answer before the next opening.
   *[other] { $unanswered } had no answer before the next opening.
}
coverage-effect-none = In the last { $weeks } weeks nobody wrote to you in these hours.
coverage-have = You have this
coverage-order = Order
coverage-order-changed = “{ $name }” has changed since you saw it, and nothing was ordered. It costs { $price } a month now; look at its hours, then order it again.
coverage-order-effect = It starts at once: whoever is on duty answers for you from this minute.
coverage-pool-offers = Offers of the pool
coverage-pool-none = No offer yet. Define one, and managers can order it.
coverage-closed = No longer offered
coverage-bought-by = Bought by
coverage-bought-by-none = Nobody has bought it yet.
coverage-without = Without coverage:
coverage-close = Stop offering it
coverage-close-effect = Offices that have it keep it.
coverage-unwatched = Bought, but not watched
coverage-unwatched-why = Offices pay for these hours, and no need of the pool covers them. Widen the needs.
coverage-define = New offer
coverage-name = Name
coverage-summary = One sentence on what it brings
coverage-days = Days
coverage-from-time = From
coverage-until-time = Until
coverage-price = Price a month ({ $currency })
coverage-define-do = Offer it
coverage-wrong-name = It needs a name.
coverage-wrong-hours = These are no hours. Write 18:00 and 22:00, for instance.
coverage-wrong-price = This is no amount.
days-all = every day
days-workdays = Monday to Friday
days-free = Saturday, Sunday and public holidays
days-holidays = public holidays
channel-web-chat = web chat
channel-email = e-mail
