# The demonstration's mailbox.
mailbox-above = Demonstration
mailbox-title = Letters that left the house
mailbox-sign-in = Sign in
mailbox-empty = No letter yet. Codes and notices arrive here by themselves.
mailbox-from-to = { $from } to { $to }
mailbox-code = Code
mailbox-read = Read the letter
