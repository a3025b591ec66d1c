# Mending a draft.
repair-title = Mend with the fewest changes
repair-link = Mend with the fewest changes…
repair-moves = What would change
repair-nothing = Nothing is open, and everybody can keep what they have.
repair-nothing-fills = No small change fills what is open. Below is why.
repair-from = from
repair-to = to
repair-was-open = nobody yet
repair-is-open = nobody: it stays open
repair-open = What stays open, and why
repair-blocked = { $why }: { $count ->
    [one] 1 person
   *[other] { $count } people
}.
repair-nobody = Nobody can take it as things stand. Ask somebody to take back a “can't”, or change the need.
repair-with-reason = Could be given by hand, with a reason: { $names }.
repair-not-looked-up = Why was not looked up: the places before it come first.
repair-by-hand = Could be given by hand: { $names }.
repair-pinned-open = It is pinned open. Unpin it on the board, and it is looked at too.
repair-pinned-holder = { $name } is pinned here and cannot keep it. Unpin it on the board, and somebody else is looked for.
repair-do-title = Before it is done
repair-count = { $count ->
    [one] 1 shift changes hands.
   *[other] { $count } shifts change hands.
}
repair-touched = { $count ->
    [0] Nobody gets other shifts.
    [one] 1 person gets other shifts: { $names }.
   *[other] { $count } people get other shifts: { $names }.
}
repair-excused = { $count ->
    [one] { $names } cannot keep a shift.
   *[other] These cannot keep a shift: { $names }.
}
repair-kept = Pinned shifts stay, and so does what has begun.
repair-least = Everything was tried: nothing smaller fills as much.
repair-cut-short = Not everything could be tried: there may be something smaller.
repair-refused = A rule forbids it that nobody may override. Mend these shifts by hand.
repair-remarks = What the rules say of it:
repair-do = { $count ->
    [one] Change 1 shift
   *[other] Change { $count } shifts
}
repair-invisible = It stays a draft: nobody is told yet, and one step takes all of it back.
repair-done = The draft is mended. Press U to undo all of it.
repair-overtaken = The draft, or what is known of people, changed meanwhile. This is what would be done now.
