//! Why something could not be taken away or brought back, in a sentence.

use std::path::Path;

/// What stands in the way.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// A sentence for whoever asked.
    #[error("{0}")]
    Said(String),
    /// The database said no.
    #[error("The database failed: {0}.")]
    Database(#[from] db::Error),
    /// A file or folder said no.
    #[error("{0} cannot be read or written: {1}.")]
    File(String, std::io::Error),
}

/// A result of this room.
pub type Told<T> = Result<T, Refused>;

/// A refusal in these words.
pub fn said<T>(sentence: impl Into<String>) -> Told<T> {
    Err(Refused::Said(sentence.into()))
}

/// Names the file that something went wrong with.
pub fn at(path: &Path) -> impl Fn(std::io::Error) -> Refused + '_ {
    move |error| Refused::File(path.display().to_string(), error)
}

/// Does what waits for the disk without holding up the other tasks of this thread.
pub fn waiting<T>(work: impl FnOnce() -> T) -> T {
    match tokio::runtime::Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(tokio::runtime::RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}
