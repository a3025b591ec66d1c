# Privacy: how long is kept, what a visitor may ask for, who looked.
privacy-title = Privacy
privacy-retention = How long you keep
privacy-retention-why = After this time what visitors wrote is removed for good: texts, names, addresses, files. Figures stay, without anybody in them.
privacy-months = Conversations, months after the last word
privacy-days = Files, days after they came
privacy-retention-do = Keep it like this
privacy-visitor = A visitor asks
privacy-visitor-why = Everybody may ask what you have of them, and have it removed. Look for their address; make sure that it is theirs before you hand anything over.
privacy-address = Their address
privacy-find = Look for it
privacy-nobody = Nobody has written to you under this address.
privacy-unnamed = Visitor without a name
privacy-match = { $count ->
    [one] 1 conversation
   *[other] { $count } conversations
}, { $first } to { $last }
privacy-proven = wrote from it
privacy-claimed = typed it in a chat
privacy-held-mark = held
privacy-export = Save everything (ZIP)
privacy-erase-open = Erase…
privacy-erase = Erase everything of those ticked
privacy-erase-effect = Erasing cannot be undone. A certificate says what was removed. Copies in backups end when those backups do.
privacy-held = Kept longer
privacy-held-why = A conversation you need for a quarrel or an authority is neither removed by time nor by a wish, until you let it go. Open it among the messages and choose to keep it.
privacy-reason = Why this conversation is kept
privacy-keep = Keep it
privacy-release = Let it go…
privacy-proofs = Certificates of erasure
privacy-proofs-none = Nothing was erased at a visitor's wish yet.
privacy-log = Who looked
privacy-log-why = Who opened a conversation of your visitors, saved a file or exported. Nobody can change this list. The same within an hour is one line.
privacy-log-empty = Nobody yet.
privacy-opened = opened conversation
privacy-saved = saved a file of conversation
privacy-exported = exported visitor
privacy-mine = What you looked at
privacy-mine-why = Each office sees who opened the conversations of its visitors. These are your lines, the newest first.
privacy-keep-link = Keep for a quarrel or an authority
dossier-title = What { $office } has of you
dossier-at = Written down { $moment }.
dossier-known = What is known
dossier-since = since { $moment }
dossier-visitor = You
dossier-house = The house, by itself
privacy-release-effect = From now on time removes it like the others, at once if it is old enough.
privacy-release-do = Let it go
