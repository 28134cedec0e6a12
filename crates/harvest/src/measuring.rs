//! How often the model is right about notes that it has not seen.

use std::fmt;

use crate::kind::Kind;
use crate::kinds::{Model, learn};
use crate::notes::{Line, Notes};
use crate::sessions::{Is, Session, lessons, sessions, unseen};
use crate::twins::groups;

/// A session's name, how many lines it has, how many were right, and how many had the right kind among
/// the first two.
pub type Row = (&'static str, usize, usize, usize);

/// What was measured, leaving one session out after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// For each session of the test set.
    pub sessions: Vec<Row>,
    /// How often a line of the first kind was taken for the second.
    pub taken_for: [[usize; 8]; 8],
    /// For each tenth of how sure the model was: how many lines, how many of them right.
    pub sure: [(usize, usize); 10],
    /// Pairs of lines that say the same: how many there are, how many were found, and how many were
    /// found in all.
    pub pairs: (usize, usize, usize),
    /// Speakers, note-takers and places: how many lines, how many were read rightly.
    pub around: (usize, usize),
    /// The same as `sessions` for the lessons, each left out in its turn.
    pub lessons: Vec<Row>,
    /// The same for notes that nothing is learned from, judged by the shipped model.
    pub unseen: Vec<Row>,
    /// The lines that were taken for something else.
    pub misses: Vec<Miss>,
}

/// A line that was taken for something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Miss {
    /// What was written.
    pub text: String,
    /// What it is.
    pub is: Kind,
    /// What it was taken for.
    pub taken_for: Kind,
}

/// Measures: each session and lesson is judged by what the others teach, and notes that nothing is
/// learned from by the shipped model.
pub fn measure() -> Figures {
    let sessions = read(sessions());
    let lessons = read(lessons());
    let all: Vec<&(Session, Notes)> = sessions.iter().chain(&lessons).collect();
    let mut figures = Figures::default();
    for (out, (session, notes)) in all.iter().enumerate() {
        let others = all.iter().enumerate().filter(|(at, _)| *at != out);
        let taught: Vec<(&Line, Kind)> = others
            .flat_map(|(_, (session, notes))| session.labelled(notes))
            .collect();
        let model = learn(&taught);
        if out < sessions.len() {
            figures.judge(session, notes, &model);
        } else {
            figures.lessons.push(counted(session, notes, &model));
        }
    }
    let unseen = read(unseen());
    figures.unseen = unseen
        .iter()
        .map(|(session, notes)| counted(session, notes, Model::shipped()))
        .collect();
    figures
}

/// A line, its kind, and the kinds that a model sees in it.
type Judged<'n> = (&'n Line, Kind, Vec<(Kind, f64)>);

/// A session's labelled lines, each with its kind and the kinds that a model sees in it.
fn judged<'n>(session: &Session, notes: &'n Notes, model: &Model) -> Vec<Judged<'n>> {
    let found = model.kinds(&notes.lines);
    let labelled = session.labelled(notes).into_iter();
    labelled
        .filter_map(|(line, is)| {
            let at = notes.lines.iter().position(|it| it.number == line.number)?;
            Some((line, is, found.get(at)?.clone()))
        })
        .collect()
}

fn counted(session: &Session, notes: &Notes, model: &Model) -> Row {
    let judged = judged(session, notes, model);
    let within = |first: usize| {
        let is_there = |kinds: &[(Kind, f64)], is| kinds.iter().take(first).any(|it| it.0 == is);
        let right = judged.iter().filter(|(_, is, kinds)| is_there(kinds, *is));
        right.count()
    };
    (session.name, judged.len(), within(1), within(2))
}

fn read(sessions: Vec<Session>) -> Vec<(Session, Notes)> {
    sessions
        .into_iter()
        .map(|session| {
            let notes = session.notes();
            (session, notes)
        })
        .collect()
}

impl Figures {
    /// How many lines were judged.
    pub fn lines(&self) -> usize {
        self.sessions.iter().map(|(_, lines, _, _)| lines).sum()
    }

    /// The share of lines whose kind was right, in per cent.
    pub fn right(&self) -> f64 {
        share(
            self.sessions.iter().map(|(_, _, right, _)| right).sum(),
            self.lines(),
        )
    }

    /// The share of lines with the right kind among the first two, in per cent.
    pub fn among_two(&self) -> f64 {
        share(
            self.sessions.iter().map(|(_, _, _, two)| two).sum(),
            self.lines(),
        )
    }

    fn judge(&mut self, session: &Session, notes: &Notes, model: &Model) {
        self.sessions.push(counted(session, notes, model));
        for (line, is, kinds) in judged(session, notes, model) {
            let (first, sure) = kinds.first().copied().unwrap_or((Kind::Aside, 0.0));
            self.taken_for[is.place()][first.place()] += 1;
            let tenth = (0..9)
                .take_while(|tenth| f64::from(tenth + 1) / 10.0 <= sure)
                .count();
            self.sure[tenth].0 += 1;
            self.sure[tenth].1 += usize::from(first == is);
            if first != is {
                self.misses.push(Miss {
                    text: line.text.clone(),
                    is,
                    taken_for: first,
                });
            }
        }
        self.judge_groups(session, notes, model);
        self.judge_around(session, notes);
    }

    fn judge_groups(&mut self, session: &Session, notes: &Notes, model: &Model) {
        let kinds = model.kinds(&notes.lines);
        let found = groups(&notes.lines, &kinds);
        let wanted: Vec<Option<&str>> = notes
            .lines
            .iter()
            .map(|line| {
                let label = session
                    .labels
                    .iter()
                    .find(|label| label.number == line.number);
                label.and_then(|label| label.group.as_deref())
            })
            .collect();
        for one in 0..found.len() {
            for other in one + 1..found.len() {
                let is = wanted[one].is_some() && wanted[one] == wanted[other];
                let was = found[one].is_some() && found[one] == found[other];
                self.pairs.0 += usize::from(is);
                self.pairs.1 += usize::from(is && was);
                self.pairs.2 += usize::from(was);
            }
        }
    }

    fn judge_around(&mut self, session: &Session, notes: &Notes) {
        for label in &session.labels {
            if !matches!(label.is, Is::Line(_)) {
                continue;
            }
            let line = notes.lines.iter().find(|line| line.number == label.number);
            let is_right = line.is_some_and(|line| {
                line.voice() == label.speaker.as_deref() && line.organisation == label.organisation
            });
            self.around.0 += 1;
            self.around.1 += usize::from(is_right);
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Each session is judged by what the other notes teach.\n")?;
        writeln!(
            f,
            "{:<16}{:>6}{:>8}{:>14}",
            "session", "lines", "right", "among two"
        )?;
        table(f, &self.sessions)?;
        writeln!(f, "\nThe lessons, each left out in its turn:\n")?;
        table(f, &self.lessons)?;
        writeln!(f, "\nNotes that nothing is learned from:\n")?;
        table(f, &self.unseen)?;
        write!(f, "\n{:<14}", "is, taken for:")?;
        for kind in Kind::ALL {
            write!(f, "{:>10}", kind.name())?;
        }
        for (kind, row) in Kind::ALL.into_iter().zip(&self.taken_for) {
            write!(f, "\n{:<14}", kind.name())?;
            for count in row {
                write!(f, "{count:>10}")?;
            }
        }
        writeln!(f, "\n\nhow sure, and how often right:")?;
        for (tenth, (lines, right)) in self.sure.iter().enumerate() {
            if *lines > 0 {
                let share = share(*right, *lines);
                writeln!(
                    f,
                    "  {:>3} % and more {lines:>5} lines {share:>6.1}%",
                    tenth * 10
                )?;
            }
        }
        let (are, found, said) = self.pairs;
        writeln!(
            f,
            "\npairs that say the same: {are}, found {found}; said to be pairs {said}"
        )?;
        let (lines, right) = self.around;
        write!(f, "speaker and place read rightly: {right} of {lines}")
    }
}

fn table(f: &mut fmt::Formatter<'_>, rows: &[Row]) -> fmt::Result {
    let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
    let all = ("all", sum(|it| it.1), sum(|it| it.2), sum(|it| it.3));
    for (name, lines, right, two) in rows.iter().chain([&all]) {
        let (right, two) = (share(*right, *lines), share(*two, *lines));
        writeln!(f, "{name:<16}{lines:>6}{right:>7.1}%{two:>13.1}%")?;
    }
    Ok(())
}

fn share(part: usize, all: usize) -> f64 {
    let float = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    100.0 * float(part) / float(all.max(1))
}
