//! Markdown as DokuWiki's text: the way back.

use std::fmt::Write as _;

use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use super::plain::longest_run;

/// What addresses of pages of the wiki begin with in the Markdown: `[words](wiki:ns:page)`.
pub const WIKI: &str = "wiki:";
/// The same for files: `![words](media:ns:file.png)`.
pub const MEDIA: &str = "media:";

/// Turns Markdown into DokuWiki's text. Its highest heading becomes level `top` (1 to 5).
#[must_use]
pub fn from_markdown(markdown: &str, top: u8) -> String {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    let root = parse_document(&arena, markdown, &options);
    let levels = root
        .descendants()
        .filter_map(|node| match node.data.borrow().value {
            NodeValue::Heading(heading) => Some(heading.level),
            _ => None,
        });
    let highest = levels.min().unwrap_or(1);
    let mut way = Way {
        root,
        top,
        highest,
        open: Vec::new(),
    };
    way.blocks(root, 0).trim_end().to_owned()
}

struct Way<'a> {
    root: &'a AstNode<'a>,
    top: u8,
    highest: u8,
    /// The signs of styles that are open: none is opened twice.
    open: Vec<&'static str>,
}

/// Levels of what is nested at the most.
const DEEPEST: usize = 30;

impl<'a> Way<'a> {
    fn blocks(&mut self, node: &'a AstNode<'a>, depth: usize) -> String {
        let mut written: Vec<String> = Vec::new();
        if depth < DEEPEST {
            for child in node.children() {
                let block = self.block(child, depth);
                if !block.trim().is_empty() {
                    written.push(block);
                }
            }
        }
        written.join("\n\n")
    }

    fn block(&mut self, node: &'a AstNode<'a>, depth: usize) -> String {
        match &node.data.borrow().value {
            NodeValue::Heading(heading) => {
                let level = (heading.level - self.highest + self.top).clamp(1, 5);
                let signs = "=".repeat(usize::from(7 - level));
                // Headings hold no markup.
                format!("{signs} {} {signs}", flat(node).trim_matches('='))
            }
            NodeValue::Paragraph => self.paragraph(node),
            NodeValue::CodeBlock(block) => {
                let said = block.info.split_whitespace().next().unwrap_or_default();
                let said: String = said
                    .chars()
                    .filter(|c| c.is_ascii_alphanumeric() || "+-_".contains(*c))
                    .collect();
                let room = if said.is_empty() { "" } else { " " };
                literal_block(&block.literal, &format!("{room}{said}"))
            }
            NodeValue::List(_) => self.list(node, 1, depth),
            NodeValue::BlockQuote => {
                let inside = self.blocks(node, depth + 1);
                let lines = inside.lines().filter(|line| !line.is_empty());
                let quoted = lines.map(|line| {
                    if line.starts_with('>') {
                        format!(">{line}")
                    } else {
                        format!("> {line}")
                    }
                });
                quoted.collect::<Vec<_>>().join("\n")
            }
            NodeValue::Table(table) => self.table(node, &table.alignments),
            NodeValue::ThematicBreak => "----".to_owned(),
            NodeValue::FootnoteDefinition(_) => String::new(),
            NodeValue::HtmlBlock(html) => literal_block(&html.literal, ""),
            _ => self.blocks(node, depth + 1),
        }
    }

    /// A paragraph whose lines begin nothing.
    fn paragraph(&mut self, node: &'a AstNode<'a>) -> String {
        let words = self.inlines(node);
        let lines = words.split('\n').map(|line| {
            let line = line.trim_start();
            if line.starts_with(['>', '^', '|', '=']) || line.starts_with("----") {
                let first = line.chars().next().map_or(0, char::len_utf8);
                format!("%%{}%%{}", &line[..first], &line[first..])
            } else {
                line.to_owned()
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn list(&mut self, node: &'a AstNode<'a>, level: usize, depth: usize) -> String {
        let sign = match &node.data.borrow().value {
            NodeValue::List(list) if list.list_type == ListType::Ordered => '-',
            _ => '*',
        };
        let mut lines = Vec::new();
        for item in node.children() {
            let mut words = String::new();
            let mut nested = Vec::new();
            for block in item.children() {
                let is_list = matches!(block.data.borrow().value, NodeValue::List(_));
                if is_list && depth < DEEPEST {
                    nested.push(self.list(block, level + 1, depth + 1));
                    continue;
                }
                let block = self.block(block, depth + 1);
                // An item is one line: what follows in it stands after a break, but for code.
                let block = if block.starts_with("<code") {
                    block
                } else {
                    block.replace('\n', " ")
                };
                if !words.is_empty() && !block.starts_with("<code") {
                    words.push_str(" \\\\ ");
                }
                words.push_str(&block);
            }
            lines.push(format!("{}{sign} {words}", "  ".repeat(level)));
            lines.append(&mut nested);
        }
        lines.join("\n")
    }

    fn table(&mut self, node: &'a AstNode<'a>, aligns: &[TableAlignment]) -> String {
        let mut lines = Vec::new();
        for row in node.children() {
            let is_head = matches!(row.data.borrow().value, NodeValue::TableRow(true));
            let sign = if is_head { '^' } else { '|' };
            let mut line = String::new();
            let mut is_empty = true;
            for (at, cell) in row.children().enumerate() {
                let words = self.inlines(cell).replace('\n', " ");
                let words = words.trim();
                is_empty &= words.is_empty();
                let words = match aligns.get(at) {
                    Some(TableAlignment::Right) => format!("  {words} "),
                    Some(TableAlignment::Center) => format!("  {words}  "),
                    _ => format!(" {words} "),
                };
                line.push(sign);
                line.push_str(&words);
            }
            // A heading without words was made for the table's sake alone.
            if !(is_head && is_empty) {
                line.push(sign);
                lines.push(line);
            }
        }
        lines.join("\n")
    }

    fn inlines(&mut self, node: &'a AstNode<'a>) -> String {
        let mut written = String::new();
        for child in node.children() {
            let now = self.inline(child);
            written.push_str(&now);
        }
        written
    }

    fn inline(&mut self, node: &'a AstNode<'a>) -> String {
        match &node.data.borrow().value {
            NodeValue::Text(words) => literal(words),
            NodeValue::SoftBreak => "\n".to_owned(),
            NodeValue::LineBreak => "\\\\\n".to_owned(),
            NodeValue::Code(code) => format!("''{}''", between(&code.literal)),
            NodeValue::Strong => self.styled(node, "**", "**"),
            NodeValue::Emph => self.styled(node, "//", "//"),
            NodeValue::Strikethrough => self.styled(node, "<del>", "</del>"),
            NodeValue::Link(link) => to(&link.url, &flat(node)),
            NodeValue::Image(image) => match image.url.strip_prefix(MEDIA) {
                Some(file) => shown(file, &flat(node)),
                None => to(&image.url, &flat(node)),
            },
            NodeValue::FootnoteReference(reference) => self.note(&reference.name),
            NodeValue::HtmlInline(html) => between(html),
            _ => self.inlines(node),
        }
    }

    fn styled(&mut self, node: &'a AstNode<'a>, opening: &'static str, closing: &str) -> String {
        if self.open.contains(&opening) {
            return self.inlines(node);
        }
        self.open.push(opening);
        let words = self.inlines(node);
        self.open.pop();
        if words.trim().is_empty() {
            words
        } else {
            format!("{opening}{words}{closing}")
        }
    }

    fn note(&mut self, name: &str) -> String {
        let is_own = |node: &&'a AstNode<'a>| match &node.data.borrow().value {
            NodeValue::FootnoteDefinition(note) => note.name == name,
            _ => false,
        };
        let Some(note) = self.root.children().find(is_own) else {
            return String::new();
        };
        if self.open.contains(&"((") {
            return String::new();
        }
        self.open.push("((");
        let words: Vec<String> = note.children().map(|block| self.inlines(block)).collect();
        self.open.pop();
        format!("(({}))", words.join(" ").replace('\n', " "))
    }
}

/// A link as the wiki writes it.
fn to(address: &str, words: &str) -> String {
    let plain = words.replace(['[', ']', '|'], " ");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(page) = address.strip_prefix(WIKI) {
        return format!("[[:{page}|{plain}]]");
    }
    if let Some(file) = address.strip_prefix(MEDIA) {
        return format!("{{{{:{file}?linkonly|{plain}}}}}");
    }
    let address = address.replace(['[', ']', '|', ' ', '\n'], "");
    if address.is_empty() {
        return literal(words);
    }
    if plain.is_empty() || plain == address {
        format!("[[{address}]]")
    } else {
        format!("[[{address}|{plain}]]")
    }
}

fn shown(file: &str, words: &str) -> String {
    let words = words.replace(['{', '}', '|', '\n'], " ");
    if words.trim().is_empty() {
        format!("{{{{:{file}}}}}")
    } else {
        format!("{{{{:{file}|{}}}}}", words.trim())
    }
}

/// What begins something in a DokuWiki.
const SIGNS: [&str; 20] = [
    "**", "//", "__", "''", "\\\\", "[[", "{{", "((", "<code", "<file", "<nowiki", "<html", "<php",
    "<del", "<sub", "<sup", "<HTML", "<PHP", "~~", "%%",
];

/// Words that mean nothing to the wiki.
fn literal(words: &str) -> String {
    let is_address = |at: usize| words[..at].ends_with(':');
    let mut safe = String::with_capacity(words.len());
    let mut at = 0;
    while let Some(letter) = words[at..].chars().next() {
        let sign = SIGNS.iter().find(|sign| words[at..].starts_with(**sign));
        match sign {
            Some(sign) if *sign != "%%" && !(*sign == "//" && is_address(at)) => {
                let _ = write!(safe, "%%{sign}%%");
                at += sign.len();
            }
            Some(_) => {
                safe.push_str("<nowiki>%%</nowiki>");
                at += 2;
            }
            None if letter == '|' || letter == '^' => {
                let _ = write!(safe, "%%{letter}%%");
                at += 1;
            }
            None => {
                safe.push(letter);
                at += letter.len_utf8();
            }
        }
    }
    safe
}

/// Words between signs in which nothing means anything.
fn between(words: &str) -> String {
    let words = words.replace('\n', " ");
    if words.contains("%%") {
        format!("<nowiki>{}</nowiki>", words.replace("</nowiki>", ""))
    } else if longest_run(&words, '%') > 0
        || SIGNS.iter().any(|sign| words.contains(sign))
        || words.contains(['|', '^', '<'])
    {
        format!("%%{words}%%")
    } else {
        words
    }
}

fn literal_block(words: &str, said: &str) -> String {
    let words = words.trim_end_matches('\n');
    if words.contains("</code>") {
        format!(
            "<file{said}>\n{}\n</file>",
            words.replace("</file>", "</ file>")
        )
    } else {
        format!("<code{said}>\n{words}\n</code>")
    }
}

/// The words without their signs.
fn flat<'a>(node: &'a AstNode<'a>) -> String {
    let mut words = String::new();
    for inner in node.descendants() {
        match &inner.data.borrow().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            _ => {}
        }
    }
    words
}
