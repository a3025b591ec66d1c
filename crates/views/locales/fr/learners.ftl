# Apprentissage : quelqu'un aux côtés du titulaire.
rung-learner = apprentissage
learner-until = En apprentissage jusqu'à { $time }
learner-lead = Vous observez et apprenez. Les visiteurs s'adressent au titulaire, et personne ne vous appelle.
learner-duty = { $part }, en apprentissage
learner-with = avec { $name } en apprentissage
ics-learner = Apprentissage, { $pool }
ics-learner-note = Vous êtes aux côtés du titulaire pour apprendre. Personne ne vous appelle. Tout le temps est du travail.
learners-title = Apprentissage
learners-lead = Une personne en apprentissage est aux côtés du titulaire. Elle ne couvre rien et n'est jamais appelée ; c'est du temps de travail.
learners-none = Personne n'apprend pendant les jours affichés.
learners-add = Ajouter une personne
learners-who = Qui apprend
learners-where = Aux côtés de
learners-add-do = Ajouter
learners-remove = Retirer
learners-beside-nobody = pas encore de titulaire
