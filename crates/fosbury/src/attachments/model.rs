//! Files on pages: their kinds, names, addresses, and what is asked of whoever brings one.

use std::fmt::Write;

use crate::history::model::slug;
use crate::time::Moment;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A picture with clean lines.
    Png,
    /// A photo.
    Jpeg,
    /// A picture that is partly seen through.
    Webp,
    /// A document to read.
    Pdf,
    /// Plain words.
    Text,
    /// A list of values.
    Csv,
    /// A text of `OpenDocument`.
    Odt,
    /// A table of `OpenDocument`.
    Ods,
    /// Slides of `OpenDocument`.
    Odp,
    /// A text of Office Open XML.
    Docx,
    /// A table of Office Open XML.
    Xlsx,
    /// Slides of Office Open XML.
    Pptx,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Png,
        Self::Jpeg,
        Self::Webp,
        Self::Pdf,
        Self::Text,
        Self::Csv,
        Self::Odt,
        Self::Ods,
        Self::Odp,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
    ];

    /// As stored, and what its files' names end in.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
            Self::Text => "txt",
            Self::Csv => "csv",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
        }
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// As browsers are told.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
        }
    }

    /// Whether pages show it.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Webp)
    }
}

/// A file on a page.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its number for ever.
    pub number: i64,
    /// Whose page it is on.
    pub record_id: String,
    /// The name of its [`Kind`].
    pub kind: String,
    /// As it was called, with the ending of its kind.
    pub name: String,
    /// What a picture shows, in words.
    pub alt: String,
    /// Whose it is and under which licence, where they said so.
    pub credit: String,
    /// Whether a picture says nothing that the text does not.
    pub is_decoration: bool,
    /// The hash of the file.
    pub sha256: String,
    /// How long the file is.
    pub bytes: i64,
    /// Points across.
    pub width: Option<i64>,
    /// Points down.
    pub height: Option<i64>,
    /// The hash of the smaller picture that pages show, where there is one.
    pub reading_sha256: Option<String>,
    /// How long that is.
    pub reading_bytes: i64,
    /// Its points across.
    pub reading_width: Option<i64>,
    /// Its points down.
    pub reading_height: Option<i64>,
    /// Who brought it.
    pub person_id: String,
    /// How they are called today.
    pub person: String,
    /// When.
    pub at: Moment,
    /// Since when it is off the page.
    pub removed_at: Option<Moment>,
    /// Whether it is what another file was before, or one that was deleted where it came from.
    pub is_older: bool,
    /// Whether everybody may see the page it is on.
    pub is_public: bool,
}

db::columns!(Attachment {
    number,
    record_id,
    kind,
    name,
    alt,
    credit,
    is_decoration,
    sha256,
    bytes,
    width,
    height,
    reading_sha256,
    reading_bytes,
    reading_width,
    reading_height,
    person_id,
    person,
    at,
    removed_at,
    is_older,
    is_public,
});

/// One of the two sizes that a picture is kept in; other files have the full one alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Points across.
    pub width: i64,
    /// Points down.
    pub height: i64,
}

impl Attachment {
    /// What it is.
    pub fn kind(&self) -> Kind {
        Kind::parse(&self.kind).unwrap_or(Kind::Text)
    }

    /// Whether pages show it.
    pub fn is_picture(&self) -> bool {
        self.kind().is_picture()
    }

    /// The size that pages show.
    pub fn reading_size(&self) -> Option<Size> {
        let width = self.reading_width.or(self.width)?;
        let height = self.reading_height.or(self.height)?;
        Some(Size { width, height })
    }

    /// Where the whole file is.
    pub fn address(&self) -> String {
        let Self { number, kind, .. } = self;
        format!("/attachments/{number}/{}.{kind}", self.stem())
    }

    /// Where what pages show of it is: a picture's address says its size, so that pages do not jump.
    pub fn reading_address(&self) -> String {
        let Self { number, kind, .. } = self;
        match self.reading_size() {
            Some(Size { width, height }) => {
                format!(
                    "/attachments/{number}/{}-{width}x{height}.{kind}",
                    self.stem()
                )
            }
            None => self.address(),
        }
    }

    /// The hash of what lies under an address that ends so.
    pub fn sha256_of(&self, asked: &str) -> &str {
        let is_reading = self.reading_address().ends_with(&format!("/{asked}"));
        match &self.reading_sha256 {
            Some(reading) if is_reading => reading,
            _ => &self.sha256,
        }
    }

    /// What to write into a text to show it there, or to lead to it.
    pub fn as_markdown(&self) -> String {
        if self.is_picture() {
            format!("![{}]({})", bracketed(&self.alt), self.reading_address())
        } else {
            format!("[{}]({})", bracketed(&self.name), self.address())
        }
    }

    /// How long it is, for people: "340 kB".
    pub fn length(&self) -> String {
        length(self.bytes)
    }

    fn stem(&self) -> String {
        let stem = self
            .name
            .rsplit_once('.')
            .map_or(self.name.as_str(), |(stem, _)| stem);
        let slug = slug(stem);
        if slug.is_empty() {
            "file".to_owned()
        } else {
            slug
        }
    }
}

/// Bytes for people.
pub fn length(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// Words between the brackets of a link.
fn bracketed(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '[' | ']' | '\\' | '*' | '_' | '`' | '<' | '&') {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}

/// A file's name with the ending of what it is, in letters that people can see.
pub fn named(sent: &str, kind: Kind) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = match last.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 && ending.contains(char::is_alphabetic) => stem,
        _ => last,
    };
    let seen = stem.chars().filter(|letter| !letter.is_control());
    let seen: String = seen
        .filter(|letter| !is_unseen(*letter))
        .take(100)
        .collect();
    let seen = seen.trim().trim_matches('.').trim();
    let stem = if seen.is_empty() { "file" } else { seen };
    format!("{stem}.{}", kind.name())
}

/// Marks of direction and joiners: they hide what a name ends in.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// How a browser is to handle a file, and how to call it: `inline` or `attachment`, the name in
/// plain letters for old browsers and in full as RFC 8187 writes it.
pub fn disposition(kind: Kind, name: &str) -> String {
    let how = if kind.is_picture() {
        "inline"
    } else {
        "attachment"
    };
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || " ._-()".contains(*letter);
    let plain: String = name
        .chars()
        .map(|letter| if is_plain(&letter) { letter } else { '_' })
        .collect();
    let mut full = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            full.push(char::from(byte));
        } else {
            let _ = write!(full, "%{byte:02X}");
        }
    }
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests;
