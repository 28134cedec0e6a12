//! An archive on its way in: written to the data folder as it comes, never whole in memory.

use std::fs::File;
use std::io::Seek;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::StatusCode;
use tokio::io::AsyncWriteExt;
use web::Trouble;

use crate::state::App;

/// Bytes of an archive that comes over a form at the most; a larger one comes by the command.
const MOST: usize = 1024 * 1024 * 1024;
/// Letters of a file's name at the most.
const NAME_LETTERS: usize = 200;

/// What a form brought.
#[derive(Default)]
pub struct Received {
    /// The file's name, without folders.
    pub name: String,
    /// The file, from its first byte; it has no name on the disk and goes when it is closed.
    pub file: Option<File>,
}

impl FromRequest<App> for Received {
    type Rejection = Trouble;

    async fn from_request(mut request: Request, app: &App) -> Result<Self, Trouble> {
        DefaultBodyLimit::max(MOST).apply(&mut request);
        let Ok(mut form) = Multipart::from_request(request, app).await else {
            return Ok(Self::default());
        };
        let mut received = Self::default();
        while let Some(field) = form.next_field().await.map_err(unreadable)? {
            if field.name() == Some("archive") && received.file.is_none() {
                received.name = tidy(field.file_name().unwrap_or_default());
                received.file = written(field, app).await?;
            }
        }
        Ok(received)
    }
}

/// Writes a field to the disk; none where there is nothing in it.
async fn written(mut field: Field<'_>, app: &App) -> Result<Option<File>, Trouble> {
    let folder = app.settings.data.join("wikis");
    std::fs::create_dir_all(&folder).map_err(fault)?;
    let mut file = tokio::fs::File::from_std(tempfile::tempfile_in(&folder).map_err(fault)?);
    let mut is_empty = true;
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        is_empty &= chunk.is_empty();
        file.write_all(&chunk).await.map_err(fault)?;
    }
    file.flush().await.map_err(fault)?;
    let mut file = file.into_std().await;
    file.rewind().map_err(fault)?;
    Ok((!is_empty).then_some(file))
}

fn tidy(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    texts::one_line(last).chars().take(NAME_LETTERS).collect()
}

// Taken by value, since that is how `map_err` gives it.
#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
fn fault(error: std::io::Error) -> Trouble {
    Trouble::OurFault(error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
fn unreadable(error: MultipartError) -> Trouble {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Trouble::TooLarge
    } else {
        Trouble::Unreadable(error.body_text())
    }
}
