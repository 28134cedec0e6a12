//! The files of a wiki become files on the pages that show them, with what they were before.

use std::collections::BTreeMap;

use db::Db;
use dokuwiki::read::{Media, Revision};
use dokuwiki::{Change, MediaTarget, id};

use super::coming::CannotBring;
use super::conversion::author_of;
use super::files_known::{Here, has_bytes, lines_of, names_of};
use super::model::{Line, act, spoken};
use super::store::{self, File};
use super::there::There;
use crate::attachments::content::Refusal;
use crate::attachments::files::Folder;
use crate::attachments::model::{Attachment, named};
use crate::attachments::uploading::{Ready, made_ready};
use crate::attachments::versions::Version;
use crate::attachments::{store as attachments_store, store_versions};
use crate::history::model::RecordId;
use crate::history::store as texts_store;
use crate::ids::new_id;
use crate::settings::Settings;
use crate::store_log;
use crate::time::Moment;
use crate::viewer::{PersonId, Visibility};

/// Files that were looked at, and those that wait for the page that shows them.
#[derive(Default)]
pub struct Files {
    /// Where each file is.
    pub known: BTreeMap<String, MediaTarget>,
    /// Versions that are no more what their file is.
    pub older: usize,
    waiting: BTreeMap<String, Waiting>,
    /// What all files take up, those that wait among them.
    kept: i64,
    /// What could not be kept.
    pub lines: Vec<Line>,
}

/// A file that waits with its versions, oldest first: the bytes of those that came now lie in the
/// folder already.
struct Waiting {
    versions: Vec<(Version, Option<Attachment>)>,
    is_gone: bool,
    is_closed: bool,
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

impl Keeping<'_> {
    /// The bytes of a version as they will be kept, or the word for why they are not.
    pub(super) fn read(
        &self,
        wiki: &dyn There,
        file: &str,
        one: &Revision,
    ) -> Result<Ready, &'static str> {
        let largest = self.settings.attachments.largest * 1_000_000;
        let bytes = wiki.bytes(one, largest).map_err(|_| "too-large")?;
        made_ready(bytes, last(file)).map_err(Refusal::name)
    }
}

impl Files {
    /// Looks at every file of a wiki, draws pictures anew, and lays the bytes down; rows follow
    /// with the pages.
    pub async fn gather(
        wiki: &dyn There,
        own: &str,
        keeping: &Keeping<'_>,
    ) -> Result<Self, CannotBring> {
        let mut files = Self {
            kept: attachments_store::kept_in_all(keeping.db).await?,
            ..Self::default()
        };
        let here = Here::of(keeping.db, own).await?;
        let all = wiki.media();
        let names = names_of(wiki, &all);
        for media in all {
            files.lines.extend(lines_of(&media));
            let stays = here.files.get(&media.id).filter(|_| media.now().is_some());
            if let Some((_, target)) = stays {
                files.known.insert(media.id.clone(), target.clone());
            }
            let came = media.versions.iter();
            let came = came.filter(|one| has_bytes(one) && here.has(&media.id, one));
            files.older += came.filter(|one| media.now() != Some(one)).count();
            if here.has_all(wiki, &media, keeping).await? {
                continue;
            }
            if here.off.contains(&media.id) {
                files.lines.push(Line::new(&media.id, "off-file", &""));
                continue;
            }
            let is_gone = media.now().is_none();
            if is_gone
                && !media.versions.iter().any(has_bytes)
                && !here.files.contains_key(&media.id)
            {
                continue;
            }
            let mut versions = Vec::new();
            let (mut is_first, mut was_deleted) = (true, false);
            for one in &media.versions {
                let (act, _) = act(one.change, is_first, was_deleted);
                (is_first, was_deleted) = (false, one.change == Change::Deleted);
                let row = if here.has(&media.id, one) {
                    None
                } else {
                    files.laid_down(wiki, &media, one, &here, keeping).await?
                };
                files.older += usize::from(row.as_ref().is_some_and(|row| row.is_older));
                let version = Version {
                    wiki_id: own.to_owned(),
                    file: media.id.clone(),
                    second: one.at,
                    act: act.to_owned(),
                    author: author_of(one, &names),
                    summary: texts::one_line(&one.summary),
                    attachment: row.as_ref().map(|row| row.number),
                };
                versions.push((version, row));
            }
            let waiting = Waiting {
                versions,
                is_gone,
                is_closed: wiki.closed(&media.id).is_some(),
            };
            files.waiting.insert(media.id.clone(), waiting);
        }
        Ok(files)
    }

    /// The row of a version whose bytes are laid down, if they can be.
    async fn laid_down(
        &mut self,
        wiki: &dyn There,
        media: &Media,
        one: &Revision,
        here: &Here,
        keeping: &Keeping<'_>,
    ) -> Result<Option<Attachment>, CannotBring> {
        if !has_bytes(one) {
            return Ok(None);
        }
        let is_now = media.now() == Some(one);
        let why = match keeping.read(wiki, &media.id, one) {
            Ok(ready) if self.has_room(&ready, keeping) => {
                let row = row_of(&ready, &media.id, !is_now, keeping);
                if attachments_store::is_erased(keeping.db, &row.sha256).await? {
                    self.lines.push(Line::new(&media.id, "erased-file", &""));
                    return Ok(None);
                }
                let number = match here.files.get(&media.id).filter(|_| is_now) {
                    Some((number, _)) => *number,
                    None => next_number(keeping.db).await?,
                };
                let row = Attachment { number, ..row };
                self.kept += ready.length();
                ready.keep(&Folder::of(keeping.settings)).await?;
                if is_now {
                    let target = MediaTarget {
                        address: row.reading_address(),
                        is_picture: row.is_picture(),
                    };
                    self.known.insert(media.id.clone(), target);
                }
                return Ok(Some(row));
            }
            Ok(_) => "full",
            Err(why) => why,
        };
        let what = if is_now {
            "refused-file"
        } else {
            "refused-older"
        };
        self.lines.push(Line::new(&media.id, what, &why));
        Ok(None)
    }

    fn has_room(&self, ready: &Ready, keeping: &Keeping<'_>) -> bool {
        let limit = keeping.settings.attachments.in_all * 1_000_000;
        u64::try_from(self.kept + ready.length()).is_ok_and(|bytes| bytes <= limit)
    }

    /// Puts a file and what it was before on the page that shows it, if it waits for one; on the
    /// page where it is already, if it came before. What is closed in the wiki goes on no page that
    /// is for everybody, and waits on.
    pub async fn put_on(
        &mut self,
        tx: &db::Tx,
        wiki: &str,
        file: &str,
        record: &RecordId,
    ) -> db::Result<()> {
        let Some(waiting) = self.waiting.remove(file) else {
            return Ok(());
        };
        let home = store_versions::page_of(tx, wiki, file).await?;
        let record = home.map_or_else(|| record.clone(), |(home,)| home);
        if waiting.is_closed {
            let page = texts_store::record_by_id(tx, &record).await?;
            if page.is_none_or(|page| page.visibility == Visibility::Public.name()) {
                self.waiting.insert(file.to_owned(), waiting);
                return Ok(());
            }
        }
        for (version, row) in waiting.versions {
            if let Some(row) = row {
                let record_id = record.0.clone();
                keep(tx, Attachment { record_id, ..row }, &version).await?;
            } else {
                store_versions::note(tx, &version).await?;
            }
        }
        if waiting.is_gone {
            store_versions::is_gone(tx, wiki, file).await?;
        }
        Ok(())
    }

    /// The files that wait for a page still.
    pub fn left(&self) -> Vec<String> {
        self.waiting.keys().cloned().collect()
    }

    /// Tells of the files that waited in vain: no page for members alone shows them.
    pub fn tell_of_closed(&mut self) {
        let closed = self.waiting.keys();
        let closed = closed.map(|file| Line::new(file, "closed-file", &""));
        self.lines.extend(closed);
    }
}

async fn next_number(db: &Db) -> db::Result<i64> {
    let tx = db.begin().await?;
    let number = store_log::next_number(&tx, "attachment").await?;
    tx.commit_quietly().await?;
    Ok(number)
}

/// What is written down of a version, without page or number.
pub(super) fn row_of(
    ready: &Ready,
    file: &str,
    is_older: bool,
    keeping: &Keeping<'_>,
) -> Attachment {
    let name = named(last(file), ready.kind());
    let row = ready.row(&keeping.by.0, name, keeping.now);
    let alt = if row.is_picture() {
        let (stem, _) = file.rsplit_once('.').unwrap_or((file, ""));
        spoken(stem)
    } else {
        String::new()
    };
    Attachment {
        alt,
        is_older,
        ..row
    }
}

/// Writes a version down with its row. What a file is now takes the number of what it was, so that
/// every text that shows it shows what it is now; each row's own id stays with its bytes.
async fn keep(tx: &db::Tx, mut row: Attachment, version: &Version) -> db::Result<()> {
    let (wiki, file) = (version.wiki_id.as_str(), version.file.as_str());
    let id = new_id(row.at);
    store_versions::go_along(tx, (wiki, file), &id).await?;
    if !row.is_older {
        if let Some(words) = store_versions::words_of(tx, row.number).await? {
            (row.alt, row.credit, row.is_decoration) = words;
            let older = store_log::next_number(tx, "attachment").await?;
            store_versions::make_older(tx, row.number, older).await?;
        } else if attachments_store::is_there(tx, row.number).await? {
            // Erased since it was looked at.
            row.number = store_log::next_number(tx, "attachment").await?;
        }
    }
    attachments_store::insert(tx, &id, &row).await?;
    attachments_store::shown(tx, row.number).await?;
    let attachment = Some(row.number);
    store_versions::note(
        tx,
        &Version {
            attachment,
            ..version.clone()
        },
    )
    .await?;
    if row.is_older {
        return Ok(());
    }
    let noted: File = (
        version.file.clone(),
        row.number,
        version.second,
        row.reading_address(),
        row.is_picture(),
    );
    store::file_is(tx, wiki, &noted).await
}
