//! Documents of a word processor: a zip file with one XML file that matters, read as a stream.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::blocks::{Block, tidied};
use super::{MOST_LINES, Unreadable};
use crate::notes::Marker;

/// No more of a document is unpacked: a small file may hold an endless one.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// The parts of a document that hold words, in the order in which they are read.
const PARTS: &[&str] = &[
    "word/document.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
    "word/comments.xml",
];

/// The blocks of a document.
pub(super) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    let damaged = |_| Unreadable::DamagedDocument;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut words = Words::default();
    for (at, name) in PARTS.iter().copied().enumerate() {
        let part = match archive.by_name(name) {
            Ok(part) => part,
            Err(_) if at > 0 => continue,
            Err(_) => return Err(Unreadable::DamagedDocument),
        };
        let mut xml = Vec::new();
        let size = part
            .take(MOST_UNPACKED + 1)
            .read_to_end(&mut xml)
            .map_err(|_| Unreadable::DamagedDocument)?;
        if size as u64 > MOST_UNPACKED {
            return Err(Unreadable::TooLarge);
        }
        words.read(&xml)?;
    }
    Ok(words.blocks)
}

#[derive(Default)]
struct Words {
    blocks: Vec<Block>,
    text: String,
    heading: Option<usize>,
    level: usize,
    is_item: bool,
    is_text: bool,
    /// How many elements of a second rendering of the same thing are open.
    fallback: usize,
}

impl Words {
    fn read(&mut self, xml: &[u8]) -> Result<(), Unreadable> {
        let mut reader = Reader::from_reader(xml);
        reader.config_mut().check_end_names = false;
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) => self.open(&tag, false)?,
                Ok(Event::Empty(tag)) => self.open(&tag, true)?,
                Ok(Event::End(tag)) => self.close(tag.local_name().as_ref())?,
                Ok(Event::Text(text)) if self.is_text && self.fallback == 0 => {
                    let text = text.decode().map_err(|_| Unreadable::DamagedDocument)?;
                    self.text.push_str(&text);
                }
                Ok(Event::GeneralRef(entity)) if self.is_text && self.fallback == 0 => {
                    self.text.push_str(&character(&entity));
                }
                Ok(Event::Eof) => break,
                Err(_) => return Err(Unreadable::DamagedDocument),
                Ok(_) => {}
            }
            buffer.clear();
        }
        self.close_block()
    }

    fn open(&mut self, tag: &BytesStart<'_>, is_empty: bool) -> Result<(), Unreadable> {
        match tag.local_name().as_ref() {
            b"Fallback" if !is_empty => self.fallback += 1,
            b"p" if !is_empty => self.close_block()?,
            b"pStyle" => self.style(&value(tag)),
            b"outlineLvl" => {
                if let Ok(level @ 0..=8) = value(tag).parse::<usize>() {
                    self.heading = Some(level + 1);
                }
            }
            b"ilvl" => self.level = value(tag).parse::<usize>().unwrap_or(0).min(9),
            b"numId" => self.is_item = value(tag) != "0",
            b"t" if !is_empty => self.is_text = true,
            b"tab" => self.text.push(' '),
            b"br" | b"cr" => self.break_line()?,
            _ => {}
        }
        Ok(())
    }

    fn style(&mut self, style: &str) {
        let style = style.to_lowercase();
        if let Some(level) = style.strip_prefix("heading") {
            self.heading = Some(level.trim().parse().unwrap_or(1));
        } else if style == "title" {
            self.heading = Some(1);
        } else if style.starts_with("list") {
            self.is_item = true;
        }
    }

    fn close(&mut self, name: &[u8]) -> Result<(), Unreadable> {
        match name {
            b"Fallback" => self.fallback = self.fallback.saturating_sub(1),
            b"t" => self.is_text = false,
            b"p" => self.close_block()?,
            _ => {}
        }
        Ok(())
    }

    /// A break within a paragraph: what follows is of the same kind.
    fn break_line(&mut self) -> Result<(), Unreadable> {
        let (heading, level, is_item) = (self.heading, self.level, self.is_item);
        self.close_block()?;
        (self.heading, self.level, self.is_item) = (heading, level, is_item);
        Ok(())
    }

    fn close_block(&mut self) -> Result<(), Unreadable> {
        let text = tidied(&std::mem::take(&mut self.text));
        let (marker, text) = match super::plain::marked(&text) {
            (Marker::None, _) => (Marker::None, text.as_str()),
            found => found,
        };
        if text.chars().any(char::is_alphanumeric) {
            let is_item = self.is_item && self.heading.is_none();
            self.blocks.push(Block {
                number: self.blocks.len() + 1,
                indent: if is_item { 2 + self.level * 2 } else { 0 },
                marker: if is_item { Marker::Bullet } else { marker },
                heading: self.heading,
                text: text.to_owned(),
                after_gap: true,
                quoted: false,
            });
        }
        (self.heading, self.level, self.is_item) = (None, 0, false);
        if self.blocks.len() > MOST_LINES {
            return Err(Unreadable::TooLong);
        }
        Ok(())
    }
}

fn value(tag: &BytesStart<'_>) -> String {
    tag.attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == b"val")
        .map(|attribute| String::from_utf8_lossy(&attribute.value).into_owned())
        .unwrap_or_default()
}

/// `&amp;` and `&#8217;`; no others are known in such documents.
fn character(entity: &[u8]) -> String {
    let name = String::from_utf8_lossy(entity);
    let number = name.strip_prefix('#').and_then(|number| {
        number.strip_prefix(['x', 'X']).map_or_else(
            || number.parse().ok(),
            |hex| u32::from_str_radix(hex, 16).ok(),
        )
    });
    match name.as_ref() {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        _ => number
            .and_then(char::from_u32)
            .map(String::from)
            .unwrap_or_default(),
    }
}
