//! The files of a wiki become files on the pages that show them, with what they were before.

use std::collections::{BTreeMap, BTreeSet};

use db::Db;
use dokuwiki::read::{Media, Revision, Words};
use dokuwiki::{Change, MediaTarget, id};

use super::coming::CannotBring;
use super::conversion::author_of;
use super::model::{Line, act, spoken};
use super::store::{self, File};
use super::there::There;
use crate::attachments::content::Refusal;
use crate::attachments::files::Folder;
use crate::attachments::model::{Attachment, named};
use crate::attachments::uploading::{Ready, made_ready};
use crate::attachments::versions::Version;
use crate::attachments::{store as attachments_store, store_versions};
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
    /// Versions that are no more what their file is.
    pub older: usize,
    waiting: BTreeMap<String, Waiting>,
    /// What those take up that wait.
    waits: i64,
    /// What could not be kept.
    pub lines: Vec<Line>,
}

/// A file that waits with its versions, oldest first: the bytes of those that came now lie in the
/// folder already.
struct Waiting {
    versions: Vec<(Version, Option<Attachment>)>,
    is_gone: bool,
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

/// What of a wiki's files came before: numbers and places of what they are, and which versions.
struct Here {
    files: BTreeMap<String, (i64, MediaTarget)>,
    versions: BTreeSet<(String, i64)>,
}

impl Here {
    async fn of(db: &Db, wiki: &str) -> db::Result<Self> {
        let mut files = BTreeMap::new();
        for (file, number, _, address, is_picture) in store::files(db, wiki).await? {
            let target = MediaTarget {
                address,
                is_picture,
            };
            files.insert(file, (number, target));
        }
        let versions = store_versions::known(db, wiki).await?.into_iter();
        Ok(Self {
            files,
            versions: versions.collect(),
        })
    }

    fn has(&self, file: &str, second: i64) -> bool {
        self.versions.contains(&(file.to_owned(), second))
    }

    /// Whether a file came with the same bytes, where the wiki does not say when it was changed.
    async fn is_same(
        &self,
        wiki: &dyn There,
        media: &Media,
        keeping: &Keeping<'_>,
    ) -> db::Result<bool> {
        let (Some((number, _)), Some(now)) = (self.files.get(&media.id), media.now()) else {
            return Ok(false);
        };
        if wiki.has_history() {
            return Ok(false);
        }
        let Ok(ready) = keeping.read(wiki, &media.id, now) else {
            return Ok(false);
        };
        let row = row_of(&ready, &media.id, false, keeping);
        attachments_store::is_of(keeping.db, *number, &row.sha256).await
    }
}

impl Keeping<'_> {
    /// The bytes of a version as they will be kept, or the word for why they are not.
    fn read(&self, wiki: &dyn There, file: &str, one: &Revision) -> Result<Ready, &'static str> {
        let largest = self.settings.attachments.largest * 1_000_000;
        let bytes = wiki.bytes(one, largest).map_err(|_| "too-large")?;
        made_ready(bytes, last(file)).map_err(Refusal::name)
    }
}

/// What a look tells of a file's history.
pub fn lines_of(media: &Media) -> Vec<Line> {
    let (id, versions) = (&media.id, media.versions.iter());
    let lost = versions.filter(|one| one.words == Words::Lost);
    let lost = lost.map(|one| Line::new(id, "lost-file", &day(one)));
    let troubles = media.troubles.iter();
    let mut lines: Vec<Line> = troubles
        .map(|one| Line::of_trouble(id, &one.what))
        .collect();
    lines.extend(lost);
    if media.now().is_none() {
        lines.push(Line::new(id, "deleted-file", &""));
    }
    lines
}

/// Versions of a file that are no more what it is, and whose bytes are there.
pub fn older_of(media: &Media) -> usize {
    let versions = media.versions.iter();
    let whole = versions.filter(|one| matches!(one.words, Words::At(_)));
    whole.count() - usize::from(media.now().is_some())
}

fn day(version: &Revision) -> String {
    Moment(version.at * 1_000).day_and_time()
}

impl Files {
    /// Looks at every file of a wiki, draws pictures anew, and lays the bytes down; rows follow
    /// with the pages.
    pub async fn gather(
        wiki: &dyn There,
        own: &str,
        keeping: &Keeping<'_>,
    ) -> Result<Self, CannotBring> {
        let mut files = Self::default();
        let here = Here::of(keeping.db, own).await?;
        let names = wiki.names("", &mut Vec::new());
        for media in wiki.media() {
            files.lines.extend(lines_of(&media));
            files.older += older_of(&media);
            let stays = here.files.get(&media.id).filter(|_| media.now().is_some());
            if let Some((_, target)) = stays {
                files.known.insert(media.id.clone(), target.clone());
            }
            let is_whole = media.versions.iter().all(|one| here.has(&media.id, one.at));
            if is_whole || here.is_same(wiki, &media, keeping).await? {
                continue;
            }
            let mut versions = Vec::new();
            let (mut is_first, mut was_deleted) = (true, false);
            for one in &media.versions {
                let (act, _) = act(one.change, is_first, was_deleted);
                (is_first, was_deleted) = (false, one.change == Change::Deleted);
                let row = if here.has(&media.id, one.at) {
                    None
                } else {
                    files.laid_down(wiki, &media, one, &here, keeping).await?
                };
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
            let is_gone = media.now().is_none();
            let waiting = Waiting { versions, is_gone };
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
        if !matches!(one.words, Words::At(_)) {
            return Ok(None);
        }
        let is_now = media.now() == Some(one);
        let why = match keeping.read(wiki, &media.id, one) {
            Ok(ready) if self.has_room(&ready, keeping).await? => {
                let number = match here.files.get(&media.id).filter(|_| is_now) {
                    Some((number, _)) => *number,
                    None => next_number(keeping.db).await?,
                };
                let row = row_of(&ready, &media.id, !is_now, keeping);
                let row = Attachment { number, ..row };
                self.waits += ready.length();
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

    async fn has_room(&self, ready: &Ready, keeping: &Keeping<'_>) -> db::Result<bool> {
        let limit = keeping.settings.attachments.in_all * 1_000_000;
        let kept = attachments_store::kept_in_all(keeping.db).await?;
        let bytes = u64::try_from(kept + self.waits + ready.length());
        Ok(bytes.is_ok_and(|bytes| bytes <= limit))
    }

    /// Puts a file and what it was before on the page that shows it, if it waits for one; on the
    /// page where it is already, if it came before.
    pub async fn put_on(
        &mut self,
        tx: &db::Tx,
        wiki: &str,
        file: &str,
        record: &str,
    ) -> db::Result<()> {
        let Some(waiting) = self.waiting.remove(file) else {
            return Ok(());
        };
        let home = store_versions::page_of(tx, wiki, file).await?;
        let record = home.map_or_else(|| record.to_owned(), |(home,)| home.0);
        for (version, row) in waiting.versions {
            if let Some(row) = row {
                let record_id = record.clone();
                self.waits -= row.bytes + row.reading_bytes;
                keep(tx, Attachment { record_id, ..row }, &version).await?;
            }
            store_versions::note(tx, &version).await?;
        }
        if waiting.is_gone {
            store_versions::is_gone(tx, wiki, file).await?;
        }
        Ok(())
    }

    /// The files that no page shows.
    pub fn left(&self) -> Vec<String> {
        self.waiting.keys().cloned().collect()
    }
}

async fn next_number(db: &Db) -> db::Result<i64> {
    let tx = db.begin().await?;
    let number = store_log::next_number(&tx, "attachment").await?;
    tx.commit_quietly().await?;
    Ok(number)
}

/// What is written down of a version, without page or number.
fn row_of(ready: &Ready, file: &str, is_older: bool, keeping: &Keeping<'_>) -> Attachment {
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

/// Writes the row of a version. What a file is now takes the number of what it was, so that every
/// text that shows it shows what it is now.
async fn keep(tx: &db::Tx, row: Attachment, version: &Version) -> db::Result<()> {
    let id = new_id(row.at);
    if row.is_older {
        attachments_store::insert(tx, &id, &row).await?;
        return attachments_store::shown(tx, row.number).await;
    }
    if attachments_store::is_there(tx, row.number).await? {
        let older = store_log::next_number(tx, "attachment").await?;
        store_versions::replace(tx, &row, (&id, older)).await?;
    } else {
        attachments_store::insert(tx, &id, &row).await?;
        attachments_store::shown(tx, row.number).await?;
    }
    let noted: File = (
        version.file.clone(),
        row.number,
        version.second,
        row.reading_address(),
        row.is_picture(),
    );
    store::file_is(tx, &version.wiki_id, &noted).await
}
