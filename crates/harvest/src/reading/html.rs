//! Web pages: read token by token, so that no depth of nesting can hurt.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::blocks::{Block, tidied};
use super::furniture;
use crate::notes::Marker;

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "tr",
    "ul",
];
/// Elements that hold nothing of the notes.
const SKIPPED: &[&str] = &[
    "head", "script", "style", "nav", "noscript", "template", "svg", "button", "select", "footer",
    "iframe",
];
/// Parts of a page by the name that is given to them.
const FURNITURE: &[&str] = &[
    "nav",
    "navbar",
    "menu",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "toc",
    "footer",
    "docinfo",
    "pagetools",
    "sitetools",
    "usertools",
    "cookie-banner",
    "dokuwiki__footer",
];

/// Whether this text is a page.
pub(super) fn looks_like(text: &str) -> bool {
    let lower: String = text.chars().take(2000).collect::<String>().to_lowercase();
    lower.contains("<html")
        || lower.contains("<!doctype html")
        || lower.contains("<body")
        || ["<p>", "<li>", "<h1", "<h2", "<div"]
            .iter()
            .filter(|tag| lower.contains(*tag))
            .count()
            >= 2
}

/// The blocks of a page.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let input = BufferQueue::default();
    input.push_back(
        StrTendril::from_slice(text)
            .try_reinterpret()
            .unwrap_or_default(),
    );
    let tokenizer = Tokenizer::new(Page::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut reader = tokenizer.sink.0.into_inner();
    reader.close_block();
    reader
        .blocks
        .retain(|block| !furniture::is_of_a_menu(&block.text));
    reader.blocks
}

#[derive(Default)]
struct Page(RefCell<Reader>);

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    text: String,
    heading: Option<usize>,
    /// The lists that are open: whether their items are numbered.
    lists: Vec<bool>,
    is_item: bool,
    quotes: usize,
    /// The element that is being skipped, and how many of its name are open in it.
    skipping: Option<(String, usize)>,
}

impl TokenSink for Page {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => {
                reader.say(&text);
                TokenSinkResult::Continue
            }
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                match tag.kind {
                    TagKind::StartTag => reader.open(&name, &tag),
                    TagKind::EndTag => reader.close(&name),
                }
                raw(&name, &tag)
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

/// What stands in a script is no markup.
fn raw(name: &str, tag: &Tag) -> TokenSinkResult<()> {
    match name {
        _ if tag.kind == TagKind::EndTag => TokenSinkResult::Continue,
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "iframe" | "noscript" => TokenSinkResult::RawData(RawKind::Rawtext),
        "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

impl Reader {
    fn say(&mut self, text: &str) {
        if self.skipping.is_none() {
            self.text.push_str(text);
        }
    }

    fn open(&mut self, name: &str, tag: &Tag) {
        if let Some((skipped, depth)) = &mut self.skipping {
            *depth += usize::from(skipped == name && !tag.self_closing);
            return;
        }
        if BLOCKS.contains(&name) {
            self.close_block();
        }
        if !tag.self_closing && (SKIPPED.contains(&name) || is_furniture(tag)) {
            self.skipping = Some((name.to_owned(), 1));
            return;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading = name[1..].parse().ok();
            }
            "ul" | "ol" => self.lists.push(name == "ol"),
            "li" => self.is_item = true,
            "blockquote" => self.quotes += 1,
            "td" | "th" => self.text.push(' '),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipping {
            if skipped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skipping = None;
                }
            }
            return;
        }
        if BLOCKS.contains(&name) {
            self.close_block();
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            "ul" | "ol" => {
                self.lists.pop();
            }
            "li" => self.is_item = false,
            "blockquote" => self.quotes = self.quotes.saturating_sub(1),
            _ => {}
        }
    }

    fn close_block(&mut self) {
        let text = tidied(&std::mem::take(&mut self.text));
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        let marker = match (self.is_item, self.lists.last()) {
            (true, Some(true)) => Marker::Number,
            (true, _) => Marker::Bullet,
            _ => Marker::None,
        };
        self.is_item = false;
        self.blocks.push(Block {
            number: self.blocks.len() + 1,
            indent: self.lists.len() * 2,
            marker,
            heading: self.heading,
            text,
            after_gap: true,
            quoted: self.quotes > 0,
        });
    }
}

fn is_furniture(tag: &Tag) -> bool {
    tag.attrs
        .iter()
        .filter(|attribute| matches!(&*attribute.name.local, "class" | "id" | "role"))
        .flat_map(|attribute| attribute.value.split_whitespace())
        .any(|word| {
            let word = word.to_lowercase();
            FURNITURE.contains(&word.as_str()) || word == "navigation"
        })
}
