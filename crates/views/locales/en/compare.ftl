# Compare and publish.
compare-title = Compare and publish
compare-back = Back to the board
compare-changes = What changes, for whom
compare-first = Who gets what
compare-untouched = { $count ->
    [0] everybody is concerned
    [one] nothing changes for 1 person
   *[other] nothing changes for { $count } people
}
compare-nothing = The draft is the same as what is published.
compare-gains = gets
compare-loses = no longer has
compare-keeps = { $count ->
    [one] 1 shift stays as it is
   *[other] { $count } shifts stay as they are
}
compare-notice = { $days ->
    [one] 1 clear day's notice
   *[other] { $days } clear days' notice
}
compare-publish-title = Publish
compare-told = { $count ->
    [0] Nobody has to be told.
    [one] 1 person is told by mail.
   *[other] { $count } people are told by mail.
}
compare-feeds = Calendars on phones follow by themselves.
compare-short = { $count ->
    [one] 1 person is told later than the law asks.
   *[other] { $count } people are told later than the law asks.
}
compare-notice-kept = Everybody is told as early as the law that binds them asks.
compare-gaps = { $count ->
    [one] 1 place stays open.
   *[other] { $count } places stay open.
}
compare-refused = { $count ->
    [one] 1 rule is broken that nobody may override.
   *[other] { $count } rules are broken that nobody may override.
} Mend the board first.
compare-message = Message to those concerned
compare-message-hint = It opens the mail everybody gets. You may leave it empty.
compare-publish = { $count ->
    [0] Publish
    [one] Publish and tell 1 person
   *[other] Publish and tell { $count } people
}
compare-invisible = Until you publish, no advisor sees this draft. The proof of notice is kept with date and time.
compare-reasons = { $count ->
    [one] 1 thing needs your reason
   *[other] { $count } things need your reason
}
compare-reasons-why = The law allows these only in exceptional circumstances or with somebody's agreement. Your reason is kept with your name and the date, and shown with the rota.
compare-reason = Your reason
compare-reason-all = Your reason, for all that have none of their own
compare-reason-one = A reason for this one alone
compare-known = { $count ->
    [one] 1 more thing to know
   *[other] { $count } more things to know
}
beside-link = Beside draft { $number }
beside-title = Two drafts side by side
beside-back = Back to the comparison
beside-figures = How good each is
beside-people = Who has what in one alone
beside-same = On these days both drafts are the same.
beside-led = Duties led
beside-open = Open places
beside-broken = Rules broken
beside-wishes = Wishes met
beside-over = Over or under a fair share: { $first } in the first, { $second } in the second
