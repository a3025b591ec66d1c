# Calendriers : ce que l'agenda d'un téléphone montre d'une permanence.
ics-name = Veilleuse, { $name }
ics-lead = De permanence, { $pool }
ics-backup = En renfort, { $pool }
ics-cancelled = Annulé : garde, { $pool }
ics-cancelled-note = Vous n'êtes plus de permanence à ce moment-là.
ics-active-lead = Vous répondez en premier. Tout ce temps est du travail.
ics-active-backup = On vous appelle quand la personne titulaire ne répond pas. Tout ce temps est du travail.
ics-standby = En astreinte à domicile : seules vos réponses comptent comme du travail.
ics-with-lead = { $name } répond en premier.
ics-with-backup = { $name } est en renfort.
ics-offices = Vous répondez pour { $offices }.
