//! The town that is asked, those who ask, and the strangers' world beside it.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{
    doors::{Answer, Asker, Doors},
    town::{Engine, Office, Person, Town, day},
    worlds::{Seeder, World},
};
use api::routes::{Route, Who};
use app::{
    Advisor, App, Settings, desk,
    rota::handovers::{
        Hand,
        ask::{self, Asked, Wish},
    },
};
use domain::{AttachmentId, ConversationId, Language, Role};
use storage::{
    attachments::{self, Attachment},
    scope::Home,
};
use uuid::Uuid;

use super::forms::{IDS, Question};

/// Which of the two locks hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locks {
    /// As in a real house.
    Both,
    /// PostgreSQL's policies are switched off.
    CodeAlone,
    /// The code's condition is switched off.
    #[cfg_attr(not(debug_assertions), allow(dead_code, reason = "a release has no such switch"))]
    PoliciesAlone,
}

/// Everybody, and what belongs to them.
#[derive(Debug)]
pub struct Cast {
    pub engine: Engine,
    pub locks: Locks,
    pub askers: Vec<Asker>,
    /// Who plans, manages and answers in another town of the same house.
    pub foreigners: Vec<Asker>,
    /// What a stranger's world holds: its ids, and the texts in its rows.
    pub marks: BTreeSet<String>,
    doors: Doors,
    own: BTreeMap<&'static str, String>,
    strangers: World,
    seeder: tokio::sync::Mutex<Seeder>,
    town: Town,
}

const STRANGERS: u8 = 2;

impl Cast {
    /// A town on a covered evening: a visitor waits, somebody is on duty, a rota is drafted; beside it
    /// a world of strangers with a row in every table.
    pub async fn assembles(engine: Engine, locks: Locks) -> Self {
        let town = Town::at(engine, "2026-07-04T21:00+02:00").await;
        let office = town.office("Riquewihr").covered("18:00–22:00").await;
        let neighbour = town.office("Kaysersberg").plain().await;
        let ana = town.advisor("Ana").on_duty_for(&office).await;
        ana.is_here().await;
        let visitor = office.receives_chat("Is the castle open tomorrow?").await;
        town.work_until_idle().await;
        let draft = town.board.drafts(day("2026-08-03"), day("2026-08-09")).await;

        ana_cannot_stay(&town, &ana).await;

        let strangers = World::number(STRANGERS);
        let mut seeder = Seeder::connect(&town.rows).await;
        let mut marks = seeder.marks(&strangers);
        ana_writes_a_fact(&town, &ana).await;
        let conversation = visitor.conversation().await;
        comes_with_a_file(&town, &office, conversation).await;
        let own = own_ids(
            &mut seeder,
            [
                ("conversation", conversation.to_string()),
                ("rota", draft.rota.to_string()),
                ("person", ana.id.to_string()),
                ("slug", office.slug.clone()),
            ],
        )
        .await;
        seeder.found(&strangers, town.now()).await;
        if locks == Locks::CodeAlone {
            seeder.switches_policies_off().await;
        }
        let store = match locks {
            #[cfg(debug_assertions)]
            Locks::PoliciesAlone => town.app.store.without_the_codes_lock(),
            _ => town.app.store.clone(),
        };
        // A real house, whose clock we hold all the same.
        // Behind a proxy, so that each question comes by a line of its own (`Doors::asks_as_program`).
        let settings = Settings { demo: false, behind_proxy: true, ..Settings::clone(&town.app.settings) };
        let app = App { store, settings: settings.into(), ..town.app.clone() };
        let doors = Doors::open(&app).await;
        let token = visitor.token.as_deref().expect("they wrote");
        let elsewhere = town.stranger().await;
        let their_office = elsewhere.office("Obernai").plain().await;
        let their_advisor = elsewhere.advisor("Berthe").working_at(&their_office).off_duty().await;
        let foreigners = vec![
            doors.signed_in("a foreign advisor", &their_advisor).await,
            doors.signed_in("a foreign planner", &elsewhere.board.planner).await,
            doors.signed_in("a foreign manager", &their_office.manager).await,
        ];
        let askers = vec![
            doors.stranger(),
            doors.visitor(&office.slug, token),
            doors.signed_in("advisor", &ana).await,
            doors.signed_in("planner", &town.board.planner).await,
            doors.signed_in("manager", &office.manager).await,
            doors.signed_in("neighbour", &neighbour.manager).await,
            doors.signed_in("operator", &town.operator("Odile").await).await,
        ];
        // What the towns' own verbs mint cannot be one of the strangers' marks.
        marks.retain(|mark| !own.values().any(|id| id == mark));
        Self {
            engine,
            locks,
            askers,
            foreigners,
            marks,
            doors,
            own,
            strangers,
            seeder: tokio::sync::Mutex::new(seeder),
            town,
        }
    }

    /// The id of the strangers' own row.
    pub fn foreign(&self, name: &str) -> String {
        let (_, table) = IDS.iter().find(|(id, _)| *id == name).expect("only ids are foreign");
        self.strangers.key_of(table).to_string()
    }

    /// The id of the town's own row.
    pub fn own(&self, name: &str) -> &str {
        &self.own[name]
    }

    /// Puts a question, with one of its ids replaced; nothing if asking would end the asker.
    pub async fn ask(
        &self,
        asker: &Asker,
        route: &Route,
        question: &Question,
        but: Option<(&str, &str)>,
    ) -> Option<Answer> {
        let harmful = but.is_none() && super::table::ENDS_SOMETHING.contains(&(route.method, route.path));
        if harmful {
            return None;
        }
        Some(self.really_ask(asker, route, question, but).await)
    }

    /// The same, whatever it ends.
    pub async fn really_ask(
        &self,
        asker: &Asker,
        route: &Route,
        question: &Question,
        but: Option<(&str, &str)>,
    ) -> Answer {
        let fill = |text: &str| self.filled(text, asker, but);
        let mut path = fill(question.path);
        let fields: Vec<(&str, String)> =
            question.fields.iter().map(|(name, value)| (*name, fill(value))).collect();
        if route.method == "GET" && !fields.is_empty() {
            let query: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
            path = format!("{path}?{}", query.join("&"));
        }
        if route.who.scope().is_some() {
            let json = IDS.iter().fold(question.json.to_owned(), |json, (name, _)| {
                let angled = format!("<{name}>");
                if json.contains(&angled) {
                    json.replace(&angled, &fill(&format!("{{{name}}}")))
                } else {
                    json
                }
            });
            let answer = self.doors.asks_as_program(asker, route.method, &path, &json).await;
            assert_ne!(answer.status, 429, "{route:?}: {} asked too often to be told anything", asker.name);
            return answer;
        }
        self.doors.asks(asker, route.method, &path, &fields).await
    }

    fn filled(&self, text: &str, asker: &Asker, but: Option<(&str, &str)>) -> String {
        let mut filled = text.to_owned();
        while let Some((before, rest)) = filled.split_once('{') {
            let (name, after) = rest.split_once('}').expect("a brace that opens is closed");
            let value = match but {
                Some((other, value)) if other == name => value.to_owned(),
                _ => asker.own.get(name).or_else(|| self.own.get(name)).cloned().unwrap_or_else(|| {
                    panic!("{text} holds {{{name}}}: say in tests/it/who_may_what what it is an id of")
                }),
            };
            filled = format!("{before}{value}{after}");
        }
        filled
    }

    /// What `body` carries of the strangers, but for the id that was asked for.
    pub fn leaks<'b>(&'b self, body: &'b str, asked: &'b str) -> impl Iterator<Item = String> + use<'b> {
        let carried =
            self.marks.iter().filter(move |mark| mark.as_str() != asked && body.contains(mark.as_str()));
        carried.map(|mark| format!("carries {mark} of a stranger"))
    }

    /// The strangers' rows as they are, for telling whether any was changed.
    pub async fn foreign_rows(&self) -> Vec<String> {
        self.seeder.lock().await.rows_of(&self.strangers).await
    }

    /// The server they ask.
    pub fn doors(&self) -> &Doors {
        &self.doors
    }

    /// The town itself.
    pub fn town(&self) -> &Town {
        &self.town
    }

    /// The strangers' world.
    pub fn strangers(&self) -> &World {
        &self.strangers
    }
}

/// Whether the route's line lets somebody like `asker` in.
pub fn may(route: &Route, asker: &Asker) -> bool {
    let role = role(asker);
    match route.who {
        Who::Everybody | Who::EverybodyInTheDemo | Who::Visitor | Who::HolderOfTheAddress => true,
        Who::SignedIn => role.is_some() || asker.name == "operator",
        // Who works nowhere has nothing there but themselves and their tokens.
        Who::Bearer(scope) => role.is_some() || asker.name == "operator" && own(scope),
        Who::Roles(roles) | Who::BearerAs(_, roles) => role.is_some_and(|role| roles.contains(&role)),
        Who::Operator | Who::BearerWhoRunsTheService(_) => asker.name == "operator",
    }
}

fn own(scope: &str) -> bool {
    scope.starts_with("me:") || scope.starts_with("tokens:")
}

/// The role of somebody signed in.
pub fn role(asker: &Asker) -> Option<Role> {
    match asker.name {
        "advisor" | "a foreign advisor" => Some(Role::Advisor),
        "planner" | "a foreign planner" => Some(Role::Planner),
        "manager" | "neighbour" | "a foreign manager" => Some(Role::Manager),
        _ => None,
    }
}

/// The answer without what differs from one question to the next: ids, keys and tokens.
pub fn blurred(answer: &Answer) -> Answer {
    let blur = |text: &str| {
        let mut plain = String::with_capacity(text.len());
        for word in text.split_inclusive(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))) {
            let bare = word.trim_end_matches(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
            let random = bare.len() >= 20 && bare.bytes().any(|byte| byte.is_ascii_digit());
            plain.push_str(if random { "…" } else { bare });
            plain.push_str(&word[bare.len()..]);
        }
        plain
    };
    // The name of a request, which a problem carries last.
    let body = answer.body.split(",\"instance\":").next().unwrap_or_default();
    Answer { status: answer.status, location: blur(&answer.location), body: blur(body) }
}

async fn ana_cannot_stay(town: &Town, ana: &Person) {
    let shift = ana.shifts().await.now.expect("she is on duty").id;
    let hand = Hand::from(&ana.caller::<Advisor>().await);
    let asked = ask::ask(&town.app, &hand, shift, Wish::Absence, "").await.expect("it is her own duty");
    assert!(matches!(asked, Asked::Done(_)));
}

async fn ana_writes_a_fact(town: &Town, ana: &Person) {
    let new = desk::NewNote {
        office: "elsewhere".to_owned(),
        title: "The castle".to_owned(),
        body: "Open from nine to six.".to_owned(),
        language: Language::EN,
        team_only: false,
    };
    desk::add_note(&town.app, &ana.caller::<Advisor>().await, &new).await.expect("it is her own office");
}

async fn comes_with_a_file(town: &Town, office: &Office, conversation: ConversationId) {
    let message = office.messages(conversation).await.first().expect("the visitor wrote").id;
    let tx = town.app.store.write(Home(office.id), town.now()).await.expect("the tables answer");
    let file = Attachment {
        id: AttachmentId(Uuid::now_v7()),
        message,
        name: "map.png".to_owned(),
        mime: "image/png".to_owned(),
        size: 3,
    };
    attachments::add(&tx, office.id, conversation, &file, vec![1, 2, 3])
        .await
        .expect("it is the office's own");
    tx.commit().await.expect("the tables answer");
}

/// What the town has, by the names that stand in paths and forms.
async fn own_ids(seeder: &mut Seeder, known: [(&'static str, String); 4]) -> BTreeMap<&'static str, String> {
    let mut own = BTreeMap::from(known);
    own.extend([
        ("door", "planner".to_owned()),
        ("role", "planner".to_owned()),
        ("kind", "people".to_owned()),
        ("month_file", "register".to_owned()),
        ("name", "none.css".to_owned()),
        ("day", "2026-08-20".to_owned()),
        ("token", "a-token-that-nobody-has".to_owned()),
    ]);
    for (name, table) in IDS {
        if !own.contains_key(name) {
            // Where the town has none, an id that nobody ever had stands for it.
            let id = seeder.first_id(table).await.unwrap_or_else(Uuid::now_v7);
            own.insert(name, id.to_string());
        }
    }
    own
}
