# Courriers à l'équipe.
mail-hello = Bonjour { $name },
mail-house = Vous recevez ce courrier parce que vous travaillez avec Veilleuse.
mail-code-subject = Votre code de connexion : { $code }
mail-code-lead = Voici votre code pour vous connecter à Veilleuse :
mail-code-minutes = Il est valable { $minutes } minutes, une seule fois.
mail-code-not-you = Ce n'était pas vous ? Quelqu'un a saisi votre adresse. Rien ne se passe sans ce code : ne le transmettez pas et supprimez ce courrier.
mail-shifts-new = { $pool } : { $count ->
    [0] vos gardes
    [one] une nouvelle garde
   *[other] { $count } nouvelles gardes
  }
mail-shifts-changed = { $pool } : vos gardes ont changé ({ $count })
mail-shifts-published = { $name } a publié le planning de { $pool }. Ces gardes sont les vôtres :
mail-shifts-republished = { $name } a modifié le planning de { $pool }. Voici ce qui change pour vous :
mail-shifts-all = Toutes vos gardes, et votre agenda
mail-shifts-why = Votre agenda suit de lui-même, mais certains ne regardent qu'une fois par jour : c'est pourquoi nous écrivons aussi.
mail-shift-new = Nouveau : { $duty }
mail-shift-gone = N'est plus à vous : { $duty }
mail-shift-moved = Désormais : { $duty } (avant : { $before })
mail-lead = en titulaire
mail-backup = en renfort
mail-quote = « { $text } »
mail-too-large = [Courriel trop volumineux ({ $megabytes } Mo) : son contenu est resté dans la boîte aux lettres.]
mail-ended-subject = Une de vos sessions a été fermée
mail-ended-lead = Une copie de votre connexion dans { $device } a servi une seconde fois. Quelqu’un l’a peut-être prise dans ce navigateur : nous l’avons fermée, pour quiconque s’en servait.
mail-ended-lead-unknown = Une copie de votre connexion dans un de vos navigateurs a servi une seconde fois. Quelqu’un l’a peut-être prise là : nous l’avons fermée, pour quiconque s’en servait.
mail-ended-then = Reconnectez-vous pour continuer. Rien d’autre n’a changé et vos autres navigateurs restent connectés. Si vous en voyez un sous « Moi » qui n’est pas le vôtre, déconnectez-le.
mail-ended-link = Se connecter
mail-invited-subject = { $organisation } vous invite
mail-invited-by = { $by } vous invite à rejoindre { $organisation } (rôle : { $roles }).
mail-invited = Vous êtes invité·e à rejoindre { $organisation } (rôle : { $roles }).
mail-invited-what = Avec Veilleuse, plusieurs offices de tourisme partagent une même veille, le soir et le week-end. Il n’y a pas de mot de passe : il suffit de suivre le lien.
mail-invited-days = Le lien sert une seule fois, pendant { $days } jours. Si cela ne vous dit rien, laissez-le : il ne se passera rien.
mail-invited-link = Accepter l’invitation
mail-shifts-handed = Dans { $pool }, une garde est passée de { $from } à { $to }. Voici ce qui change pour vous :
mail-ask-swap = { $pool } : { $name } propose un échange
mail-ask-swap-lead = { $name } aimerait vous donner cette garde : { $duty }.
mail-ask-counter = En retour, la vôtre changerait de mains : { $duty }.
mail-ask-give-back = { $pool } : { $name } aimerait rendre une garde
mail-ask-give-back-lead = { $name } aimerait vous rendre ce que vous lui aviez cédé : { $duty }. Votre accord suffit.
mail-ask-step-in = { $pool } : pouvez-vous remplacer { $name } ?
mail-ask-step-in-lead = { $name } ne peut pas venir : { $duty }. Pouvez-vous prendre cette garde ? La première réponse l'emporte.
mail-ask-on-behalf = { $pool } : votre garde est proposée
mail-ask-on-behalf-lead = Votre office ou votre comité a proposé votre garde pour vous : { $duty }. Elle reste la vôtre tant que personne ne la prend.
mail-ask-withdrawn = { $pool } : { $name } n'a plus besoin de vous
mail-ask-withdrawn-lead = La demande de { $name } est retirée : { $duty }. Rien ne change pour vous.
mail-ask-refused = { $pool } : une garde reste inchangée
mail-ask-refused-lead = La réponse est non : { $duty } reste à { $name }.
mail-ask-answer = Voir et répondre
mail-ask-why = Tant que personne ne la prend, la garde reste à son titulaire actuel.
mail-shifts-taken = Vous avez pris une garde ouverte de { $pool }. Merci. Voici ce qui change pour vous :
mail-shifts-given-back = Une garde de { $pool } que vous aviez prise est de nouveau ouverte :
mail-shifts-learner = Dans { $pool }, vous êtes aux côtés du titulaire pour apprendre. Personne ne vous appelle, et c'est du temps de travail. Voici ce qui change pour vous :
mail-shifts-no-learner = Dans { $pool }, vous n'êtes plus aux côtés du titulaire :
mail-ask-not-given-lead = La réponse est non : { $duty } reste ouverte.
mail-learner = en apprentissage
mail-open-subject = { $pool } : { $count ->
    [one] une garde est ouverte
   *[other] { $count } gardes sont ouvertes
  }
mail-open-lead = { $count ->
    [one] Personne n'a encore cette garde de { $pool }, et vous pouvez la prendre :
   *[other] Personne n'a encore ces gardes de { $pool }, et vous pouvez les prendre :
  }
mail-open-take = En prendre une
mail-open-first = Qui la prend en premier l'a. Si elle ne vous convient pas, il n'y a rien à faire.
mail-open-off = Vous ne voulez pas de courriels sur les gardes ouvertes ?
mail-open-me = Arrêtez-les sous « Moi »
