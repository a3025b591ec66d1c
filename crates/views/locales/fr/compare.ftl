# Comparer et publier.
compare-title = Comparer et publier
compare-back = Retour au planning
compare-changes = Ce qui change, et pour qui
compare-first = Qui reçoit quoi
compare-untouched = { $count ->
    [0] tout le monde est concerné
    [one] rien ne change pour 1 personne
   *[other] rien ne change pour { $count } personnes
}
compare-nothing = Le brouillon est identique à ce qui est publié.
compare-gains = reçoit
compare-loses = n'a plus
compare-keeps = { $count ->
    [one] { $count } garde inchangée
   *[other] { $count } gardes inchangées
}
compare-notice = { $days ->
    [one] { $days } jour franc de préavis
   *[other] { $days } jours francs de préavis
}
compare-publish-title = Publier
compare-told = { $count ->
    [0] Personne n'est à prévenir.
    [one] { $count } personne est prévenue par courriel.
   *[other] { $count } personnes sont prévenues par courriel.
}
compare-feeds = Les agendas des téléphones suivent d'eux-mêmes.
compare-short = { $count ->
    [one] { $count } personne est prévenue plus tard que la loi ne le demande.
   *[other] { $count } personnes sont prévenues plus tard que la loi ne le demande.
}
compare-notice-kept = Chacun est prévenu aussi tôt que le demande la loi qui le lie.
compare-gaps = { $count ->
    [one] { $count } place reste ouverte.
   *[other] { $count } places restent ouvertes.
}
compare-refused = { $count ->
    [one] { $count } règle enfreinte à laquelle nul ne peut déroger.
   *[other] { $count } règles enfreintes auxquelles nul ne peut déroger.
} Corrigez d'abord le planning.
compare-message = Message aux personnes concernées
compare-message-hint = Il ouvre le courriel que chacun reçoit. Vous pouvez le laisser vide.
compare-publish = { $count ->
    [0] Publier
    [one] Publier et prévenir 1 personne
   *[other] Publier et prévenir { $count } personnes
}
compare-invisible = Avant la publication, personne à l'accueil ne voit ce brouillon. La preuve du préavis est gardée avec date et heure.
compare-reasons = { $count ->
    [one] 1 point demande votre motif
   *[other] { $count } points demandent votre motif
}
compare-reasons-why = La loi ne les admet que dans des circonstances exceptionnelles ou avec l'accord de la personne. Votre motif est gardé avec votre nom et la date, et montré avec le planning.
compare-reason = Votre motif
compare-reason-all = Votre motif, pour tous ceux qui n'en ont pas
compare-reason-one = Un motif pour ce seul point
compare-known = { $count ->
    [one] 1 autre point à connaître
   *[other] { $count } autres points à connaître
}
beside-link = À côté du brouillon { $number }
beside-title = Deux brouillons côte à côte
beside-back = Retour à la comparaison
beside-figures = Ce que vaut chacun
beside-people = Qui a quoi dans un seul des deux
beside-same = Ces jours-là, les deux brouillons sont identiques.
beside-led = Gardes tenues
beside-open = Places ouvertes
beside-broken = Règles enfreintes
beside-wishes = Souhaits exaucés
beside-over = Écart à la part équitable : { $first } dans le premier, { $second } dans le second
