//! A MediaWiki: its dump as a stream, its text as Markdown.

mod block;
mod dump;
mod entities;
mod html;
mod inline;
mod link;
mod markup;
mod prepare;
mod revisions;
mod stream;
mod table;
mod template;
mod titles;

pub use dump::{Dump, LeftOut, Site};
pub use stream::Bytes;
pub use titles::{Titles, named as title_of_address};

use crate::text::{Converted, Places, normal, written};

/// Turns wiki text into Markdown. `title` is the page's, from which its links are understood.
#[must_use]
pub fn to_markdown(text: &str, title: &str, titles: &Titles, places: &dyn Places) -> Converted {
    let prepared = prepare::prepared(&normal(text), title, titles);
    let mut reader = inline::Reader::new(prepared, title, titles);
    let blocks = block::page(&mut reader);
    finished(reader, &blocks, title, places)
}

/// Turns a piece of a web page into Markdown: scripts, styles and all that is no text are left out.
#[must_use]
pub fn from_html(html: &str, places: &dyn Places) -> Converted {
    let titles = Titles::default();
    let mut reader = inline::Reader::new(html::prepared(html), "", &titles);
    let blocks = block::page(&mut reader);
    let (title, blocks) = crate::text::headed(blocks);
    let converted = finished(reader, &blocks, "", places);
    Converted { title, ..converted }
}

fn finished(
    reader: inline::Reader<'_>,
    blocks: &[crate::text::Block],
    title: &str,
    places: &dyn Places,
) -> Converted {
    let mut converted = written(blocks, title, places);
    converted.title = (!title.is_empty()).then(|| title.to_owned());
    converted.tags = reader.tags;
    converted.notes.extend(reader.notes);
    converted.named = reader.prepared.named;
    converted
}
