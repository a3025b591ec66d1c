# The house: boards, for whoever runs the service.
house-boards = Boards
house-none = There is no board yet.
house-pools = { $count ->
    [one] 1 pool
   *[other] { $count } pools
}
house-offices = { $count ->
    [one] 1 office
   *[other] { $count } offices
}
house-people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
house-unmanned = Nobody plans here yet
house-found = Found a board
house-first = Its first planner
house-first-hint = Its first planner gets an invitation by letter, and sets up its pool and offices.
house-found-do = Found and invite
