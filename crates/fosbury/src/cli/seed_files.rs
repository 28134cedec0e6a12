//! Made-up files on made-up pages.

use db::Db;
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};

use super::say;
use crate::attachments::files::{Folder, hash};
use crate::attachments::model::{Attachment, Kind};
use crate::attachments::store as attachments_store;
use crate::history::store as texts_store;
use crate::ids::new_id;
use crate::people::signing_in::newcomer;
use crate::people::store as people_store;
use crate::settings::Settings;
use crate::store_log;
use crate::subjects::kind_called;
use crate::time::{Clock, Moment};
use crate::viewer::{Role, Viewer};

/// Bytes of each file; a few more or less.
const EACH: usize = 1_000_000;
/// Files between two words about how far it is.
const TELL_EVERY: u64 = 100;

/// Brings so many files of a megabyte to pages, which have the numbers up to `pages`.
pub async fn write(db: &Db, settings: &Settings, files: u64, pages: i64) -> Result<(), String> {
    let told = |error: db::Error| format!("The database failed: {error}.");
    let (mut random, now) = (StdRng::seed_from_u64(20_090_621), Clock::Machine.now());
    let person = newcomer("seed@example.org", "Seed", Role::Contributor, now);
    let tx = db.begin().await.map_err(told)?;
    people_store::insert(&tx, &person, false)
        .await
        .map_err(told)?;
    tx.commit().await.map_err(told)?;
    let folder = Folder::of(settings);
    for file in 1..=files {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        bytes.resize(EACH + random.random_range(0..4096), 0);
        if let Some(body) = bytes.get_mut(9..) {
            random.fill_bytes(body);
        }
        let number = random.random_range(1..=pages);
        let new = new_file(db, &bytes, number, &person.id.0, now).await;
        let Some(new) = new.map_err(told)? else {
            return Err(format!("There is no page {number}."));
        };
        let kept = folder.keep(&new.sha256, bytes).await;
        kept.map_err(|error| format!("A file could not be kept: {error}."))?;
        let tx = db.begin().await.map_err(told)?;
        let number = store_log::next_number(&tx, "attachment")
            .await
            .map_err(told)?;
        let new = Attachment { number, ..new };
        attachments_store::insert(&tx, &new_id(now), &new)
            .await
            .map_err(told)?;
        attachments_store::shown(&tx, number).await.map_err(told)?;
        tx.commit().await.map_err(told)?;
        if file % TELL_EVERY == 0 {
            say(&format!("{file} of {files} files"));
        }
    }
    Ok(())
}

/// A document for the page of this number, if there is one.
async fn new_file(
    db: &Db,
    bytes: &[u8],
    number: i64,
    person: &str,
    now: Moment,
) -> db::Result<Option<Attachment>> {
    let Some(kind) = kind_called("hurdle") else {
        return Ok(None);
    };
    let page = texts_store::record(db, &Viewer::Visitor, kind.name(), number).await?;
    Ok(page.map(|page| Attachment {
        number: 0,
        record_id: page.id.0,
        kind: Kind::Pdf.name().to_owned(),
        name: "made-up.pdf".to_owned(),
        alt: String::new(),
        credit: String::new(),
        is_decoration: false,
        sha256: hash(bytes),
        bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        width: None,
        height: None,
        reading_sha256: None,
        reading_bytes: 0,
        reading_width: None,
        reading_height: None,
        person_id: person.to_owned(),
        person: String::new(),
        at: now,
        removed_at: None,
        is_older: false,
        is_public: true,
    }))
}
