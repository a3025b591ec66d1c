rule-overlap = À deux endroits en même temps.
rule-absence = En congé ou « impossible ».
rule-daily-rest = { $measured } de repos entre deux journées ; il en faut { $limit }.
rule-daily-maximum = { $measured } de travail dans la journée ; { $limit } au plus.
rule-daily-span = { $measured } entre la première prise et la dernière fin de la journée ; { $limit } au plus.
rule-weekly-rest = { $measured } de repos d'affilée dans la semaine ; il en faut { $limit }.
rule-language = Ne parle pas une langue demandée.
rule-language-lacks = Ne parle pas ce qui est demandé : { $what }.
rule-destination = Ne connaît pas une destination demandée.
rule-destination-lacks = Ne connaît pas la destination : { $what }.
rule-channel = Ne répond pas sur un canal demandé.
rule-channel-lacks = Ne répond pas par : { $what }.
rule-not-employed = Ne travaille pas pour un office du groupement ce jour-là.
rule-break = { $measured } de travail d'affilée sans pause ; elle est due après { $limit }.
rule-weekly-maximum = { $measured } de travail dans la semaine ; { $limit } au plus.
rule-average-maximum = { $measured } de travail par semaine en moyenne ; { $limit } au plus.
rule-working-days = { $measured } de travail dans la semaine ; { $limit } au plus.
rule-consecutive-days = { $measured } de travail de suite ; { $limit } au plus.
rule-extra-hours = { $measured } de travail dans la semaine d'un temps partiel ; { $limit } au plus.
rule-interruption = La journée d'un temps partiel est coupée trop souvent ou trop longtemps : { $measured } pour { $limit } au plus.
rule-minor = { $measured } ; personne de moins de { $limit } ne prend de garde.
rule-night-maximum = { $measured } de travail dans la journée d'un travailleur de nuit ; { $limit } au plus.
rule-night-average = { $measured } de travail par semaine en moyenne pour un travailleur de nuit ; { $limit } au plus.
rule-night-work = { $measured } de travail de nuit, qui demande une autorisation.
rule-sunday = { $measured } de travail un dimanche ; { $limit } au plus.
rule-sunday-rest = Aucun jour libre dans les { $limit } qui suivent un dimanche travaillé.
rule-sundays-in-year = { $measured } dimanches travaillés dans l'année ; { $limit } au plus.
rule-holiday = { $measured } de travail un jour de repos ; { $limit } au plus.
rule-short-duty = Une garde de { $measured } ; il en faut au moins { $limit }.
rule-notice = Prévenu { $measured } avant ; il en faut { $limit }.
rule-standby-days = { $measured } d'astreinte en quatre semaines ; { $limit } au plus.
rule-standby-pause = { $measured } sans astreinte après un tour complet ; il en faut { $limit }.
rule-standby-kind = Veiller sur des messages ordinaires n'est pas une astreinte dans ce droit.
rule-standby-rest = { $measured } de repos après la dernière intervention ; il en faut { $limit }.
rule-standby-risk = { $measured } de l'astreinte passée ont été du travail : un juge peut y voir du temps de travail.
rule-may-refuse = { $measured }, alors que la personne peut refuser au-delà de { $limit }.
rule-overtime-week = { $measured } de travail dans la semaine ; au-delà de { $limit }, ce sont des heures supplémentaires.
rule-overtime = { $measured } d'heures supplémentaires ; { $limit } sont permises.
rule-short-contract = Un contrat de { $measured } par semaine ; à temps partiel, il en faudrait { $limit }.
rule-lending = Répond pour des offices qui ne l'emploient pas, et aucun cadre n'est indiqué : prêt à prix coûtant, groupement d'employeurs, contrat de service.

keeps-overlap = Déjà de garde
keeps-absence = En congé
keeps-daily-rest = Repos trop court
keeps-daily-maximum = Journée trop longue
keeps-daily-span = Amplitude trop grande
keeps-weekly-rest = Semaine sans repos
keeps-language = Langue manquante
keeps-destination = Destination inconnue
keeps-channel = Canal non pratiqué
keeps-not-employed = Hors contrat
keeps-break = Pause manquante
keeps-weekly-maximum = Semaine trop longue
keeps-average-maximum = Moyenne trop haute
keeps-working-days = Trop de jours dans la semaine
keeps-consecutive-days = Trop de jours de suite
keeps-extra-hours = Au-delà du temps partiel
keeps-interruption = Journée trop coupée
keeps-minor = Mineur
keeps-night-maximum = Journée de nuit trop longue
keeps-night-average = Moyenne de nuit trop haute
keeps-night-work = Nuit sans autorisation
keeps-sunday = Travail du dimanche
keeps-sunday-rest = Pas de jour libre après un dimanche
keeps-sundays-in-year = Trop de dimanches
keeps-holiday = Jour férié
keeps-short-duty = Garde trop courte
keeps-notice = Prévenu trop tard
keeps-standby-days = Trop de jours d'astreinte
keeps-standby-pause = De nouveau d'astreinte trop tôt
keeps-standby-kind = Pas d'astreinte dans ce droit
keeps-standby-rest = Repos trop court après l'astreinte
keeps-standby-risk = Astreinte proche du travail
keeps-may-refuse = Peut être refusé
keeps-overtime = Heures supplémentaires
keeps-short-contract = Contrat court
keeps-lending = Pas de cadre pour d'autres offices

amount-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
amount-years = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
