# Ce que quelqu’un apporte à une garde : langues et niveaux, destinations, canaux.
skills-title = Compétences
skills-open = Voir et modifier
skills-back = Retour
skills-why-own = Ce que vous apportez à une garde. Les plannings cherchent qui apporte ce que la garde demande ; vos collègues de garde peuvent le lire.
skills-why = Ce que cette personne apporte à une garde. Les plannings cherchent qui apporte ce que la garde demande ; les collègues de garde peuvent le lire.
skills-languages = Langues pour répondre
skills-no = Non
skills-any = Oui
skills-level-hint = Oui, sans niveau, suffit pour toute garde. Un niveau du cadre européen (A1 à C2) suffit pour les gardes qui le demandent, ou moins.
skills-destinations = Destinations connues
skills-at-home = Connues de toute façon, pour y travailler : { $offices }.
skills-channels = Canaux pour répondre (aucun coché : tous)
skills-do = Enregistrer
skill-level = { $language } ({ $level } au moins)
skill-destination-gone = un office hors de votre vue
