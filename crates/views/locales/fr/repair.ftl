# Réparer un brouillon.
repair-title = Réparer au plus juste
repair-link = Réparer au plus juste…
repair-moves = Ce qui changerait
repair-nothing = Rien n'est ouvert, et chacun peut garder ce qu'il a.
repair-nothing-fills = Aucun petit changement ne pourvoit ce qui est ouvert. En voici les raisons.
repair-from = de
repair-to = à
repair-was-open = encore sans titulaire
repair-is-open = personne : la place reste ouverte
repair-open = Ce qui reste ouvert, et pourquoi
repair-blocked = { $why } : { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}.
repair-nobody = Personne ne peut la prendre en l'état. Demandez à quelqu'un de lever un « impossible », ou changez le besoin.
repair-with-reason = Peut être donnée à la main, avec un motif : { $names }.
repair-not-looked-up = La raison n'a pas été cherchée : les places d'avant viennent d'abord.
repair-by-hand = Peut être donnée à la main : { $names }.
repair-pinned-open = Elle est épinglée ouverte. Désépinglez-la sur le planning pour qu'on lui cherche quelqu'un.
repair-pinned-holder = L'épingle y retient { $name }, qui ne peut pas la garder. Désépinglez-la sur le planning pour qu'on lui cherche quelqu'un d'autre.
repair-do-title = Avant de le faire
repair-count = { $count ->
    [one] { $count } garde change de main.
   *[other] { $count } gardes changent de mains.
}
repair-touched = { $count ->
    [0] Personne ne reçoit d'autres gardes.
    [one] { $count } personne reçoit d'autres gardes : { $names }.
   *[other] { $count } personnes reçoivent d'autres gardes : { $names }.
}
repair-excused = { $count ->
    [one] { $names } ne peut pas garder une garde.
   *[other] Ne peuvent pas garder une garde : { $names }.
}
repair-kept = Les gardes épinglées restent, et ce qui a commencé aussi.
repair-least = Tout a été essayé : rien de plus petit ne pourvoit autant.
repair-cut-short = Tout n'a pas pu être essayé : il existe peut-être plus petit.
repair-refused = Une règle l'interdit, que nul ne peut écarter. Réparez ces gardes à la main.
repair-remarks = Ce qu'en disent les règles :
repair-do = { $count ->
    [one] Changer { $count } garde
   *[other] Changer { $count } gardes
}
repair-invisible = Cela reste un brouillon : personne n'est prévenu, et un seul pas annule le tout.
repair-done = Le brouillon est réparé. Appuyez sur U pour tout annuler.
repair-overtaken = Le brouillon, ou ce qu'on sait des personnes, a changé entre-temps. Voici ce qui serait fait maintenant.
