//! Everything that leaves as a wiki: the owner's, and whole.

use db::{Reads, Result};

use crate::history::model::RecordId;
use crate::time::Moment;

/// A record on its way out.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// Its id here.
    pub id: RecordId,
    /// What it is.
    pub kind: String,
    /// Its number.
    pub number: i64,
    /// Its title's words.
    pub slug: String,
    /// Who may see it.
    pub visibility: String,
    /// The licence of its words.
    pub licence: String,
    /// The id it had in the wiki that it came from.
    pub page: Option<String>,
}
db::columns!(Leaving {
    id,
    kind,
    number,
    slug,
    visibility,
    licence,
    page
});

/// All records, in the order in which they are called.
pub async fn records(db: &impl Reads) -> Result<Vec<Leaving>> {
    db.query(
        "SELECT r.id, r.kind, r.number, r.slug, r.visibility, r.licence,
                (SELECT min(p.page) FROM wiki_page p
                 JOIN wiki w ON w.id = p.wiki_id
                 WHERE p.record_id = r.id AND w.kind = 'dokuwiki')
         FROM record r
         ORDER BY r.kind, r.number",
    )
    .all()
    .await
}

/// A revision on its way out.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its number.
    pub seq: i64,
    /// What made it.
    pub act: String,
    /// Its parts, unless they were erased.
    pub parts: Option<String>,
    /// Why.
    pub summary: String,
    /// Whether it is small.
    pub is_minor: bool,
    /// Who.
    pub author: String,
    /// When.
    pub at: Moment,
    /// The revision that was brought back.
    pub other_seq: Option<i64>,
    /// Its second in the wiki that it came from.
    pub second: Option<i64>,
    /// Its text as it stood there.
    pub words: Option<String>,
}
db::columns!(Step {
    seq,
    act,
    parts,
    summary,
    is_minor,
    author,
    at,
    other_seq,
    second,
    words
});

/// So many revisions of a record after one, oldest first.
pub async fn steps(
    db: &impl Reads,
    record: &RecordId,
    after: i64,
    at_most: i64,
) -> Result<Vec<Step>> {
    db.query(
        "SELECT v.seq, v.act, v.parts, v.summary, v.is_minor, coalesce(p.name, v.author_name),
                v.at, v.other_seq, t.second,
                CASE WHEN EXISTS (
                    SELECT 1 FROM wiki_page q
                    JOIN wiki w ON w.id = q.wiki_id
                    WHERE q.record_id = v.record_id AND w.kind <> 'dokuwiki'
                ) THEN NULL ELSE t.words END
         FROM revision v
         LEFT JOIN person p ON p.id = v.author_id
         LEFT JOIN wiki_text t ON t.record_id = v.record_id AND t.seq = v.seq
         WHERE v.record_id = $1 AND v.seq > $2
         ORDER BY v.seq
         LIMIT $3",
    )
    .bind(record)
    .bind(after)
    .bind(at_most)
    .all()
    .await
}

/// A file on its way out.
#[derive(Clone, Debug)]
pub struct LeavingFile {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// Under which its bytes lie.
    pub sha256: String,
    /// When it came here.
    pub at: Moment,
    /// Who brought it here.
    pub by: String,
    /// Whether it is what another file was.
    pub is_older: bool,
    /// Who may see its page.
    pub visibility: String,
    /// The wiki that it came from and the id it had there: nothing where it was brought by hand.
    pub wiki: Option<String>,
    /// The id it had there.
    pub file: Option<String>,
}
db::columns!(LeavingFile {
    number,
    name,
    sha256,
    at,
    by,
    is_older,
    visibility,
    wiki,
    file
});

/// All files that are on pages that are there, with what they were before.
pub async fn files(db: &impl Reads) -> Result<Vec<LeavingFile>> {
    db.query(
        "SELECT a.number, a.name, a.sha256, a.at, p.name, a.is_older,
                CASE WHEN r.visibility = 'public' THEN coalesce(t.visibility, 'public')
                     WHEN coalesce(t.visibility, 'public') = 'public' THEN r.visibility
                     WHEN r.visibility = t.visibility THEN r.visibility
                     ELSE 'private' END,
                (SELECT min(v.wiki_id) FROM file_version v WHERE v.attachment = a.number),
                (SELECT min(v.file) FROM file_version v WHERE v.attachment = a.number)
         FROM attachment a
         JOIN record r ON r.id = a.record_id
         LEFT JOIN record t ON r.state = 'merged' AND t.kind = r.kind AND t.number = r.into_number
         JOIN person p ON p.id = a.person_id
         WHERE a.removed_at IS NULL AND a.erased_at IS NULL
         AND (r.state = 'live' OR (r.state = 'merged' AND t.state = 'live'))
         ORDER BY a.number",
    )
    .all()
    .await
}

/// The wikis that were a `DokuWiki`'s.
pub async fn dokuwikis(db: &impl Reads) -> Result<Vec<(String,)>> {
    db.query("SELECT id FROM wiki WHERE kind = 'dokuwiki'")
        .all()
        .await
}
