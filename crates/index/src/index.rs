use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};

use tantivy::{IndexReader, IndexSettings, ReloadPolicy, Searcher};
use tokio::sync::{Notify, watch};

use crate::card::Cards;
use crate::commonness::Commonness;
use crate::error::Error;
use crate::fields::Fields;
use crate::folder::{Folder, note_run, was_restarted};
use crate::vocabulary::Vocabulary;
use crate::writing::{Pen, Place};

/// Raise it whenever the fields, the reading of words or the cards change: an index of another
/// version is made anew.
const VERSION: u32 = 1;
/// Blocks of stored documents kept ready, 16 kB each.
const STORED_BLOCKS: usize = 48;

/// An index in a folder. Clones share it.
#[derive(Clone)]
pub struct Index {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub engine: tantivy::Index,
    pub fields: Fields,
    pub vocabulary: Vocabulary,
    pub reader: IndexReader,
    pub cards: Cards,
    pub pen: Mutex<Pen>,
    pub position: watch::Sender<i64>,
    /// Somebody waits for what is being gathered.
    pub asked: Notify,
    /// Held while the log is read, so that two readers of it never interleave.
    pub following: tokio::sync::Mutex<()>,
    commonness: RwLock<Arc<Commonness>>,
    opened: Opened,
    folder: PathBuf,
}

/// How the index was found when it was opened. All but the first begin at position 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// As it was left.
    AsItWas,
    /// There was none.
    Missing,
    /// It was written by another version of Fosbury.
    OtherVersion,
    /// It could not be read, for the reason given.
    Damaged(String),
}

impl Index {
    /// Opens the index in a folder, or begins a new one where it is missing, damaged or of another
    /// version: [`Index::opened`] says which.
    pub fn open(folder: &Path, vocabulary: Vocabulary) -> Result<Self, Error> {
        let (found, opened) = match read(folder) {
            Ok(Some(found)) => (Some(found), Opened::AsItWas),
            Ok(None) if is_empty(folder) => (None, Opened::Missing),
            Ok(None) => (None, Opened::OtherVersion),
            Err(error) => (None, Opened::Damaged(error.to_string())),
        };
        let (engine, place) = match found {
            Some(found) => found,
            None => (begin(folder)?, Place::default()),
        };
        Ok(Self {
            inner: Arc::new(Inner::new(engine, &place, vocabulary, opened, folder)?),
        })
    }

    /// How the index was found when it was opened.
    pub fn opened(&self) -> &Opened {
        &self.inner.opened
    }

    /// How far the log is in what readers see.
    pub fn position(&self) -> i64 {
        *self.inner.position.borrow()
    }

    /// Waits until readers see the log up to this position. Bound it with a timeout.
    pub async fn caught_up(&self, position: i64) {
        if self.position() < position {
            self.inner.asked.notify_one();
        }
        let mut positions = self.inner.position.subscribe();
        // The sender lives as long as this index, so waiting cannot fail.
        let _ = positions.wait_for(|reached| *reached >= position).await;
    }

    /// How many documents there are, whoever may see them.
    pub fn documents(&self) -> u64 {
        self.inner.reader.searcher().num_docs()
    }

    /// The files whose contents are not as they were written; reads the whole index.
    pub fn damaged_files(&self) -> Result<Vec<PathBuf>, Error> {
        let mut files: Vec<PathBuf> = self.inner.engine.validate_checksum()?.into_iter().collect();
        files.sort();
        Ok(files)
    }
}

impl Inner {
    fn new(
        engine: tantivy::Index,
        place: &Place,
        vocabulary: Vocabulary,
        opened: Opened,
        folder: &Path,
    ) -> Result<Self, Error> {
        let (_, fields) = Fields::schema();
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(STORED_BLOCKS)
            .try_into()?;
        let inner = Self {
            pen: Mutex::new(Pen::default()),
            cards: Cards::default(),
            position: watch::Sender::new(place.position),
            asked: Notify::new(),
            following: tokio::sync::Mutex::new(()),
            commonness: RwLock::default(),
            engine,
            fields,
            vocabulary,
            reader,
            opened,
            folder: folder.to_owned(),
        };
        inner.count_words()?;
        Ok(inner)
    }

    /// Shows readers what was committed.
    pub fn show(&self, position: i64) -> Result<(), Error> {
        self.reader.reload()?;
        self.count_words()?;
        self.position.send_replace(position);
        Ok(())
    }

    /// Waits until the disk has let go of removed files.
    pub fn flush_folder(&self) -> Result<(), Error> {
        Ok(std::fs::File::open(&self.folder)?.sync_all()?)
    }

    pub fn commonness(&self) -> Arc<Commonness> {
        self.commonness
            .read()
            .map(|table| Arc::clone(&table))
            .unwrap_or_default()
    }

    fn count_words(&self) -> Result<(), Error> {
        let searcher: Searcher = self.reader.searcher();
        if self.commonness().is_outdated(&searcher) {
            let counted = Arc::new(Commonness::count(&searcher, &self.fields)?);
            if let Ok(mut table) = self.commonness.write() {
                *table = counted;
            }
        }
        Ok(())
    }
}

type Read = (tantivy::Index, Place);

/// The index in the folder, or `None` where there is none of this version.
fn read(folder: &Path) -> Result<Option<Read>, tantivy::TantivyError> {
    if is_empty(folder) {
        return Ok(None);
    }
    let engine = tantivy::Index::open(Folder::at(folder)?)?;
    let (schema, _) = Fields::schema();
    let place = engine
        .load_metas()?
        .payload
        .as_deref()
        .and_then(Place::read);
    let Some(place) = place.filter(|place| place.version == VERSION) else {
        return Ok(None);
    };
    if engine.schema() != schema {
        return Ok(None);
    }
    // A missing file shows here, not at somebody's first question.
    engine
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()?;
    if was_restarted(folder) {
        if let Some(file) = engine.validate_checksum()?.into_iter().next() {
            let torn = format!("{} is torn", file.display());
            return Err(tantivy::error::DataCorruption::comment_only(torn).into());
        }
        note_run(folder)?;
    }
    Ok(Some((engine, place)))
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).map_or(true, |mut files| files.next().is_none())
}

fn begin(folder: &Path) -> Result<tantivy::Index, Error> {
    let in_folder = |reason| Error::Folder {
        folder: folder.display().to_string(),
        reason,
    };
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(in_folder)?;
    }
    std::fs::create_dir_all(folder).map_err(in_folder)?;
    let (schema, _) = Fields::schema();
    let engine = tantivy::Index::create(Folder::at(folder)?, schema, IndexSettings::default())?;
    note_run(folder).map_err(in_folder)?;
    Ok(engine)
}

impl Place {
    /// This far in the log, written by this version.
    pub fn now(position: i64) -> Self {
        Self {
            version: VERSION,
            position,
        }
    }
}
