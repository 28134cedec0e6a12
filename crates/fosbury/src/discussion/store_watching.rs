//! What people watch.

use db::{Reads, Result, Tx};

use super::places::PlaceId;
use crate::time::Moment;
use crate::viewer::PersonId;

/// Who watches a page.
pub async fn watchers(db: &impl Reads, place: &PlaceId) -> Result<Vec<(String,)>> {
    db.query("SELECT person_id FROM watch WHERE what = $1 AND subject = $2")
        .bind(place.watched_as())
        .bind(place.id())
        .all()
        .await
}

/// Whose the page is, and who hears of what is said there unasked: of a trial whoever told it, of an
/// organisation those who work there, of a session who wrote something in it. Texts are nobody's.
pub async fn concerned(db: &impl Reads, place: &PlaceId) -> Result<Vec<(String,)>> {
    match place {
        PlaceId::Record(_) => Ok(Vec::new()),
        PlaceId::Trial(id) => {
            db.query("SELECT author_id FROM trial WHERE id = $1 AND author_id IS NOT NULL")
                .bind(id)
                .all()
                .await
        }
        PlaceId::Organisation(id) => {
            db.query(
                "SELECT person_id FROM membership
                 WHERE organisation_id = $1 AND is_confirmed
                 ORDER BY person_id
                 LIMIT 500",
            )
            .bind(id)
            .all()
            .await
        }
        PlaceId::Session(id) => {
            db.query(
                "SELECT p.id FROM person p
                 WHERE p.left_at IS NULL AND p.id IN (
                     SELECT n.author_id FROM note_line n WHERE n.session_id = $1
                     UNION SELECT t.author_id FROM session_told t WHERE t.session_id = $1
                     UNION SELECT a.owner_id FROM session_action a WHERE a.session_id = $1)
                 ORDER BY p.id
                 LIMIT 500",
            )
            .bind(id)
            .all()
            .await
        }
    }
}

/// Something that somebody watches.
#[derive(Clone, Debug)]
pub struct Watched {
    /// `page`, `trial`, `organisation`, `session`, `tag`, `search`.
    pub what: String,
    /// The page's id, the tag's name, the search's query.
    pub subject: String,
    /// Since when.
    pub at: Moment,
}
db::columns!(Watched { what, subject, at });

/// What somebody watches.
pub async fn watched(db: &impl Reads, person: &PersonId) -> Result<Vec<Watched>> {
    db.query(
        "SELECT what, subject, at FROM watch WHERE person_id = $1 ORDER BY at DESC, subject
         LIMIT 500",
    )
    .bind(person)
    .all()
    .await
}

/// Whether somebody watches this.
pub async fn is_watched(
    db: &impl Reads,
    person: &PersonId,
    what: &str,
    subject: &str,
) -> Result<bool> {
    let row: Option<(i64,)> = db
        .query("SELECT at FROM watch WHERE person_id = $1 AND what = $2 AND subject = $3")
        .bind(person)
        .bind(what)
        .bind(subject)
        .one_or_none()
        .await?;
    Ok(row.is_some())
}

/// Begins to watch something.
pub async fn watch(
    tx: &Tx,
    person: &PersonId,
    what: &str,
    subject: &str,
    now: Moment,
) -> Result<()> {
    tx.query(
        "INSERT INTO watch (person_id, what, subject, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id, what, subject) DO NOTHING",
    )
    .bind(person)
    .bind(what)
    .bind(subject)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Watches something no longer.
pub async fn unwatch(tx: &Tx, person: &PersonId, what: &str, subject: &str) -> Result<u64> {
    tx.query("DELETE FROM watch WHERE person_id = $1 AND what = $2 AND subject = $3")
        .bind(person)
        .bind(what)
        .bind(subject)
        .run()
        .await
}
