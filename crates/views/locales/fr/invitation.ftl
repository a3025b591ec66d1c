# Une invitation, telle que la lit qui suit son lien.
invitation-title = Bienvenue, { $name }
invitation-lead = { $organisation } vous invite. Votre rôle : { $roles }.
invitation-what = En acceptant, vous montrez que { $email } est à vous et vous êtes connecté·e ici. Ensuite, un code envoyé à cette adresse suffit.
invitation-accept = Accepter
invitation-spent = Cette invitation a déjà servi, a été retirée ou est trop ancienne. Demandez-en une autre, ou connectez-vous.
