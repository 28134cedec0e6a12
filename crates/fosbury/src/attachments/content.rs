//! What a file is, by what is in it: its name and what its sender says of it prove nothing.

use std::io::Cursor;

use image::ImageFormat;

use super::model::Kind;

/// Entries of an office document at the most.
const ENTRIES: usize = 10_000;
/// How far into a text browsers look for signs of a page.
const LOOKED_AT: usize = 2048;

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A picture, to be drawn anew.
    Picture(ImageFormat),
    /// A document, kept as it is.
    Document(Kind),
}

/// Why a file is not taken; each has its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is in it.
    Empty,
    /// A drawing that may hold scripts.
    Drawing,
    /// A web page or a script.
    Page,
    /// A program.
    Program,
    /// Sound or film.
    Film,
    /// A photo in a format that most browsers cannot show.
    Heic,
    /// A document with macros.
    Macros,
    /// An archive that is no document.
    Archive,
    /// A picture or document that cannot be read.
    Damaged,
    /// A picture of too many points.
    TooManyPoints,
    /// Anything else.
    Unknown,
}

impl Refusal {
    /// The name of its words: `refused-drawing`, ….
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Drawing => "drawing",
            Self::Page => "page",
            Self::Program => "program",
            Self::Film => "film",
            Self::Heic => "heic",
            Self::Macros => "macros",
            Self::Archive => "archive",
            Self::Damaged => "damaged",
            Self::TooManyPoints => "too-many-points",
            Self::Unknown => "unknown",
        }
    }
}

const PICTURES: [(&[u8], ImageFormat); 4] = [
    (b"\x89PNG\r\n\x1a\n", ImageFormat::Png),
    (b"\xFF\xD8\xFF", ImageFormat::Jpeg),
    (b"GIF87a", ImageFormat::Gif),
    (b"GIF89a", ImageFormat::Gif),
];

const NOT_TAKEN: [(&[u8], Refusal); 19] = [
    (b"MZ", Refusal::Program),
    (b"\x7FELF", Refusal::Program),
    (b"\xCA\xFE\xBA\xBE", Refusal::Program),
    (b"\xFE\xED\xFA", Refusal::Program),
    (b"\xCF\xFA\xED\xFE", Refusal::Program),
    (b"\0asm", Refusal::Program),
    (b"#!", Refusal::Program),
    (b"ID3", Refusal::Film),
    (b"OggS", Refusal::Film),
    (b"fLaC", Refusal::Film),
    (b"\x1A\x45\xDF\xA3", Refusal::Film),
    (b"\xFF\xFB", Refusal::Film),
    (b"\x1F\x8B", Refusal::Archive),
    (b"BZh", Refusal::Archive),
    (b"7z\xBC\xAF\x27\x1C", Refusal::Archive),
    (b"Rar!", Refusal::Archive),
    (b"\xFD7zXZ\0", Refusal::Archive),
    (b"\x28\xB5\x2F\xFD", Refusal::Archive),
    // What offices wrote before 2007 may hold macros anywhere.
    (b"\xD0\xCF\x11\xE0", Refusal::Macros),
];

/// Says what these bytes are; `name` only tells a list of values from other plain text.
pub fn recognised(bytes: &[u8], name: &str) -> Result<Content, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if let Some((_, format)) = PICTURES.iter().find(|(sign, _)| bytes.starts_with(sign)) {
        return Ok(Content::Picture(*format));
    }
    if bytes.starts_with(b"RIFF") {
        return match bytes.get(8..12) {
            Some(b"WEBP") => Ok(Content::Picture(ImageFormat::WebP)),
            _ => Err(Refusal::Film),
        };
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Err(match bytes.get(8..12) {
            Some(b"heic" | b"heix" | b"mif1" | b"msf1" | b"avif") => Refusal::Heic,
            _ => Refusal::Film,
        });
    }
    if let Some((_, refusal)) = NOT_TAKEN.iter().find(|(sign, _)| bytes.starts_with(sign)) {
        return Err(*refusal);
    }
    let kind = if bytes.starts_with(b"%PDF-") {
        Kind::Pdf
    } else if bytes.starts_with(b"PK\x03\x04") {
        office_document(bytes)?
    } else {
        plain_text(bytes, name)?
    };
    Ok(Content::Document(kind))
}

/// The kind of a zip archive that is a document of an office; nothing in it is unpacked but one
/// entry of a few letters.
fn office_document(bytes: &[u8]) -> Result<Kind, Refusal> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > ENTRIES || archive.offset() != 0 {
        return Err(Refusal::Archive);
    }
    let names: Vec<&str> = archive.file_names().collect();
    let has = |name: &str| names.contains(&name);
    let is_macro = |name: &&str| {
        name.ends_with("vbaProject.bin")
            || name.starts_with("Basic/")
            || name.starts_with("Scripts/")
    };
    if names.iter().any(is_macro) {
        return Err(Refusal::Macros);
    }
    if has("[Content_Types].xml") {
        return if has("word/document.xml") {
            Ok(Kind::Docx)
        } else if has("xl/workbook.xml") {
            Ok(Kind::Xlsx)
        } else if has("ppt/presentation.xml") {
            Ok(Kind::Pptx)
        } else {
            Err(Refusal::Archive)
        };
    }
    if !has("content.xml") {
        return Err(Refusal::Archive);
    }
    open_document(bytes).ok_or(Refusal::Archive)
}

/// `OpenDocument` says what it is in its first entry, which is stored as it is.
fn open_document(bytes: &[u8]) -> Option<Kind> {
    const BEFORE: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.";
    let said = bytes.get(30..)?.strip_prefix(BEFORE)?;
    [
        (Kind::Odt, b"textPK".as_slice()),
        (Kind::Ods, b"spreadsheetPK"),
        (Kind::Odp, b"presentationPK"),
    ]
    .into_iter()
    .find(|(_, name)| said.starts_with(name))
    .map(|(kind, _)| kind)
}

fn plain_text(bytes: &[u8], name: &str) -> Result<Kind, Refusal> {
    let is_control = |byte: &u8| *byte < 32 && !matches!(*byte, b'\t' | b'\n' | b'\r' | 12);
    if bytes.iter().any(is_control) {
        return Err(Refusal::Unknown);
    }
    let looked_at = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let head = String::from_utf8_lossy(looked_at).to_lowercase();
    if head.contains("<svg") {
        return Err(Refusal::Drawing);
    }
    let signs = [
        "<html",
        "<!doctype",
        "<script",
        "<body",
        "<head",
        "<iframe",
        "<?php",
        "<?xml",
        "<!--",
    ];
    if signs.iter().any(|sign| head.contains(sign)) {
        return Err(Refusal::Page);
    }
    let is_list = name.to_lowercase().ends_with(".csv");
    Ok(if is_list { Kind::Csv } else { Kind::Text })
}

#[cfg(test)]
mod tests;
