# Passages de garde : les gardes qui changent de mains.
handover-section = Gardes proposées
handover-requests = On vous demande
handover-own = En cours
handover-offers = Proposé par l'équipe
handover-done = Repris à des collègues
handover-gives-away = { $name } cède une garde
handover-swaps = { $name } propose un échange
handover-absent = { $name } ne peut pas venir
handover-gives-back = { $name } aimerait vous rendre cette garde
handover-behind = Vous en êtes le renfort : votre place derrière elle s'ouvre dès que vous la prenez.
handover-for-yours = En échange de la vôtre : { $duty }
handover-on-behalf = Demandé par { $name } en son nom.
handover-accept = Je la prends
handover-refuse = Non
handover-not-you = Pas pour vous :
handover-awaits-approval = { $name } la prend. Il manque l'accord de la planification.
handover-awaits = En attente de la réponse de { $name }.
handover-awaits-anybody = Proposée à toutes les personnes qui peuvent la prendre.
handover-called = { $count ->
    [0] Personne n'a encore été sollicité.
    [one] Une personne a été sollicitée.
   *[other] { $count } personnes ont été sollicitées.
}
handover-all-called = Toutes les personnes disponibles ont été sollicitées. La planification est prévenue.
handover-still-yours = Tant que personne ne la prend, elle reste la vôtre.
handover-withdraw = Retirer
handover-from = Reprise à { $name }
handover-give-back = Rendre…
handover-give-back-effect = L'accord de { $name } suffit, et tout redevient comme avant.
handover-give-back-do = Proposer de la rendre
handover-why-holds = C'est déjà sa garde.
handover-why-on-duty = En garde à ce moment, { $hours }.
handover-why-not-free = Pas disponible à ce moment.
handover-why-holder = Une règle ou une absence s'y oppose pour la personne qui tient la garde.
handover-change = Passer une garde
handover-back = Retour
handover-for = C'est la garde de { $name }. Vous agissez en son nom, et un courrier le lui dit.
handover-part-wrong = Ces heures ne font pas partie de la garde. Écrivez un début, et une fin plus tard, dans la garde.
handover-refused = Ce n'est pas possible. Rien n'a été changé.
handover-is-offered = Cette garde est déjà proposée. Retirez d'abord cette proposition.
handover-give-away = La céder
handover-give-away-lead = { $whose ->
    [colleague] Les collègues qui peuvent la prendre la voient. D'ici là, elle reste celle de { $name }.
   *[reader] Les collègues qui peuvent la prendre la voient. D'ici là, elle reste la vôtre.
}
handover-give-away-do = La proposer
handover-part = Une partie seulement
handover-part-from = De
handover-part-until = À
handover-note = Un mot à vos collègues ; la planification le lit aussi
handover-swap = L'échanger
handover-swap-lead = La liste ne contient que ce que la loi permet aux deux.
handover-swap-none = Aucune garde de vos collègues ne peut être échangée avec celle-ci.
handover-swap-for = Contre quelle garde
handover-swap-do = Proposer l'échange
handover-absence = { $whose ->
    [colleague] { $name } ne peut pas venir
   *[reader] Je ne peux pas venir
}
handover-absence-lead = { $whose ->
    [colleague] Les collègues disponibles sont sollicités par courriel, l'un après l'autre. { $name } reste responsable tant que personne n'a pris la garde.
   *[reader] Les collègues disponibles sont sollicités par courriel, l'un après l'autre. Vous restez responsable tant que personne n'a pris la garde.
}
handover-absence-do = Chercher un remplacement
handover-could = { $count ->
    [0] Personne ne peut la prendre en l'état
    [one] Une personne peut la prendre
   *[other] { $count } personnes peuvent la prendre
}
handover-could-not = Les autres, et pourquoi
handover-open = Passer…
today-handover = De { $from } à { $to } : attend votre accord
today-absent-holder = { $name } ne peut pas venir
today-all-called = Toutes les personnes disponibles ont été sollicitées, sans succès.
today-forbidden = Plus possible
today-approve = Accepter
today-approve-why = Votre motif, gardé avec votre nom
today-refuse = Refuser
today-assign = Donner à { $name }
today-nobody-could = Personne ne peut la prendre en l'état.
pool-approval-on = Ce que l'équipe convient entre elle attend votre accord. Un remplacement urgent se fait quand même tout de suite.
pool-approval-off = L'équipe échange et cède ses gardes entre elle, dans les limites de la loi.
pool-approval-turn-on = Me demander d'abord
pool-approval-turn-off = Laisser l'équipe décider
team-duties = { $count ->
    [one] 1 garde dans les deux semaines
   *[other] { $count } gardes dans les deux semaines
}
