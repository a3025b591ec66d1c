# Learners: somebody beside a lead.
rung-learner = learner
learner-until = Learning beside the lead until { $time }
learner-lead = You look on and learn. Visitors come to the lead, and nobody rings you.
learner-duty = { $part }, you learn
learner-with = with { $name } learning
ics-learner = Learning, { $pool }
ics-learner-note = You stand beside the lead to learn. Nobody rings you. The whole time is work.
learners-title = Learners
learners-lead = A learner stands beside a lead. They cover nothing and are never rung; it counts as working time.
learners-none = Nobody learns on the days shown.
learners-add = Add a learner
learners-who = Who learns
learners-where = Beside whom
learners-add-do = Add
learners-remove = Take off
learners-beside-nobody = no lead yet
