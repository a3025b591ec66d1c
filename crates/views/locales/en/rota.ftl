# The rota board.
rota-above = { $pool } · shared rota · { $offices ->
    [one] 1 office
   *[other] { $offices } offices
}
rota-earlier = Earlier days
rota-later = Later days
rota-building = Being built
rota-waiting = Waits to be built
rota-draft = Draft { $number }, not published
rota-published = Published
rota-superseded = Replaced by a later one
rota-discarded = Discarded
rota-view = View
rota-by-advisor = By advisor
rota-by-shift = By shift
rota-by-office = By office
rota-print = Print
rota-compare = Compare with published
rota-publish = Publish…
rota-bring-back = Undo this publication
rota-bring-back-effect = An earlier version comes back as a draft. You see whom it concerns before you publish it.
rota-version = Version { $number }, published on { $day }
rota-new-draft = Change it in a new draft
rota-led = { $led } of { $duties }
rota-led-by = shifts have a lead
rota-broken = { $count ->
    [one] rule broken
   *[other] rules broken
}
rota-wishes = of wishes honoured
rota-gap = Fairness gap
rota-gap-between = between most and least
rota-told = Everyone is told when you publish: { $told ->
    [one] 1 person
   *[other] { $told } people
}
rota-notice = Everyone is told when you publish: { $told ->
    [one] 1 person
   *[other] { $told } people
}, { $days ->
    [one] 1 clear day's notice
   *[other] { $days } clear days' notice
}
rota-board = Rota
rota-days = Days
rota-day-empty = Nothing is to be covered on this day.
rota-holiday = Public holiday
rota-empty = No shifts in these days. The needs of the pool say which hours are covered; then a build fills them.
rota-advisors = { $count ->
    [one] 1 advisor
   *[other] { $count } advisors
}
rota-people = { $count ->
    [one] 1 advisor
   *[other] { $count } advisors
}
rota-offices = { $count ->
    [one] 1 office
   *[other] { $count } offices
}
rota-duties = Hours
rota-filled = Filled
rota-hours-vs-fair = Hours vs fair share
rota-over-fair = hours over or under the fair share
rota-day-open = { $count ->
    [one] 1 without a lead
   *[other] { $count } without a lead
}
rota-open = Open shifts
rota-open-none = Every place is filled
rota-open-count = { $leads ->
    [0] { $count } without a backup
    [one] 1 needs a lead
   *[other] { $leads } need a lead
}
rota-needs-language = Needs { $language }
rota-needs-destination = Must know { $office }
rota-needs-channel = Must answer on { $channel }
rota-nobody = Nobody
rota-pinned = pinned
rota-wish-kept = one of their wishes
rota-morning = Morning
rota-afternoon = Afternoon
rota-evening = Evening
rota-backup = Backup
rota-learner = Learner
rota-away = Not available
rota-rather-not = Rather not
rota-wish = Wish
rota-key-pick = pick up, drop
rota-key-all = all keys
rota-say-picked = Picked up { "{what}" }. Arrow up and down to choose a person, Enter to drop, Escape to cancel.
rota-say-cancelled = Cancelled. Nothing moved.
rota-say-moved = Given to { "{name}" }. Press U to undo.
rota-say-opened = Open again. Press U to undo.
rota-say-refused = Not possible. Nothing was changed.
rota-say-pinned = Pinned.
rota-say-unpinned = No longer pinned.
rota-give-to = Give to
rota-give = Give
rota-give-name = Give to { $name }
rota-pin = Pin
rota-unpin = Unpin
rota-preview = { $day }, { $hours }: { $name }?
rota-preview-how = Release, or press Enter, to drop · Esc to cancel
rota-preview-refused = Cannot be dropped here
rota-rules-kept = Rules kept
rota-speaks = Speaks { $language }
rota-wished = One of their wishes
rota-would-rather-not = Would rather not
rota-nearer = Nearer their fair share: { $before } → { $after } h
rota-farther = Farther from their fair share: { $before } → { $after } h
rota-rest = { $rest } of rest around it
rota-build-title = Build the rota
rota-build-running = Building the rota
rota-build-waits = Waits for its turn
rota-built = How it was built
rota-build-why = Pinned shifts stay; the others are given anew, so that the law is kept, every hour has somebody, and the load is fair.
rota-build-published = This rota is published. To change it, start a new draft: it begins with what is here.
rota-build = Build
rota-build-again = Build again
rota-stop = Stop and keep this
rota-stop-waiting = Do not build it
rota-discard = Discard
rota-proved = Proved the best there is: no better plan exists.
rota-stopped = Stopped; the best plan found so far is kept.
rota-quiet = No better plan for { $seconds } s.
rota-keep-working = You can keep working; your pins stay put.
rota-begins = It begins in a moment.
rota-waits = { $before ->
    [one] 1 build is before it.
   *[other] { $before } builds are before it.
} It begins by itself; you need not wait here.
rota-begun-again = Begun again at { $time }, after an interruption.
quality-title = Beside the best there can be
quality-cover-all = Somebody was found for every hour.
quality-cover-best = No plan leaves fewer hours open.
quality-cover-within = Hours covered: within { $percent } of the best there can be.
quality-fairness-all = Nobody was left more than an hour from their fair share.
quality-fairness-best = No plan shares the load more evenly.
quality-fairness-within = Shared load: within { $percent } of the fairest there can be.
quality-fairness-between = People are typically { $now } too far from their fair share; at least { $least } cannot be avoided.
quality-fairness-open = People are typically { $now } too far from their fair share; less is not ruled out.
quality-wishes-all = Every wish was honoured.
quality-wishes-best = { $count ->
    [one] 1 wish is missed
   *[other] { $count } wishes are missed
}; no plan misses fewer.
quality-wishes-between = { $count ->
    [one] 1 wish is missed
   *[other] { $count } wishes are missed
}; at least { $least } must be.
quality-wishes-open = { $count ->
    [one] 1 wish is missed
   *[other] { $count } wishes are missed
}; fewer are not ruled out.
quality-moves-best = { $count ->
    [one] 1 shift changes hands
   *[other] { $count } shifts change hands
}; no plan moves fewer.
quality-moves-between = { $count ->
    [one] 1 shift changes hands
   *[other] { $count } shifts change hands
}; at least { $least } must.
quality-moves-open = { $count ->
    [one] 1 shift changes hands
   *[other] { $count } shifts change hands
}; fewer are not ruled out.
quality-hint = An hour above or below the fair share does not count. A shift somebody would rather not have counts as three missed wishes.
rota-curve = The best plan rose from { $from } to { $to } of 100 in { $seconds } seconds
rota-best-so-far = best plan so far
rota-look = Still to look at
rota-look-building = Being built. What is left to look at stands here afterwards.
rota-gap-published = It is offered to the advisors by itself. To give it to somebody now, open a draft.
rota-stale = The needs changed since this was built.
rota-stale-do = Build again, so that every place they ask for is there and none that they do not.
rota-look-nothing = Nothing. Every hour has somebody, and every rule is kept.
rota-gap-lead = { $day }, { $hours } has no lead
rota-gap-backup = { $day }, { $hours } has no backup
rota-cure-give-away = The least that cures it: give { $day }, { $hours } to somebody else.
rota-cure-pause = The least that cures it: a pause of { $length }, begun by { $time }.
rota-kept-out = { $why }: { $names }.
rota-kept-out-reason = { $why }, possible with a reason: { $names }.
rota-no-candidate-reason = Nobody can take it without a reason written down.
rota-no-candidate = Nobody can take it as things stand.
rota-ways = { $count ->
    [one] 1 way to fix it
   *[other] { $count } ways to fix it
}
rota-remarks = { $count } times
rota-remark = { $name }, { $day }
rota-accepted = Accepted by { $name } on { $day }: { $reason }
rota-see = Show it on the board
rota-heat = When visitors write
rota-heat-weeks = last { $weeks ->
    [one] week
   *[other] { $weeks } weeks
}
rota-heat-outline = Outlined: hours your rota covers.
rota-heat-said = Visitors write most on { $day } at { $hour }:00, with { $count ->
    [one] 1 message
   *[other] { $count } messages
}
rota-heat-bold = Bold: hours your rota covers
rota-hour = Hour

rota-other-days = Build other days
rota-other-from = First day
rota-other-until = Last day
rota-other-do = New draft
rota-first-title = Make the first rota
rota-first-why = There is no rota yet. Choose the days to plan; the build then fills what the needs of the pool ask for, and you can change everything before anybody sees it.
rota-next-title = Make the next rota
rota-next-why = No rota covers today or any later day. Choose the days to plan.
rota-next-last = See the last one
rota-first-do = Build it
