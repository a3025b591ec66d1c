# Signing in by a code.
sign-in-page = Sign in
sign-in-title = Sign in
sign-in-lead = We send a code to your address. There is no password.
sign-in-email = Your work address
sign-in-malformed = This is not a complete address.
sign-in-too-many = Too many tries. Wait ten minutes, then ask for a new code.
sign-in-send = Send me a code
sign-in-code-title = Enter the code
sign-in-code-lead = If { $email } is known here, six digits are on their way to it. They are good for ten minutes.
sign-in-code = Six digits
sign-in-code-hint = Nothing there? Look in the folder for unwanted mail.
sign-in-enter = Sign in
sign-in-wrong = These are not the digits we sent.
sign-in-expired = This code is no longer good. Ask for a new one.
sign-in-again = Send a new code
sign-in-other = Other address
sign-in-demo = Codes of the demonstration arrive in the mailbox
