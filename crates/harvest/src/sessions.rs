//! Notes with labels, from which the model learns and by which it is measured.

use crate::kind::Kind;
use crate::notes::Notes;
use crate::reading::{Format, read};

/// A session whose lines are labelled.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its style: bullets, prose and so on.
    pub name: String,
    /// The notes as a file would hold them.
    pub text: String,
    /// The labels of its lines, by the number of the line in `text`.
    pub labels: Vec<Label>,
}

/// What a line is said to be by whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The line's number in the session's text, from 1.
    pub number: usize,
    /// What the line is.
    pub is: Is,
    /// Whose words they are.
    pub speaker: Option<String>,
    /// The place it tells of.
    pub organisation: Option<String>,
    /// Lines of one group say the same.
    pub group: Option<String>,
}

/// What stands in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    /// A heading.
    Heading,
    /// What belongs to the page.
    Furniture,
    /// A line of this kind.
    Line(Kind),
}

/// Notes that were written in one hand: they are alike, and left out together when it is measured how
/// well others are read.
#[derive(Clone, Debug)]
pub struct Hand {
    /// What it is called.
    pub name: String,
    /// The notes.
    pub sessions: Vec<Session>,
}

impl Session {
    /// Reads a table: kind, speaker, organisation, group and the line as it was written. A row that is
    /// something else is told, so that no line is left out or learned as what it is not.
    pub fn parse(name: &str, table: &str) -> Result<Self, String> {
        let mut text = String::new();
        let mut number = 0;
        let mut labels = Vec::new();
        for row in table.lines().filter(|row| !row.starts_with("# kind\t")) {
            let cells: Vec<&str> = row.splitn(5, '\t').collect();
            let &[kind, speaker, organisation, group, line] = cells.as_slice() else {
                return Err(format!("{name}: five cells are needed: {row}"));
            };
            let is = match kind {
                "heading" => Is::Heading,
                "furniture" => Is::Furniture,
                word => {
                    let kind = Kind::named(word);
                    Is::Line(
                        kind.ok_or_else(|| format!("{name}: no kind is called {word}: {row}"))?,
                    )
                }
            };
            if is == Is::Heading {
                text.push('\n');
                number += 1;
            }
            text.push_str(line);
            text.push('\n');
            number += 1;
            let some = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
            labels.push(Label {
                number,
                is,
                speaker: some(speaker),
                organisation: some(organisation),
                group: some(group),
            });
            if is == Is::Heading {
                text.push('\n');
                number += 1;
            }
        }
        Ok(Self {
            name: name.to_owned(),
            text,
            labels,
        })
    }

    /// The session's notes, read like anybody's.
    pub fn notes(&self) -> Notes {
        read(self.text.as_bytes(), Some(Format::Plain)).unwrap_or_default()
    }

    /// What stands in a line, by its number.
    pub fn label(&self, number: usize) -> Option<Is> {
        let label = self.labels.iter().find(|label| label.number == number);
        label.map(|label| label.is)
    }
}
