//! DokuWiki's text: read into a tree, written as Markdown.

mod back;
mod block;
mod escape;
mod inline;
mod link;
pub(crate) mod plain;
mod table;
mod tree;
mod write;

use std::collections::BTreeSet;

pub use back::{MEDIA, WIKI, from_markdown};
pub use link::usual as usual_shortcut;

pub(crate) use escape::{address as escape_address, words as escape_words};
pub(crate) use tree::{Align, Block, Cell, Inline, Never, Style};

/// What a link to a page becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageTarget {
    /// What stands between `[[` and `]]` before the words.
    Wiki(String),
    /// A plain address.
    Address(String),
}

/// What a file on a page becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaTarget {
    /// Where it is.
    pub address: String,
    /// Whether it is shown.
    pub is_picture: bool,
}

/// What the caller knows of pages and files.
pub trait Places {
    /// Whether there is a page of this id.
    fn exists(&self, id: &str) -> bool;

    /// Where a link to this page leads; `words` are those of the link, or nothing.
    fn page(&self, id: &str, words: &str) -> PageTarget;

    /// Where this file is, if it is known.
    fn media(&self, id: &str) -> Option<MediaTarget>;

    /// Where `[[name>…]]` leads, with `{NAME}`, `{URL}` or `{QUERY}` in it.
    fn interwiki(&self, name: &str) -> Option<String> {
        usual_shortcut(name).map(str::to_owned)
    }
}

/// A text as Markdown, and what else it said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Converted {
    /// The words of its first heading, which is left out of the text where nothing stands above it.
    pub title: Option<String>,
    /// The Markdown.
    pub markdown: String,
    /// What `{{tag>…}}` named.
    pub tags: Vec<String>,
    /// The pages it links to, by their ids.
    pub links: BTreeSet<String>,
    /// The files it shows, by their ids.
    pub media: BTreeSet<String>,
    /// What was understood and could not be kept as it was.
    pub notes: BTreeSet<Note>,
    /// What could not be kept and has a name: `template`, `no-file`, `left-field`; and the name.
    pub named: BTreeSet<(&'static str, String)>,
}

/// Something that Markdown has no words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// Cells over several columns or rows were repeated.
    Spans,
    /// A link to a section leads to the page.
    Section,
    /// What came after a `?` in a link is gone.
    Query,
    /// A picture in a link stands without the link.
    PictureInLink,
    /// The words of a feed are a link to it.
    Feed,
    /// Another page was shown inside this one: now it is a link.
    Included,
    /// A plugin's box is a quotation.
    Box,
    /// A plugin's fields are a list.
    Fields,
    /// A sign to a plugin is gone.
    Plugin,
    /// HTML or PHP is shown as it was typed.
    Code,
    /// Raised, lowered or underlined words are plain ones.
    Shape,
}

/// Turns a text into Markdown. `id` is the page's, from which its links are understood.
#[must_use]
pub fn to_markdown(text: &str, id: &str, places: &dyn Places) -> Converted {
    let text = normal(text);
    let mut reading = tree::Reading::default();
    let blocks = block::blocks(&text, &mut reading, 0);
    let (title, blocks) = headed(blocks);
    let mut converted = written(&blocks, id, places);
    converted.title = title;
    converted.tags = reading.tags;
    converted.notes.extend(reading.notes);
    converted
}

/// The words of the first heading, which is left out where nothing stands above it.
pub(crate) fn headed(mut blocks: Vec<Block>) -> (Option<String>, Vec<Block>) {
    let title = match blocks.first() {
        Some(Block::Heading(_, words)) => {
            let words = words.clone();
            blocks.remove(0);
            Some(words)
        }
        _ => blocks.iter().find_map(|block| match block {
            Block::Heading(_, words) => Some(words.clone()),
            _ => None,
        }),
    };
    (title, blocks)
}

/// Blocks as Markdown.
pub(crate) fn written(blocks: &[Block], id: &str, places: &dyn Places) -> Converted {
    let mut writer = write::Writer::new(id, places);
    let markdown = writer.page(blocks);
    Converted {
        markdown,
        links: writer.links,
        media: writer.media,
        notes: writer.notes,
        ..Converted::default()
    }
}

/// One kind of line end, no mark of bytes, nothing that no text has.
pub(crate) fn normal(text: &str) -> String {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace(
        |letter: char| letter.is_control() && letter != '\n' && letter != '\t',
        "",
    )
}
