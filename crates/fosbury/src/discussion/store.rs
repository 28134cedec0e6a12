//! What was said, as this viewer may read it. `$1` and `$2` are always the viewer's.

use db::{Reads, Result};

use super::model::Said;
use crate::history::model::RecordId;
use crate::time::Moment;
use crate::viewer::Viewer;

pub use super::store_held::{
    Act, NewAct, acts, every_held, held, held_count, held_counts, is_full, note_act, take,
};
pub use super::store_saying::{
    NewSaid, edit, erase, forget_settled, forget_thanks, insert, let_go, publish_revision, remove,
    settle, thank,
};
pub use super::store_waiting::{
    Changed, News, Watched, Whom, changes_watched, is_watched, names, news, read_until, seen_until,
    set_seen, tell, unread, unwatch, voices, watch, watched, watchers,
};

/// The threads of a record that begin before this number, newest first: their first comments.
pub async fn threads(
    db: &impl Reads,
    viewer: &Viewer,
    record: &RecordId,
    before: i64,
    at_most: i64,
) -> Result<Vec<Said>> {
    db.query(
        "SELECT s.id, s.number, s.what, s.state, s.thread, s.base, s.became, s.made_at,
                s.settled_at, s.edited_at, s.author_id, coalesce(p.name, s.author_name), s.note,
                s.why, s.words, r.kind, r.number, r.title, r.slug,
                (SELECT count(*) FROM thanks t WHERE t.said_id = s.id),
                EXISTS (SELECT 1 FROM thanks t WHERE t.said_id = s.id AND t.person_id = $2)
         FROM said s
         JOIN record r ON r.id = s.record_id
         LEFT JOIN person p ON p.id = s.author_id
         WHERE s.record_id = $3 AND s.thread = s.number AND s.number < $4
         AND s.what IN ('comment', 'way', 'help')
         AND (s.state IN ('published', 'removed', 'taken', 'erased')
              OR (s.state = 'held' AND s.author_id = $2))
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY s.number DESC
         LIMIT $5",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(record)
    .bind(before)
    .bind(at_most)
    .all()
    .await
}

/// The answers in the threads from `first` to `last`, in their order.
pub async fn answers(
    db: &impl Reads,
    viewer: &Viewer,
    record: &RecordId,
    first: i64,
    last: i64,
) -> Result<Vec<Said>> {
    db.query(
        "SELECT s.id, s.number, s.what, s.state, s.thread, s.base, s.became, s.made_at,
                s.settled_at, s.edited_at, s.author_id, coalesce(p.name, s.author_name), s.note,
                s.why, s.words, r.kind, r.number, r.title, r.slug,
                (SELECT count(*) FROM thanks t WHERE t.said_id = s.id),
                EXISTS (SELECT 1 FROM thanks t WHERE t.said_id = s.id AND t.person_id = $2)
         FROM said s
         JOIN record r ON r.id = s.record_id
         LEFT JOIN person p ON p.id = s.author_id
         WHERE s.record_id = $3 AND s.thread BETWEEN $4 AND $5 AND s.thread <> s.number
         AND s.what IN ('comment', 'way', 'help')
         AND (s.state IN ('published', 'removed', 'taken', 'erased')
              OR (s.state = 'held' AND s.author_id = $2))
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY s.number
         LIMIT 1000",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(record)
    .bind(first)
    .bind(last)
    .all()
    .await
}

/// The newest published comments of a record, for its feed.
pub async fn newest(
    db: &impl Reads,
    viewer: &Viewer,
    record: &RecordId,
    at_most: i64,
) -> Result<Vec<Said>> {
    db.query(
        "SELECT s.id, s.number, s.what, s.state, s.thread, s.base, s.became, s.made_at,
                s.settled_at, s.edited_at, s.author_id, coalesce(p.name, s.author_name), s.note,
                s.why, s.words, r.kind, r.number, r.title, r.slug, CAST(0 AS BIGINT), FALSE
         FROM said s
         JOIN record r ON r.id = s.record_id
         LEFT JOIN person p ON p.id = s.author_id
         WHERE s.record_id = $3 AND s.state = 'published'
         AND s.what IN ('comment', 'way', 'help')
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY s.number DESC
         LIMIT $4",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(record)
    .bind(at_most)
    .all()
    .await
}

/// How many comments of a record this viewer can read, answers included.
pub async fn count(db: &impl Reads, viewer: &Viewer, record: &RecordId) -> Result<i64> {
    let row: (i64,) = db
        .query(
            "SELECT count(*)
             FROM said s
             JOIN record r ON r.id = s.record_id
             WHERE s.record_id = $3 AND s.state = 'published'
             AND s.what IN ('comment', 'way', 'help')
             AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
                 OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                     SELECT 1 FROM record_reader x
                     JOIN membership m ON m.organisation_id = x.organisation_id
                     WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))",
        )
        .bind(viewer.is_member())
        .bind(viewer.id())
        .bind(record)
        .one()
        .await?;
    Ok(row.0)
}

/// What has this number, whatever became of it: the page at hand decides who reads on.
pub async fn numbered(db: &impl Reads, viewer: &Viewer, number: i64) -> Result<Option<Said>> {
    db.query(
        "SELECT s.id, s.number, s.what, s.state, s.thread, s.base, s.became, s.made_at,
                s.settled_at, s.edited_at, s.author_id, coalesce(p.name, s.author_name), s.note,
                s.why, s.words, r.kind, r.number, r.title, r.slug,
                (SELECT count(*) FROM thanks t WHERE t.said_id = s.id),
                EXISTS (SELECT 1 FROM thanks t WHERE t.said_id = s.id AND t.person_id = $2)
         FROM said s
         JOIN record r ON r.id = s.record_id
         LEFT JOIN person p ON p.id = s.author_id
         WHERE s.number = $3 AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(number)
    .one_or_none()
    .await
}

/// What was said under a private link: who has the link is its author. The record's title is not
/// told: it may have been hidden since.
pub async fn by_secret(db: &impl Reads, secret_hash: &str) -> Result<Option<Said>> {
    db.query(
        "SELECT s.id, s.number, s.what, s.state, s.thread, s.base, s.became, s.made_at,
                s.settled_at, s.edited_at, s.author_id, s.author_name, s.note,
                s.why, s.words, r.kind, r.number, '', '', CAST(0 AS BIGINT), FALSE
         FROM said s
         JOIN record r ON r.id = s.record_id
         WHERE s.secret_hash = $1",
    )
    .bind(secret_hash)
    .one_or_none()
    .await
}

/// The number and the state of what this viewer said under this id.
pub async fn said_by(db: &impl Reads, viewer: &Viewer, id: &str) -> Result<Option<(i64, String)>> {
    db.query("SELECT number, state FROM said WHERE id = $1 AND author_id = $2")
        .bind(id)
        .bind(viewer.id())
        .one_or_none()
        .await
}

/// The id of the record that something was said about.
pub async fn record_of(db: &impl Reads, id: &str) -> Result<Option<RecordId>> {
    let row: Option<(RecordId,)> = db
        .query("SELECT record_id FROM said WHERE id = $1")
        .bind(id)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// The thread and the words of a comment; of nothing else.
pub async fn spoken(db: &impl Reads, id: &str) -> Result<Option<(i64, String)>> {
    db.query("SELECT thread, words FROM said WHERE id = $1 AND what IN ('comment', 'way', 'help')")
        .bind(id)
        .one_or_none()
        .await
}

/// What somebody has published so far, and when they joined.
pub async fn standing(db: &impl Reads, person: &str) -> Result<(i64, Moment)> {
    db.query(
        "SELECT (SELECT count(*) FROM said s WHERE s.author_id = p.id AND s.state = 'published'),
                p.joined_at
         FROM person p
         WHERE p.id = $1",
    )
    .bind(person)
    .one()
    .await
}
