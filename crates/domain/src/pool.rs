//! Pools: offices that watch together, what they need covered, and what each office bought.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    Calendar, Cents, ChannelKind, CoverageId, DutyKind, Language, MembershipId, NeedId, OfferId,
    OrganisationId, PoolId, Season, Skills, Window,
};

/// A co-operation: one organising board, member offices, shared duty hours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    /// Its id.
    pub id: PoolId,
    /// The board that organises it.
    pub board: OrganisationId,
    /// Its name, such as "Lacs & Vallées".
    pub name: String,
    /// Where the wall clocks of its needs hang.
    pub zone: Tz,
    /// Which public holidays its needs keep.
    pub calendar: Calendar,
    /// Whether what advisors agree among themselves waits for the planner.
    pub approval: bool,
}

/// An office's place in a pool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Membership {
    /// Its id.
    pub id: MembershipId,
    /// The pool.
    pub pool: PoolId,
    /// The member.
    pub organisation: OrganisationId,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; `None` while it goes on.
    pub until: Option<NaiveDate>,
}

/// How many people, with which skills, a pool wants in a window of local time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Need {
    /// Its id.
    pub id: NeedId,
    /// The pool that needs it.
    pub pool: PoolId,
    /// When, in the pool's zone and holidays.
    pub window: Window,
    /// How many answer first.
    pub leads: u8,
    /// How many are rung after them.
    pub backups: u8,
    /// Languages that a lead must speak.
    pub languages: Vec<Language>,
    /// At which levels at least, which destinations a lead must know, and on which channels answer.
    #[serde(default)]
    pub skills: Skills,
    /// What the hours are in law for whoever watches: all of it work, or waiting at home.
    pub kind: DutyKind,
    /// First day it applies.
    pub from: NaiveDate,
    /// Last day, included; `None` while it goes on.
    pub until: Option<NaiveDate>,
    /// In which part of the year, and on which days not.
    pub season: Season,
}

impl Need {
    /// Whether it asks for somebody from its hours of `day` on, by the holidays of its pool.
    pub fn applies_on(&self, day: NaiveDate, calendar: Calendar) -> bool {
        self.runs_on(day) && self.window.days.hold(day, calendar)
    }

    /// Whether `day` lies between its first and its last day, and in its season.
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last) && self.season.runs_on(day)
    }
}

/// What a board sells: hours on channels at a price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Its id.
    pub id: OfferId,
    /// The pool whose watch is sold.
    pub pool: PoolId,
    /// Its name, such as "Evenings and weekends".
    pub name: String,
    /// One sentence on what it brings.
    pub summary: String,
    /// The hours, in the buying office's zone and holidays.
    pub windows: Vec<Window>,
    /// The channels.
    pub channels: Vec<ChannelKind>,
    /// Price a month, before tax.
    pub monthly: Cents,
    /// Whether offices may order it now.
    pub open: bool,
}

/// What an office bought, from an instant to an instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Its id.
    pub id: CoverageId,
    /// The pool that watches.
    pub pool: PoolId,
    /// The office that bought.
    pub organisation: OrganisationId,
    /// The offer it came from.
    pub offer: OfferId,
    /// Its hours as ordered: a later change of the offer does not change what was bought.
    pub windows: Vec<Window>,
    /// Its channels as ordered.
    pub channels: Vec<ChannelKind>,
    /// Price a month as ordered.
    pub monthly: Cents,
    /// From this instant, included.
    pub from: DateTime<Utc>,
    /// To this instant, excluded; `None` while it goes on.
    pub until: Option<DateTime<Utc>>,
}

impl Coverage {
    /// Whether it runs at `instant`, whatever the hour of the day.
    pub fn runs_at(&self, instant: DateTime<Utc>) -> bool {
        self.from <= instant && self.until.is_none_or(|end| instant < end)
    }
}
