# Letters to staff.
mail-hello = Hello { $name },
mail-house = You get this letter because you work with Veilleuse.
mail-code-subject = Your sign-in code: { $code }
mail-code-lead = This is your code to sign in to Veilleuse:
mail-code-minutes = It is good for { $minutes } minutes, once.
mail-code-not-you = It was not you? Then somebody typed your address. Nothing happens without this code: do not pass it on, and delete this letter.
mail-shifts-new = { $pool }: { $count ->
    [0] your shifts
    [one] one new shift
   *[other] { $count } new shifts
  }
mail-shifts-changed = { $pool }: your shifts have changed ({ $count })
mail-shifts-published = { $name } has published the rota of { $pool }. These shifts are yours:
mail-shifts-republished = { $name } has changed the rota of { $pool }. This is new for you:
mail-shifts-all = All your shifts, and your calendar
mail-shifts-why = Your calendar follows by itself, but some calendars look only once a day: that is why we also write.
mail-shift-new = New: { $duty }
mail-shift-gone = No longer yours: { $duty }
mail-shift-moved = Now: { $duty } (before: { $before })
mail-lead = you lead
mail-backup = you are backup
mail-quote = “{ $text }”
mail-too-large = [Mail too large ({ $megabytes } MB): what it holds is still in the mailbox.]
mail-ended-subject = You were signed out of a browser
mail-ended-lead = A copy of your sign-in in { $device } was used a second time. Somebody may have taken it from that browser, so we ended it there, for whoever used it.
mail-ended-lead-unknown = A copy of your sign-in in one of your browsers was used a second time. Somebody may have taken it from there, so we ended it, for whoever used it.
mail-ended-then = Sign in again to go on. Nothing else was changed, and your other browsers stay signed in. If you see one under “Me” that is not yours, sign it out there.
mail-ended-link = Sign in
mail-invited-subject = You are invited to { $organisation }
mail-invited-by = { $by } invites you to { $organisation }, as { $roles }.
mail-invited = You are invited to { $organisation }, as { $roles }.
mail-invited-what = With Veilleuse several tourist offices share one watch in the evening and at the weekend. There is no password: following the link is enough.
mail-invited-days = The link is good once, for { $days } days. If you do not know what this is about, leave it: nothing happens.
mail-invited-link = Accept the invitation
mail-shifts-handed = In { $pool } a duty has passed from { $from } to { $to }. This is new for you:
mail-ask-swap = { $pool }: { $name } proposes a swap
mail-ask-swap-lead = { $name } would like to give you this duty: { $duty }.
mail-ask-counter = In return they would take yours: { $duty }.
mail-ask-give-back = { $pool }: { $name } would like to give a duty back
mail-ask-give-back-lead = { $name } would like to give you back what they took over from you: { $duty }. Only your word is needed.
mail-ask-step-in = { $pool }: can you step in for { $name }?
mail-ask-step-in-lead = { $name } cannot come: { $duty }. Can you take this duty? Whoever says yes first has it.
mail-ask-on-behalf = { $pool }: your duty is on offer
mail-ask-on-behalf-lead = Somebody of your office or your board has offered your duty for you: { $duty }. It stays yours until a colleague takes it.
mail-ask-withdrawn = { $pool }: { $name } no longer needs you
mail-ask-withdrawn-lead = What { $name } asked you is taken back: { $duty }. Nothing has changed for you.
mail-ask-refused = { $pool }: no change to a duty
mail-ask-refused-lead = The answer was no: { $duty } stays with { $name }.
mail-ask-answer = See it and answer
mail-ask-why = Until somebody takes it, the duty stays with whoever has it.
mail-shifts-taken = You have taken an open duty of { $pool }. Thank you. This is new for you:
mail-shifts-given-back = A duty of { $pool } that you had taken is open again:
mail-shifts-learner = In { $pool } you stand beside a lead, to learn. Nobody rings you, and it is working time. This is new for you:
mail-shifts-no-learner = In { $pool } you no longer stand beside a lead:
mail-ask-not-given-lead = The answer was no: { $duty } stays open.
mail-learner = you learn
mail-open-subject = { $pool }: { $count ->
    [one] a duty is open
   *[other] { $count } duties are open
  }
mail-open-lead = { $count ->
    [one] Nobody has this duty of { $pool } yet, and you may take it:
   *[other] Nobody has these duties of { $pool } yet, and you may take them:
  }
mail-open-take = Take one
mail-open-first = Whoever takes it first has it. If it does not suit you, there is nothing to do.
mail-open-off = You do not want letters about open duties?
mail-open-me = Switch them off under “Me”
