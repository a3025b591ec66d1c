# Importer et exporter : les fichiers qui entrent et sortent, et ce qui n’y va pas.
exchange-title = Importer et exporter
exchange-in = Importer un fichier
exchange-in-why = Essayez d’abord : vous voyez ce qui changerait et chaque ligne fautive, et rien n’est gardé. Un fichier avec une seule faute n’est pas importé du tout. Importer deux fois le même fichier ne change rien de plus.
exchange-kind = Ce que contient le fichier
exchange-file = Le fichier
exchange-file-hint = Un tableau (CSV, UTF-8) ou, pour les absences et les gardes, un agenda (.ics). Au plus 4 Mo et 10 000 lignes.
exchange-person = À qui est l’agenda
exchange-person-hint = Son adresse. Seulement pour un agenda qui ne nomme personne.
exchange-pool = Groupement des gardes
exchange-try = Essayer
exchange-bring = Importer
exchange-out = Exporter un fichier
exchange-out-why = Chaque fichier s’ouvre dans un tableur et peut être importé de nouveau sans changement. Ouvrez-en un pour voir les colonnes.
exchange-table = Tableau : { $what }
exchange-calendar = Agenda : { $what }
exchange-csv = Tableau (CSV)
exchange-ics = Agenda (ICS)
file-people = Personnes et emplois
file-office-hours = Horaires de bureau
file-absences = Absences
file-duties = Gardes passées
file-notebook = Carnet
exchange-kept = Importé : { $added } nouvelles lignes, { $changed } changées, { $same } déjà là.
exchange-would = Rien à corriger. { $added } lignes seraient nouvelles, { $changed } changeraient, { $same } sont déjà là. Rien n’est encore gardé.
exchange-faults = { $count ->
    [one] { $count } faute. Rien n’a été gardé.
   *[other] { $count } fautes. Rien n’a été gardé.
}
exchange-mend = { $count ->
    [one] Corrigez-la dans le fichier, puis essayez de nouveau.
   *[other] Corrigez-les dans le fichier, puis essayez de nouveau.
}
exchange-no-file = Aucun fichier n’a été choisi. Choisissez-en un et recommencez.
exchange-line = Ligne
exchange-column = Colonne
exchange-wrong = Ce qui ne va pas, et que faire
exchange-whole-file = le fichier
exchange-whole-line = toute la ligne
wrong-empty = Il n’y a rien dedans. Écrivez un en-tête puis une ligne par chose.
wrong-too-large = Il pèse plus de { $number } Mo. Importez-le en plusieurs fichiers plus petits.
wrong-too-many-rows = Il contient plus de { $number } lignes. Importez-le en plusieurs fichiers.
wrong-not-utf8 = Ses lettres ne sont pas en UTF-8. Enregistrez-le comme « CSV UTF-8 ».
wrong-not-a-table = Ceci ne se lit pas comme un tableau : un guillemet ouvert ici n’est jamais fermé, ou le fichier est un agenda de ce qui n’en a pas. Fermez le guillemet, ou choisissez un autre fichier.
wrong-column-missing = Cette colonne manque. Ajoutez-la à l’en-tête.
wrong-column-unknown = Cette colonne n’existe pas ici. Renommez-la ou supprimez-la.
wrong-column-twice = Cette colonne est là deux fois. Supprimez-en une.
wrong-cells-too-many = La ligne a plus de cellules que l’en-tête n’a de colonnes. Mettez entre guillemets une cellule qui contient une virgule ou un point-virgule.
wrong-missing = Ceci ne doit pas être vide. Remplissez la cellule.
wrong-too-long = Il y a plus de { $number } lettres. Raccourcissez.
wrong-no-text = Il y a un caractère qui n’est pas du texte, ou un retour à la ligne là où il faut une seule ligne. Saisissez de nouveau.
wrong-not-an-address = Ce n’est pas une adresse électronique. Écrivez ana@office.example.
wrong-not-a-date = Ce n’est pas une date. Écrivez 2026-07-14 ou 14/07/2026.
wrong-not-a-time = Ce n’est pas une heure. Écrivez 18:00 ou 18h30.
wrong-not-a-moment = Ce n’est ni un jour, ni un jour et une heure. Écrivez 14/07/2026 ou 14/07/2026 18:00.
wrong-not-a-length = Cette durée n’est pas possible. Écrivez les heures ainsi : 35 ou 17:30 ; les pauses en minutes.
wrong-not-a-language = Ce n’est pas une langue. Écrivez deux lettres, comme fr.
wrong-not-days = Ce ne sont pas des jours. Écrivez lun-ven, ou sam dim fériés.
wrong-not-a-role = Ce n’est pas un rôle ici. Un office donne accueil et direction, un comité planification.
wrong-not-a-law = Personne ici ne travaille sous ce droit. Écrivez france_private, france_public, alsace_moselle, quebec, switzerland, belgium, european_union, ou un autre comme dans les fichiers exportés.
wrong-not-a-rung = Écrivez titulaire ou renfort.
wrong-not-a-duty = Écrivez permanence ou astreinte.
wrong-not-yes-or-no = Écrivez oui ou non.
wrong-ends-before-it-starts = La fin vient avant le début. Mettez la plus tardive en dernier.
wrong-lasts-too-long = Cela dure plus de { $number } jours. Vérifiez les deux dates.
wrong-twice = La même chose est à la ligne { $number }. Supprimez l’une des deux.
wrong-contradicts = La ligne { $number } dit autre chose de la même personne ou de la même note. Faites-leur dire la même chose.
wrong-nobody-here = Personne avec cette adresse ne travaille ici en ce moment. Corrigez-la, ou importez d’abord les personnes.
wrong-overlaps = Un autre emploi de la même personne couvre une partie de ces jours. Terminez l’un avant que l’autre ne commence.
wrong-not-employed-then = La personne n’est pas employée ici ce jour-là. Corrigez le jour, ou son emploi.
wrong-no-need = Aucun besoin du groupement ne demande quelqu’un à ces heures. Ajoutez un besoin valable alors, ou corrigez les heures.
wrong-not-past = Ce n’est pas encore fini. Seules les gardes passées s’importent ; celles à venir se planifient et se publient.
wrong-stands-otherwise = Une garde de cette personne qui commence alors est déjà là, avec une autre fin, un autre rang ou une autre nature. Le passé ne change jamais : corrigez la ligne ou supprimez-la.
wrong-two-places = Cette personne était de garde ailleurs à ce moment. Corrigez l’une des deux.
wrong-not-a-calendar = Ce n’est pas un agenda. Exportez-le de nouveau en fichier .ics.
wrong-no-attendee = On ne sait pas à qui c’est. Dites à qui est l’agenda, ou ajoutez un participant.
wrong-repeats-oddly = Cela se répète d’une manière qui n’est pas comprise, ou sans fin. Donnez une fin, ou écrivez chaque fois à part.
wrong-zone-unknown = Personne ne connaît ce fuseau horaire. Écrivez par exemple Europe/Paris.
