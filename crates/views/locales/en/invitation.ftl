# An invitation, as whoever follows its link reads it.
invitation-title = Welcome, { $name }
invitation-lead = { $organisation } invites you as: { $roles }.
invitation-what = By accepting you show that { $email } is yours, and you are signed in here. Later you sign in with a code sent to that address.
invitation-accept = Accept
invitation-spent = This invitation was accepted, taken back, or is too old. Ask for another, or sign in.
