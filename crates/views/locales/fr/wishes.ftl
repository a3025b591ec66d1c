# Mes souhaits.
wishes-title = Mes souhaits
wishes-lead = Choisissez, puis touchez vos jours.
wishes-planning = La planification commence le
wishes-brush = Ce qu'il faut marquer
wishes-cant = Impossible
wishes-rather-not = Plutôt pas
wishes-wish = Souhait
wishes-free = Libre
wishes-duty = vous êtes de permanence
wishes-closed = déjà planifié, adressez-vous à la planification
wishes-saved = Enregistré et envoyé
wishes-how = Chaque touche est enregistrée aussitôt.
wishes-none = Rien de dit : tous les jours sont libres.
wishes-use = « Impossible » est toujours respecté. « Plutôt pas » et les souhaits le sont autant que possible ; ce qui n'a pu l'être est dit clairement.
wishes-said = Ce que vous avez dit
