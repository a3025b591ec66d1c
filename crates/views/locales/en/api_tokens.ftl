# Programs that act for somebody.
tokens-title = Programs
tokens-why = A token lets a program act for you through the API, in the role you wear now, and never do more than you.
tokens-secret = The token
tokens-once = Copy it now: it is shown this once. Whoever has it acts for you.
tokens-reads = Reads
tokens-writes = Reads and changes
tokens-used = last used on { $day }
tokens-unused = never used
tokens-until = until { $day }
tokens-revoke = Revoke
tokens-revoke-of = Revoke { $name }
tokens-name = What is it for?
tokens-nameless = Give it a name of at most 80 characters.
tokens-may = What it may do
tokens-year = It lasts a year, or until you revoke it.
tokens-make = Make a token
