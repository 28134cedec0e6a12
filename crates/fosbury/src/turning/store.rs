//! Guides that became something else, in the database. `$1` and `$2` are the viewer's where a page
//! is looked for.

use db::{Reads, Result, Tx};

use crate::discussion::store_along;
use crate::history::model::RecordId;
use crate::time::Moment;
use crate::viewer::{PersonId, Viewer};

/// What a guide became.
#[derive(Clone, Debug)]
pub struct Turned {
    /// The record that it is now.
    pub to_id: RecordId,
    /// The session whose notes its lines are.
    pub session: Option<i64>,
    /// The revision there that took it in.
    pub seq: i64,
    /// Whether that record was made for it.
    pub is_made: bool,
}
db::columns!(Turned {
    to_id,
    session,
    seq,
    is_made
});

/// What this guide became; who may see either is for whoever asks.
pub async fn of_guide(db: &impl Reads, guide: &RecordId) -> Result<Option<Turned>> {
    db.query("SELECT to_id, session, seq, is_made FROM turned WHERE guide_id = $1")
        .bind(guide)
        .one_or_none()
        .await
}

/// A guide that became something: number, words of its address, title, when.
#[derive(Clone, Debug)]
pub struct Source {
    /// The guide's number.
    pub number: i64,
    /// The words of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// When it was turned.
    pub at: Moment,
    /// The session whose notes its lines are.
    pub session: Option<i64>,
}
db::columns!(Source {
    number,
    slug,
    title,
    at,
    session
});

/// The guides that a record was made of, as this viewer may see them.
pub async fn sources(db: &impl Reads, viewer: &Viewer, record: &RecordId) -> Result<Vec<Source>> {
    db.query(
        "SELECT r.number, r.slug, r.title, t.at, t.session
         FROM turned t
         JOIN record r ON r.id = t.guide_id
         WHERE t.to_id = $3
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY t.at, r.number
         LIMIT 100",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(record)
    .all()
    .await
}

/// Notes what a guide became.
pub async fn insert(
    tx: &Tx,
    guide: &RecordId,
    turned: &Turned,
    by: &PersonId,
    at: Moment,
) -> Result<()> {
    tx.query(
        "INSERT INTO turned (guide_id, to_id, session, seq, is_made, person_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(guide)
    .bind(&turned.to_id)
    .bind(turned.session)
    .bind(turned.seq)
    .bind(turned.is_made)
    .bind(by)
    .bind(at)
    .run()
    .await?;
    Ok(())
}

/// Brings back what went along, and what was said and filed since where the record was made of the
/// guide.
pub async fn bring_back(tx: &Tx, guide: &RecordId, turned: &Turned) -> Result<()> {
    if turned.is_made {
        tx.query(
            "UPDATE said SET record_id = $1
             WHERE record_id = $2 AND what IN ('comment', 'way', 'help')",
        )
        .bind(guide)
        .bind(&turned.to_id)
        .run()
        .await?;
        tx.query("UPDATE attachment SET record_id = $1 WHERE record_id = $2")
            .bind(guide)
            .bind(&turned.to_id)
            .run()
            .await?;
    }
    store_along::bring_back(tx, guide).await?;
    tx.query("DELETE FROM turned WHERE guide_id = $1")
        .bind(guide)
        .run()
        .await?;
    Ok(())
}

/// A page of a wiki that was turned and came back is as it came: the wiki may bring more of it.
pub async fn is_as_it_came(tx: &Tx, guide: &RecordId, turned: i64, now: i64) -> Result<()> {
    tx.query("UPDATE wiki_page SET last_seq = $3 WHERE record_id = $1 AND last_seq = $2")
        .bind(guide)
        .bind(turned - 1)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Whose record it is: what is for one person alone stays theirs.
pub async fn belongs_to(tx: &Tx, record: &RecordId, author: Option<&str>) -> Result<()> {
    tx.query("UPDATE record SET author_id = $2 WHERE id = $1")
        .bind(record)
        .bind(author)
        .run()
        .await?;
    Ok(())
}

/// Whether something hangs on a record that would be out of sight without it: trials, or another
/// guide that became a part of it.
pub async fn is_leant_on(tx: &Tx, guide: &RecordId, kind: &str, turned: &Turned) -> Result<bool> {
    let row: Option<(i64,)> = tx
        .query(
            "SELECT r.number FROM record r
             WHERE r.id = $1 AND (
                 EXISTS (SELECT 1 FROM turned o WHERE o.to_id = r.id AND o.guide_id <> $2)
                 OR EXISTS (SELECT 1 FROM trial t
                     WHERE ($3 = 'hurdle' AND t.hurdle = r.number)
                     OR ($3 = 'solution' AND t.solution = r.number)))",
        )
        .bind(&turned.to_id)
        .bind(guide)
        .bind(kind)
        .one_or_none()
        .await?;
    Ok(row.is_some())
}
