//! What lines are compared with. `$1` and `$2` are always the viewer's.

use db::{Reads, Result};

use crate::viewer::Viewer;

/// A live record with its text.
pub struct Text {
    /// `hurdle`, `solution`, `guide`.
    pub kind: String,
    /// For ever.
    pub number: i64,
    /// Today's title.
    pub title: String,
    /// Its parts, as stored.
    pub parts: String,
}

db::columns!(Text {
    kind,
    number,
    title,
    parts
});

/// The live hurdles, solutions and guides that this viewer may read.
pub async fn texts(db: &impl Reads, viewer: &Viewer) -> Result<Vec<Text>> {
    db.query(
        "SELECT r.kind, r.number, r.title, v.parts
         FROM record r
         JOIN revision v ON v.record_id = r.id AND v.seq = r.head
         WHERE r.state = 'live' AND r.kind IN ('hurdle', 'solution', 'guide')
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.kind, r.number",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .all()
    .await
}
