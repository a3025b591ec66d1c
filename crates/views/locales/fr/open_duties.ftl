# Gardes ouvertes.
open-title = Gardes ouvertes
open-lead = Personne ne les a encore. Vous pouvez les prendre ; la première réponse l'emporte.
open-not-you = { $count ->
    [one] 1 garde ouverte qui n'est pas pour vous, et pourquoi
   *[other] { $count } gardes ouvertes qui ne sont pas pour vous, et pourquoi
}
open-others-first = Vos collègues qui en ont eu moins passent d'abord, jusqu'au { $day }, { $time }. Ensuite, elle vous est ouverte aussi.
open-waits = Vous l'avez demandée. Il manque l'accord de la planification.
open-taken = Vous avez pris cette garde ouverte.
open-give-back-effect = Elle est aussitôt de nouveau ouverte à vos collègues.
open-give-back-do = La rendre
open-asks = { $name } demande une garde ouverte
