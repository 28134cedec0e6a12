//! From a file's bytes to lines: one reader for each format, then what is the same for all.

mod blocks;
mod docx;
mod furniture;
mod headings;
mod html;
mod markup;
mod names;
mod places;
mod plain;

use std::fmt;

pub use places::MONTHS;

use crate::notes::Notes;

/// Files above this many bytes are refused.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// More lines than this are refused: nobody can go through them.
pub const MOST_LINES: usize = 20_000;

/// How notes are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text as it was typed or pasted.
    Plain,
    /// Markdown.
    Markdown,
    /// A page of a DokuWiki.
    DokuWiki,
    /// A web page.
    Html,
    /// A document of a word processor.
    Docx,
}

impl Format {
    /// The format that a file's name tells.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "dokuwiki" | "wiki" | "dw" => Some(Self::DokuWiki),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "docx" => Some(Self::Docx),
            _ => None,
        }
    }

    /// The format that the bytes themselves tell.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") {
            return Self::Docx;
        }
        let text = decoded(bytes);
        if html::looks_like(&text) {
            Self::Html
        } else if markup::looks_like_dokuwiki(&text) {
            Self::DokuWiki
        } else if markup::looks_like_markdown(&text) {
            Self::Markdown
        } else {
            Self::Plain
        }
    }
}

/// Why notes cannot be read, in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Too large.
    TooLarge,
    /// Too many lines.
    TooLong,
    /// Neither text nor a document.
    NotText,
    /// A word processor's document that is damaged or is none.
    DamagedDocument,
    /// Nothing in it.
    Empty,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "These notes are larger than 20 MB. Bring them in parts.",
            Self::TooLong => "These notes have more than 20,000 lines. Bring them in parts.",
            Self::NotText => {
                "This file is not text. Bring plain text, Markdown, DokuWiki, HTML or .docx."
            }
            Self::DamagedDocument => {
                "This document cannot be opened. Save it as .docx again, or paste its text."
            }
            Self::Empty => "There is nothing in these notes.",
        })
    }
}

impl std::error::Error for Unreadable {}

/// Reads notes of any format. Without a hint the bytes tell which it is.
pub fn read(bytes: &[u8], format: Option<Format>) -> Result<Notes, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let is_packed = bytes.starts_with(b"PK\x03\x04");
    let format = match format {
        Some(format) if (format == Format::Docx) == is_packed => format,
        Some(Format::Docx) => return Err(Unreadable::DamagedDocument),
        _ => Format::of_bytes(bytes),
    };
    let blocks = match format {
        Format::Docx => docx::blocks(bytes)?,
        _ if is_no_text(bytes) => return Err(Unreadable::NotText),
        Format::Html => html::blocks(&decoded(bytes)),
        other => plain::blocks(&decoded(bytes), other),
    };
    if blocks.is_empty() {
        return Err(Unreadable::Empty);
    }
    if blocks.len() > MOST_LINES {
        return Err(Unreadable::TooLong);
    }
    Ok(blocks::notes(blocks))
}

impl Notes {
    /// The notes that these lines are, each with whoever wrote it down: what a page kept line by
    /// line. Their numbers are their places, from 1; none is joined and none is left out.
    pub fn of_lines<'l>(lines: impl Iterator<Item = (&'l str, &'l str)>) -> Self {
        let mut takers = Vec::new();
        let mut blocks = Vec::new();
        for (at, (text, taker)) in lines.enumerate() {
            takers.push(taker.to_owned());
            blocks.push(plain::kept(at + 1, text));
        }
        let mut notes = blocks::of_kept(blocks);
        for (line, taker) in notes.lines.iter_mut().zip(takers) {
            if !taker.is_empty() {
                line.note_taker = Some(taker);
            }
        }
        notes
    }
}

/// Zeros stand in no text but UTF-16, which says so at its beginning.
fn is_no_text(bytes: &[u8]) -> bool {
    encoding_rs::Encoding::for_bom(bytes).is_none() && bytes.contains(&0)
}

/// UTF-8, what a mark at the beginning says, or else the old Windows set.
fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}
