# Bienvenue : les quatre portes de la démonstration.
welcome-page = Bienvenue
welcome-title = Quelqu'un d'ici veille encore.
welcome-lead = { $offices ->
    [one] Un office de tourisme
   *[other] { $offices } offices de tourisme
} de { $region } tiennent une même permanence, le soir et le week-end. Entrez dans le rôle qui vous plaît.
welcome-planner = Planification
welcome-planner-does = { $name } construit le planning partagé à { $office } et veille à l'équité.
welcome-advisor = Accueil
welcome-advisor-does = { $name }, de { $office }, est de service et répond pour tous les offices.
welcome-manager = Direction
welcome-manager-does = { $name } achète la couverture de { $office } et voit ce qu'elle apporte.
welcome-visitor = Visite
welcome-visitor-does = Vous êtes sur place ce soir et avez une question pour { $office }.
welcome-hint = Tout ici est inventé et vous pouvez tout changer. L'horloge ci-dessus saute à d'autres heures. À la page Vie privée, la direction trouve emma@visitors.example parmi les visiteurs.
