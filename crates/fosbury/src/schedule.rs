//! What happens in the background: letters, and what is tidied every so often.

use jobs::{Claimed, Ended, Schedules, Work};

use crate::attachments::tidying as attachments;
use crate::discussion::publishing::SAID_LETTERS;
use crate::discussion::store as discussion_store;
use crate::history::store_protection;
use crate::interchange::{self, scheduled};
use crate::organisations::store_import;
use crate::people::letters::{self, SIGN_IN_LETTER, SignInLetter};
use crate::people::{store as people_store, store_tokens};
use crate::search::store as search_store;
use crate::sessions::after::asking::{self, ACTION_LETTER, ActionLetter};
use crate::sessions::after::letters::{self as said_letters, SAID_LETTER, SaidLetter};
use crate::sessions::after::looking_back::{self, LOOK_BACK_LETTER, LookBackLetter};
use crate::sessions::after::store_letters;
use crate::sessions::{locking, store_guests};
use crate::settings::Settings;
use crate::state::App;
use crate::stewards::{readings, store_tending as tending};
use crate::time::{DAY, HOUR};
use crate::trials::following_up::{self, FOLLOW_UP_LETTER, FollowUpLetter};

/// Forgets what has ended: links, sign-ins, old searches, superfluous log entries.
const TIDY: &str = "tidy";
/// Rewrites the index's files so that deleted words are gone from them.
const PURGE_INDEX: &str = "purge-index";
/// Makes a backup and proves it.
const BACK_UP: &str = "back-up";
/// Takes files away that no page needs any more.
const TIDY_FILES: &str = "tidy-files";
/// Asks whether trials worked whose time has come.
const FOLLOW_UP: &str = "follow-up";
/// Locks notes that nobody locked although their event is over.
const LOCK_NOTES: &str = "lock-notes";
/// Asks whoever said that they do something how it went.
const ASK_ACTIONS: &str = "ask-actions";
/// Tells everybody who was at an event what came of it.
const LOOK_BACK: &str = "look-back";
/// How long a search that found nothing is kept.
const SEARCHES_KEPT: i64 = 365 * DAY;

/// How long it is kept how often a page was opened.
const READINGS_KEPT: i64 = 90 * DAY;
/// How long what was refused or taken back is kept.
const REFUSALS_KEPT: i64 = 90 * DAY;

/// What happens every so often.
pub fn schedules(settings: &Settings) -> Schedules {
    let schedules = Schedules::new()
        .every(TIDY, HOUR)
        .every(FOLLOW_UP, HOUR)
        .every(LOCK_NOTES, HOUR)
        .every(ASK_ACTIONS, HOUR)
        .every(LOOK_BACK, HOUR)
        .every(PURGE_INDEX, DAY)
        .every(TIDY_FILES, DAY);
    match &settings.backup {
        Some(backup) => schedules.every(BACK_UP, backup.every.0),
        None => schedules,
    }
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
            FOLLOW_UP_LETTER => match serde_json::from_str::<FollowUpLetter>(&job.body) {
                Ok(letter) => following_up::send(&self.0, &letter).await,
                Err(error) => Ended::Never(error.to_string()),
            },
            FOLLOW_UP => match following_up::ask(&self.0).await {
                Ok(()) => Ended::Done,
                Err(error) => Ended::Again(error.to_string()),
            },
            ACTION_LETTER => match serde_json::from_str::<ActionLetter>(&job.body) {
                Ok(letter) => asking::send(&self.0, &letter).await,
                Err(error) => Ended::Never(error.to_string()),
            },
            ASK_ACTIONS => match asking::ask(&self.0).await {
                Ok(()) => Ended::Done,
                Err(error) => Ended::Again(error.to_string()),
            },
            LOOK_BACK_LETTER => match serde_json::from_str::<LookBackLetter>(&job.body) {
                Ok(letter) => looking_back::send(&self.0, &letter).await,
                Err(error) => Ended::Never(error.to_string()),
            },
            LOOK_BACK => match looking_back::look_back(&self.0).await {
                Ok(()) => Ended::Done,
                Err(error) => Ended::Again(error.to_string()),
            },
            SAID_LETTER => match serde_json::from_str::<SaidLetter>(&job.body) {
                Ok(letter) => said_letters::send(&self.0, &letter).await,
                Err(error) => Ended::Never(error.to_string()),
            },
            SAID_LETTERS => match said_letters::fan_out(&self.0, &job.body).await {
                Ok(()) => Ended::Done,
                Err(error) => Ended::Again(error.to_string()),
            },
            LOCK_NOTES => match locking::lock_left_open(&self.0).await {
                Ok(()) => Ended::Done,
                Err(error) => Ended::Again(error.to_string()),
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
            BACK_UP => {
                // It may take longer than a job may; how it ended stands beside the backups.
                tokio::spawn(scheduled::make(self.0.clone()));
                Ended::Done
            }
            other => Ended::Never(format!("no such kind of job: {other}")),
        }
    }
}

async fn tidy(app: &App) -> db::Result<()> {
    let now = app.clock.now();
    app.limits.forget_idle();
    if let Err(error) = interchange::remember_forgotten(app).await {
        tracing::warn!(%error, "What was erased could not be written down beside the database");
    }
    let tx = app.db.begin().await?;
    people_store::forget_ended(&tx, now.plus(-DAY)).await?;
    store_tokens::forget_ended(&tx, now).await?;
    store_guests::forget_ended(&tx, now.plus(-DAY)).await?;
    store_letters::forget_ended(&tx, now).await?;
    store_import::forget_uploads(&tx, now.plus(-DAY)).await?;
    search_store::forget_before(&tx, now.plus(-SEARCHES_KEPT)).await?;
    discussion_store::forget_settled(&tx, now.plus(-REFUSALS_KEPT)).await?;
    search_store::tidy_log(&tx).await?;
    let long_ago = now
        .plus(-READINGS_KEPT)
        .iso()
        .chars()
        .take(7)
        .collect::<String>();
    tending::forget_readings(&tx, &long_ago).await?;
    let ended = store_protection::forget_ended(&tx, now).await?;
    if ended > 0 {
        // Pages kept for visitors still say that they are protected.
        tx.commit().await?;
    } else {
        tx.commit_quietly().await?;
    }
    readings::flush(app).await
}
