//! `veilleuse backup` and `veilleuse restore`: a SQLite database into a file while it is in use, and back.
//! PostgreSQL has its own tools for that; the scripts in `deploy/` call them.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use app::{Database, told};
use clap::Args;

use crate::{alone::Alone, migrate, settings::Common};

/// What SQLite writes beside its file, and at last the file itself.
const KEPT_BESIDE: [&str; 3] = ["-wal", "-shm", ""];

/// What both are told.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    common: Common,
    /// The backup.
    file: PathBuf,
}

/// What `restore` is told besides.
#[derive(Debug, Args)]
pub struct Restore {
    #[command(flatten)]
    options: Options,
    /// There is a database already: put it aside, under the same name with `.replaced` behind it (`.replaced.2` if there is
    /// such a one already).
    #[arg(long)]
    replace: bool,
}

/// Writes the database into a new file, which is whole even while others write.
///
/// # Errors
/// If it is PostgreSQL, the file is there already, or cannot be written.
pub async fn back_up(options: Options) -> Result<(), String> {
    let database = options.common.database()?;
    let source = own_file(&database, "backup")?;
    if !source.exists() {
        return Err(format!("there is no database at {}", source.display()));
    }
    let file = options.file;
    if file.exists() {
        return Err(format!("{} is there already", file.display()));
    }
    let told = |error: io::Error| format!("could not make {}: {error}", file.display());
    let part = Part::of(&file).map_err(told)?;
    let done = copy(&database, &part.name).await;
    let done = done.and_then(|changes| put_in_place(&part.name, &file).map(|()| changes).map_err(told));
    if done.is_err() {
        let _ = fs::remove_file(&part.name);
    }
    let changes = done?;
    let bytes = fs::metadata(&file).map_or(0, |data| data.len());
    println!("{}: {bytes} bytes, tables after change {changes}", file.display());
    println!("the key (VEILLEUSE_KEY) is not in it: keep a copy of the key in another place");
    Ok(())
}

async fn copy(database: &str, file: &Path) -> Result<u64, String> {
    let store = Database::open(database).await.map_err(|error| told(&error))?;
    let copied = async {
        store.copy_to(file).await?;
        store.changes_made().await
    };
    let copied = copied.await.map_err(|error| told(&error));
    store.close().await;
    copied
}

/// Puts a backup in the database's place.
///
/// # Errors
/// If it is PostgreSQL, somebody uses the database, the backup is damaged, made by a newer program or of
/// something else, or there is a database already and nobody said to replace it.
pub async fn restore(restore: Restore) -> Result<(), String> {
    let database = restore.options.common.database()?;
    let place = own_file(&database, "restore")?;
    let _alone = Alone::on(&database)?;
    if place.exists() && !restore.replace {
        return Err(format!("there is a database at {}: add --replace to put it aside", place.display()));
    }
    let fresh = beside(&place, ".restoring");
    let backup = &restore.options.file;
    // Left over from a restore that was cut short.
    forget(&fresh);
    let copied = File::open(backup).and_then(|mut from| io::copy(&mut from, &mut for_us_alone(&fresh)?));
    if let Err(error) = copied {
        // What there is of it may be all the room that was left.
        forget(&fresh);
        return Err(format!("could not copy {} to {}: {error}", backup.display(), fresh.display()));
    }
    let changes = match checked(&fresh).await {
        Ok(changes) => changes,
        Err(why) => {
            forget(&fresh);
            return Err(format!("{} is not restored: {why}", backup.display()));
        }
    };
    let told = |error: io::Error| format!("could not put {} in place: {error}", fresh.display());
    // On the disk before the old one goes.
    on_the_disk(&fresh).map_err(told)?;
    let aside = put_aside(&place)?;
    put_in_place(&fresh, &place).map_err(told)?;
    println!("{}: restored, tables after change {changes}", place.display());
    if let Some(aside) = aside {
        println!("the database that was there is {} now", aside.display());
    }
    println!(
        "start with the same key (VEILLEUSE_KEY) as before; `veilleuse doctor` looks whether all is well"
    );
    Ok(())
}

/// Whether the copy is whole and ours; how many changes its tables have seen.
async fn checked(copy: &Path) -> Result<u64, String> {
    let url = format!("sqlite://{}?mode=rw", copy.display());
    let store = Database::open(&url).await.map_err(|_| "it is no SQLite database".to_owned())?;
    let looked = async {
        if let Some(damage) = store.damage().await.map_err(|error| told(&error))? {
            return Err(format!("it is damaged: {damage}"));
        }
        store.changes_made().await.map_err(|error| told(&error))
    };
    let looked = looked.await;
    store.close().await;
    match looked? {
        0 => Err("it holds no tables of Veilleuse".to_owned()),
        made if made > migrations::count() as u64 => {
            Err(format!("a newer program made it (change {made}, this one knows {})", migrations::count()))
        }
        made => Ok(made),
    }
}

/// Moves the old database away, with what SQLite keeps beside it; says where it lies now, if there was one.
/// What was put aside before stays: the next one is `.replaced.2`, and so on.
fn put_aside(place: &Path) -> Result<Option<PathBuf>, String> {
    let free = |aside: &PathBuf| KEPT_BESIDE.iter().all(|end| !beside(aside, end).exists());
    let mut names = (1_u32..).map(|number| match number {
        1 => beside(place, ".replaced"),
        more => beside(place, &format!(".replaced.{more}")),
    });
    let aside = names.find(free).expect("numbers do not end");
    let was_there = place.exists();
    for end in KEPT_BESIDE {
        let old = beside(place, end);
        if old.exists() {
            fs::rename(&old, beside(&aside, end))
                .map_err(|error| format!("could not put {} aside: {error}", old.display()))?;
        }
    }
    Ok(was_there.then_some(aside))
}

/// What a restore left that was cut short between the old database and the new one, if that is why there is
/// none at `place`.
pub fn cut_short(place: &Path) -> Option<PathBuf> {
    let fresh = beside(place, ".restoring");
    (migrate::is_missing(place) && fresh.exists()).then_some(fresh)
}

/// A backup in the making: it has its name once it is whole. Another backup of that name waits for nobody,
/// and is refused; one that was cut short left its part, which is written anew.
struct Part {
    name: PathBuf,
    _lock: File,
}

impl Part {
    fn of(file: &Path) -> io::Result<Self> {
        let name = beside(file, ".part");
        let lock = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&name)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => io::Error::other("another backup makes it now"),
            TryLockError::Error(error) => error,
        })?;
        // Whoever held it until now may have given it its name: then it is theirs, whole, and not a part.
        let ours = lock.metadata()?;
        let there =
            fs::metadata(&name).is_ok_and(|there| (there.dev(), there.ino()) == (ours.dev(), ours.ino()));
        if !there {
            return Err(io::Error::other("another backup of that name was made just now"));
        }
        lock.set_len(0)?;
        Ok(Self { name, _lock: lock })
    }
}

/// Gives a whole file its name, once it is on the disk, and waits until the name is there too.
fn put_in_place(file: &Path, name: &Path) -> io::Result<()> {
    on_the_disk(file)?;
    fs::rename(file, name)?;
    on_the_disk(name)
}

/// Waits until a file and its name are on the disk.
fn on_the_disk(file: &Path) -> io::Result<()> {
    File::open(file)?.sync_all()?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// A new file, empty and for this user alone: what goes into it is everything that the house knows.
fn for_us_alone(file: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)
}

fn forget(file: &Path) {
    for end in KEPT_BESIDE {
        let _ = fs::remove_file(beside(file, end));
    }
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(end);
    PathBuf::from(name)
}

fn own_file(database: &str, what: &str) -> Result<PathBuf, String> {
    Database::file(database).ok_or_else(|| {
        format!(
            "this is for SQLite; for PostgreSQL there is deploy/{what}-postgres.sh, which calls its own tools"
        )
    })
}
