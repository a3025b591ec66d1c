# Open duties.
open-title = Open duties
open-lead = Nobody has these yet. You may take them; the first one has it.
open-not-you = { $count ->
    [one] 1 open duty that is not for you, and why
   *[other] { $count } open duties that are not for you, and why
}
open-others-first = Colleagues who have had less come first until { $day }, { $time }. Then it is open to you too.
open-waits = You asked for it. The planner still has to say yes.
open-taken = You took this open duty.
open-give-back-effect = It is open again for your colleagues at once.
open-give-back-do = Give it back
open-asks = { $name } asks for an open duty
