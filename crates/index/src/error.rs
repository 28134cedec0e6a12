/// Why the index could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder cannot be read or written.
    #[error("The search index folder {folder} cannot be used: {reason}")]
    Folder {
        /// Where the index lives.
        folder: String,
        /// What the system said.
        reason: std::io::Error,
    },
    /// Another process holds the index open for writing.
    #[error("The search index is being written by another process")]
    Busy,
    /// The engine underneath failed.
    #[error("The search index failed: {0}")]
    Engine(tantivy::TantivyError),
    /// The log the index follows could not be read.
    #[error("The log of changes cannot be read: {0}")]
    Log(String),
    /// A writing thread stopped without a word.
    #[error("The search index stopped while writing")]
    Stopped,
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        match error {
            tantivy::TantivyError::LockFailure(..) => Self::Busy,
            other => Self::Engine(other),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Engine(error.into())
    }
}
