//! Invitations: who was asked to join an organisation, as what, and what became of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{InvitationId, Language, Law, Minutes, OrganisationId, PersonId, Role};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    StoreError, Tx, columns,
    entities::invitation as table,
    scope::{Scope, System},
};

/// An invitation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// To which organisation.
    pub organisation: OrganisationId,
    /// What the link holds; another each time it is sent.
    pub ticket: Uuid,
    /// To which address, in small letters.
    pub email: String,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The language the letter is written in.
    pub language: Language,
    /// As what; at least one.
    pub roles: Vec<Role>,
    /// Under which law they will work.
    pub law: Law,
    /// How long in an ordinary week.
    pub weekly: Minutes,
    /// From which day on.
    pub from: NaiveDate,
    /// Who invited them; nobody where the house did.
    pub created_by: Option<PersonId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Until when the link is good.
    pub expires_at: DateTime<Utc>,
    /// When it was accepted.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Invitation {
    /// Whether it was neither accepted nor taken back.
    pub fn is_open(&self) -> bool {
        self.accepted_at.is_none() && self.withdrawn_at.is_none()
    }

    /// Whether its link is good at `now`.
    pub fn is_good_at(&self, now: DateTime<Utc>) -> bool {
        self.is_open() && now < self.expires_at
    }
}

/// Keeps an invitation.
///
/// # Errors
/// If the scope may not, or the database refuses.
pub async fn add<S: Scope>(tx: &Tx<S>, one: &Invitation) -> Result<(), StoreError> {
    let row = table::ActiveModel {
        id: Set(one.id.0),
        organisation_id: Set(one.organisation.0),
        ticket: Set(one.ticket),
        email: Set(one.email.clone()),
        given_name: Set(one.given_name.clone()),
        family_name: Set(one.family_name.clone()),
        language: Set(one.language.code().to_owned()),
        roles: Set(columns::json(&one.roles.iter().map(|role| role.word()).collect::<Vec<_>>())),
        law: Set(one.law.word().to_owned()),
        weekly_minutes: Set(columns::number("invitations", one.weekly.0)?),
        from_date: Set(one.from),
        created_by: Set(one.created_by.map(|person| person.0)),
        created_at: Set(one.created_at),
        expires_at: Set(one.expires_at),
        accepted_at: Set(None),
        withdrawn_at: Set(None),
    };
    tx.add::<table::Entity, _>(row, "keep an invitation").await
}

/// The open invitations of an organisation, newest first; also those whose link is too old.
///
/// # Errors
/// If the database cannot be read.
pub async fn open_of<S: Scope>(
    tx: &Tx<S>,
    organisation: OrganisationId,
) -> Result<Vec<Invitation>, StoreError> {
    let rows = tx
        .visible::<table::Entity>()
        .filter(table::Column::OrganisationId.eq(organisation.0))
        .filter(open())
        .order_by_desc(table::Column::CreatedAt)
        .order_by_desc(table::Column::Id);
    rows.all("list invitations").await?.into_iter().map(from_row).collect()
}

/// The invitation of that id, if it is in sight.
///
/// # Errors
/// If the database cannot be read.
pub async fn get<S: Scope>(tx: &Tx<S>, id: InvitationId) -> Result<Option<Invitation>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Id.eq(id.0));
    rows.one("read an invitation").await?.map(from_row).transpose()
}

/// The invitation whose link holds `ticket`.
///
/// # Errors
/// If the database cannot be read.
pub async fn by_ticket(tx: &Tx<System>, ticket: Uuid) -> Result<Option<Invitation>, StoreError> {
    let rows = tx.visible::<table::Entity>().filter(table::Column::Ticket.eq(ticket));
    rows.one("look up an invitation").await?.map(from_row).transpose()
}

/// Notes that it was accepted; false if another was faster, or it was taken back.
///
/// # Errors
/// If the database refuses.
pub async fn accept(tx: &Tx<System>, id: InvitationId) -> Result<bool, StoreError> {
    let row = table::ActiveModel { id: Set(id.0), accepted_at: Set(Some(tx.now())), ..Default::default() };
    Ok(tx.change_where::<table::Entity, _>(row, open(), "accept an invitation").await? > 0)
}

/// Takes an open invitation back; false if there is none of that id in sight.
///
/// # Errors
/// If the database refuses.
pub async fn withdraw<S: Scope>(tx: &Tx<S>, id: InvitationId) -> Result<bool, StoreError> {
    let row = table::ActiveModel { id: Set(id.0), withdrawn_at: Set(Some(tx.now())), ..Default::default() };
    Ok(tx.change_where::<table::Entity, _>(row, open(), "take an invitation back").await? > 0)
}

/// Gives an open invitation another ticket, good until `expires_at`: the old link leads nowhere.
///
/// # Errors
/// If the database refuses.
pub async fn renew<S: Scope>(
    tx: &Tx<S>,
    id: InvitationId,
    ticket: Uuid,
    expires_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = table::ActiveModel {
        id: Set(id.0),
        ticket: Set(ticket),
        expires_at: Set(expires_at),
        ..Default::default()
    };
    Ok(tx.change_where::<table::Entity, _>(row, open(), "send an invitation again").await? > 0)
}

fn open() -> Condition {
    Condition::all().add(table::Column::AcceptedAt.is_null()).add(table::Column::WithdrawnAt.is_null())
}

fn from_row(row: table::Model) -> Result<Invitation, StoreError> {
    const TABLE: &str = "invitations";
    let roles: Vec<String> = columns::value(TABLE, row.roles)?;
    Ok(Invitation {
        id: InvitationId(row.id),
        organisation: OrganisationId(row.organisation_id),
        ticket: row.ticket,
        email: row.email,
        given_name: row.given_name,
        family_name: row.family_name,
        language: columns::word(TABLE, &row.language, Language::parse)?,
        roles: roles
            .iter()
            .map(|word| columns::word(TABLE, word, Role::from_word))
            .collect::<Result<_, _>>()?,
        law: columns::word(TABLE, &row.law, Law::from_word)?,
        weekly: Minutes(columns::number(TABLE, row.weekly_minutes)?),
        from: row.from_date,
        created_by: row.created_by.map(PersonId),
        created_at: row.created_at,
        expires_at: row.expires_at,
        accepted_at: row.accepted_at,
        withdrawn_at: row.withdrawn_at,
    })
}
