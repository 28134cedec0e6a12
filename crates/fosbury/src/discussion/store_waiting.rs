//! What people watch, and what waits for them. `$1` and `$2` are always the viewer's.

use db::{Reads, Result, Tx};

use crate::history::model::RecordId;
use crate::ids::new_id;
use crate::subjects::SubjectRef;
use crate::time::Moment;
use crate::viewer::{PersonId, Viewer};

/// Everybody who has not left: id and name. Asked only when a comment names somebody.
pub async fn names(db: &impl Reads) -> Result<Vec<(String, String)>> {
    db.query("SELECT id, name FROM person WHERE left_at IS NULL")
        .all()
        .await
}

/// Who has said something in a thread.
pub async fn voices(db: &impl Reads, thread: i64) -> Result<Vec<(String,)>> {
    db.query(
        "SELECT DISTINCT author_id FROM said
         WHERE record_id = (SELECT record_id FROM said WHERE number = $1)
         AND thread = $1 AND author_id IS NOT NULL
         AND state IN ('published', 'removed', 'taken')",
    )
    .bind(thread)
    .all()
    .await
}

/// Who watches a page.
pub async fn watchers(db: &impl Reads, record: &RecordId) -> Result<Vec<(String,)>> {
    db.query("SELECT person_id FROM watch WHERE what = 'page' AND subject = $1")
        .bind(record)
        .all()
        .await
}

/// Somebody to be told, and why: `mention`, `answer`, `watched`, `accepted`, `refused`, `taken`.
pub struct Whom {
    /// Whom.
    pub person: String,
    /// Why.
    pub why: &'static str,
}

/// Tells people of something that was said.
pub async fn tell(tx: &Tx, said: &str, whom: &[Whom], now: Moment) -> Result<()> {
    let rows = whom.iter().map(|one| {
        vec![
            new_id(now).into(),
            (&one.person).into(),
            said.into(),
            one.why.into(),
            now.into(),
        ]
    });
    tx.insert_many(
        "waiting (id, person_id, said_id, why, at)",
        5,
        rows.collect(),
    )
    .await
}

/// Something that waits for somebody.
#[derive(Clone, Debug)]
pub struct News {
    /// Why they are told.
    pub why: String,
    /// When.
    pub at: Moment,
    /// When they saw it.
    pub read_at: Option<Moment>,
    /// The number of what was said.
    pub number: i64,
    /// What it is.
    pub what: String,
    /// What became of it.
    pub state: String,
    /// Who said it.
    pub author: String,
    /// Why it was refused.
    pub reason: String,
    /// Its words.
    pub words: String,
    /// The kind of the record it is about.
    pub kind: String,
    /// That record's number.
    pub record: i64,
    /// That record's title.
    pub title: String,
}
db::columns!(News {
    why,
    at,
    read_at,
    number,
    what,
    state,
    author,
    reason,
    words,
    kind,
    record,
    title,
});

/// What waits for the viewer, newest first.
pub async fn news(db: &impl Reads, viewer: &Viewer, at_most: i64) -> Result<Vec<News>> {
    db.query(
        "SELECT w.why, w.at, w.read_at, s.number, s.what, s.state,
                coalesce(p.name, s.author_name), s.why, s.words, r.kind, r.number, r.title
         FROM waiting w
         JOIN said s ON s.id = w.said_id
         JOIN record r ON r.id = s.record_id
         LEFT JOIN person p ON p.id = s.author_id
         WHERE w.person_id = $2 AND r.state = 'live'
         AND (w.why IN ('accepted', 'refused', 'taken') OR s.state = 'published')
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY w.at DESC, w.id DESC
         LIMIT $3",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(at_most)
    .all()
    .await
}

/// How much waits for the viewer unread: what was said to them, and changes of what they watch.
pub async fn unread(db: &impl Reads, viewer: &Viewer) -> Result<i64> {
    let told: (i64,) = db
        .query(
            "SELECT count(*)
             FROM waiting w
             JOIN said s ON s.id = w.said_id
             JOIN record r ON r.id = s.record_id
             WHERE w.person_id = $2 AND w.read_at IS NULL AND r.state = 'live'
             AND (w.why IN ('accepted', 'refused', 'taken') OR s.state = 'published')
             AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
                 OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                     SELECT 1 FROM record_reader x
                     JOIN membership m ON m.organisation_id = x.organisation_id
                     WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))",
        )
        .bind(viewer.is_member())
        .bind(viewer.id())
        .one()
        .await?;
    let changed: (i64,) = db
        .query(
            "SELECT count(*) FROM (
                 SELECT v.record_id, v.seq
                 FROM watch w
                 JOIN record r ON r.id = w.subject
                 JOIN revision v ON v.record_id = r.id
                 WHERE w.person_id = $2 AND w.what = 'page' AND r.state = 'live'
                 AND r.changed_at > w.at AND v.at > w.at
                 AND v.at > coalesce((SELECT u.at FROM seen_until u WHERE u.person_id = $2), 0)
                 AND (v.author_id IS NULL OR v.author_id <> $2)
                 AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
                     OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                         SELECT 1 FROM record_reader x
                         JOIN membership m ON m.organisation_id = x.organisation_id
                         WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
                 UNION
                 SELECT v.record_id, v.seq
                 FROM watch w
                 JOIN tag g ON g.name = w.subject
                 JOIN record r ON r.id = g.record_id
                 JOIN revision v ON v.record_id = r.id
                 WHERE w.person_id = $2 AND w.what = 'tag' AND r.state = 'live'
                 AND r.changed_at > w.at AND v.at > w.at
                 AND v.at > coalesce((SELECT u.at FROM seen_until u WHERE u.person_id = $2), 0)
                 AND (v.author_id IS NULL OR v.author_id <> $2)
                 AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
                     OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                         SELECT 1 FROM record_reader x
                         JOIN membership m ON m.organisation_id = x.organisation_id
                         WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
             ) AS changed",
        )
        .bind(viewer.is_member())
        .bind(viewer.id())
        .one()
        .await?;
    Ok(told.0 + changed.0)
}

/// A change of something that is watched.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The record's kind.
    pub kind: String,
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// The revision.
    pub seq: i64,
    /// What made it.
    pub act: String,
    /// Why.
    pub summary: String,
    /// Who.
    pub author: String,
    /// When.
    pub at: Moment,
}
db::columns!(Changed {
    kind,
    number,
    title,
    slug,
    seq,
    act,
    summary,
    author,
    at,
});

impl Changed {
    /// The revision's address.
    pub fn address(&self) -> String {
        let record = SubjectRef::new(&self.kind, self.number).address(&self.slug);
        format!("{record}/revisions/{}", self.seq)
    }
}

/// Changes by others of what the viewer watches since they last looked, newest first.
pub async fn changes_watched(
    db: &impl Reads,
    viewer: &Viewer,
    at_most: i64,
) -> Result<Vec<Changed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, v.seq, v.act, v.summary,
                coalesce(p.name, v.author_name), v.at
         FROM watch w
         JOIN record r ON r.id = w.subject
         JOIN revision v ON v.record_id = r.id
         LEFT JOIN person p ON p.id = v.author_id
         WHERE w.person_id = $2 AND w.what = 'page' AND r.state = 'live'
         AND r.changed_at > w.at AND v.at > w.at
         AND v.at > coalesce((SELECT u.at FROM seen_until u WHERE u.person_id = $2), 0)
         AND (v.author_id IS NULL OR v.author_id <> $2)
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         UNION
         SELECT r.kind, r.number, r.title, r.slug, v.seq, v.act, v.summary,
                coalesce(p.name, v.author_name), v.at
         FROM watch w
         JOIN tag g ON g.name = w.subject
         JOIN record r ON r.id = g.record_id
         JOIN revision v ON v.record_id = r.id
         LEFT JOIN person p ON p.id = v.author_id
         WHERE w.person_id = $2 AND w.what = 'tag' AND r.state = 'live'
         AND r.changed_at > w.at AND v.at > w.at
         AND v.at > coalesce((SELECT u.at FROM seen_until u WHERE u.person_id = $2), 0)
         AND (v.author_id IS NULL OR v.author_id <> $2)
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY 9 DESC, 2, 5 DESC
         LIMIT $3",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(at_most)
    .all()
    .await
}

/// Until when the viewer has seen what they watch.
pub async fn seen_until(db: &impl Reads, person: &PersonId) -> Result<Moment> {
    let row: Option<(Moment,)> = db
        .query("SELECT at FROM seen_until WHERE person_id = $1")
        .bind(person)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0).unwrap_or_default())
}

/// Notes that somebody has seen what waited until this moment.
pub async fn read_until(tx: &Tx, person: &PersonId, until: Moment, now: Moment) -> Result<()> {
    tx.query(
        "UPDATE waiting SET read_at = $3 WHERE person_id = $1 AND read_at IS NULL AND at <= $2",
    )
    .bind(person)
    .bind(until)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Notes until when somebody has seen what they watch.
pub async fn set_seen(tx: &Tx, person: &PersonId, until: Moment) -> Result<()> {
    tx.query(
        "INSERT INTO seen_until (person_id, at) VALUES ($1, $2)
         ON CONFLICT (person_id) DO UPDATE SET at = excluded.at
         WHERE seen_until.at < excluded.at",
    )
    .bind(person)
    .bind(until)
    .run()
    .await?;
    Ok(())
}

/// Something that somebody watches.
#[derive(Clone, Debug)]
pub struct Watched {
    /// `page`, `tag`, `search`.
    pub what: String,
    /// The record's id, the tag's name, the search's query.
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
