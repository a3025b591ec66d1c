//! `veilleuse operator` and `veilleuse board`: who runs the service, and the boards it is for.

use app::{
    App, Error, Operator, Refusal,
    account::house::{self, First, Founded, Spelled},
    checks::{Fault, Wrong},
};
use clap::{Args, Subcommand};

use crate::{migrate, serve, settings::Common};

/// What `operator` is told.
#[derive(Debug, Args)]
pub struct Operators {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    what: OperatorDo,
}

#[derive(Debug, Subcommand)]
enum OperatorDo {
    /// Make whoever has this address an operator; doing it again changes nothing.
    Add {
        /// The address they sign in with.
        email: String,
        /// Given name, where nobody has the address yet.
        #[arg(long, default_value = "")]
        given_name: String,
        /// Family name, where nobody has the address yet.
        #[arg(long, default_value = "")]
        family_name: String,
    },
    /// Take the service out of somebody's hands.
    Remove {
        /// Their address.
        email: String,
    },
    /// List the operators.
    List,
}

/// What `board` is told.
#[derive(Debug, Args)]
pub struct Boards {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    what: BoardDo,
}

#[derive(Debug, Subcommand)]
enum BoardDo {
    /// Found a board and invite its first planner by letter; doing it again changes nothing.
    #[command(after_help = accepted())]
    Add(Box<NewBoard>),
    /// List the boards: pools, offices and people counted.
    List,
}

#[derive(Debug, Args)]
struct NewBoard {
    /// Its name, such as "Lacs & Vallées".
    name: String,
    /// Its short name in links: small letters, digits and hyphens.
    #[arg(long)]
    slug: String,
    /// The address of its first planner.
    #[arg(long)]
    planner: String,
    /// The planner's given name.
    #[arg(long)]
    given_name: String,
    /// The planner's family name.
    #[arg(long)]
    family_name: String,
    /// Where its clocks hang; see below.
    #[arg(long, default_value = "Europe/Paris")]
    zone: String,
    /// Which public holidays it keeps; see below.
    #[arg(long, default_value = "france")]
    calendar: String,
    /// The language it writes in: fr or en.
    #[arg(long, default_value = "fr")]
    language: String,
    /// What it tells people in danger.
    #[arg(long, default_value = "112")]
    emergency: String,
}

/// What `--calendar` and `--zone` take.
fn accepted() -> String {
    let list = |all: &mut dyn Iterator<Item = &'static str>| all.collect::<Vec<_>>().join(", ");
    format!(
        "Calendars: {}.\n\nZones: any name of the IANA time zone database; usual ones are {}.",
        list(&mut Spelled::calendars()),
        list(&mut Spelled::zones())
    )
}

/// Adds, removes or lists operators.
pub async fn operators(options: Operators) -> Result<(), String> {
    let app = open(options.common).await?;
    let outcome = match options.what {
        OperatorDo::Add { email, given_name, family_name } => {
            add_operator(&app, &email, &given_name, &family_name).await
        }
        OperatorDo::Remove { email } => house::remove_operator(&app, &email).await.map_err(told).map(|was| {
            println!("{email} {}", if was { "is no operator any more" } else { "was no operator" });
        }),
        OperatorDo::List => house::operators(&app).await.map_err(told).map(|all| {
            for one in all {
                println!("{}  {}", one.email, one.person.full_name());
            }
        }),
    };
    app.store.close().await;
    outcome
}

/// Founds or lists boards.
pub async fn boards(options: Boards) -> Result<(), String> {
    let app = open(options.common).await?;
    let outcome = match options.what {
        BoardDo::Add(new) => add_board(&app, *new).await,
        BoardDo::List => house::boards(&app, &Operator::at_the_console()).await.map_err(told).map(|all| {
            for one in all {
                let waits = if one.unmanned { "  (nobody plans there yet)" } else { "" };
                println!(
                    "{}  {}  pools: {}, offices: {}, people: {}{waits}",
                    one.slug, one.name, one.pools, one.offices, one.people
                );
            }
        }),
    };
    app.store.close().await;
    outcome
}

async fn open(common: Common) -> Result<App, String> {
    let settings = common.checked()?;
    migrate::look(&settings.database).await?;
    serve::open(settings).await
}

async fn add_operator(app: &App, email: &str, given_name: &str, family_name: &str) -> Result<(), String> {
    match house::add_operator(app, email, given_name, family_name).await {
        Ok(true) => println!("{email} is an operator: sign in at {}/sign-in", app.settings.public_url),
        Ok(false) => println!("{email} is an operator already"),
        Err(Error::Refused(Refusal::FieldIsWrong)) => {
            return Err(format!("nobody has the address {email} yet: say --given-name and --family-name"));
        }
        Err(other) => return Err(told(other)),
    }
    Ok(())
}

async fn add_board(app: &App, new: NewBoard) -> Result<(), String> {
    let planner = new.planner.clone();
    let spelled = Spelled {
        name: new.name,
        slug: new.slug,
        zone: new.zone,
        calendar: new.calendar,
        language: new.language,
        emergency: new.emergency,
        first: First { given_name: new.given_name, family_name: new.family_name, email: new.planner },
    };
    let founding = spelled.read().map_err(told)?;
    match house::add_board(app, &Operator::at_the_console(), founding).await.map_err(told)? {
        Founded::New => {
            println!("the board is founded; an invitation goes to {planner} as soon as a worker runs")
        }
        Founded::There => println!("the board is there already; nothing was changed"),
        Founded::Again => println!(
            "the board is there and nobody plans there yet: another invitation goes to {planner}; earlier ones lead nowhere"
        ),
    }
    Ok(())
}

fn told(error: Error) -> String {
    match error {
        Error::Refused(Refusal::EmailIsWrong) => "that is no address, such as maud@lacs.example".to_owned(),
        Error::Invalid(faults) => faults.iter().map(fault).collect::<Vec<_>>().join("\n           "),
        other => app::told(&other),
    }
}

/// A field of a new board as the command spells it, what is wrong, and what to write instead.
fn fault(Fault { field, wrong }: &Fault) -> String {
    let name = match &**field {
        "name" => "the name".to_owned(),
        "email" => "--planner".to_owned(),
        other => format!("--{}", other.replace('_', "-")),
    };
    let what = match (&**field, wrong) {
        (_, Wrong::Empty) => "is empty".to_owned(),
        (_, Wrong::TooLong { most }) => format!("is longer than {most} letters"),
        (_, Wrong::Taken) => "belongs to another organisation: take another".to_owned(),
        (_, Wrong::NotA(what)) => format!("is not {what}"),
        ("zone", _) => {
            "is no time zone, such as Europe/Paris; `board add --help` lists the usual ones".to_owned()
        }
        ("calendar", _) => "is no calendar of holidays: `board add --help` lists them".to_owned(),
        ("language", _) => "is neither fr nor en".to_owned(),
        _ => "cannot be read".to_owned(),
    };
    format!("{name} {what}")
}
