use std::future::Future;

/// What can be found, and who may find it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// One for ever, among all kinds: `hurdle:27`.
    pub id: String,
    /// The kind of record, itself a facet: `hurdle`.
    pub kind: String,
    /// The number within its kind.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// Other ways people say it, each matched as one whole.
    pub phrases: Vec<String>,
    /// Its first sentence or two.
    pub summary: String,
    /// The rest, as plain text.
    pub body: String,
    /// Short labels.
    pub tags: Vec<String>,
    /// Named values to filter and count by: `("heading", "access")`.
    pub facets: Vec<(String, String)>,
    /// Who may find it: `public`, `members`, `person:…`. Nobody else learns that it exists.
    pub seen_by: Vec<String>,
}

/// One step of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The document is new, or replaces the one with its id.
    Put(Box<Document>),
    /// The document is gone.
    Remove {
        /// The id of the document that is gone.
        id: String,
    },
}

impl Change {
    /// Puts a document in, in place of any with the same id.
    pub fn put(document: Document) -> Self {
        Self::Put(Box::new(document))
    }

    /// Takes a document out.
    pub fn remove(id: impl Into<String>) -> Self {
        Self::Remove { id: id.into() }
    }

    /// The document concerned.
    pub fn id(&self) -> &str {
        match self {
            Self::Put(document) => &document.id,
            Self::Remove { id } => id,
        }
    }
}

/// Changes in their order, and how far the log is read with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Oldest first.
    pub changes: Vec<Change>,
    /// The position of the last change given.
    pub position: i64,
}

/// What the index follows: an ordered log in somebody's database.
///
/// Reading from 0 must give every living document: the whole log, or its latest change for each.
pub trait Log: Send + Sync {
    /// Why the log could not be read.
    type Error: std::fmt::Display + Send;

    /// At most `at_most` changes after `position`, oldest first.
    ///
    /// With nothing to give, the batch says the log's own newest position: equal to the one asked
    /// after, the index has caught up; lower, the database was set back, and the index starts anew.
    fn changes_after(
        &self,
        position: i64,
        at_most: usize,
    ) -> impl Future<Output = Result<Batch, Self::Error>> + Send;
}
