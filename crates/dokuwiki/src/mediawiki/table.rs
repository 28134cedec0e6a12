//! Tables.

use super::inline::Reader;
use super::prepare::attribute;
use crate::text::{Align, Block, Cell, Inline, Style};

/// Columns or rows that one cell takes up at the most.
const WIDEST: usize = 40;

/// Reads the table that begins here; how many lines it has.
pub fn read(lines: &[&str], reader: &mut Reader<'_>, found: &mut Vec<Block>) -> usize {
    let mut table = Table::default();
    let mut depth = 0_usize;
    let mut taken = lines.len();
    for (at, line) in lines.iter().enumerate() {
        let bare = line.trim_start().trim_start_matches([':', ' ']);
        let bare = if at == 0 { bare } else { line.trim_start() };
        if bare.starts_with("{|") {
            depth += 1;
            continue;
        }
        if let Some(after) = bare
            .strip_prefix("|}")
            .filter(|after| !after.starts_with('}'))
        {
            depth -= 1;
            if depth == 0 {
                taken = at + 1;
                if !after.trim().is_empty() {
                    table.caption.push((after.trim().to_owned(), true));
                }
                break;
            }
            continue;
        }
        // A table in a cell is read as words of that cell.
        if depth > 1 {
            let words = bare.trim_start_matches(['|', '!', '-', '+']);
            table.goes_on(words);
            continue;
        }
        table.line(bare);
    }
    table.finish(reader, found);
    taken
}

#[derive(Default)]
struct Raw {
    is_head: bool,
    said: String,
    words: String,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<Raw>>,
    /// Words above or below, and whether they come below.
    caption: Vec<(String, bool)>,
    in_caption: bool,
}

impl Table {
    fn line(&mut self, line: &str) {
        if line.starts_with("|-") {
            self.in_caption = false;
            self.rows.push(Vec::new());
        } else if let Some(words) = line.strip_prefix("|+") {
            let (_, words) = told(words);
            self.caption.push((words.trim().to_owned(), false));
            self.in_caption = true;
        } else if let Some(cells) = line.strip_prefix('|') {
            self.cells(cells, false);
        } else if let Some(cells) = line.strip_prefix('!') {
            self.cells(cells, true);
        } else {
            self.goes_on(line);
        }
    }

    fn goes_on(&mut self, words: &str) {
        let cell = self.rows.last_mut().and_then(|row| row.last_mut());
        let words = words.trim();
        match (cell, self.caption.last_mut()) {
            _ if words.is_empty() => {}
            (_, Some((caption, _))) if self.in_caption => {
                caption.push('\n');
                caption.push_str(words);
            }
            (Some(cell), _) => {
                cell.words.push('\n');
                cell.words.push_str(words);
            }
            (None, _) => self.caption.push((words.to_owned(), false)),
        }
    }

    fn cells(&mut self, line: &str, is_head: bool) {
        self.in_caption = false;
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        let mut rest = line;
        loop {
            let end = ["||", "!!"]
                .into_iter()
                .filter(|sign| is_head || *sign == "||")
                .filter_map(|sign| outside_links(rest, sign))
                .min();
            let (said, words) = told(&rest[..end.unwrap_or(rest.len())]);
            if let Some(row) = self.rows.last_mut() {
                row.push(Raw {
                    is_head,
                    said: said.to_owned(),
                    words: words.trim().to_owned(),
                });
            }
            match end {
                Some(end) => rest = &rest[end + 2..],
                None => break,
            }
        }
    }

    fn finish(mut self, reader: &mut Reader<'_>, found: &mut Vec<Block>) {
        self.rows.retain(|row| !row.is_empty());
        for (words, _) in self.caption.iter().filter(|(_, is_below)| !is_below) {
            let words = reader.inlines(words);
            found.push(Block::Paragraph(vec![Inline::Styled(Style::Strong, words)]));
        }
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        // For each column, how many more rows a cell from above takes up.
        let mut below: Vec<usize> = Vec::new();
        for raw in self.rows {
            let mut row: Vec<Cell> = Vec::new();
            let mut column = 0;
            let mut cells = raw.into_iter();
            loop {
                while let Some(left) = below.get_mut(column).filter(|left| **left > 0) {
                    *left -= 1;
                    column += 1;
                    row.push(Cell {
                        columns: 1,
                        goes_on: true,
                        ..Cell::default()
                    });
                }
                let Some(raw) = cells.next() else { break };
                let span = |name| {
                    let number = attribute(&raw.said, name).parse::<usize>();
                    number.unwrap_or(1).clamp(1, WIDEST)
                };
                let (columns, deep) = (span("colspan"), span("rowspan"));
                if below.len() < column + columns {
                    below.resize(column + columns, 0);
                }
                below[column..column + columns].fill(deep - 1);
                column += columns;
                row.push(Cell {
                    is_head: raw.is_head,
                    align: align(&raw.said),
                    words: reader.inlines(&raw.words),
                    columns,
                    goes_on: false,
                });
            }
            rows.push(row);
        }
        if !rows.is_empty() {
            found.push(Block::Table(rows));
        }
        for (words, _) in self.caption.iter().filter(|(_, is_below)| *is_below) {
            let words = reader.inlines(words);
            found.push(Block::Paragraph(words));
        }
    }
}

/// What is told of a cell before its words.
fn told(cell: &str) -> (&str, &str) {
    let Some(at) = outside_links(cell, "|") else {
        return ("", cell);
    };
    let said = &cell[..at];
    if said.contains('=') || said.trim().is_empty() || said.trim() == "nowrap" {
        (said, &cell[at + 1..])
    } else {
        ("", cell)
    }
}

/// Where a sign stands that is in no link.
fn outside_links(text: &str, sign: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"[[") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"]]") {
            depth = depth.saturating_sub(1);
            at += 2;
        } else if depth == 0 && rest.starts_with(sign.as_bytes()) {
            return Some(at);
        } else {
            at += 1;
        }
    }
    None
}

fn align(said: &str) -> Align {
    let said = said.to_lowercase().replace(' ', "");
    let is = |side: &str| {
        said.contains(&format!("text-align:{side}")) || said.contains(&format!("align=\"{side}\""))
    };
    if is("center") {
        Align::Centre
    } else if is("right") {
        Align::Right
    } else if is("left") {
        Align::Left
    } else {
        Align::None
    }
}
