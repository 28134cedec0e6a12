//! `fosbury backup` and `fosbury restore`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Outcome, opening, say, teller};
use crate::interchange::archive::{Key, Lock};
use crate::interchange::refused::Told;
use crate::interchange::restoring::Old;
use crate::interchange::{backups, bringing};
use crate::settings::Settings;
use crate::time::Clock;

/// Where to, and how it is locked.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Backup {
    #[command(subcommand)]
    verify: Option<Verify>,
    /// The file to write; nothing may be there yet.
    #[arg(value_name = "FILE", required = true)]
    file: Option<PathBuf>,
    /// Encrypts for whoever holds the key to this recipient, such as age1….
    #[arg(long, value_name = "RECIPIENT", conflicts_with = "passphrase_file")]
    encrypt_for: Option<String>,
    /// Encrypts with the words in this file's first line.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// What else can be done with a backup.
#[derive(Subcommand)]
enum Verify {
    /// Restores a backup into a temporary place and checks everything there.
    Verify {
        /// The backup.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        opening: Opening,
    },
}

/// What opens a backup.
#[derive(Args)]
struct Opening {
    /// The file with the passphrase in its first line.
    #[arg(long, value_name = "FILE", conflicts_with = "key_file")]
    passphrase_file: Option<PathBuf>,
    /// The file with the key, as age-keygen wrote it.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

impl Opening {
    fn key(&self) -> Told<Key> {
        match self.passphrase_file.as_ref().or(self.key_file.as_ref()) {
            Some(path) => Key::in_file(path),
            None => Ok(Key::None),
        }
    }
}

/// Which backup, and what becomes of what is there.
#[derive(Args)]
pub struct Restore {
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Puts aside what is there already, and says where.
    #[arg(long)]
    replace: bool,
    /// A list of erasures kept elsewhere; those in the data folder and beside the backup are
    /// read in any case.
    #[arg(long, value_name = "FILE")]
    erasures: Option<PathBuf>,
    #[command(flatten)]
    opening: Opening,
}

/// Makes a backup, or verifies one.
pub async fn run(settings: Settings, backup: Backup) -> Outcome {
    match (&backup.verify, &backup.file) {
        (Some(Verify::Verify { file, opening }), _) => verify(&settings, file, opening)
            .await
            .map_err(|refused| format!("{} is not good. {refused}", file.display())),
        (None, Some(file)) => {
            let db = opening::database(&settings).await?;
            make(&db, &settings, file, &backup)
                .await
                .map_err(|refused| format!("No backup was made. {refused}"))
        }
        (None, None) => Err("Say which file to write.".to_owned()),
    }
}

async fn make(db: &db::Db, settings: &Settings, file: &Path, backup: &Backup) -> Told<()> {
    let lock = match (&backup.encrypt_for, &backup.passphrase_file) {
        (Some(recipient), _) => Lock::Recipient(recipient.clone()),
        (None, Some(path)) => Lock::passphrase_in(path)?,
        (None, None) => Lock::Open,
    };
    let now = Clock::Machine.now();
    let own = settings.attachments_folder();
    let manifest = backups::make(db, &own, file, &lock, now, &mut |line| say(&line)).await?;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    say(&format!(
        "{} holds {rows} rows and {} attachments of {}.",
        file.display(),
        manifest.attachments.files,
        now.day_and_time()
    ));
    if !lock.is_encrypted() {
        say("It is not encrypted: keep it as safe as the place itself.");
    }
    let key = if lock.is_encrypted() {
        " and what opens it"
    } else {
        ""
    };
    say(&format!(
        "Prove it with: fosbury backup verify {}{key}",
        file.display()
    ));
    Ok(())
}

async fn verify(settings: &Settings, file: &Path, opening: &Opening) -> Told<()> {
    let now = Clock::Machine.now();
    bringing::verify(settings, file, opening.key()?, now, &teller()).await?;
    say(&format!(
        "{} is good: it was restored into a temporary place, and every count and hash agrees.",
        file.display()
    ));
    Ok(())
}

/// Brings a backup back.
pub async fn restore(settings: Settings, restore: &Restore) -> Outcome {
    restored(&settings, restore)
        .await
        .map_err(|refused| format!("Nothing was restored. {refused}"))
}

async fn restored(settings: &Settings, restore: &Restore) -> Told<()> {
    let asked = bringing::Restore {
        file: &restore.file,
        key: restore.opening.key()?,
        old: if restore.replace {
            Old::PutAside
        } else {
            Old::MustBeNone
        },
        erasures: restore.erasures.as_deref(),
    };
    bringing::restore(settings, asked, Clock::Machine.now(), &teller()).await?;
    say("The place is as it was when the backup was made; what was erased since is erased.");
    say(
        "Everybody signs in again, by mail or with a link from “fosbury people invite”. The index is made anew by the server.",
    );
    Ok(())
}
