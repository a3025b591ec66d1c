//! Who lives in the demo: two boards, their offices and people. All invented.

use domain::{Calendar, Language, Law, Role, Tz};

/// One co-operation: a board and its offices.
pub(super) struct Region {
    pub(super) board: &'static str,
    pub(super) slug: &'static str,
    pub(super) planner: Actor,
    pub(super) offices: &'static [Office],
    pub(super) zone: Tz,
    pub(super) calendar: Calendar,
    pub(super) law: Law,
    pub(super) emergency: &'static str,
}

/// One office.
pub(super) struct Office {
    pub(super) name: &'static str,
    pub(super) slug: &'static str,
    pub(super) people: &'static [Actor],
    /// The offer it bought, by its place in the region's list.
    pub(super) bought: usize,
    /// Its inhabitants, and the overnight stays of a year: some keys share costs by them.
    pub(super) size: (u32, u32),
}

/// One person.
pub(super) struct Actor {
    pub(super) given: &'static str,
    pub(super) family: &'static str,
    pub(super) email: &'static str,
    pub(super) languages: &'static [&'static str],
    pub(super) roles: &'static [Role],
    /// The hour at which their desk day begins; it ends at five. Those who begin at nine work an hour
    /// too long to watch on weekday evenings, and take weekends.
    pub(super) desk_from: u32,
}

impl Actor {
    /// Their languages as words of ours, best first.
    pub(super) fn speaks(&self) -> Vec<Language> {
        self.languages.iter().filter_map(|code| Language::parse(code)).collect()
    }
}

const fn advisor(
    given: &'static str,
    family: &'static str,
    email: &'static str,
    languages: &'static [&'static str],
    desk_from: u32,
) -> Actor {
    Actor { given, family, email, languages, roles: &[Role::Advisor], desk_from }
}

const fn other(
    given: &'static str,
    family: &'static str,
    email: &'static str,
    roles: &'static [Role],
) -> Actor {
    Actor { given, family, email, languages: &["fr", "en"], roles, desk_from: 9 }
}

/// The region the doors lead to.
pub(super) const LACS: Region = Region {
    board: "Lacs & Vallées",
    slug: "lacs-et-vallees",
    planner: other("Maud", "Dufour", "maud@lacs.example", &[Role::Planner]),
    zone: Tz::Europe__Paris,
    calendar: Calendar::France,
    law: Law::FrancePrivate,
    emergency: "112",
    offices: &[
        Office {
            name: "Belrive",
            slug: "belrive",
            bought: 0,
            size: (8_400, 310_000),
            people: &[
                advisor("Ann", "Leroy", "ann@belrive.example", &["fr", "en", "de"], 10),
                advisor("Théo", "Roussel", "theo@belrive.example", &["fr", "en"], 10),
                advisor("Camille", "Vasseur", "camille@belrive.example", &["fr", "en", "es"], 9),
                other("Pauline", "Arnaud", "pauline@belrive.example", &[Role::Manager]),
            ],
        },
        Office {
            name: "Montclar",
            slug: "montclar",
            bought: 3,
            size: (3_100, 190_000),
            people: &[
                advisor("Yannick", "Morel", "yannick@montclar.example", &["fr", "en"], 10),
                advisor("Nadia", "Benali", "nadia@montclar.example", &["fr", "en", "de"], 10),
                advisor("Julien", "Caron", "julien@montclar.example", &["fr", "en"], 9),
                other("Hélène", "Bost", "helene@montclar.example", &[Role::Manager]),
            ],
        },
        Office {
            name: "Vieux-Port",
            slug: "vieux-port",
            bought: 2,
            size: (14_200, 640_000),
            people: &[
                advisor("Inès", "Garnier", "ines@vieux-port.example", &["fr", "en", "es"], 10),
                advisor("Sofia", "Marchetti", "sofia@vieux-port.example", &["fr", "it", "en"], 10),
                advisor("Marc", "Olivier", "marc@vieux-port.example", &["fr", "en"], 9),
                advisor("Lise", "Tanguy", "lise@vieux-port.example", &["fr", "en", "nl"], 10),
                other("Gilles", "Perrot", "gilles@vieux-port.example", &[Role::Manager]),
            ],
        },
        Office {
            name: "La Combe",
            slug: "la-combe",
            bought: 3,
            size: (1_900, 260_000),
            people: &[
                advisor("Paul", "Dubreuil", "paul@la-combe.example", &["fr", "en", "nl"], 10),
                advisor("Maëlle", "Kerbrat", "maelle@la-combe.example", &["fr", "en", "de"], 10),
                advisor("Bruno", "Sanchez", "bruno@la-combe.example", &["fr", "es", "en"], 9),
                other("Odile", "Meyer", "odile@la-combe.example", &[Role::Manager]),
            ],
        },
        Office {
            name: "Saint-Aubin",
            slug: "saint-aubin",
            bought: 3,
            size: (5_600, 120_000),
            people: &[
                advisor("Claire", "Fontaine", "claire@saint-aubin.example", &["fr", "en"], 10),
                advisor("Rachid", "Amrani", "rachid@saint-aubin.example", &["fr", "en", "ar"], 10),
                advisor("Elsa", "Brunner", "elsa@saint-aubin.example", &["fr", "de", "en"], 9),
                other("Denis", "Roche", "denis@saint-aubin.example", &[Role::Manager]),
            ],
        },
        Office {
            name: "Les Granges",
            slug: "les-granges",
            bought: 1,
            size: (900, 75_000),
            people: &[
                advisor("Luc", "Perrin", "luc@les-granges.example", &["fr", "en"], 10),
                advisor("Hugo", "Lambert", "hugo@les-granges.example", &["fr", "nl", "en"], 10),
                advisor("Agathe", "Simon", "agathe@les-granges.example", &["fr", "en", "it"], 10),
                advisor("Noé", "Faure", "noe@les-granges.example", &["fr", "en"], 9),
                other("Irène", "Colin", "irene@les-granges.example", &[Role::Manager]),
            ],
        },
    ],
};

/// The smaller region, under another law and in another zone.
pub(super) const RIVES: Region = Region {
    board: "Rives-du-Nord",
    slug: "rives-du-nord",
    planner: other("Josée", "Tremblay", "josee@rives.example", &[Role::Planner]),
    zone: Tz::America__Toronto,
    calendar: Calendar::Quebec,
    law: Law::Quebec,
    emergency: "911",
    offices: &[
        Office {
            name: "Baie-des-Anses",
            slug: "baie-des-anses",
            bought: 0,
            size: (4_700, 220_000),
            people: &[
                advisor("Mathis", "Gagnon", "mathis@baie.example", &["fr", "en"], 10),
                advisor("Léa", "Bouchard", "lea@baie.example", &["fr", "en"], 10),
                advisor("Simon", "Côté", "simon@baie.example", &["fr", "en", "es"], 10),
                other("Lucie", "Fortin", "lucie@baie.example", &[Role::Manager]),
            ],
        },
        Office {
            name: "Pointe-au-Phare",
            slug: "pointe-au-phare",
            bought: 0,
            size: (2_300, 140_000),
            people: &[
                advisor("Florence", "Roy", "florence@pointe.example", &["fr", "en"], 10),
                advisor("Étienne", "Morin", "etienne@pointe.example", &["fr", "en"], 10),
                other("Marcel", "Dion", "marcel@pointe.example", &[Role::Manager]),
            ],
        },
    ],
};
