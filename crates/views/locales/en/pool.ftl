# A board's pools: needs and offices.
pool-no-members = No office has joined yet.
pool-needs = What it needs
pool-no-needs = Nothing yet. A rota needs to know when how many people are wanted.
pool-people = { $leads } in front, { $backups } behind
pool-need-add = Add a need
pool-need-do = Add
pool-need-from = from { $day }
pool-need-until = until { $day }
pool-need-first = First day
pool-need-first-hint = A past day where past duties are to be brought in.
pool-need-last = Last day
pool-need-last-hint = Empty: without an end.
pool-need-end = End…
pool-leads = People in front
pool-backups = People behind
pool-languages = Languages everybody in front must speak
pool-destinations = Destinations everybody in front must know
pool-channels = Channels everybody in front must answer on
pool-unmanned = Nobody manages it yet: the invitation was not followed.
pool-office = Add an office
pool-office-lead = Its desk is open on weekdays from 9 to 17, its chat is open, and its first manager is invited.
pool-in = Pool
pool-office-from = It watches from
pool-office-from-hint = A past day where past duties of its people are to be brought in.
pool-office-first = Its first manager
pool-office-do = Add and invite
pool-make = Make a pool
pool-make-lead = A pool is the offices that watch together. It keeps your board’s time zone and public holidays.
pool-name = Name of the pool
pool-make-do = Make it
pool-need-end-effect = From tomorrow on no rota asks for these hours any more. Published duties stay.
pool-need-end-do = End it with today
pool-kind = What these hours are
pool-kind-active = Work, all of it
pool-kind-standby = Standby: waiting at home, each answer is work
proposals-title = Proposed from what visitors wrote
proposals-thin = { $count ->
    [0] No message yet.
    [one] One message so far.
   *[other] { $count } messages so far.
} From { $fewest } in eight weeks on, hours and people are proposed here.
proposals-missed = { $count ->
    [0] No message came in hours that nobody watches.
    [one] One message ({ $share }) came in hours that nobody watches.
   *[other] { $count } messages ({ $share }) came in hours that nobody watches.
}
proposals-none = Nothing to propose: in the hours that are watched, { $share } or more begin to be answered within { $within }.
proposals-rest = A planning aid. It rests on { $count } messages, { $days }, and reckons with { $handling } an answer. It knows the past, and no festival.
proposals-came = { $count ->
    [one] One message
   *[other] { $count } messages
} on { $days ->
    [one] one day.
   *[other] { $days } days.
}
proposals-first = { $people ->
    [one] One person
   *[other] { $people } people
} would answer { $after } within { $within }. Nobody does today.
proposals-one-more = { $people ->
    [2] A second person
    [3] A third person
   *[other] One more person
} lifts answered within { $within } from { $before } to { $after }.
proposals-more = { $more } more people lift answered within { $within } from { $before } to { $after }.
proposals-giving-up = { $share } would still give up.
proposals-chats = If all were chats, { $share } would be answered at once.
proposals-do = { $count ->
    [one] Need one person
   *[other] Need { $count } people
}
pool-holidays = Public holidays: { $calendar } ({ $count } days this year)
pool-holidays-effect = Needs on public holidays follow at once; rotas that are built or published stay as they are. Each office keeps its own days besides, by its employer’s law.
pool-holidays-cantons = Known are the French-speaking cantons and Bern; of Fribourg, the days of its Catholic communes. Elsewhere choose what every canton keeps, and put in the days that are missing as one day otherwise.
pool-holidays-do = Keep these
done-calendar = The public holidays are kept.
pool-season = In the year
pool-season-whole = all the year
pool-season-part = from a day to a day, each year
pool-season-from = From (each year)
pool-season-until = To, included
pool-season-hint = The two dates are read only for a part of the year, and without their year.
pool-season-yearly = from { $from } to { $until } each year
pool-season-inside = in the school holidays of { $zone }
pool-season-outside = outside the school holidays of { $zone }
pool-school-known = School holidays of { $zone } are known until { $day }; after that, school is on.
pool-school-none = For needs by school holidays, bring these in as a file.
pool-not-on = Not on { $day }
pool-as-usual = As usual after all
pool-day = One day otherwise
pool-day-which = Day
pool-day-instead = Instead of the usual
pool-day-nobody = nobody is asked for
pool-day-hours = these hours are asked for
pool-day-effect = Hours and people are read only where you ask for them. Rotas that are built or published stay as they are.
pool-day-do = Ask for it
done-day = That day is otherwise now.
done-as-usual = That day is as usual again.
