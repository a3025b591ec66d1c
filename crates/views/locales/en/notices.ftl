# Who was told of a published rota, and has seen it.
notices-new = Your duties were published or changed
notices-told = You were told on { $day } at { $time }. Look through them below, then say so: your planner sees it.
notices-confirm = I have seen my duties
notices-title = Told and seen
notices-count = { $told ->
    [one] Told once, confirmed { $confirmed } times.
   *[other] { $confirmed } of { $told } notices confirmed.
}
notices-who = Who has seen it
notices-nobody = Nothing changed for anybody: nobody was told.
notices-proof = Download the proof
notices-confirmed = confirmed { $day }, { $time }
notices-looked = looked { $day }, { $time }
notices-not-yet = not seen yet
notices-of-publication = Told of the publication { $day } at { $time }
notices-of-handover = Told of a handover { $day } at { $time }
notices-of-change = Told of a change { $day } at { $time }
notices-clear = { $days ->
    [0] no clear day
    [one] 1 clear day
   *[other] { $days } clear days
}
