//! The notebooks of the demo's offices. All invented.

use chrono::Duration;
use domain::{Language, time};
use storage::{
    notes::{self, Note, Text},
    scope::Home,
};

use super::region::{Founded, Settled};
use crate::{App, Error};

/// One fact: whether only the team may know it, how many days ago it was checked, its words by language.
struct Fact {
    team_only: bool,
    checked: i64,
    texts: &'static [(&'static str, &'static str, &'static str)],
}

const fn fact(checked: i64, texts: &'static [(&'static str, &'static str, &'static str)]) -> Fact {
    Fact { team_only: false, checked, texts }
}

/// Facts of one office, by its short name.
const FACTS: &[(&str, &[Fact])] = &[
    (
        "vieux-port",
        &[
            fact(
                16,
                &[
                    (
                        "fr",
                        "Bateau pour l’île, hiver",
                        "9 h 15, 10 h 45 et 14 h, du Vieux Port, quai 2. Aucun par fort vent d’ouest. Pas de réservation à moins de dix personnes.",
                    ),
                    (
                        "en",
                        "Island boat, winter",
                        "9:15, 10:45, 14:00 from the Old Harbour, pier 2. None in strong west wind. Groups under 10 don’t book.",
                    ),
                    (
                        "de",
                        "Inselschiff, Winter",
                        "9.15, 10.45 und 14.00 Uhr ab Altem Hafen, Steg 2. Nicht bei starkem Westwind. Gruppen unter 10 Personen buchen nicht.",
                    ),
                    (
                        "it",
                        "Battello per l’isola, inverno",
                        "9.15, 10.45 e 14.00 dal Porto Vecchio, molo 2. Non parte con forte vento da ovest. Meno di 10 persone: senza prenotazione.",
                    ),
                ],
            ),
            fact(
                16,
                &[
                    ("fr", "Tarifs du bateau", "Adulte 14 €, moins de 12 ans 7 €, famille de quatre 36 €."),
                    ("en", "Boat fares", "Adult €14, under 12 €7, family of four €36."),
                ],
            ),
            Fact {
                team_only: true,
                checked: 30,
                texts: &[
                    (
                        "fr",
                        "Téléphone du capitaine",
                        "01 23 45 67 89. Appeler avant 20 h si la météo est mauvaise.",
                    ),
                    ("en", "Skipper’s phone", "01 23 45 67 89. Ring before 20:00 if the forecast looks bad."),
                ],
            },
            fact(
                9,
                &[
                    (
                        "fr",
                        "Où manger tard",
                        "Le Quai sert jusqu’à 22 h 30 tous les jours ; La Cabane jusqu’à 21 h 30, fermée le mardi.",
                    ),
                    (
                        "en",
                        "Where to eat late",
                        "Le Quai serves until 22:30 every day; La Cabane until 21:30, closed on Tuesdays.",
                    ),
                ],
            ),
        ],
    ),
    (
        "belrive",
        &[
            fact(
                12,
                &[
                    (
                        "fr",
                        "Restaurants ouverts le soir",
                        "Brasserie de la place jusqu’à 22 h, chiens bienvenus. Pizzeria du Lac jusqu’à 23 h le week-end.",
                    ),
                    (
                        "en",
                        "Restaurants open in the evening",
                        "Brasserie de la place until 22:00, dogs welcome. Pizzeria du Lac until 23:00 at weekends.",
                    ),
                    (
                        "de",
                        "Abends geöffnete Restaurants",
                        "Brasserie de la place bis 22 Uhr, Hunde willkommen. Pizzeria du Lac am Wochenende bis 23 Uhr.",
                    ),
                ],
            ),
            fact(
                20,
                &[
                    (
                        "fr",
                        "Château de Belrive",
                        "De 10 h à 17 h, dernière entrée 16 h 30, fermé le lundi. Adulte 8 €, moins de 18 ans gratuit.",
                    ),
                    (
                        "en",
                        "Belrive castle",
                        "10:00 to 17:00, last entry 16:30, closed on Mondays. Adult €8, under 18 free.",
                    ),
                ],
            ),
            fact(
                5,
                &[
                    (
                        "fr",
                        "Pharmacie de garde",
                        "Appeler le 3237, ou voir l’affiche de la pharmacie de la place.",
                    ),
                    (
                        "en",
                        "Pharmacy on duty",
                        "Call 3237, or look at the notice at the pharmacy on the square.",
                    ),
                ],
            ),
        ],
    ),
    (
        "la-combe",
        &[
            fact(
                8,
                &[
                    (
                        "fr",
                        "Parkings du téléphérique",
                        "P2 est gratuit, à 300 m du départ. P1 : 4 € la journée, gratuit après 18 h.",
                    ),
                    (
                        "en",
                        "Cable-car car parks",
                        "P2 is free, 300 m from the start. P1: €4 a day, free after 18:00.",
                    ),
                    (
                        "it",
                        "Parcheggi della funivia",
                        "P2 è gratuito, a 300 m dalla partenza. P1: 4 € al giorno, gratuito dopo le 18.",
                    ),
                ],
            ),
            fact(
                8,
                &[
                    (
                        "fr",
                        "Téléphérique, horaires",
                        "Tous les jours de 8 h 45 à 17 h ; dernière descente 17 h 15. Fermé par vent de plus de 70 km/h.",
                    ),
                    (
                        "en",
                        "Cable car, hours",
                        "Every day 8:45 to 17:00; last descent 17:15. Closed in winds over 70 km/h.",
                    ),
                ],
            ),
        ],
    ),
    (
        "montclar",
        &[
            fact(
                14,
                &[
                    (
                        "fr",
                        "Aire de camping-cars",
                        "Près du stade, toute l’année, eau et électricité, 9 € la nuit, paiement par carte.",
                    ),
                    (
                        "en",
                        "Motorhome area",
                        "Near the stadium, all year, water and power, €9 a night, card only.",
                    ),
                    (
                        "de",
                        "Stellplatz",
                        "Beim Stadion, ganzjährig, Wasser und Strom, 9 € die Nacht, nur Karte.",
                    ),
                ],
            ),
            fact(
                3,
                &[
                    ("fr", "Marché", "Dimanche de 8 h à 13 h, place de la Halle, par tous les temps."),
                    ("en", "Market", "Sundays 8:00 to 13:00, place de la Halle, in all weathers."),
                ],
            ),
        ],
    ),
    (
        "saint-aubin",
        &[
            fact(
                25,
                &[
                    (
                        "fr",
                        "Sentier de la cascade",
                        "Ouvert ; le dernier tronçon glisse après la pluie. 40 minutes aller.",
                    ),
                    (
                        "en",
                        "Waterfall path",
                        "Open; the last stretch is slippery after rain. 40 minutes each way.",
                    ),
                ],
            ),
            fact(
                11,
                &[
                    (
                        "fr",
                        "Bus 4 vers le lac",
                        "Toutes les heures de 8 h 10 à 19 h 10, depuis la gare. 2 € à bord.",
                    ),
                    ("en", "Bus 4 to the lake", "Hourly 8:10 to 19:10, from the station. €2 on board."),
                    (
                        "nl",
                        "Bus 4 naar het meer",
                        "Elk uur van 8.10 tot 19.10 uur, vanaf het station. € 2 in de bus.",
                    ),
                ],
            ),
        ],
    ),
    (
        "les-granges",
        &[
            fact(
                6,
                &[
                    ("fr", "Location de raquettes", "Chalet des sports, dès 8 h 30, 9 € la journée."),
                    ("en", "Snowshoe hire", "Chalet des sports, from 8:30, €9 a day."),
                ],
            ),
            fact(
                40,
                &[
                    (
                        "fr",
                        "Patinoire",
                        "Vendredi et samedi jusqu’à 22 h, sinon 19 h. Patins sur place, 4 €.",
                    ),
                    (
                        "en",
                        "Ice rink",
                        "Fridays and Saturdays until 22:00, otherwise 19:00. Skates on site, €4.",
                    ),
                ],
            ),
        ],
    ),
    (
        "baie-des-anses",
        &[fact(
            10,
            &[
                ("fr", "Traversier", "Toutes les heures de 7 h à 23 h, gratuit, 20 minutes."),
                ("en", "Ferry", "Every hour from 7:00 to 23:00, free, 20 minutes."),
            ],
        )],
    ),
    (
        "pointe-au-phare",
        &[fact(
            18,
            &[
                ("fr", "Phare", "Visite les samedis et dimanches de 10 h à 16 h, 5 $."),
                ("en", "Lighthouse", "Visits on Saturdays and Sundays, 10:00 to 16:00, $5."),
            ],
        )],
    ),
];

/// Writes every office's notebook.
pub(super) async fn write(app: &App, founded: &Founded) -> Result<(), Error> {
    for office in &founded.offices {
        if let Some((_, facts)) = FACTS.iter().find(|(slug, _)| *slug == office.slug) {
            write_one(app, office, facts).await?;
        }
    }
    Ok(())
}

async fn write_one(app: &App, office: &Settled, facts: &[Fact]) -> Result<(), Error> {
    let tx = app.write(Home(office.organisation.id)).await?;
    // Dates are those of the demo's own now, two months on.
    let today = time::day(tx.now(), office.organisation.zone) + Duration::days(72);
    for fact in facts {
        let texts: Vec<Text> = fact
            .texts
            .iter()
            .filter_map(|(language, title, body)| {
                let language = Language::parse(language)?;
                Some(Text { language, title: (*title).to_owned(), body: (*body).to_owned() })
            })
            .collect();
        let ids: Vec<uuid::Uuid> = texts.iter().map(|_| app.mint()).collect();
        let note = Note {
            id: app.mint(),
            organisation: office.organisation.id,
            team_only: fact.team_only,
            checked_on: today - Duration::days(fact.checked),
            checked_by: office.people.first().map(|one| one.id),
            version: 1,
            created_at: tx.now(),
            texts,
        };
        notes::add(&tx, &note, &ids).await?;
    }
    Ok(tx.commit().await?)
}
