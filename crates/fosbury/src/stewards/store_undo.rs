//! What one author wrote and brought: of an account since a moment, or of visitors within an hour. `$1` and `$2`
//! are always the viewer's.

use db::{Filter, Reads, Result};

use crate::discussion::places::PlaceId;
use crate::discussion::store::{READABLE, readers};
use crate::history::model::RecordId;
use crate::subjects::SubjectRef;
use crate::time::Moment;
use crate::viewer::{PersonId, Viewer};

/// Somebody who has or had an account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their role as stored.
    pub role: String,
    /// When they left.
    pub left_at: Option<Moment>,
}
db::columns!(Account {
    id,
    name,
    role,
    left_at
});

/// The account with this id.
pub async fn account(db: &impl Reads, id: &str) -> Result<Option<Account>> {
    db.query("SELECT id, name, role, left_at FROM person WHERE id = $1")
        .bind(id)
        .one_or_none()
        .await
}

/// The live pages that an account changed since a moment, each with its first such revision.
pub async fn pages_of(
    db: &impl Reads,
    viewer: &Viewer,
    person: &str,
    since: Moment,
    at_most: i64,
) -> Result<Vec<(RecordId, i64)>> {
    db.query(
        "SELECT r.id, min(v.seq)
         FROM revision v
         JOIN record r ON r.id = v.record_id
         WHERE v.author_id = $3 AND v.at >= $4 AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         GROUP BY r.id, r.kind, r.number
         ORDER BY r.kind, r.number
         LIMIT $5",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(person)
    .bind(since)
    .bind(at_most)
    .all()
    .await
}

/// Something that was said and can be taken away.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// Inside the database.
    pub id: String,
    /// In addresses.
    pub number: i64,
    /// `comment`, `way`, `help`, `change`, `flag`.
    pub what: String,
    /// `held` or `published`.
    pub state: String,
    /// The revision that a suggested change became.
    pub became: Option<i64>,
    /// The words.
    pub words: String,
    /// Who, in words.
    pub author: String,
    /// The id of the page it is about.
    pub place_id: String,
    /// That page's kind: a text's, `trial` or `organisation`.
    pub kind: String,
    /// Its number; 0 of an organisation.
    pub record: i64,
    /// Its title.
    pub title: String,
}
db::columns!(Spoken {
    id,
    number,
    what,
    state,
    became,
    words,
    author,
    place_id,
    kind,
    record,
    title,
});

impl Spoken {
    /// The page it is about.
    pub fn place(&self) -> PlaceId {
        PlaceId::of(&self.kind, &self.place_id)
    }
}

const SPOKEN: &str = "SELECT s.id, s.number, s.what, s.state, s.became, s.words, s.author_name,
            coalesce(s.record_id, s.trial_id, s.session_id, s.organisation_id),
            coalesce(r.kind, CASE WHEN s.trial_id IS NOT NULL THEN 'trial'
                                  WHEN s.session_id IS NOT NULL THEN 'session'
                                  ELSE 'organisation' END),
            coalesce(r.number, t.number, g.number, 0), coalesce(r.title, h.title, g.title, o.short_name, '')
     FROM said s
     LEFT JOIN record r ON r.id = s.record_id
     LEFT JOIN trial t ON t.id = s.trial_id
     LEFT JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
     LEFT JOIN record w ON w.kind = 'solution' AND w.number = t.solution
     LEFT JOIN session g ON g.id = s.session_id
     LEFT JOIN event e ON e.number = g.event
     LEFT JOIN record y ON y.id = e.record_id
     LEFT JOIN organisation o ON o.id = s.organisation_id";

/// What an account said since a moment.
pub async fn said_by(
    db: &impl Reads,
    viewer: &Viewer,
    person: &str,
    since: Moment,
    at_most: i64,
) -> Result<Vec<Spoken>> {
    let filter = Filter::new(SPOKEN)
        .and(
            "s.author_id = ? AND s.made_at >= ?",
            vec![person.into(), since.0.into()],
        )
        .and("s.state IN ('held', 'published')", Vec::new())
        .and(READABLE, readers(viewer))
        .then("ORDER BY s.number LIMIT ?", vec![at_most.into()]);
    db.filtered(filter).all().await
}

/// What visitors said between two moments.
pub async fn said_by_visitors(
    db: &impl Reads,
    viewer: &Viewer,
    (from, to): (Moment, Moment),
    at_most: i64,
) -> Result<Vec<Spoken>> {
    let filter = Filter::new(SPOKEN)
        .and(
            "s.author_id IS NULL AND s.made_at BETWEEN ? AND ?",
            vec![from.0.into(), to.0.into()],
        )
        .and("s.state IN ('held', 'published')", Vec::new())
        .and(READABLE, readers(viewer))
        .then("ORDER BY s.number LIMIT ?", vec![at_most.into()]);
    db.filtered(filter).all().await
}

/// What has these numbers, by visitors.
pub async fn said_numbered(
    db: &impl Reads,
    viewer: &Viewer,
    numbers: Vec<i64>,
) -> Result<Vec<Spoken>> {
    let filter = Filter::new(SPOKEN)
        .and("s.author_id IS NULL", Vec::new())
        .and("s.state IN ('held', 'published')", Vec::new())
        .and(READABLE, readers(viewer))
        .and_in("s.number", numbers)
        .then("ORDER BY s.number LIMIT ?", vec![1_000_i64.into()]);
    db.filtered(filter).all().await
}

/// A file that somebody brought to a page.
#[derive(Clone, Debug)]
pub struct Brought {
    /// In addresses.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// The record it is on.
    pub record_id: RecordId,
    /// Its kind.
    pub kind: String,
    /// Its number.
    pub record: i64,
    /// Its title.
    pub title: String,
    /// Its words in addresses.
    pub slug: String,
}
db::columns!(Brought {
    number,
    name,
    record_id,
    kind,
    record,
    title,
    slug,
});

impl Brought {
    /// The list of files of the page it is on.
    pub fn address(&self) -> String {
        let page = SubjectRef::new(&self.kind, self.record).address(&self.slug);
        format!("{page}/attachments")
    }
}

/// What an account brought since a moment and is on its page still.
pub async fn brought_by(
    db: &impl Reads,
    viewer: &Viewer,
    person: &str,
    since: Moment,
    at_most: i64,
) -> Result<Vec<Brought>> {
    db.query(
        "SELECT a.number, a.name, r.id, r.kind, r.number, r.title, r.slug
         FROM attachment a
         JOIN record r ON r.id = a.record_id
         WHERE a.person_id = $3 AND a.at >= $4 AND a.removed_at IS NULL
         AND a.erased_at IS NULL
         AND (NOT a.is_older OR NOT EXISTS (
             SELECT 1 FROM file_version v
             JOIN file_version o ON o.wiki_id = v.wiki_id AND o.file = v.file
             JOIN attachment n ON n.number = o.attachment
             WHERE v.attachment = a.number AND NOT n.is_older AND n.removed_at IS NULL))
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY a.number
         LIMIT $5",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(person)
    .bind(since)
    .bind(at_most)
    .all()
    .await
}
