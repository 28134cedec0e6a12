//! Bytes that nobody needs any more, and whether those that somebody needs are there.

use super::files::{Error, Folder};
use super::store;
use crate::state::App;
use crate::time::DAY;

/// How long a file that was taken off its page can be put back.
pub const KEPT_REMOVED: i64 = 30 * DAY;

/// Forgets what was taken off its page long ago, and takes bytes away that nobody needs.
pub async fn tidy(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    store::forget_removed(&tx, now.plus(-KEPT_REMOVED)).await?;
    tx.commit_quietly().await?;
    let folder = Folder::of(&app.settings);
    folder.sweep(now.plus(-DAY)).await?;
    // The bytes of a wiki on its way lie there before anything needs them.
    if store::is_a_wiki_coming(&app.db, now.plus(-DAY)).await? {
        return Ok(());
    }
    let there = folder.all().await?;
    collect(app, &there).await
}

/// Takes the bytes of those hashes away that no file on a page needs.
pub async fn collect(app: &App, hashes: &[String]) -> Result<(), Error> {
    let folder = Folder::of(&app.settings);
    for sha256 in hashes {
        if store::is_needed(&app.db, sha256).await? {
            continue;
        }
        // Looked at again while nobody can bring the same file.
        let tx = app.db.begin().await?;
        store::alone(&tx).await?;
        if !store::is_needed(&tx, sha256).await? {
            folder.remove(sha256).await?;
        }
        tx.commit_quietly().await?;
    }
    Ok(())
}
