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
