//! The files of a wiki become files on the pages that show them.

use std::collections::BTreeMap;

use db::Db;
use dokuwiki::{MediaTarget, id};

use super::model::{Line, spoken};
use super::store::{self, File};
use super::there::There;
use crate::attachments::content::Refusal;
use crate::attachments::files::Folder;
use crate::attachments::model::{Attachment, named};
use crate::attachments::store as attachments_store;
use crate::attachments::uploading::{Ready, made_ready};
use crate::ids::new_id;
use crate::settings::Settings;
use crate::store_log;
use crate::time::Moment;
use crate::viewer::PersonId;

/// Files that were looked at, and those that wait for the page that shows them.
#[derive(Default)]
pub struct Files {
    /// Where each file is.
    pub known: BTreeMap<String, MediaTarget>,
    waiting: BTreeMap<String, Waiting>,
    /// What could not be kept.
    pub lines: Vec<Line>,
}

struct Waiting {
    row: Attachment,
    second: i64,
}

/// The last name of a file: of `ns:a.png` and of `img/a.png` it is `a.png`.
fn last(file: &str) -> &str {
    let name = id::name(file);
    name.rsplit('/').next().unwrap_or(name)
}

/// Whose files they become, and where.
pub struct Keeping<'k> {
    /// The database.
    pub db: &'k Db,
    /// Limits and folders.
    pub settings: &'k Settings,
    /// In whose name.
    pub by: &'k PersonId,
    /// When.
    pub now: Moment,
}

impl Files {
    /// Looks at every file of a wiki, draws pictures anew, and lays the bytes down; rows follow
    /// with the pages.
    pub async fn gather(
        wiki: &dyn There,
        own: &str,
        keeping: &Keeping<'_>,
    ) -> Result<Self, super::coming::CannotBring> {
        let mut files = Self::default();
        let mut here = BTreeMap::new();
        for (file, number, second, address, is_picture) in store::files(keeping.db, own).await? {
            let target = MediaTarget {
                address,
                is_picture,
            };
            here.insert(file, (number, second, target));
        }
        for media in wiki.media() {
            for _ in &media.before {
                files.lines.push(Line::new(&media.id, "older-file", &""));
            }
            let Some(now) = &media.now else {
                files.lines.push(Line::new(&media.id, "deleted-file", &""));
                continue;
            };
            match here.get(&media.id) {
                Some((_, second, target)) if *second == now.at => {
                    files.known.insert(media.id.clone(), target.clone());
                    continue;
                }
                _ => {}
            }
            let largest = keeping.settings.attachments.largest * 1_000_000;
            let name = last(&media.id);
            let ready = match wiki.bytes(now, largest) {
                Ok(bytes) => made_ready(bytes, name).map_err(Refusal::name),
                Err(_) => Err("too-large"),
            };
            match ready {
                Ok(ready) => files.lay_down(&media.id, now.at, ready, keeping).await?,
                Err(why) => files.lines.push(Line::new(&media.id, "refused-file", &why)),
            }
        }
        Ok(files)
    }

    async fn lay_down(
        &mut self,
        file: &str,
        second: i64,
        ready: Ready,
        keeping: &Keeping<'_>,
    ) -> Result<(), super::coming::CannotBring> {
        let limit = keeping.settings.attachments.in_all * 1_000_000;
        let kept = attachments_store::kept_in_all(keeping.db).await?;
        if u64::try_from(kept + ready.length()).is_ok_and(|bytes| bytes > limit) {
            self.lines.push(Line::new(file, "refused-file", &"full"));
            return Ok(());
        }
        let tx = keeping.db.begin().await?;
        let number = store_log::next_number(&tx, "attachment").await?;
        tx.commit_quietly().await?;
        let row = ready.row(&keeping.by.0, named(last(file), ready.kind()), keeping.now);
        let alt = if row.is_picture() {
            spoken(file)
        } else {
            String::new()
        };
        let row = Attachment { number, alt, ..row };
        ready.keep(&Folder::of(keeping.settings)).await?;
        let target = MediaTarget {
            address: row.reading_address(),
            is_picture: row.is_picture(),
        };
        self.known.insert(file.to_owned(), target);
        self.waiting
            .insert(file.to_owned(), Waiting { row, second });
        Ok(())
    }

    /// Puts a file on the page that shows it, if it waits for one.
    pub async fn put_on(
        &mut self,
        tx: &db::Tx,
        wiki: &str,
        file: &str,
        record: &str,
    ) -> db::Result<()> {
        let Some(Waiting { row, second }) = self.waiting.remove(file) else {
            return Ok(());
        };
        let (number, is_picture) = (row.number, row.is_picture());
        let noted: File = (
            file.to_owned(),
            number,
            second,
            row.reading_address(),
            is_picture,
        );
        let row = Attachment {
            record_id: record.to_owned(),
            ..row
        };
        attachments_store::insert(tx, &new_id(row.at), &row).await?;
        attachments_store::shown(tx, number).await?;
        store::file_is(tx, wiki, &noted).await
    }

    /// The files that no page shows.
    pub fn left(&self) -> Vec<String> {
        self.waiting.keys().cloned().collect()
    }
}
