//! A tree as Markdown.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::escape;
use super::link::{self, Leads};
use super::plain::{code, fenced, flat, small};
use super::tree::{Align, Block, Cell, Inline, Style};
use super::{Note, PageTarget, Places};
use crate::id;

/// Writes Markdown, and notes what it could not write.
pub struct Writer<'p> {
    id: &'p str,
    places: &'p dyn Places,
    pub links: BTreeSet<String>,
    pub media: BTreeSet<String>,
    pub notes: BTreeSet<Note>,
    footnotes: Vec<String>,
    open: Vec<Style>,
    in_cell: bool,
}

impl<'p> Writer<'p> {
    pub fn new(id: &'p str, places: &'p dyn Places) -> Self {
        Self {
            id,
            places,
            links: BTreeSet::new(),
            media: BTreeSet::new(),
            notes: BTreeSet::new(),
            footnotes: Vec::new(),
            open: Vec::new(),
            in_cell: false,
        }
    }

    /// A whole page, its notes at the end.
    pub fn page(&mut self, blocks: &[Block]) -> String {
        let mut written = self.blocks(blocks);
        for (at, words) in self.footnotes.iter().enumerate() {
            written.push_str(if at == 0 { "\n\n" } else { "\n" });
            let _ = write!(written, "[^{}]: {words}", at + 1);
        }
        written.trim().to_owned()
    }

    fn blocks(&mut self, blocks: &[Block]) -> String {
        let mut written = String::new();
        // Two lists of one kind with nothing between would be one: every other one has other signs.
        let mut last_list = None;
        for block in blocks {
            let now = match block {
                Block::List(is_numbered, items) => {
                    let is_other = last_list == Some((*is_numbered, false));
                    last_list = Some((*is_numbered, is_other));
                    self.list(*is_numbered, is_other, items)
                }
                other => {
                    last_list = None;
                    self.block(other)
                }
            };
            if !now.is_empty() && !written.is_empty() {
                written.push_str("\n\n");
            }
            written.push_str(&now);
        }
        written
    }

    fn block(&mut self, block: &Block) -> String {
        match block {
            Block::Heading(level, words) => {
                let words = escape::words(words);
                let words = words.trim_end_matches('#');
                format!("{} {words}", "#".repeat(usize::from(*level)))
            }
            Block::Paragraph(inlines) => escape::lines(&self.inlines(inlines)),
            Block::List(is_numbered, items) => self.list(*is_numbered, false, items),
            Block::Quote(blocks) => {
                let words = self.blocks(blocks);
                let lines = words
                    .lines()
                    .map(|line| format!("> {line}").trim_end().to_owned());
                lines.collect::<Vec<_>>().join("\n")
            }
            Block::Table(rows) => self.table(rows),
            Block::Code(said, words) => fenced(said, words),
            Block::Rule => "---".to_owned(),
        }
    }

    fn list(&mut self, is_numbered: bool, is_other: bool, items: &[Vec<Block>]) -> String {
        let mut written = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let sign = match (is_numbered, is_other) {
                (true, false) => format!("{}. ", at + 1),
                (true, true) => format!("{}) ", at + 1),
                (false, false) => "- ".to_owned(),
                (false, true) => "+ ".to_owned(),
            };
            let room = " ".repeat(sign.len());
            // A list right below its words stays tight; all else stands apart.
            let mut words = String::new();
            for block in item {
                let now = self.block(block);
                if !words.is_empty() {
                    words.push_str(if matches!(block, Block::List(..)) {
                        "\n"
                    } else {
                        "\n\n"
                    });
                }
                words.push_str(&now);
            }
            let lines = words
                .lines()
                .enumerate()
                .map(|(line, words)| match (line, words) {
                    (0, words) => format!("{sign}{words}"),
                    (_, "") => String::new(),
                    (_, words) => format!("{room}{words}"),
                });
            let lines = lines.collect::<Vec<_>>().join("\n");
            written.push(if lines.is_empty() {
                sign.trim_end().to_owned()
            } else {
                lines
            });
        }
        written.join("\n")
    }

    fn table(&mut self, rows: &[Vec<Cell>]) -> String {
        let width = |row: &Vec<Cell>| row.iter().map(|cell| cell.columns).sum::<usize>();
        let columns = rows.iter().map(width).max().unwrap_or(0).min(200);
        if columns == 0 {
            return String::new();
        }
        let mut aligns = vec![Align::None; columns];
        let mut grid: Vec<Vec<String>> = Vec::new();
        let has_head = rows
            .first()
            .is_some_and(|row| row.iter().any(|cell| cell.is_head));
        for (at, row) in rows.iter().enumerate() {
            let mut cells: Vec<String> = Vec::with_capacity(columns);
            for cell in row {
                let words = match grid.last().and_then(|above| above.get(cells.len())) {
                    Some(above) if cell.goes_on => above.clone(),
                    _ => self.cell(cell, at == 0 && has_head),
                };
                if cell.goes_on || cell.columns > 1 {
                    self.notes.insert(Note::Spans);
                }
                if let Some(align) = aligns
                    .get_mut(cells.len())
                    .filter(|align| **align == Align::None)
                {
                    *align = cell.align;
                }
                for _ in 0..cell.columns {
                    cells.push(words.clone());
                }
            }
            cells.resize(columns, String::new());
            grid.push(cells);
        }
        if !has_head {
            grid.insert(0, vec![String::new(); columns]);
        }
        let mut lines: Vec<String> = grid
            .iter()
            .map(|cells| format!("| {} |", cells.join(" | ")))
            .collect();
        let signs: Vec<&str> = aligns.iter().map(|align| align.sign()).collect();
        lines.insert(1, format!("| {} |", signs.join(" | ")));
        lines.join("\n")
    }

    fn cell(&mut self, cell: &Cell, is_heading: bool) -> String {
        self.in_cell = true;
        let is_strong = cell.is_head && !is_heading;
        let words = if is_strong {
            self.inlines(&[Inline::Styled(Style::Strong, cell.words.clone())])
        } else {
            self.inlines(&cell.words)
        };
        self.in_cell = false;
        words.replace('\n', " ").trim().to_owned()
    }

    fn inlines(&mut self, inlines: &[Inline]) -> String {
        let mut written = String::new();
        for one in inlines {
            let now = self.inline(one);
            written.push_str(&now);
        }
        written
    }

    fn inline(&mut self, inline: &Inline) -> String {
        match inline {
            Inline::Words(words) => escape::words(words),
            Inline::Styled(style, inside) => self.styled(*style, inside),
            Inline::Break if self.in_cell => " ".to_owned(),
            Inline::Break => "\\\n".to_owned(),
            Inline::Link(to, words) => self.link(to, words.as_deref()),
            Inline::Page {
                id,
                words,
                has_section,
            } => {
                self.notes.extend(has_section.then_some(Note::Section));
                self.links.insert(id.clone());
                self.wiki_link(self.places.page(id, words), words)
            }
            Inline::Media(to, title) => self.media(to, title),
            Inline::Address(to, shown) => self.address(to, shown),
            Inline::Footnote(inside) => self.footnote(inside),
            Inline::Code(words) | Inline::Inside(Block::Code(_, words)) => {
                code(words, self.in_cell)
            }
            Inline::Inside(_) => String::new(),
        }
    }

    fn styled(&mut self, style: Style, inside: &[Inline]) -> String {
        if style == Style::Mono {
            return code(&flat(inside), self.in_cell);
        }
        if matches!(style, Style::Lower | Style::Upper) {
            let words = flat(inside);
            return small(style, &words).unwrap_or_else(|| self.inlines(inside));
        }
        // Underlined words are emphasised; what is emphasised already is not emphasised twice.
        let style = if style == Style::Underline {
            Style::Emphasis
        } else {
            style
        };
        if self.open.contains(&style) {
            return self.inlines(inside);
        }
        self.open.push(style);
        let words = self.inlines(inside);
        self.open.pop();
        let sign = match style {
            Style::Strong => "**",
            Style::Deleted => "~~",
            _ => "*",
        };
        let core = words.trim();
        if core.is_empty() || core.contains("\n\n") {
            return words;
        }
        let start = words.len() - words.trim_start().len();
        let end = start + core.len();
        let core = core.trim_end_matches("\\\n").trim_end();
        format!("{}{sign}{core}{sign}{}", &words[..start], &words[end..])
    }

    fn link(&mut self, to: &str, words: Option<&[Inline]>) -> String {
        let places = self.places;
        let target = link::leads(to, self.id, &|id| places.exists(id), &|name| {
            places.interwiki(name)
        });
        if let Some([Inline::Media(file, title)]) = words {
            self.notes.insert(Note::PictureInLink);
            let picture = self.media(file, title);
            let beside = self.link(to, None);
            return format!("{picture} {beside}");
        }
        let said = words.map(flat);
        match target {
            Leads::Page {
                id,
                has_section,
                has_query,
            } => {
                self.notes.extend(has_section.then_some(Note::Section));
                self.notes.extend(has_query.then_some(Note::Query));
                let shown = said.clone().unwrap_or_else(|| link::shown(to));
                let target = places.page(&id, &shown);
                self.links.insert(id);
                self.wiki_link(target, &shown)
            }
            Leads::Address(address) => {
                let shown = said.unwrap_or_else(|| link::shown_elsewhere(to).to_owned());
                self.address(&address, &shown)
            }
            Leads::Section => {
                self.notes.insert(Note::Section);
                escape::words(&said.unwrap_or_else(|| to.trim_start_matches('#').to_owned()))
            }
            Leads::Nowhere => {
                escape::words(&said.unwrap_or_else(|| link::shown_elsewhere(to).to_owned()))
            }
        }
    }

    fn wiki_link(&self, target: PageTarget, shown: &str) -> String {
        match target {
            PageTarget::Address(address) => self.address(&address, shown),
            PageTarget::Wiki(target) => {
                let shown = shown.replace(['[', ']', '|', '\n', '\\'], " ");
                let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
                let bar = if self.in_cell { "\\|" } else { "|" };
                if shown.is_empty() || shown == target {
                    format!("[[{target}]]")
                } else {
                    format!("[[{target}{bar}{shown}]]")
                }
            }
        }
    }

    fn address(&self, to: &str, shown: &str) -> String {
        let is_safe = ["http://", "https://", "mailto:", "/"]
            .iter()
            .any(|scheme| to.starts_with(scheme));
        let words = escape::words(&shown.split_whitespace().collect::<Vec<_>>().join(" "));
        if !is_safe {
            return words;
        }
        let to = escape::address(to);
        if to == shown {
            format!("<{to}>")
        } else {
            format!("[{words}]({to})")
        }
    }

    fn media(&mut self, file: &str, title: &str) -> String {
        let (named, how) = file
            .split_once('?')
            .filter(|_| !file.contains("://"))
            .unwrap_or((file, ""));
        if named.contains("://") {
            let named = named.split('?').next().unwrap_or(named);
            let last = named.rsplit('/').next().unwrap_or(named);
            return self.address(named, if title.is_empty() { last } else { title });
        }
        let id = id::resolve(named, self.id, &|_| true);
        let shown = if title.is_empty() {
            id::name(&id)
        } else {
            title
        };
        let target = self.places.media(&id);
        self.media.insert(id.clone());
        match target {
            Some(target) if target.is_picture && !how.contains("linkonly") => {
                format!(
                    "![{}]({})",
                    escape::words(title),
                    escape::address(&target.address)
                )
            }
            Some(target) => self.address(&target.address, shown),
            None => escape::words(shown),
        }
    }

    fn footnote(&mut self, inside: &[Inline]) -> String {
        let in_cell = std::mem::take(&mut self.in_cell);
        let open = std::mem::take(&mut self.open);
        let words = self.inlines(inside).replace('\n', " ");
        (self.in_cell, self.open) = (in_cell, open);
        let words = words.trim().to_owned();
        let known = self.footnotes.iter().position(|own| *own == words);
        let at = known.unwrap_or_else(|| {
            self.footnotes.push(words);
            self.footnotes.len() - 1
        });
        format!("[^{}]", at + 1)
    }
}

impl Align {
    fn sign(self) -> &'static str {
        match self {
            Self::None => "---",
            Self::Left => ":--",
            Self::Centre => ":-:",
            Self::Right => "--:",
        }
    }
}
