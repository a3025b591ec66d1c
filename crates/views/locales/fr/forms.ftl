# Champs communs à plusieurs formulaires.
form-name = Nom
form-slug = Nom court
form-slug-hint = Tel qu’il figure dans les liens : minuscules, chiffres et traits d’union.
form-zone = Fuseau horaire
form-calendar = Jours fériés
form-language = Langue
form-emergency = Numéro d’urgence pour les visiteurs
form-given-name = Prénom
form-family-name = Nom de famille
form-email = Adresse électronique
form-law = Droit du travail
form-weekly-hours = Heures par semaine
form-from = À partir du
law-france-private = France, droit privé
law-france-public = France, fonction publique
law-quebec = Québec
calendar-france = France
calendar-alsace-moselle = Alsace-Moselle
calendar-alsace-moselle-good-friday = Alsace-Moselle, avec le Vendredi saint
calendar-guadeloupe = Guadeloupe
calendar-martinique = Martinique
calendar-guyane = Guyane
calendar-reunion = La Réunion
calendar-mayotte = Mayotte
calendar-saint-barthelemy = Saint-Barthélemy
calendar-saint-martin = Saint-Martin
calendar-quebec = Québec, avec le Vendredi saint
calendar-quebec-easter-monday = Québec, avec le lundi de Pâques
calendar-belgium = Belgique
calendar-luxembourg = Luxembourg
calendar-switzerland = Suisse
field-mend = { $count ->
    [0] Rien n’a été modifié : un champ est vide ou illisible.
    [one] Rien n’a été modifié : un champ est à revoir.
   *[other] Rien n’a été modifié : { $count } champs sont à revoir.
}
field-empty = Ce champ ne doit pas rester vide.
field-no-role = Cochez au moins une case.
field-too-long = C’est plus long que { $most } lettres. Raccourcissez.
field-out-of-range = Écrivez un nombre de { $least } à { $most }.
field-taken = Une autre organisation porte ce nom court. Choisissez-en un autre.
field-no-slug = Seulement des minuscules de a à z, des chiffres et des traits d’union isolés, comme vieux-port.
field-unreadable = Ceci ne se lit pas. Vérifiez.
done-board = Le comité est fondé. Son invitation part par courrier électronique.
done-office = L’office a rejoint le groupement. Sa direction reçoit une invitation par courrier électronique.
done-pool = Le groupement est créé.
done-need = Le besoin est ajouté. Il compte à partir d’aujourd’hui.
done-need-ended = Le besoin se termine aujourd’hui.
done-invited = L’invitation est partie.
done-again = L’invitation est repartie. L’ancien lien ne mène plus nulle part.
done-withdrawn = L’invitation est retirée. Son lien ne mène plus nulle part.
done-left = C’est fait. Les gardes à venir apparaissent comme places libres.
done-retention = C’est désormais conservé ainsi.
done-held = La conversation est gardée jusqu’à ce que vous la libériez.
done-released = La conversation sera oubliée quand elle sera assez ancienne.
done-erased = Tout est effacé. L’attestation se trouve plus bas.
