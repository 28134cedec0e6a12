//! A form that brings files: read whole, in memory, within a bound that the page names.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};

use crate::fields::{FIELDS, FORM_BYTES};
use crate::{Fields, Trouble};

/// Bytes of an upload unless a page names another bound.
const UPLOAD_BYTES: usize = 8 * 1024 * 1024;
/// Letters of a file's name at the most.
const NAME_LETTERS: usize = 200;

/// A file that a form brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// The field that it stood in.
    pub field: String,
    /// Its name, without folders and without letters that cannot be seen.
    pub name: String,
    /// What its sender says that it is. Nobody has looked.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A posted form with its files (`enctype="multipart/form-data"`), at most `MOST` bytes in all.
///
/// A form without files, sent the usual way, is read as well.
#[derive(Clone, Debug, Default)]
pub struct Upload<const MOST: usize = UPLOAD_BYTES> {
    /// The fields, as [`Fields`] has them.
    pub fields: Fields,
    /// The files that were chosen; a field of files left empty brings none.
    pub files: Vec<Brought>,
}

impl<const MOST: usize> Upload<MOST> {
    /// The first file of this field.
    pub fn file(&self, field: &str) -> Option<&Brought> {
        self.files.iter().find(|file| file.field == field)
    }

    async fn take(&mut self, field: Field<'_>, sent: &mut Vec<(String, String)>) -> Outcome {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(tidy_name);
        let kind = field.content_type().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(unreadable)?;
        let Some(file) = file else {
            if bytes.len() > FORM_BYTES {
                return Err(Trouble::TooLarge);
            }
            sent.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            return Ok(());
        };
        if !(file.is_empty() && bytes.is_empty()) {
            self.files.push(Brought {
                field: name,
                name: file,
                content_type: kind,
                bytes: bytes.into(),
            });
        }
        Ok(())
    }
}

type Outcome<T = ()> = Result<T, Trouble>;

impl<S: Send + Sync, const MOST: usize> FromRequest<S> for Upload<MOST> {
    type Rejection = Trouble;

    async fn from_request(mut request: Request, state: &S) -> Outcome<Self> {
        if !is_multipart(&request) {
            let fields = Fields::from_request(request, state).await?;
            return Ok(Self {
                fields,
                files: Vec::new(),
            });
        }
        if announced(&request).is_some_and(|bytes| bytes > MOST) {
            return Err(Trouble::TooLarge);
        }
        DefaultBodyLimit::max(MOST).apply(&mut request);
        let mut form = Multipart::from_request(request, state)
            .await
            .map_err(|error| Trouble::Unreadable(error.to_string()))?;
        let mut upload = Self::default();
        let mut sent = Vec::new();
        let mut left = FIELDS;
        while let Some(field) = form.next_field().await.map_err(unreadable)? {
            if left == 0 {
                break;
            }
            left -= 1;
            upload.take(field, &mut sent).await?;
        }
        upload.fields = Fields::of(sent);
        Ok(upload)
    }
}

fn is_multipart(request: &Request) -> bool {
    said(request, header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.trim_start().get(..19).unwrap_or_default();
        kind.eq_ignore_ascii_case("multipart/form-data")
    })
}

fn announced(request: &Request) -> Option<usize> {
    said(request, header::CONTENT_LENGTH)?.parse().ok()
}

fn said(request: &Request, name: header::HeaderName) -> Option<&str> {
    request.headers().get(name)?.to_str().ok()
}

// Taken by value, since that is how `map_err` gives it.
#[expect(clippy::needless_pass_by_value, reason = "the signature of map_err")]
fn unreadable(error: MultipartError) -> Trouble {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Trouble::TooLarge
    } else {
        Trouble::Unreadable(error.body_text())
    }
}

/// A file's name as people say it: what follows the last slash of either kind, in letters that can
/// be seen.
fn tidy_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars()
        .filter(|letter| !letter.is_control() && !is_unseen(*letter))
        .take(NAME_LETTERS)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Marks of direction and joiners: they hide what a name ends in.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
