//! Pools drawn by chance: people under any law, with any contract, at one office or two, with leave,
//! hours elsewhere and agreements; what is published for them forbids nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime};
use domain::{
    Absence, Agreement, Calendar, ChannelKind, Days, DutyDay, DutyKind, Employment, Intervention, Language,
    Law, LedgerTerms, Level, Membership, Minutes, Need, OfficeHours, Organisation, OrganisationKind,
    OutsideHours, Person, PersonId, Pool, Rung, Shift, Skills, Slot, Source, Span, Term, Tz, Window, Wish,
    WishKind, time,
};
use proptest::prelude::*;
use scheduling::{Place, needs::Period};
use uuid::Uuid;

use crate::rota::scene::Scene;

/// Zones whose clocks change on different nights, by an hour and by half of one.
const ZONES: [Tz; 5] = [
    Tz::Europe__Paris,
    Tz::America__Montreal,
    Tz::Europe__Zurich,
    Tz::Australia__Lord_Howe,
    Tz::America__Santiago,
];

pub(super) fn id<T: From<Uuid>>(number: usize) -> T {
    T::from(Uuid::from_u128(number as u128 + 1))
}

pub(super) fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 19).unwrap()
}

pub(super) fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour % 24, 0, 0).unwrap()
}

/// A duty as it is drawn: day, beginning, length, rung, whether on standby, who.
type Drawn = (u64, u32, u32, bool, bool, usize);

/// Somebody as they are drawn.
#[derive(Debug, Clone)]
pub(super) struct Somebody {
    german: bool,
    /// How well, if it is said, and whether they know the second office and answer mails alone.
    skills: (Option<Level>, bool, bool),
    /// Whether they work at a desk, and what they do on duty days: nothing else, a late start, nothing.
    desk: Option<u8>,
    law: Law,
    weekly: u32,
    /// The law and contract of a second employer in the pool.
    second: Option<(Law, u32)>,
    minor: bool,
    /// Whether they work elsewhere on Saturdays.
    elsewhere: bool,
    /// Whether they were called on standby the Sunday before.
    called: bool,
}

#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) zone: Tz,
    people: Vec<Somebody>,
    agreements: Vec<(Term, u32)>,
    leave: Vec<(usize, u64, u32)>,
    cant: Vec<(usize, u64)>,
    duties: Vec<Drawn>,
    needs_german: bool,
    /// The level, and whether a lead must know the second office and answer chats.
    needs_skills: (Option<Level>, bool, bool),
}

fn somebody() -> impl Strategy<Value = Somebody> {
    let law = || prop::sample::select(Law::ALL.to_vec());
    let weekly = || prop::sample::select(vec![35 * 60, 35 * 60, 28 * 60, 17 * 60 + 30]);
    let second = prop::option::weighted(0.2, (law(), weekly()));
    let rarely = || prop::bool::weighted(0.1);
    let speaks = (any::<bool>(), skills(0.5));
    (speaks, prop::option::of(0_u8..3), law(), weekly(), second, rarely(), rarely(), rarely()).prop_map(
        |((german, skills), desk, law, weekly, second, minor, elsewhere, called)| Somebody {
            german,
            skills,
            desk,
            law,
            weekly,
            second,
            minor,
            elsewhere,
            called,
        },
    )
}

/// A level, whether a destination is meant, and whether a channel is.
fn skills(likely: f64) -> impl Strategy<Value = (Option<Level>, bool, bool)> {
    let level = prop::option::weighted(likely, prop::sample::select(Level::ALL.to_vec()));
    (level, prop::bool::weighted(likely), prop::bool::weighted(likely))
}

/// What an agreement may change, further than any law or less far.
fn agreed() -> impl Strategy<Value = (Term, u32)> {
    prop::sample::select(vec![
        (Term::DailyRest, 9 * 60),
        (Term::DailyMaximum, 11 * 60),
        (Term::DailyMaximum, 7 * 60),
        (Term::ExtraHours, 3_334),
        (Term::InterruptionLength, 5 * 60),
        (Term::ConsecutiveDays, 4),
        (Term::SundayWork, 10 * 60),
        (Term::NightWork, 10 * 60),
        (Term::StandbyKind, 1),
        (Term::ShortDuty, 2 * 60),
    ])
}

pub(super) fn worlds() -> impl Strategy<Value = World> {
    (3_usize..6).prop_flat_map(|people| {
        let duty = (7_u64..14, 0_u32..24, 2_u32..8, any::<bool>(), prop::bool::weighted(0.2), 0..people);
        (
            prop::sample::select(ZONES.to_vec()),
            prop::collection::vec(somebody(), people),
            prop::collection::vec(agreed(), 0..5),
            prop::collection::vec((0..people, 7_u64..14, 0_u32..20), 0..4),
            prop::collection::vec((0..people, 7_u64..14), 0..4),
            prop::collection::vec(duty, 4..14),
            (prop::bool::weighted(0.3), skills(0.2)),
        )
            .prop_map(|(zone, people, agreements, leave, cant, duties, needs)| World {
                zone,
                people,
                agreements,
                leave,
                cant,
                duties,
                needs_german: needs.0,
                needs_skills: needs.1,
            })
    })
}

impl World {
    /// From one hour of a day to another; the week holds a night on which clocks change in Europe.
    pub(super) fn span(&self, day: u64, from: u32, until: u32) -> Span {
        let at = |hours: u32| {
            let day = monday() + chrono::Days::new(day + u64::from(hours / 24));
            time::to_utc(day.and_time(hour(hours)), self.zone)
        };
        Span::new(at(from), at(until)).unwrap()
    }

    fn shift(&self, number: usize, (day, from, length, lead, standby, person): Drawn) -> Shift {
        Shift {
            id: id(1_000 + number),
            pool: id(0),
            rota: id(0),
            need: id(usize::from(standby)),
            person: id(person),
            rung: if lead { Rung::Lead } else { Rung::Backup },
            kind: if standby { DutyKind::Standby } else { DutyKind::Active },
            span: self.span(day, from, from + length),
            sequence: 0,
            changed_at: DateTime::UNIX_EPOCH,
            told_at: Some(DateTime::UNIX_EPOCH),
            cancelled_at: None,
        }
    }

    /// A scene in which nothing is published that no reason could accept: such a duty is left out.
    pub(super) fn scene(&self) -> Scene {
        let mut scene = self.bare();
        for (number, drawn) in self.duties.iter().enumerate() {
            let mut with = scene.clone();
            with.published.push(self.shift(number, *drawn));
            with.shifts.clone_from(&with.published);
            let found = obstacles(&with, &with.published);
            if found.iter().all(|finding| finding.gravity != domain::Gravity::Absolute) {
                scene = with;
            }
        }
        scene
    }

    fn bare(&self) -> Scene {
        let from = monday() - chrono::Days::new(60);
        let lakes = organisation(0, OrganisationKind::Office, self.zone);
        let hills = organisation(1, OrganisationKind::Office, Tz::Europe__Zurich);
        let member = |number: usize| Membership {
            id: id(number),
            pool: id(0),
            organisation: id(number),
            from,
            until: None,
        };
        Scene {
            terms: LedgerTerms::default(),
            carried: BTreeMap::new(),
            pool: Pool {
                id: id(0),
                board: id(0),
                name: "Lacs".to_owned(),
                zone: self.zone,
                calendar: Calendar::France,
                approval: false,
            },
            needs: vec![self.need(DutyKind::Active, from), self.need(DutyKind::Standby, from)],
            memberships: vec![member(0), member(1)],
            organisations: [lakes, hills].into_iter().map(|one| (one.id, one)).collect(),
            people: self.named(),
            employments: self.employments(from),
            agreements: self.agreements(from),
            outside_hours: self.outside(from),
            interventions: self.interventions(),
            accepted: Vec::new(),
            office_hours: self.office_hours(from),
            absences: self.absences(),
            exemptions: Vec::new(),
            wishes: self.wishes(),
            shifts: Vec::new(),
            published: Vec::new(),
            period: Period { from: monday(), until: monday() + chrono::Days::new(20) },
            now: time::to_utc(monday().and_time(hour(12)), self.zone),
        }
    }

    fn need(&self, kind: DutyKind, from: NaiveDate) -> Need {
        Need {
            id: id(usize::from(kind == DutyKind::Standby)),
            pool: id(0),
            window: Window { days: Days::WORKDAYS, from: hour(18), until: hour(22) },
            leads: 1,
            backups: 1,
            languages: if self.needs_german { vec![german()] } else { Vec::new() },
            skills: said(self.needs_skills, ChannelKind::WebChat),
            kind,
            from,
            until: None,
            season: domain::Season::default(),
        }
    }

    fn all(&self) -> impl Iterator<Item = (usize, &Somebody)> {
        self.people.iter().enumerate()
    }

    fn named(&self) -> Vec<Person> {
        let person = |(number, one): (usize, &Somebody)| Person {
            id: id(number),
            given_name: format!("P{number}"),
            family_name: String::new(),
            languages: if one.german { vec![german()] } else { vec![Language::FR] },
            skills: said(one.skills, ChannelKind::Email),
        };
        self.all().map(person).collect()
    }

    fn employments(&self, from: NaiveDate) -> Vec<Employment> {
        let employment = |number: usize, employer: usize, law, weekly, minor: bool| Employment {
            id: id(number + 100 * employer),
            person: id(number),
            organisation: id(employer),
            from,
            until: None,
            law,
            weekly: Minutes(weekly),
            born: minor.then(|| NaiveDate::from_ymd_opt(2009, 1, 1).unwrap()),
        };
        let first =
            self.all().map(|(number, one)| employment(number, number % 2, one.law, one.weekly, one.minor));
        let second = self.all().filter_map(|(number, one)| {
            let (law, weekly) = one.second?;
            Some(employment(number, 1 - number % 2, law, weekly, false))
        });
        first.chain(second).collect()
    }

    fn agreements(&self, from: NaiveDate) -> Vec<Agreement> {
        let agreement = |(number, (term, amount)): (usize, &(Term, u32))| Agreement {
            id: id(number),
            organisation: id(number % 2),
            law: None,
            term: *term,
            amount: *amount,
            document: "accord".to_owned(),
            from,
            until: None,
            entered_by: id(0),
            entered_at: DateTime::UNIX_EPOCH,
        };
        self.agreements.iter().enumerate().map(agreement).collect()
    }

    fn outside(&self, from: NaiveDate) -> Vec<OutsideHours> {
        let saturday = Window { days: Days(0b10_0000), from: hour(9), until: hour(12) };
        let hours = |(number, _): (usize, &Somebody)| OutsideHours {
            id: id(number),
            person: id(number),
            window: saturday,
            from,
            until: None,
        };
        self.all().filter(|(_, one)| one.elsewhere).map(hours).collect()
    }

    fn interventions(&self) -> Vec<Intervention> {
        let called = |(number, _): (usize, &Somebody)| Intervention {
            id: id(number),
            person: id(number),
            organisation: id(number % 2),
            span: self.span(6, 22, 23),
            source: Source::Said,
        };
        self.all().filter(|(_, one)| one.called).map(called).collect()
    }

    fn office_hours(&self, from: NaiveDate) -> Vec<OfficeHours> {
        let hours = |(number, one): (usize, &Somebody)| {
            let half = one.weekly < 20 * 60;
            let until = hour(if half { 13 } else { 17 });
            Some(OfficeHours {
                employment: id(number + 100 * (number % 2)),
                person: id(number),
                window: Window { days: Days::WORKDAYS, from: hour(if half { 10 } else { 9 }), until },
                pause: Minutes(if half { 0 } else { 60 }),
                on_duty: match one.desk? {
                    0 => None,
                    1 => Some(DutyDay::Hours { from: hour(11), until, pause: Minutes(30) }),
                    _ => Some(DutyDay::Off),
                },
                from,
                until: None,
            })
        };
        self.all().filter_map(hours).collect()
    }

    fn absences(&self) -> Vec<Absence> {
        let absence = |(who, day, from): &(usize, u64, u32)| Absence {
            id: id(0),
            person: id(*who),
            span: self.span(*day, *from, from + 4),
        };
        self.leave.iter().map(absence).collect()
    }

    fn wishes(&self) -> Vec<Wish> {
        let wish = |(who, day): &(usize, u64)| Wish {
            person: id(*who),
            day: monday() + chrono::Days::new(*day),
            kind: WishKind::Cant,
        };
        self.cant.iter().map(wish).collect()
    }
}

/// German at that level, the destination of the second office, a channel.
fn said((level, knows, writes): (Option<Level>, bool, bool), channel: ChannelKind) -> Skills {
    Skills {
        levels: level.map(|level| (german(), level)).into_iter().collect(),
        destinations: knows.then(|| id(1)).into_iter().collect(),
        channels: writes.then_some(channel).into_iter().collect(),
    }
}

fn german() -> Language {
    Language::parse("de").unwrap()
}

fn organisation(number: usize, kind: OrganisationKind, zone: Tz) -> Organisation {
    Organisation {
        id: id(number),
        kind,
        name: format!("Office {number}"),
        slug: format!("office-{number}"),
        zone,
        calendar: Calendar::France,
        language: Language::FR,
        colour: 1,
        promise: Minutes(5),
    }
}

/// What stands in the way of a rota of these shifts, asked of the judge for everybody at once.
pub(super) fn obstacles(scene: &Scene, shifts: &[Shift]) -> Vec<domain::Finding> {
    let zone = scene.pool.zone;
    let place = |shift: &Shift| {
        let (languages, skills) = match shift.rung {
            Rung::Lead => (scene.needs[0].languages.clone(), scene.needs[0].skills.clone()),
            Rung::Backup | Rung::Learner => Default::default(),
        };
        let place = Place::open(Slot {
            need: shift.need,
            day: time::day(shift.span.start(), zone),
            span: shift.span,
            rung: shift.rung,
            place: 0,
            languages,
            skills,
        });
        Place { kind: shift.kind, ..place }
    };
    let places = shifts.iter().map(place).collect();
    let problem = scheduling::Problem { places, told: None, ..scene.problem(&[]) };
    let holders: Vec<Option<PersonId>> = shifts.iter().map(|shift| Some(shift.person)).collect();
    let mut findings = scheduling::judge(&problem, &holders);
    findings.retain(|finding| finding.gravity.blocks());
    findings
}
