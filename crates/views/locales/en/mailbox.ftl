# mailbox
