//! What happens in the background: letters, and what is tidied every so often.

use jobs::{Claimed, Ended, Schedules, Work};

use crate::attachments::tidying as attachments;
use crate::people::letters::{self, SIGN_IN_LETTER, SignInLetter};
use crate::people::store as people_store;
use crate::search::store as search_store;
use crate::state::App;
use crate::time::{DAY, HOUR};

/// Forgets what has ended: links, sign-ins, old searches, superfluous log entries.
const TIDY: &str = "tidy";
/// Rewrites the index's files so that deleted words are gone from them.
const PURGE_INDEX: &str = "purge-index";
/// Takes files away that no page needs any more.
const TIDY_FILES: &str = "tidy-files";
/// How long a search that found nothing is kept.
const SEARCHES_KEPT: i64 = 365 * DAY;

/// What happens every so often.
pub fn schedules() -> Schedules {
    Schedules::new()
        .every(TIDY, HOUR)
        .every(PURGE_INDEX, DAY)
        .every(TIDY_FILES, DAY)
}

/// Does every kind of job.
pub struct Worker(pub App);

impl Work for Worker {
    async fn perform(&self, job: &Claimed) -> Ended {
        match job.kind.as_str() {
            SIGN_IN_LETTER => match serde_json::from_str::<SignInLetter>(&job.body) {
                Ok(letter) => letters::send(&self.0, &letter).await,
                Err(error) => Ended::Never(error.to_string()),
            },
            TIDY => match tidy(&self.0).await {
                Ok(()) => Ended::Done,
                Err(error) => Ended::Again(error.to_string()),
            },
            TIDY_FILES => match attachments::tidy(&self.0).await {
                Ok(()) => Ended::Done,
                Err(error) => Ended::Again(error.to_string()),
            },
            PURGE_INDEX => {
                let index = self.0.index.clone();
                match tokio::task::spawn_blocking(move || index.purge_deleted()).await {
                    Ok(Ok(_)) => Ended::Done,
                    Ok(Err(error)) => Ended::Again(error.to_string()),
                    Err(error) => Ended::Again(error.to_string()),
                }
            }
            other => Ended::Never(format!("no such kind of job: {other}")),
        }
    }
}

async fn tidy(app: &App) -> db::Result<()> {
    let now = app.clock.now();
    app.limits.forget_idle();
    let tx = app.db.begin().await?;
    people_store::forget_ended(&tx, now.plus(-DAY)).await?;
    search_store::forget_before(&tx, now.plus(-SEARCHES_KEPT)).await?;
    search_store::tidy_log(&tx).await?;
    tx.commit_quietly().await
}
