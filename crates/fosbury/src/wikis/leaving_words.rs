//! A text of this place in a wiki's words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dokuwiki::text::{MEDIA, WIKI, from_markdown};
use texts::links::{Link, Target, rewrite};

use crate::history::kind::{Kind, PartSpec, Shape};
use crate::history::model::Parts;
use crate::subjects::kind_called;
use crate::words::Words;

/// Where records and files are in the wiki.
#[derive(Default)]
pub struct There {
    /// Ids of pages by kind and number.
    pub pages: BTreeMap<(String, i64), String>,
    /// Ids of files by their numbers.
    pub files: BTreeMap<i64, String>,
}

impl There {
    /// A whole text as one page.
    pub fn page(&self, words: &Words, kind: &dyn Kind, parts: &Parts) -> String {
        let title = parts.get("title").replace('\n', " ");
        let mut written = format!("====== {} ======", title.trim_matches('='));
        for part in kind.parts().iter().filter(|part| part.key != "title") {
            let said = self.part(part, parts);
            if said.is_empty() {
                continue;
            }
            written.push_str("\n\n");
            // The one text of a guide needs no heading of its own.
            let is_whole = part.key == kind.opening() && kind.first_parts().len() == 2;
            if !is_whole {
                let key = format!("part-{}-{}", kind.name(), part.key);
                let _ = write!(written, "===== {} =====\n\n", words.say(&key));
            }
            written.push_str(&said);
        }
        written.push('\n');
        written
    }

    fn part(&self, part: &PartSpec, parts: &Parts) -> String {
        let words = parts.get(part.key);
        match part.shape {
            Shape::Text => self.text(words),
            Shape::Numbers(kind) => {
                let numbers = parts.numbers(part.key).into_iter();
                let items = numbers.map(|number| match self.page_of(kind, number) {
                    Some(page) => format!("  * [[:{page}]]"),
                    None => format!("  * {kind} {number}"),
                });
                items.collect::<Vec<_>>().join("\n")
            }
            _ => {
                let lines = parts.list(part.key).into_iter();
                let items = lines.map(|line| format!("  * {}", from_markdown(&plain(&line), 2)));
                items.collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// Markdown in the wiki's words, its links and files leading to the wiki's pages and files.
    fn text(&self, markdown: &str) -> String {
        let linked = rewrite(markdown, |link| Some(self.link(link)));
        from_markdown(&self.with_files(&linked), 2)
    }

    fn link(&self, link: &Link) -> String {
        let page = match &link.target {
            Target::Numbered { kind, number } => {
                self.page_of(kind.as_deref().unwrap_or("hurdle"), *number)
            }
            Target::Titled(title) => Some(dokuwiki::id::clean(title)),
        };
        let title = link.target.title();
        let words = plain(link.words.as_deref().unwrap_or(&title));
        match page {
            Some(page) => format!("[{words}]({WIKI}{page})"),
            None => words,
        }
    }

    fn page_of(&self, kind: &str, number: i64) -> Option<String> {
        let kind = kind_called(kind)?.name().to_owned();
        self.pages.get(&(kind, number)).cloned()
    }

    /// Addresses of files here become ids of files there.
    fn with_files(&self, markdown: &str) -> String {
        const BEFORE: &str = "](/attachments/";
        let mut written = String::with_capacity(markdown.len());
        let mut rest = markdown;
        while let Some(at) = rest.find(BEFORE) {
            let address = &rest[at + BEFORE.len()..];
            let end = address.find(')').unwrap_or(address.len());
            let number = address[..end].split('/').next().unwrap_or_default();
            let file = number
                .parse()
                .ok()
                .and_then(|number| self.files.get(&number));
            if let Some(file) = file {
                written.push_str(&rest[..at]);
                let _ = write!(written, "]({MEDIA}{file}");
                rest = &address[end..];
            } else {
                let until = at + BEFORE.len();
                written.push_str(&rest[..until]);
                rest = &rest[until..];
            }
        }
        written.push_str(rest);
        written
    }
}

/// Words that mean nothing to Markdown.
fn plain(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in words.chars() {
        if letter.is_ascii_punctuation() {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}
