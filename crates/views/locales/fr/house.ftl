# La maison : les comités, pour qui fait marcher le service.
house-boards = Comités
house-none = Il n’y a pas encore de comité.
house-pools = { $count ->
    [one] { $count } groupement
   *[other] { $count } groupements
}
house-offices = { $count ->
    [one] { $count } office
   *[other] { $count } offices
}
house-people = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
house-unmanned = Personne ne planifie encore ici
house-found = Fonder un comité
house-first = Qui planifie en premier
house-first-hint = Une invitation part par courrier électronique ; le groupement et les offices se créent ensuite sur place.
house-found-do = Fonder et inviter
