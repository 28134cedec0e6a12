//! Backups made by themselves: made, proved, kept so many; how the last try ended.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archive::Lock;
use super::backups::{self, PROOF};
use super::files;
use super::model::{Kept, backup_name, backup_time, superfluous};
use super::refused::{Told, waiting};
use crate::settings::Backups;
use crate::state::App;

/// What the last try that failed said.
const TROUBLE: &str = "last-trouble.txt";
/// Only one is made at a time in this program.
static MAKING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Makes a backup as the settings say, and proves it; trouble is written down beside them.
pub async fn make(app: App) {
    let Some(settings) = &app.settings.backup else {
        return;
    };
    let Ok(_making) = MAKING.try_lock() else {
        return;
    };
    let trouble = settings.folder.join(TROUBLE);
    match made(&app, settings).await {
        Ok(path) => {
            tracing::info!(path = %path.display(), "A backup was made");
            files::remove(&trouble);
        }
        Err(error) => {
            tracing::error!(%error, "The backup failed");
            let words = format!("{} {error}\n", app.clock.now().iso());
            if let Err(error) = files::write(&trouble, &words) {
                tracing::error!(%error, "The folder for backups cannot be written");
            }
        }
    }
}

async fn made(app: &App, settings: &Backups) -> Told<PathBuf> {
    let lock = lock(settings)?;
    let now = app.clock.now();
    let path = settings.folder.join(backup_name(now, lock.is_encrypted()));
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
    waiting(|| thin_out(settings));
    Ok(path)
}

fn lock(settings: &Backups) -> Told<Lock> {
    match (&settings.encrypt_for, &settings.passphrase_file) {
        (Some(recipient), _) => Ok(Lock::Recipient(recipient.clone())),
        (None, Some(path)) => Lock::passphrase_in(path),
        (None, None) => Ok(Lock::Open),
    }
}

/// Takes the oldest away until so many are left as shall be kept.
fn thin_out(settings: &Backups) {
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
pub fn trouble(folder: &Path) -> Option<String> {
    std::fs::read_to_string(folder.join(TROUBLE)).ok()
}
