# La connexion par code.
sign-in-page = Connexion
sign-in-title = Connexion
sign-in-lead = Nous envoyons un code à votre adresse. Il n'y a pas de mot de passe.
sign-in-email = Votre adresse professionnelle
sign-in-malformed = Cette adresse n'est pas complète.
sign-in-too-many = Trop d'essais. Attendez dix minutes, puis demandez un nouveau code.
sign-in-send = Envoyez-moi un code
sign-in-code-title = Saisissez le code
sign-in-code-lead = Si { $email } est connue ici, six chiffres sont en route. Ils sont valables dix minutes.
sign-in-code = Six chiffres
sign-in-code-hint = Rien reçu ? Regardez dans le courrier indésirable.
sign-in-enter = Se connecter
sign-in-wrong = Ce ne sont pas les chiffres que nous avons envoyés.
sign-in-expired = Ce code n'est plus valable. Demandez-en un nouveau.
sign-in-again = Envoyer un nouveau code
sign-in-other = Autre adresse
sign-in-demo = Les codes de la démonstration arrivent dans le courrier
