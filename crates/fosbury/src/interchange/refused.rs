//! Why something could not be taken away or brought back, in a sentence.

use std::path::Path;

/// What to do about a database that is damaged.
pub const MEND: &str = "Stop the server and bring the newest good backup back: fosbury restore FILE --replace (prove it first: fosbury backup verify FILE).";

/// What stands in the way.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// A sentence for whoever asked.
    #[error("{0}")]
    Said(String),
    /// The database said no.
    #[error("{}", failed(.0))]
    Database(#[from] db::Error),
    /// A file or folder said no.
    #[error("{0} cannot be read or written: {1}.")]
    File(String, std::io::Error),
}

/// A result of this room.
pub type Told<T> = Result<T, Refused>;

/// Why the database failed, and what to do where it cannot be read any more.
pub fn failed(error: &db::Error) -> String {
    use db::Error::{Damaged, Statement, Unexpected};
    match error {
        Damaged(_) | Statement(_) | Unexpected(_) => {
            format!("The database failed: {error}. {MEND}")
        }
        _ => format!("The database failed: {error}."),
    }
}

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
