//! `veilleuse doctor`: looks at everything a node needs, and says what to do where something is wrong.

mod checks;

use clap::Args;
use serde::Serialize;

use crate::{
    serve,
    settings::{self, Common, Doors, Told},
};

/// What it is told.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    doors: Doors,
    /// For machines: a list of objects with `check`, `state`, `said`, `remedy`.
    #[arg(long)]
    json: bool,
}

/// How it is with one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    /// Nothing to do.
    Ok,
    /// It works, and wants looking at.
    Warn,
    /// It does not work.
    Bad,
}

/// One line of what it says.
#[derive(Debug, Clone, Serialize)]
struct Finding {
    check: &'static str,
    state: State,
    said: String,
    remedy: Option<String>,
}

impl Finding {
    fn ok(check: &'static str, said: impl Into<String>) -> Self {
        Self { check, state: State::Ok, said: said.into(), remedy: None }
    }

    fn warn(check: &'static str, said: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { check, state: State::Warn, said: said.into(), remedy: Some(remedy.into()) }
    }

    fn bad(check: &'static str, said: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { check, state: State::Bad, said: said.into(), remedy: Some(remedy.into()) }
    }
}

/// Looks, and says what it found.
///
/// # Errors
/// If something does not work.
pub async fn run(options: Options) -> Result<(), String> {
    let told = options.common.told(options.doors);
    let findings = look(&told).await;
    if options.json {
        let text = serde_json::to_string_pretty(&findings);
        println!("{}", text.map_err(|error| format!("could not write what was found: {error}"))?);
    } else {
        findings.iter().for_each(say);
    }
    let bad = findings.iter().filter(|finding| finding.state == State::Bad).count();
    if bad == 0 { Ok(()) } else { Err(format!("{bad} of {} checks found something broken", findings.len())) }
}

fn say(finding: &Finding) {
    let state = match finding.state {
        State::Ok => "ok  ",
        State::Warn => "warn",
        State::Bad => "bad ",
    };
    println!("{state} {:<10} {}", finding.check, finding.said);
    if let Some(remedy) = &finding.remedy {
        println!("{:16}→ {remedy}", "");
    }
}

async fn look(told: &Told) -> Vec<Finding> {
    let mut findings = Vec::new();
    let checked = match settings::checked(told) {
        Ok(checked) => checked,
        Err(mistakes) => {
            let bad = |mistake: settings::Mistake| {
                Finding::bad("settings", format!("{}: {}", mistake.name, mistake.problem), mistake.remedy)
            };
            findings.extend(mistakes.into_iter().map(bad));
            findings.push(Finding::warn("all else", "was not looked at", "mend the settings first"));
            return findings;
        }
    };
    findings.extend(checks::settings(told, &checked));
    findings.push(checks::mail(&checked.house.post).await);
    findings.push(checks::disk(&checked.house.database));
    if let Some(missing) = checks::no_file(&checked.house.database) {
        findings.push(missing);
        return findings;
    }
    match serve::open(checked.house.clone()).await {
        Err(why) => {
            let remedy = checks::no_database(&checked.house.database, &why);
            findings.push(Finding::bad("database", why, remedy));
        }
        Ok(app) => {
            findings.push(checks::database(&app).await);
            findings.extend(checks::damage(&app).await);
            findings.extend(checks::writing(&app).await);
            findings.extend(checks::locks(&app).await);
            let tables = checks::tables(&app).await;
            let whole = tables.state != State::Bad;
            findings.push(tables);
            findings.push(checks::clock(&app).await);
            if whole {
                findings.push(checks::key(&app).await);
                findings.push(checks::queue(&app).await);
            }
            app.store.close().await;
        }
    }
    findings
}
