//! Samples of the pages about boards, offices and their people.

use chrono_tz::Europe::Paris;
use domain::{Days, DemandTerms, Language, Law, Outlook, Proposal, Reception, Role, Spoken, Term, Window};

use super::{OFFICES, day, face, id, instant};
use crate::html::{agreements, api_tokens, forms::Filled, house, invitation, pool, skills, team};

/// An office with two people, and one invited.
pub fn team() -> team::Model {
    let member = |number: u8, roles: &[Role], oneself| team::Member {
        face: face(number),
        roles: roles.to_vec(),
        oneself,
        spoken: spoken(),
        duties: vec![(id(9), super::span("2026-12-10T18:00:00+01:00", "2026-12-10T22:00:00+01:00"))],
    };
    let invited = |number: u8, good_until| team::Invited {
        id: id(number),
        name: "Inès Roux".to_owned(),
        email: "ines.roux@belrive.example".to_owned(),
        roles: vec![Role::Advisor],
        good_until,
    };
    team::Model {
        organisation: "Belrive".to_owned(),
        members: vec![member(0, &[Role::Advisor, Role::Manager], true), member(1, &[Role::Advisor], false)],
        invited: vec![invited(90, Some(instant("2026-12-11T10:00:00+01:00"))), invited(91, None)],
        gives: vec![Role::Advisor, Role::Manager],
        usual_law: Law::FrancePrivate,
        language: Language::FR,
        today: day("2026-12-04"),
        filled: Filled::default(),
    }
}

/// An office with two agreements under private law, of which one is over.
pub fn agreements() -> agreements::Model {
    let says = |term, amount, article: &str, bound: Option<(u32, &str)>| domain::Latitude {
        law: Law::FrancePrivate,
        term,
        amount,
        article: article.to_owned(),
        bound: bound.map(|(amount, article)| (amount, article.to_owned())),
    };
    let rest = says(Term::DailyRest, 11 * 60, "L3131-1", Some((9 * 60, "D3131-6")));
    let days = says(Term::WorkingDays, 6, "L3132-1", None);
    let line = |number: u8, says: &domain::Latitude, amount, until| agreements::Line {
        agreement: domain::Agreement {
            id: id(number),
            organisation: id(1),
            law: None,
            term: says.term,
            amount,
            document: "Accord du 20 mai 2021, art. 4".to_owned(),
            from: day("2026-01-01"),
            until,
            entered_by: id(2),
            entered_at: instant("2025-12-15T10:00:00+01:00"),
        },
        says: Some(says.clone()),
        entered_by: "Claire Morel".to_owned(),
        over: until.is_some(),
    };
    agreements::Model {
        organisation: "Belrive".to_owned(),
        lines: vec![line(95, &rest, 10 * 60, None), line(96, &days, 5, Some(day("2026-11-30")))],
        says: vec![(Law::FrancePrivate, vec![rest, days]), (Law::FrancePublic, Vec::new())],
        today: day("2026-12-04"),
        filled: Filled::default(),
    }
}

/// French, and enough German.
fn spoken() -> Vec<Spoken> {
    ["fr", "de-B2"].into_iter().filter_map(Spoken::parse).collect()
}

/// What Ann brings, as she reads it, or her manager.
pub fn skills(oneself: bool) -> skills::Model {
    let known = OFFICES.iter().zip(90..).map(|((name, _), number)| skills::Known {
        id: id(number),
        name: (*name).to_owned(),
        known: number == 91,
        works_there: number == 90,
    });
    skills::Model {
        oneself,
        person: face(0).id,
        name: face(0).name,
        languages: spoken(),
        offices: known.collect(),
        channels: [domain::ChannelKind::Email].into(),
    }
}

/// A board's pool with one need, and one that needs nothing yet.
pub fn pool() -> pool::Model {
    let time = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).expect("hours of a day");
    let need = domain::Need {
        id: id(80),
        pool: id(81),
        window: Window { days: Days::WORKDAYS, from: time(18), until: time(22) },
        leads: 1,
        backups: 1,
        languages: vec![Language::FR, Language::EN],
        skills: domain::Skills {
            levels: [(Language::EN, domain::Level::B2)].into(),
            destinations: [id(91)].into(),
            channels: [domain::ChannelKind::Email].into(),
        },
        kind: domain::DutyKind::Standby,
        from: day("2026-10-01"),
        until: None,
        season: domain::Season::default(),
    };
    let members = OFFICES.iter().zip(90..).map(|((name, colour), number)| pool::Member {
        id: id(number),
        unmanned: number == 90,
        name: (*name).to_owned(),
        slug: name.to_lowercase(),
        colour: *colour,
    });
    pool::Model {
        board: "Lacs & Vallées".to_owned(),
        zone: Paris,
        calendar: domain::Calendar::France,
        language: Language::FR,
        pools: vec![
            pool::Needed {
                id: id(81),
                name: "Lacs & Vallées".to_owned(),
                calendar: domain::Calendar::AlsaceMoselle,
                needs: vec![need],
                members: members.collect(),
                approval: true,
                outlook: outlook(430),
            },
            pool::Needed {
                id: id(82),
                name: "Stations".to_owned(),
                calendar: domain::Calendar::Vaud,
                needs: Vec::new(),
                members: Vec::new(),
                approval: false,
                outlook: outlook(0),
            },
        ],
        school: vec![("B".to_owned(), day("2027-07-04"))],
        filled: Filled::default(),
    }
}

/// What eight weeks with so many messages propose.
fn outlook(messages: u32) -> Outlook {
    let met =
        |answered_bp, giving_up_bp| Reception { answered_bp, giving_up_bp, chats_at_once_bp: Some(9_120) };
    let time = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).expect("hours of a day");
    let window = |days, from, until| Window { days, from: time(from), until: time(until) };
    let second = Proposal {
        window: window(Days::WORKDAYS, 18, 22),
        now: 1,
        people: 2,
        messages: 214,
        days: 39,
        before: Some(met(7_104, 1_250)),
        after: met(9_310, 240),
    };
    let third = Proposal { now: 1, people: 3, messages: 120, ..second.clone() };
    let first = Proposal {
        window: window(Days::FREE, 9, 11),
        now: 0,
        people: 1,
        messages: 37,
        before: None,
        ..second.clone()
    };
    Outlook {
        from: day("2026-10-09"),
        until: day("2026-12-03"),
        terms: DemandTerms::default(),
        messages,
        missed: messages / 10,
        proposals: if messages < Outlook::FEWEST { Vec::new() } else { vec![second, third, first] },
    }
}

/// Two boards, one whose planner has not come yet.
pub fn house() -> Vec<house::Board> {
    let board = |name: &str, slug: &str, offices, people, unmanned| house::Board {
        id: id(if unmanned { 70 } else { 71 }),
        name: name.to_owned(),
        slug: slug.to_owned(),
        pools: usize::from(offices > 0),
        offices,
        people,
        unmanned,
    };
    vec![board("Hauts Plateaux", "hauts-plateaux", 0, 0, true), board("Lacs & Vallées", "lacs", 6, 23, false)]
}

/// An invitation that can be accepted.
pub fn invitation() -> invitation::Model {
    invitation::Model {
        organisation: "Belrive".to_owned(),
        roles: vec![Role::Advisor],
        given_name: "Inès".to_owned(),
        email: "ines.roux@belrive.example".to_owned(),
        token: Some("AZ4kq1".to_owned()),
    }
}

/// Two programs of somebody's, one just made.
pub fn programs() -> api_tokens::Model {
    let one = |number, name: &str, writes, used_at| api_tokens::Token {
        id: id(number),
        name: name.to_owned(),
        writes,
        used_at,
        expires_at: Some(instant("2027-12-04T19:07:00+01:00")),
    };
    let used = Some(instant("2026-12-04T19:00:00+01:00"));
    api_tokens::Model {
        tokens: vec![one(95, "Wall display", false, used), one(96, "Payroll", true, None)],
        secret: Some("veilleuse_9f2c4e7a".to_owned()),
        nameless: false,
    }
}

/// A form that came back: an address that is none, and no role.
pub fn refused() -> Filled {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Filled {
        form: "invite",
        values: vec![
            pair("given_name", "Inès"),
            pair("family_name", "Roux"),
            pair("email", "ines"),
            pair("from", "2026-12-04"),
        ],
        wrong: vec![pair("email", "…"), pair("roles", "…")],
    }
}
