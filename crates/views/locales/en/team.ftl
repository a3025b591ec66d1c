# People: who works here, who is invited.
team-members = Who works here
team-you = You
team-leave = Let go…
team-leave-effect = Today is { $name }’s last day here: the employment ends, every role goes at once, what they hold at the desk goes back to the queue, and their duties to come show as open places.
team-leave-do = Let go now
team-invited = Invited
team-good-until = Good until { $day }
team-too-old = The link is too old
team-again = Send again
team-withdraw = Take back
team-invite = Invite somebody
team-invite-lead = They get a letter with a link that is good once, for seven days. Whoever is here already gets the new role beside the others.
team-as = As
team-invite-do = Send the invitation
