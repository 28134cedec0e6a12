//! The invented sessions with their labels, from which the model learns and by which it is measured.

use crate::kind::Kind;
use crate::notes::{Line, Notes};
use crate::reading::{Format, read};

/// A session whose lines are labelled.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its style: bullets, prose and so on.
    pub name: &'static str,
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

const SESSIONS: &[(&str, &str)] = &[
    ("bullets", include_str!("../sessions/bullets.tsv")),
    ("prose", include_str!("../sessions/prose.tsv")),
    ("live blog", include_str!("../sessions/liveblog.tsv")),
    ("transcript", include_str!("../sessions/transcript.tsv")),
    ("minutes", include_str!("../sessions/minutes.tsv")),
    ("flip chart", include_str!("../sessions/flipchart.tsv")),
];

/// More notes to learn from, of as many styles as there are notes.
const LESSONS: &[(&str, &str)] = &[
    ("board", include_str!("../lessons/board.tsv")),
    ("care", include_str!("../lessons/care.tsv")),
    ("channel", include_str!("../lessons/channel.tsv")),
    ("data", include_str!("../lessons/data.tsv")),
    ("essay", include_str!("../lessons/essay.tsv")),
    ("flood", include_str!("../lessons/flood.tsv")),
    ("highways", include_str!("../lessons/highways.tsv")),
    ("housing", include_str!("../lessons/housing.tsv")),
    ("interview", include_str!("../lessons/interview.tsv")),
    ("licensing", include_str!("../lessons/licensing.tsv")),
    ("listening", include_str!("../lessons/listening.tsv")),
    ("notebook", include_str!("../lessons/notebook.tsv")),
    ("parks", include_str!("../lessons/parks.tsv")),
    ("partnership", include_str!("../lessons/partnership.tsv")),
    ("planning", include_str!("../lessons/planning.tsv")),
    ("residential", include_str!("../lessons/residential.tsv")),
    ("retro", include_str!("../lessons/retro.tsv")),
    ("risk", include_str!("../lessons/risk.tsv")),
    ("rumours", include_str!("../lessons/rumours.tsv")),
    ("wall", include_str!("../lessons/wall.tsv")),
];

/// Notes that were labelled before the model was last changed, and that it never learns from.
const UNSEEN: &[(&str, &str)] = &[
    ("library stream", include_str!("../unseen/library.tsv")),
    ("school walk", include_str!("../unseen/schools.tsv")),
    ("county wall", include_str!("../unseen/county.tsv")),
    ("world café", include_str!("../unseen/cafe.tsv")),
];

fn parsed(tables: &[(&'static str, &str)]) -> Vec<Session> {
    tables
        .iter()
        .map(|(name, table)| Session::parse(name, table))
        .collect()
}

/// Labelled notes that nothing is learned from: what the shipped model makes of them is measured.
pub fn unseen() -> Vec<Session> {
    parsed(UNSEEN)
}

/// More labelled notes, to learn from.
pub fn lessons() -> Vec<Session> {
    parsed(LESSONS)
}

/// The sessions of the test set.
pub fn sessions() -> Vec<Session> {
    parsed(SESSIONS)
}

impl Session {
    /// Reads a table: kind, speaker, organisation, group and the line as it was written.
    pub fn parse(name: &'static str, table: &str) -> Self {
        let mut text = String::new();
        let mut number = 0;
        let mut labels = Vec::new();
        for row in table.lines().filter(|row| !row.starts_with("# kind\t")) {
            let cells: Vec<&str> = row.splitn(5, '\t').collect();
            let &[kind, speaker, organisation, group, line] = cells.as_slice() else {
                continue;
            };
            let is = match kind {
                "heading" => Is::Heading,
                "furniture" => Is::Furniture,
                word => Is::Line(Kind::named(word).unwrap_or(Kind::Aside)),
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
        Self { name, text, labels }
    }

    /// The session's notes, read like anybody's.
    pub fn notes(&self) -> Notes {
        read(self.text.as_bytes(), Some(Format::Plain)).unwrap_or_default()
    }

    /// The labelled lines of some notes, with their kinds.
    pub fn labelled<'n>(&self, notes: &'n Notes) -> Vec<(&'n Line, Kind)> {
        self.labels
            .iter()
            .filter_map(|label| match label.is {
                Is::Line(kind) => Some((line(notes, label.number)?, kind)),
                _ => None,
            })
            .collect()
    }
}

fn line(notes: &Notes, number: usize) -> Option<&Line> {
    notes.lines.iter().find(|line| line.number == number)
}
