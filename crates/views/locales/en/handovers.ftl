# Handovers: duties that change hands.
handover-section = Duties on offer
handover-requests = You are asked
handover-own = Under way
handover-offers = Colleagues offer
handover-done = Taken over from colleagues
handover-gives-away = { $name } gives a duty away
handover-swaps = { $name } proposes a swap
handover-absent = { $name } cannot come
handover-gives-back = { $name } would like to give this back to you
handover-behind = You are its backup: your place behind it opens once you take it.
handover-for-yours = In return for yours: { $duty }
handover-on-behalf = Asked by { $name } on their behalf.
handover-accept = I take it
handover-refuse = No
handover-not-you = Not for you:
handover-awaits-approval = { $name } takes it. The planner still has to say yes.
handover-awaits = Waits for { $name }.
handover-awaits-anybody = On offer to everybody who may take it.
handover-called = { $count ->
    [0] Nobody was asked yet.
    [one] One colleague was asked so far.
   *[other] { $count } colleagues were asked so far.
}
handover-all-called = Everybody who could step in was asked. Your planner knows.
handover-still-yours = Until somebody takes it, it stays yours.
handover-withdraw = Take it back
handover-from = From { $name }
handover-give-back = Give back…
handover-give-back-effect = { $name } only has to say yes, and everything is as it was.
handover-give-back-do = Ask to give it back
handover-why-holds = It is theirs already.
handover-why-on-duty = On duty meanwhile, { $hours }.
handover-why-not-free = Not free at that time.
handover-why-holder = A rule or an absence stands against it for whoever has the duty.
handover-change = Hand over
handover-back = Back
handover-for = This is { $name }'s duty. You act on their behalf, and they are told so.
handover-part-wrong = These hours are no part of the duty. Write a beginning and a later end within it.
handover-refused = This cannot be. Nothing was changed.
handover-is-offered = This duty is on offer already. Take that back first if you want something else.
handover-give-away = Give it away
handover-give-away-lead = { $whose ->
    [colleague] Colleagues who may take it see it. Until one does, it stays { $name }'s.
   *[reader] Colleagues who may take it see it. Until one does, it stays yours.
}
handover-give-away-do = Offer it
handover-part = Only a part of it
handover-part-from = From
handover-part-until = Until
handover-note = A word to your colleagues; the planner reads it too
handover-swap = Swap it
handover-swap-lead = Only what the law allows both of you is in the list.
handover-swap-none = No colleague has a duty that both of you could swap.
handover-swap-for = For which duty
handover-swap-do = Propose the swap
handover-absence = { $whose ->
    [colleague] { $name } cannot come
   *[reader] I cannot come
}
handover-absence-lead = { $whose ->
    [colleague] Colleagues who could step in are asked one after the other, by mail. { $name } stays responsible until one does.
   *[reader] Colleagues who could step in are asked one after the other, by mail. You stay responsible until one does.
}
handover-absence-do = Ask for somebody to step in
handover-could = { $count ->
    [0] Nobody could take it as things stand
    [one] One colleague could take it
   *[other] { $count } colleagues could take it
}
handover-could-not = The others, and why not
handover-open = Hand over…
today-handover = { $from } to { $to }: waits for your word
today-absent-holder = { $name } cannot come
today-all-called = Everybody who could step in was asked, and nobody did.
today-forbidden = Not possible any more
today-approve = Approve
today-approve-why = Your reason, which is kept with your name
today-refuse = Refuse
today-assign = Give to { $name }
today-nobody-could = Nobody could take it as things stand.
pool-approval-on = What advisors agree among themselves waits for your word. Who cannot come is replaced at once all the same.
pool-approval-off = Advisors swap and give away duties among themselves, as far as the law lets them.
pool-approval-turn-on = Ask me first
pool-approval-turn-off = Let them decide
team-duties = { $count ->
    [one] 1 duty in two weeks
   *[other] { $count } duties in two weeks
}
