//! `veilleuse demo`: a furnished region on an embedded database.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use app::settings::{Post, Reach, Settings};
use chrono::{DateTime, FixedOffset, Utc};
use clap::Args;

use crate::{alone::Alone, logs, migrate, serve, settings};

/// What it is told.
#[derive(Debug, Args)]
pub struct Options {
    /// The moment at which the demo's world starts, such as `2026-12-04T19:00+01:00`; without it, an
    /// evening of duty now.
    #[arg(long, value_parser = moment)]
    at: Option<DateTime<Utc>>,
    /// Where to listen on this machine.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Keep the demo in this folder and go on with it next time; without it, nothing is kept.
    #[arg(long)]
    data: Option<PathBuf>,
    /// No visitors write by themselves.
    #[arg(long)]
    quiet: bool,
}

/// Reads RFC 3339, with or without seconds.
fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::<FixedOffset>::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z"))
        .map(|moment| moment.to_utc())
        .map_err(|_| "a moment looks like 2026-12-04T19:00+01:00".to_owned())
}

/// Starts the demo and says where it is.
pub async fn run(options: Options) -> Result<(), String> {
    let mistakes = logs::mistakes();
    if !mistakes.is_empty() {
        return Err(settings::list(&mistakes));
    }
    let listener = serve::listen(SocketAddr::from(([127, 0, 0, 1], options.port)))?;
    let address = listener.local_addr().map_err(|error| format!("could not listen: {error}"))?;
    let place = Place::of(options.data)?;
    let settings = Settings {
        database: format!("sqlite://{}?mode=rwc", place.folder.join("demo.sqlite").display()),
        key: place.key()?,
        signing_keys: Vec::new(),
        public_url: format!("http://{address}"),
        post: Post::Mailbox,
        demo: true,
        behind_proxy: false,
        mailboxes: Reach::Anywhere,
    };
    let _alone = Alone::on(&settings.database)?;
    migrate::ensure(&settings.database).await?;
    let app = serve::open(settings).await?;
    app::demo::seed(&app, options.at).await.map_err(|error| app::told(&error))?;
    println!("Veilleuse, a demo region. Open http://{address}/ and choose a door. Ctrl-C ends it.");
    let visitors = (!options.quiet).then(|| tokio::spawn(app::demo::play(app.clone())));
    let outcome = serve::doors(
        app,
        serve::House { front: listener, works: true, backstage: None },
        serve::asked_to_stop(),
    )
    .await;
    if let Some(visitors) = visitors {
        visitors.abort();
    }
    outcome
}

/// Where the demo keeps its file; gone at the end unless a folder was given.
struct Place {
    folder: PathBuf,
    passing: bool,
}

impl Place {
    fn of(data: Option<PathBuf>) -> Result<Self, String> {
        let passing = data.is_none();
        let folder = data
            .unwrap_or_else(|| std::env::temp_dir().join(format!("veilleuse-demo-{}", std::process::id())));
        std::fs::create_dir_all(&folder)
            .map_err(|error| format!("could not make the folder {}: {error}", folder.display()))?;
        Ok(Self { folder, passing })
    }

    /// The master key beside the database, made the first time.
    fn key(&self) -> Result<String, String> {
        let file = self.folder.join("demo.key");
        if let Ok(key) = std::fs::read_to_string(&file) {
            return Ok(key.trim().to_owned());
        }
        let key = app::secrets::random_key();
        write_privately(&file, &key)
            .map_err(|error| format!("could not write {}: {error}", file.display()))?;
        Ok(key)
    }
}

fn write_privately(file: &Path, text: &str) -> std::io::Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?
        .write_all(text.as_bytes())
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.passing {
            // What cannot be removed is in the system's folder for passing things.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}
