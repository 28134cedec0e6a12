//! What people watch, and what waits for them. `$1` and `$2` are always the viewer's.

use db::{Filter, Reads, Result, Tx};

use super::places::PlaceId;
use super::store_places::{LIVE, READABLE, about, readers};
use crate::ids::new_id;
use crate::people::model::initials;
use crate::subjects::SubjectRef;
use crate::time::Moment;
use crate::viewer::{PersonId, Viewer};

/// Everybody who has not left: id and name. Asked only when a comment names somebody.
pub async fn names(db: &impl Reads) -> Result<Vec<(String, String)>> {
    db.query("SELECT id, name FROM person WHERE left_at IS NULL")
        .all()
        .await
}

/// Who has said something in a thread of a page.
pub async fn voices(db: &impl Reads, place: &PlaceId, thread: i64) -> Result<Vec<(String,)>> {
    let filter = Filter::new("SELECT DISTINCT s.author_id FROM said s")
        .and(
            "s.thread = ? AND s.author_id IS NOT NULL",
            vec![thread.into()],
        )
        .and("s.state IN ('published', 'removed', 'taken')", Vec::new());
    db.filtered(about(filter, place)).all().await
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
    /// The kind of the page it is about.
    pub kind: String,
    /// That page's number.
    pub record: i64,
    /// That page's title.
    pub title: String,
    /// Its words in addresses.
    pub slug: String,
    /// Whether it is about a session where young people were.
    pub is_young: bool,
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
    slug,
    is_young,
});

/// What is worth telling: a decision, or what stands there still.
const TOLD: &str = "q.why IN ('accepted', 'refused', 'taken') OR s.state = 'published'";

/// What waits for the viewer, newest first.
pub async fn news(db: &impl Reads, viewer: &Viewer, at_most: i64) -> Result<Vec<News>> {
    let filter = Filter::new(
        "SELECT q.why, q.at, q.read_at, s.number, s.what, s.state,
                coalesce(p.name, s.author_name), s.why, s.words,
                coalesce(r.kind, CASE WHEN s.trial_id IS NOT NULL THEN 'trial'
                                  WHEN s.session_id IS NOT NULL THEN 'session'
                                  ELSE 'organisation' END),
                coalesce(r.number, t.number, g.number, 0), coalesce(r.title, h.title, g.title, o.short_name, ''),
                coalesce(r.slug, g.slug, o.slug, ''), coalesce(e.is_young, false)
         FROM waiting q
         JOIN said s ON s.id = q.said_id
         LEFT JOIN record r ON r.id = s.record_id
         LEFT JOIN trial t ON t.id = s.trial_id
         LEFT JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record w ON w.kind = 'solution' AND w.number = t.solution
         LEFT JOIN session g ON g.id = s.session_id
         LEFT JOIN event e ON e.number = g.event
         LEFT JOIN record y ON y.id = e.record_id
         LEFT JOIN organisation o ON o.id = s.organisation_id
         LEFT JOIN person p ON p.id = s.author_id",
    )
    .and("q.person_id = ?", vec![viewer.id().into()])
    .and(LIVE, Vec::new())
    .and(TOLD, Vec::new())
    .and(READABLE, readers(viewer))
    .then(
        "ORDER BY q.at DESC, q.id DESC LIMIT ?",
        vec![at_most.into()],
    );
    let mut found: Vec<News> = db.filtered(filter).all().await?;
    for one in found.iter_mut().filter(|one| one.is_young) {
        one.author = initials(&one.author);
    }
    Ok(found)
}

async fn unread_news(db: &impl Reads, viewer: &Viewer) -> Result<i64> {
    let filter = Filter::new(
        "SELECT count(*)
         FROM waiting q
         JOIN said s ON s.id = q.said_id
         LEFT JOIN record r ON r.id = s.record_id
         LEFT JOIN trial t ON t.id = s.trial_id
         LEFT JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record w ON w.kind = 'solution' AND w.number = t.solution
         LEFT JOIN session g ON g.id = s.session_id
         LEFT JOIN event e ON e.number = g.event
         LEFT JOIN record y ON y.id = e.record_id",
    )
    .and(
        "q.person_id = ? AND q.read_at IS NULL",
        vec![viewer.id().into()],
    )
    .and(LIVE, Vec::new())
    .and(TOLD, Vec::new())
    .and(READABLE, readers(viewer));
    let row: (i64,) = db.filtered(filter).one().await?;
    Ok(row.0)
}

/// How much waits for the viewer unread: what was said to them, and changes of what they watch.
pub async fn unread(db: &impl Reads, viewer: &Viewer) -> Result<i64> {
    let told = unread_news(db, viewer).await?;
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
    Ok(told + changed.0)
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
