//! Backups made by themselves: made, proved, kept so many; how the last try ended.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::archive::{HALF, Lock};
use super::backups::{self, PROOF};
use super::files;
use super::model::{Kept, backup_name, backup_time, superfluous};
use super::refused::{Told, waiting};
use crate::settings::Backups;
use crate::state::App;
use crate::time::{DAY, Moment};

/// What the last try that failed said, in the data folder: that of the backups may be the trouble.
const TROUBLE: &str = "backup-trouble.txt";
/// The folders into which this program is making a backup: one at a time.
static BUSY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Says, as long as it is held, that a backup is being made into a folder.
struct Making(PathBuf);

impl Making {
    fn begin(folder: &Path) -> Option<Self> {
        let mut busy = BUSY.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = busy.insert(folder.to_owned());
        is_first.then(|| Self(folder.to_owned()))
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        let mut busy = BUSY.lock().unwrap_or_else(PoisonError::into_inner);
        busy.remove(&self.0);
    }
}

/// Makes a backup as the settings say, and proves it; trouble is written down for the owner.
pub async fn make(app: App) {
    let Some(settings) = &app.settings.backup else {
        return;
    };
    let Some(_making) = Making::begin(&settings.folder) else {
        return;
    };
    let trouble = app.settings.data.join(TROUBLE);
    match made(&app, settings).await {
        Ok(path) => {
            tracing::info!(path = %path.display(), "A backup was made");
            files::remove(&trouble);
        }
        Err(error) => {
            tracing::error!(%error, "The backup failed");
            let words = format!("{} {error}\n", app.clock.now().iso());
            if let Err(error) = files::write(&trouble, &words) {
                tracing::error!(%error, "The data folder cannot be written");
            }
        }
    }
}

async fn made(app: &App, settings: &Backups) -> Told<PathBuf> {
    let lock = lock(settings)?;
    let now = app.clock.now();
    let path = settings.folder.join(backup_name(now, lock.is_encrypted()));
    if path.exists() {
        // Asked for twice within a second.
        return Ok(path);
    }
    let own = app.settings.attachments_folder();
    backups::make(&app.db, &own, &path, &lock, now, &mut |_| {}).await?;
    super::remember_forgotten(app).await?;
    if let Some(key) = lock.key() {
        let (data, beside) = (app.settings.data.clone(), settings.folder.clone());
        let forgotten = backups::forgotten_in(&[data.clone(), beside]);
        let teller = Arc::new(|_| {});
        let (staged, report, _) =
            backups::proved(&data, &path, key, &forgotten, now, teller).await?;
        drop(staged);
        match report.faults.first() {
            Some(fault) => return super::refused::said(format!("It was made, and {fault}.")),
            None => backups::note_proof(&path, app.clock.now()),
        }
    }
    waiting(|| thin_out(settings, now));
    Ok(path)
}

fn lock(settings: &Backups) -> Told<Lock> {
    match (&settings.encrypt_for, &settings.passphrase_file) {
        (Some(recipient), _) => Ok(Lock::Recipient(recipient.clone())),
        (None, Some(path)) => Lock::passphrase_in(path),
        (None, None) => Ok(Lock::Open),
    }
}

/// Takes the oldest away until so many are left as shall be kept, and what a program that was
/// killed left half-written.
fn thin_out(settings: &Backups, now: Moment) {
    for entry in std::fs::read_dir(&settings.folder)
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = entry.file_name();
        let half = name.to_str().and_then(|name| name.strip_suffix(HALF));
        if half
            .and_then(backup_time)
            .is_some_and(|began| began.plus(DAY) < now)
        {
            files::remove(&entry.path());
        }
    }
    let names = kept(&settings.folder).into_iter().map(|kept| kept.name);
    for name in superfluous(names.collect(), settings.keep.max(1)) {
        let path = settings.folder.join(name);
        files::remove(&files::beside(&path, PROOF));
        files::remove(&path);
    }
}

/// The backups in a folder, newest first.
pub fn kept(folder: &Path) -> Vec<Kept> {
    let Ok(found) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut kept: Vec<Kept> = found
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let at = backup_time(&name)?;
            let bytes = entry.metadata().ok()?.len();
            let proof = std::fs::read_to_string(folder.join(format!("{name}{PROOF}")));
            let is_proved = proof.is_ok_and(|words| words.trim().ends_with(&format!(" {bytes}")));
            Some(Kept {
                name,
                at,
                bytes,
                is_proved,
            })
        })
        .collect();
    kept.sort_by_key(|one| std::cmp::Reverse(one.at));
    kept
}

/// Why the last try failed, if it did.
pub fn trouble(data: &Path) -> Option<String> {
    std::fs::read_to_string(data.join(TROUBLE)).ok()
}
