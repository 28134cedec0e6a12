//! Pages of a wiki that may become something else. `$1` and `$2` are the viewer's.

use db::{Reads, Result, Tx};

use crate::history::model::RecordId;
use crate::time::Moment;
use crate::viewer::Viewer;

/// A guide that came with a wiki, and its words.
#[derive(Clone, Debug)]
pub struct Came {
    /// The guide's number.
    pub number: i64,
    /// The words of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The id it had in the wiki.
    pub page: String,
    /// Its parts, as stored.
    pub parts: String,
}
db::columns!(Came {
    number,
    slug,
    title,
    page,
    parts
});

/// Guides of a wiki after this number that nobody decided on yet, so many at the most.
pub async fn undecided(
    db: &impl Reads,
    viewer: &Viewer,
    wiki: &str,
    after: i64,
    at_most: i64,
) -> Result<Vec<Came>> {
    db.query(
        "SELECT r.number, r.slug, r.title, p.page, v.parts
         FROM wiki_page p
         JOIN record r ON r.id = p.record_id
         JOIN revision v ON v.record_id = r.id AND v.seq = r.head
         LEFT JOIN left_guide g ON g.record_id = r.id
         WHERE p.wiki_id = $3 AND r.number > $4 AND r.state = 'live' AND r.kind = 'guide'
         AND v.parts IS NOT NULL AND g.record_id IS NULL
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.number
         LIMIT $5",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(wiki)
    .bind(after)
    .bind(at_most)
    .all()
    .await
}

/// A guide of a wiki that somebody decided on.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The guide's number.
    pub number: i64,
    /// The words of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The kind of what it is now: nothing where it was left as it is.
    pub kind: String,
    /// When.
    pub at: Moment,
}
db::columns!(Decided {
    number,
    slug,
    title,
    kind,
    at
});

/// Guides of a wiki that became something else or were left as they are, the last first.
pub async fn decided(db: &impl Reads, viewer: &Viewer, wiki: &str) -> Result<Vec<Decided>> {
    db.query(
        "SELECT r.number, r.slug, r.title, coalesce(h.kind, ''), coalesce(t.at, g.at)
         FROM wiki_page p
         JOIN record r ON r.id = p.record_id
         LEFT JOIN turned t ON t.guide_id = r.id
         LEFT JOIN record h ON h.id = t.to_id
         LEFT JOIN left_guide g ON g.record_id = r.id AND r.state = 'live'
         WHERE p.wiki_id = $3 AND (t.guide_id IS NOT NULL OR g.record_id IS NOT NULL)
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY 5 DESC, r.number DESC
         LIMIT 50",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(wiki)
    .all()
    .await
}

/// Leaves a page as the guide that it is.
pub async fn leave(tx: &Tx, record: &RecordId, now: Moment) -> Result<()> {
    tx.query(
        "INSERT INTO left_guide (record_id, at) VALUES ($1, $2)
         ON CONFLICT (record_id) DO UPDATE SET at = excluded.at",
    )
    .bind(record)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Looks at a page again that was left.
pub async fn look_again(tx: &Tx, record: &RecordId) -> Result<()> {
    tx.query("DELETE FROM left_guide WHERE record_id = $1")
        .bind(record)
        .run()
        .await?;
    Ok(())
}
