# Qui a été prévenu d'un planning publié, et l'a vu.
notices-new = Vos gardes ont été publiées ou modifiées
notices-told = L'avis est parti { $day } à { $time }. Parcourez-les ci-dessous, puis dites-le : la planification le voit.
notices-confirm = J'ai vu mes gardes
notices-title = Avis et lecture
notices-count = { $told ->
    [one] Un avis donné, { $confirmed } confirmé.
   *[other] { $confirmed } avis confirmés sur { $told }.
}
notices-who = Qui l'a vu
notices-nobody = Rien n'a changé pour personne : il n'y a pas eu d'avis.
notices-proof = Télécharger la preuve
notices-confirmed = confirmé { $day }, { $time }
notices-looked = regardé { $day }, { $time }
notices-not-yet = pas encore vu
notices-of-publication = Avis de publication, { $day } à { $time }
notices-of-handover = Avis de passage de garde, { $day } à { $time }
notices-of-change = Avis de changement, { $day } à { $time }
notices-clear = { $days ->
    [0] aucun jour franc
    [one] 1 jour franc
   *[other] { $days } jours francs
}
