//! Wikis in the database: what came, under which number, from which text.

use db::{Reads, Result, Tx};

use super::conversion::Written;
use super::model::{Line, Wiki};
use crate::history::model::RecordId;
use crate::time::Moment;
use crate::viewer::PersonId;

/// The wiki that came under this key.
pub async fn by_key(db: &impl Reads, key: &str) -> Result<Option<Wiki>> {
    db.query(
        "SELECT id, number, key, kind, title, licence, state, begun_at, ended_at, files
         FROM wiki
         WHERE key = $1",
    )
    .bind(key)
    .one_or_none()
    .await
}

/// Writes a wiki down before anything of it comes.
pub async fn insert(tx: &Tx, wiki: &Wiki, by: Option<&PersonId>) -> Result<()> {
    tx.query(
        "INSERT INTO wiki (id, number, key, title, licence, state, person_id, begun_at, files, kind)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
    )
    .bind(&wiki.id)
    .bind(wiki.number)
    .bind(&wiki.key)
    .bind(&wiki.title)
    .bind(&wiki.licence)
    .bind(&wiki.state)
    .bind(by.map(|by| by.0.as_str()))
    .bind(wiki.begun_at)
    .bind(&wiki.kind)
    .run()
    .await?;
    Ok(())
}

/// Notes that pages of a wiki come, once more.
pub async fn comes(tx: &Tx, id: &str, now: Moment) -> Result<()> {
    tx.query("UPDATE wiki SET state = 'coming', begun_at = $2, ended_at = NULL WHERE id = $1")
        .bind(id)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Notes that a wiki came whole.
pub async fn is_here(tx: &Tx, id: &str, files: usize, now: Moment) -> Result<()> {
    tx.query("UPDATE wiki SET state = 'here', ended_at = $2, files = $3 WHERE id = $1")
        .bind(id)
        .bind(now)
        .bind(files)
        .run()
        .await?;
    Ok(())
}

/// Notes that the pages of a wiki were taken back.
pub async fn is_undone(tx: &Tx, id: &str, now: Moment) -> Result<()> {
    tx.query("UPDATE wiki SET state = 'undone', ended_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// A page of a wiki: its id there, its number, its record once it is written, and the newest
/// revision that came.
pub type Place = (String, i64, Option<RecordId>, i64);

/// The pages of a wiki that have numbers.
pub async fn places(db: &impl Reads, wiki: &str) -> Result<Vec<Place>> {
    db.query(
        "SELECT page, number, record_id, last_seq FROM wiki_page WHERE wiki_id = $1 ORDER BY page",
    )
    .bind(wiki)
    .all()
    .await
}

/// Gives pages their numbers.
pub async fn number_pages(tx: &Tx, wiki: &str, pages: Vec<(String, i64)>) -> Result<()> {
    let rows = pages
        .into_iter()
        .map(|(page, number)| vec![wiki.into(), page.into(), number.into(), 0.into()]);
    tx.insert_many(
        "wiki_page (wiki_id, page, number, last_seq)",
        4,
        rows.collect(),
    )
    .await
}

/// Replaces the other names of a wiki's pages.
pub async fn replace_aliases(tx: &Tx, wiki: &str, all: Vec<(String, String)>) -> Result<()> {
    tx.query("DELETE FROM wiki_alias WHERE wiki_id = $1")
        .bind(wiki)
        .run()
        .await?;
    let rows = all.into_iter();
    let rows = rows.map(|(alias, page)| vec![wiki.into(), alias.into(), page.into()]);
    tx.insert_many("wiki_alias (wiki_id, alias, page)", 3, rows.collect())
        .await
}

/// Notes which record a page became, and its newest revision that came.
pub async fn page_is(tx: &Tx, wiki: &str, page: &str, record: &RecordId, seq: i64) -> Result<()> {
    tx.query("UPDATE wiki_page SET record_id = $3, last_seq = $4 WHERE wiki_id = $1 AND page = $2")
        .bind(wiki)
        .bind(page)
        .bind(record)
        .bind(seq)
        .run()
        .await?;
    Ok(())
}

/// Keeps the text of a revision as it stood in the wiki.
pub async fn keep_text(tx: &Tx, record: &RecordId, seq: i64, written: &Written) -> Result<()> {
    tx.query(
        "INSERT INTO wiki_text (record_id, seq, second, words, old_number)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(record)
    .bind(seq)
    .bind(written.second)
    .bind(written.words.as_deref())
    .bind(written.old_number)
    .run()
    .await?;
    Ok(())
}

/// The newest second of a page that came, and which revision is that of a second.
pub async fn seconds(db: &impl Reads, record: &RecordId) -> Result<Vec<(i64, i64)>> {
    db.query("SELECT second, seq FROM wiki_text WHERE record_id = $1 ORDER BY seq")
        .bind(record)
        .all()
        .await
}

/// A file that came: its id there, number, second, address, and whether it is a picture.
pub type File = (String, i64, i64, String, bool);

/// The files of a wiki that came: ids there, numbers, addresses, whether each is a picture, and
/// whether it is on its page still.
pub async fn files(db: &impl Reads, wiki: &str) -> Result<Vec<(String, i64, String, bool, bool)>> {
    db.query(
        "SELECT f.file, f.attachment, f.address, f.is_picture,
                a.number IS NOT NULL AND a.removed_at IS NULL AND a.erased_at IS NULL
         FROM wiki_file f
         LEFT JOIN attachment a ON a.number = f.attachment
         WHERE f.wiki_id = $1
         ORDER BY f.file",
    )
    .bind(wiki)
    .all()
    .await
}

/// Notes that a file came.
pub async fn file_is(tx: &Tx, wiki: &str, file: &File) -> Result<()> {
    let (name, number, second, address, is_picture) = file;
    tx.query(
        "INSERT INTO wiki_file (wiki_id, file, attachment, second, address, is_picture)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (wiki_id, file) DO UPDATE
         SET attachment = excluded.attachment, second = excluded.second,
             address = excluded.address, is_picture = excluded.is_picture",
    )
    .bind(wiki)
    .bind(name)
    .bind(*number)
    .bind(*second)
    .bind(address)
    .bind(*is_picture)
    .run()
    .await?;
    Ok(())
}

/// Replaces the report of a wiki.
pub async fn replace_lines(tx: &Tx, wiki: &str, lines: &[Line]) -> Result<()> {
    tx.query("DELETE FROM wiki_line WHERE wiki_id = $1")
        .bind(wiki)
        .run()
        .await?;
    let rows = lines.iter().zip(1_i64..).map(|(line, place)| {
        vec![
            wiki.into(),
            place.into(),
            (&line.page).into(),
            (&line.what).into(),
            (&line.value).into(),
        ]
    });
    tx.insert_many(
        "wiki_line (wiki_id, place, page, what, value)",
        5,
        rows.collect(),
    )
    .await
}

/// In whose name files come where nobody asked on a page: the first owner's.
pub async fn first_owner(db: &impl Reads) -> Result<Option<PersonId>> {
    let row: Option<(PersonId,)> = db
        .query(
            "SELECT id FROM person WHERE role = 'owner' AND left_at IS NULL
             ORDER BY joined_at, id
             LIMIT 1",
        )
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}
