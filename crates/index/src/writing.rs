//! Everything that changes the index.

use std::collections::HashMap;

use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::query::AllQuery;
use tantivy::{IndexWriter, Term};

use crate::document::{Batch, Change};
use crate::error::Error;
use crate::index::{Index, Inner};

/// The least tantivy accepts; a register's changes fit many times over.
const MEMORY: usize = 15_000_000;

/// How far the log is read, as kept within each commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub version: u32,
    pub position: i64,
}

impl Place {
    pub fn read(written: &str) -> Option<Self> {
        let (version, position) = written.split_once(' ')?;
        Some(Self {
            version: version.parse().ok()?,
            position: position.parse().ok()?,
        })
    }

    pub fn written(&self) -> String {
        format!("{} {}", self.version, self.position)
    }
}

/// The one writer, kept while there is something to write and put down when idle: it holds
/// threads and memory.
#[derive(Default)]
pub(crate) struct Pen {
    writer: Option<IndexWriter>,
}

/// What a purge rewrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    /// How many segments held deleted documents.
    pub segments: usize,
    /// How many deleted documents are gone from the disk.
    pub documents: u64,
}

impl Index {
    /// Makes the changes and shows them to readers before it returns. Blocks while the disk
    /// writes; after an error nothing of the batch is kept.
    pub fn apply(&self, batch: &Batch) -> Result<(), Error> {
        self.inner.write(batch.position, |writer, inner| {
            inner.put_all(writer, &batch.changes)
        })
    }

    /// Rewrites what still holds deleted documents, so that their bytes are gone from the disk.
    /// Blocks.
    pub fn purge_deleted(&self) -> Result<Purged, Error> {
        let inner = &self.inner;
        let mut pen = inner.pen.lock().map_err(|_| Error::Stopped)?;
        // Merges under way would take segments from under our hands: let them end first.
        pen.put_down()?;
        let purged = pen.with(&inner.engine, |writer| inner.rewrite_segments(writer))?;
        pen.put_down()?;
        // Readers let go of the old files, then these can be removed.
        inner.reader.reload()?;
        inner.cards.forget();
        pen.with(&inner.engine, |writer| {
            Ok(writer.garbage_collect_files().wait()?)
        })?;
        pen.put_down()?;
        inner.flush_folder()?;
        Ok(purged)
    }

    /// Lets the writer go once its merges are done: it holds threads and memory.
    pub(crate) fn rest(&self) -> Result<(), Error> {
        self.inner
            .pen
            .lock()
            .map_err(|_| Error::Stopped)?
            .put_down()
    }
}

impl Inner {
    /// Writes and commits at a position, or leaves everything as it was.
    pub fn write(
        &self,
        position: i64,
        change: impl FnOnce(&mut IndexWriter, &Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut pen = self.pen.lock().map_err(|_| Error::Stopped)?;
        pen.with(&self.engine, |writer| {
            change(writer, self)?;
            commit(writer, position)
        })?;
        self.show(position)
    }

    /// Only the last change of each document counts.
    pub fn put_all(&self, writer: &IndexWriter, changes: &[Change]) -> Result<(), Error> {
        let last: HashMap<&str, usize> = changes
            .iter()
            .enumerate()
            .map(|(at, change)| (change.id(), at))
            .collect();
        for (at, change) in changes.iter().enumerate() {
            if last.get(change.id()) != Some(&at) {
                continue;
            }
            writer.delete_term(Term::from_field_text(self.fields.id, change.id()));
            if let Change::Put(document) = change {
                writer.add_document(self.fields.lay_out(document))?;
            }
        }
        Ok(())
    }

    fn rewrite_segments(&self, writer: &mut IndexWriter) -> Result<Purged, Error> {
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let mut purged = Purged::default();
        for segment in self.engine.searchable_segment_metas()? {
            if segment.num_deleted_docs() > 0 {
                writer.merge(&[segment.id()]).wait()?;
                purged.segments += 1;
                purged.documents += u64::from(segment.num_deleted_docs());
            }
        }
        Ok(purged)
    }
}

impl Pen {
    /// Writes. After an error the writer is thrown away, and with it what was not committed.
    fn with<T>(
        &mut self,
        engine: &tantivy::Index,
        write: impl FnOnce(&mut IndexWriter) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut writer = match self.writer.take() {
            Some(writer) => writer,
            None => take_up(engine)?,
        };
        let written = write(&mut writer)?;
        self.writer = Some(writer);
        Ok(written)
    }

    /// Waits for merges and lets the writer go.
    fn put_down(&mut self) -> Result<(), Error> {
        match self.writer.take() {
            Some(writer) => Ok(writer.wait_merging_threads()?),
            None => Ok(()),
        }
    }
}

/// An index being written anew beside the old contents, which readers see until it is finished.
/// Dropped unfinished, it leaves everything as it was.
pub(crate) struct Anew {
    writer: IndexWriter,
    index: Index,
}

impl Anew {
    /// Begins with nothing. Until it is finished or dropped nobody else can write.
    pub fn begin(index: Index) -> Result<Self, Error> {
        let mut pen = index.inner.pen.lock().map_err(|_| Error::Stopped)?;
        pen.put_down()?;
        let writer = take_up(&index.inner.engine)?;
        drop(pen);
        writer.delete_query(Box::new(AllQuery))?;
        Ok(Self { writer, index })
    }

    pub fn add(self, changes: &[Change]) -> Result<Self, Error> {
        self.index.inner.put_all(&self.writer, changes)?;
        Ok(self)
    }

    /// Shows readers the new contents in place of the old.
    pub fn finish(mut self, position: i64) -> Result<(), Error> {
        commit(&mut self.writer, position)?;
        self.writer.wait_merging_threads()?;
        self.index.inner.show(position)
    }
}

fn commit(writer: &mut IndexWriter, position: i64) -> Result<(), Error> {
    let mut commit = writer.prepare_commit()?;
    commit.set_payload(&Place::now(position).written());
    commit.commit()?;
    Ok(())
}

fn take_up(engine: &tantivy::Index) -> Result<IndexWriter, Error> {
    let options = IndexWriterOptions::builder()
        .memory_budget_per_thread(MEMORY)
        .num_worker_threads(1)
        .num_merge_threads(1)
        .build();
    Ok(engine.writer_with_options(options)?)
}

#[cfg(test)]
mod tests;
