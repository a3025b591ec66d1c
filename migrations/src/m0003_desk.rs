//! Channels, what visitors write and what they are answered.

use sea_orm_migration::{prelude::*, schema::*};

use crate::sql::{created, index, reference, unique};

/// The change.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        channel_accounts(db).await?;
        arrivals(db).await?;
        visitors(db).await?;
        conversations(db).await?;
        messages(db).await?;
        attachments(db).await?;
        waiting(db).await?;
        writers(db).await?;
        notes(db).await?;
        note_texts(db).await?;
        presence(db).await?;
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "presence",
            "note_texts",
            "notes",
            "writers",
            "waiting",
            "attachments",
            "messages",
            "conversations",
            "visitors",
            "arrivals",
            "channel_accounts",
        ] {
            db.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

/// Mailboxes, web chats and other ways to write to one office. The secret is sealed.
async fn channel_accounts(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("channel_accounts");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(text("kind"))
        .col(text("address"))
        .col(json_binary("settings"))
        .col(blob_null("secret"))
        .col(boolean("active"))
        .col(json_binary_null("mark"))
        .col(timestamp_with_time_zone_null("checked_at"))
        .col(text_null("trouble"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("channel_accounts", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(unique("channel_accounts", &["kind", "address"])).await?;
    db.create_index(index("channel_accounts", &["organisation_id"])).await?;
    Ok(())
}

/// Messages as the provider delivered them; the raw bytes go once they are taken in.
async fn arrivals(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("arrivals");
    table
        .col(pk_uuid("id"))
        .col(uuid("channel_account_id"))
        .col(text("provider_id"))
        .col(timestamp_with_time_zone("received_at"))
        .col(blob_null("raw"))
        .col(timestamp_with_time_zone_null("taken_in_at"))
        .col(text_null("trouble"))
        .foreign_key(&mut reference("arrivals", "channel_account_id", "channel_accounts"));
    db.create_table(table).await?;
    db.create_index(unique("arrivals", &["channel_account_id", "provider_id"])).await?;
    Ok(())
}

/// People who wrote to an office.
async fn visitors(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("visitors");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(text_null("name"))
        .col(text_null("email"))
        .col(text_null("language"))
        .col(text_null("came_from"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("visitors", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(index("visitors", &["organisation_id", "email"])).await?;
    Ok(())
}

/// One visitor's thread with one office.
async fn conversations(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("conversations");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(uuid("channel_account_id"))
        .col(text("channel"))
        .col(uuid("visitor_id"))
        .col(uuid_null("pool_id"))
        .col(text("status"))
        .col(text_null("language"))
        .col(text_null("subject"))
        .col(text("snippet"))
        .col(uuid_null("assigned_to"))
        .col(json_binary_null("decision"))
        .col(json_binary_null("considered"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone_null("first_answer_at"))
        .col(timestamp_with_time_zone("last_message_at"))
        .col(text_null("token_hash"))
        .col(integer("version"))
        .foreign_key(&mut reference("conversations", "organisation_id", "organisations"))
        .foreign_key(&mut reference("conversations", "channel_account_id", "channel_accounts"))
        .foreign_key(&mut reference("conversations", "visitor_id", "visitors"))
        .foreign_key(&mut reference("conversations", "pool_id", "pools"))
        .foreign_key(&mut reference("conversations", "assigned_to", "people"));
    db.create_table(table).await?;
    db.create_index(unique("conversations", &["token_hash"])).await?;
    db.create_index(index("conversations", &["organisation_id", "last_message_at"])).await?;
    db.create_index(index("conversations", &["organisation_id", "status"])).await?;
    db.create_index(index("conversations", &["assigned_to", "status"])).await?;
    db.create_index(index("conversations", &["visitor_id"])).await?;
    Ok(())
}

/// What was said in a conversation.
async fn messages(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("messages");
    table
        .col(pk_uuid("id"))
        .col(uuid("conversation_id"))
        .col(uuid("organisation_id"))
        .col(text("direction"))
        .col(uuid_null("author_id"))
        .col(text("body"))
        .col(text_null("subject"))
        .col(text_null("provider_id"))
        .col(text_null("in_reply_to"))
        .col(timestamp_with_time_zone("at"))
        .col(text("delivery"))
        .col(timestamp_with_time_zone_null("delivery_at"))
        .col(text_null("delivery_said"))
        .col(timestamp_with_time_zone_null("read_at"))
        .col(text_null("client_key"))
        .foreign_key(&mut reference("messages", "conversation_id", "conversations"))
        .foreign_key(&mut reference("messages", "organisation_id", "organisations"))
        .foreign_key(&mut reference("messages", "author_id", "people"));
    db.create_table(table).await?;
    db.create_index(unique("messages", &["conversation_id", "client_key"])).await?;
    db.create_index(index("messages", &["conversation_id", "at"])).await?;
    db.create_index(index("messages", &["organisation_id", "at"])).await?;
    db.create_index(index("messages", &["organisation_id", "provider_id"])).await?;
    Ok(())
}

/// Files that came with a message.
async fn attachments(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("attachments");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(uuid("conversation_id"))
        .col(uuid("message_id"))
        .col(text("name"))
        .col(text("mime"))
        .col(integer("size"))
        .col(blob("bytes"))
        .foreign_key(&mut reference("attachments", "organisation_id", "organisations"))
        .foreign_key(&mut reference("attachments", "conversation_id", "conversations"))
        .foreign_key(&mut reference("attachments", "message_id", "messages"));
    db.create_table(table).await?;
    db.create_index(index("attachments", &["message_id"])).await?;
    db.create_index(index("attachments", &["conversation_id"])).await?;
    Ok(())
}

/// Conversations that await us: whose, since when, and when to look again. No content.
async fn waiting(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("waiting");
    table
        .col(pk_uuid("conversation_id"))
        .col(uuid("organisation_id"))
        .col(uuid_null("pool_id"))
        .col(uuid_null("assigned_to"))
        .col(integer("load_halves"))
        .col(timestamp_with_time_zone("since"))
        .col(timestamp_with_time_zone_null("look_at"))
        .foreign_key(&mut reference("waiting", "organisation_id", "organisations"))
        .foreign_key(&mut reference("waiting", "pool_id", "pools"))
        .foreign_key(&mut reference("waiting", "assigned_to", "people"));
    db.create_table(table).await?;
    db.create_index(index("waiting", &["look_at"])).await?;
    db.create_index(index("waiting", &["assigned_to"])).await?;
    db.create_index(index("waiting", &["organisation_id"])).await?;
    Ok(())
}

/// Who is writing just now.
async fn writers(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("writers");
    table
        .col(pk_uuid("id"))
        .col(uuid("conversation_id"))
        .col(uuid("organisation_id"))
        .col(uuid_null("person_id"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut reference("writers", "conversation_id", "conversations"))
        .foreign_key(&mut reference("writers", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(unique("writers", &["conversation_id", "person_id"])).await?;
    Ok(())
}

/// Facts of one office's notebook.
async fn notes(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("notes");
    table
        .col(pk_uuid("id"))
        .col(uuid("organisation_id"))
        .col(boolean("team_only"))
        .col(date("checked_on"))
        .col(uuid_null("checked_by"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut reference("notes", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(index("notes", &["organisation_id"])).await?;
    Ok(())
}

/// A fact's words, one row a language.
async fn note_texts(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("note_texts");
    table
        .col(pk_uuid("id"))
        .col(uuid("note_id"))
        .col(uuid("organisation_id"))
        .col(text("language"))
        .col(text("title"))
        .col(text("body"))
        .foreign_key(&mut reference("note_texts", "note_id", "notes"))
        .foreign_key(&mut reference("note_texts", "organisation_id", "organisations"));
    db.create_table(table).await?;
    db.create_index(unique("note_texts", &["note_id", "language"])).await?;
    Ok(())
}

/// Signs of life of people at the desk.
async fn presence(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = created("presence");
    table
        .col(pk_uuid("person_id"))
        .col(timestamp_with_time_zone("seen_at"))
        .col(boolean("away"))
        .foreign_key(&mut reference("presence", "person_id", "people"));
    db.create_table(table).await?;
    Ok(())
}
