# Équipe : qui travaille ici, qui est invité.
team-members = Qui travaille ici
team-you = Vous
team-leave = Faire partir…
team-leave-effect = C’est le dernier jour de { $name } ici : le contrat prend fin, tous les rôles cessent aussitôt, ses conversations retournent dans la file et ses gardes à venir apparaissent comme places libres.
team-leave-do = Faire partir maintenant
team-invited = Invitations en cours
team-good-until = Valable jusqu’au { $day }
team-too-old = Le lien est trop ancien
team-again = Renvoyer
team-withdraw = Retirer
team-invite = Inviter quelqu’un
team-invite-lead = Une lettre part avec un lien qui sert une seule fois, pendant sept jours. Qui est déjà ici reçoit le nouveau rôle à côté des autres.
team-as = Comme
team-invite-do = Envoyer l’invitation
