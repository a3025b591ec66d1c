# Today: who is on now, tonight's line, what needs the planner.
today-open-rota = Open the rota
today-on-now = On duty now
today-nobody = Nobody is on duty now
today-hole = Nobody is on duty, though the hour is watched
today-until = { $name }, until { $time }
today-left = time left:
today-backup = Backup
today-present = Is here
today-absent = Not seen yet
today-next = { $name }, { $day }, { $hours }
today-next-none = No duty is published after now.
today-line = Today's line
today-line-title = Duties of today, messages of visitors, and the time it is
today-line-empty = No duty today.
today-wrote = { $count ->
    [0] Nobody wrote today
    [one] 1 visitor wrote, { $answered } answered
   *[other] { $count } visitors wrote, { $answered } answered
}
today-hours = Hours
today-who = Who
today-as = As
today-needs = Needs you
today-needs-nothing = Nothing needs you. The next fourteen days are complete.
today-waits = { $visitor } waits at { $office }
today-waits-for = For
today-held-closed = The hour is not covered.
today-held-hole = The rota has a hole at this hour.
today-opens = Somebody is there { $day } at { $time }.
today-gap-lead = { $day }, { $hours } has no lead
today-gap-backup = { $day }, { $hours } has no backup
today-gap-running = It has begun, and nobody can be given it any more: call somebody.
today-gap-fill = Find somebody
today-unfit = { $name } does not bring what { $day }, { $hours } asks for
today-unfit-lacks = Lacking: { $what }.
today-unreachable = { $name } cannot be rung
today-seen = Last seen { $day }.
today-never-seen = Has never signed in.
today-their-next = Next duty { $day }, { $hours }.
today-rota = Rota { $days }
today-building = Being built: { $filled } of { $places } places filled.
today-draft = Draft: { $filled } of { $places } places filled.
today-open = Open
today-unplanned = No rota yet for the next fourteen days
today-unplanned-why = Nobody is on duty until one is published.
today-unplanned-do = Choose the days
