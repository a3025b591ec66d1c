# Le courrier de la démonstration.
mailbox-above = Démonstration
mailbox-title = Lettres parties d'ici
mailbox-sign-in = Connexion
mailbox-empty = Pas encore de lettre. Les codes et les avis arrivent ici d'eux-mêmes.
mailbox-from-to = { $from } à { $to }
mailbox-code = Code
mailbox-read = Lire la lettre
