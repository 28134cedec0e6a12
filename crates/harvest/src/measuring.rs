//! How often the model is right about notes that it has not seen.

use std::fmt;
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

use crate::kind::Kind;
use crate::kinds::{Lessons, Model};
use crate::notes::{Line, Notes};
use crate::sessions::{Hand, Is, Session};
use crate::twins::groups;

/// A session's or a hand's name, how many lines it has, how many were right, and how many had the right
/// kind among the first two.
pub type Row = (String, usize, usize, usize);

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
    /// The same for the lessons, a row for each hand.
    pub lessons: Vec<Row>,
    /// The same for notes that nothing is learned from, judged by what all others teach.
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

/// Measures in as many turns as there are sessions: each session, and each hand of the lessons, is judged
/// by what all notes teach but those left out in that turn. Notes that nothing is learned from are judged by
/// what all others teach.
pub fn measure(sessions: &[Session], hands: &[Hand], unseen: &[Session]) -> Figures {
    let turns = sessions.len().max(1);
    let in_turns = sessions.iter().enumerate();
    let of_hands = hands.iter().enumerate().flat_map(|(at, hand)| {
        let turn = at % turns;
        hand.sessions.iter().map(move |one| (turn, one))
    });
    let all: Vec<(usize, &Session, Notes)> = in_turns
        .chain(of_hands)
        .map(|(turn, session)| (turn, session, session.notes()))
        .collect();
    let taught: Vec<(&Session, &Notes)> = all.iter().map(|(_, one, notes)| (*one, notes)).collect();
    let lessons = Lessons::of(&taught);
    let models: Vec<Model> = thread::scope(|scope| {
        let learning: Vec<_> = (0..turns)
            .map(|turn| {
                let (lessons, all) = (&lessons, &all);
                scope.spawn(move || lessons.learn(|at| all[at].0 != turn))
            })
            .collect();
        let learned = learning.into_iter().map(ScopedJoinHandle::join);
        learned
            .map(|model| model.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    let mut figures = Figures::default();
    for (turn, session, notes) in &all[..sessions.len()] {
        figures.judge(session, notes, &models[*turn]);
    }
    let mut rest = all[sessions.len()..].iter();
    for hand in hands {
        let mut row = (hand.name.clone(), 0, 0, 0);
        for (turn, session, notes) in rest.by_ref().take(hand.sessions.len()) {
            let (_, lines, right, two) = counted(session, notes, &models[*turn]);
            row = (row.0, row.1 + lines, row.2 + right, row.3 + two);
        }
        figures.lessons.push(row);
    }
    let everything = lessons.learn(|_| true);
    figures.unseen = unseen
        .iter()
        .map(|session| counted(session, &session.notes(), &everything))
        .collect();
    figures
}

/// A line, its kind, and the kinds that a model sees in it.
type Judged<'n> = (&'n Line, Kind, Vec<(Kind, f64)>);

/// A session's labelled lines, each with its kind and the kinds that a model sees in it.
fn judged<'n>(session: &Session, notes: &'n Notes, model: &Model) -> Vec<Judged<'n>> {
    let found = notes.lines.iter().zip(model.kinds(&notes.lines));
    let labelled = found.filter_map(|(line, kinds)| match session.label(line.number)? {
        Is::Line(kind) => Some((line, kind, kinds)),
        _ => None,
    });
    labelled.collect()
}

fn counted(session: &Session, notes: &Notes, model: &Model) -> Row {
    let judged = judged(session, notes, model);
    let within = |first: usize| {
        let is_there = |kinds: &[(Kind, f64)], is| kinds.iter().take(first).any(|it| it.0 == is);
        let right = judged.iter().filter(|(_, is, kinds)| is_there(kinds, *is));
        right.count()
    };
    (session.name.clone(), judged.len(), within(1), within(2))
}

impl Figures {
    /// How many lines were judged.
    pub fn lines(&self) -> usize {
        self.sessions.iter().map(|row| row.1).sum()
    }

    /// The share of lines whose kind was right, in per cent.
    pub fn right(&self) -> f64 {
        share(self.sessions.iter().map(|row| row.2).sum(), self.lines())
    }

    /// The share of lines with the right kind among the first two, in per cent.
    pub fn among_two(&self) -> f64 {
        share(self.sessions.iter().map(|row| row.3).sum(), self.lines())
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
        writeln!(f, "Each session is judged by what other notes teach.\n")?;
        writeln!(
            f,
            "{:<16}{:>6}{:>8}{:>14}",
            "session", "lines", "right", "among two"
        )?;
        table(f, &self.sessions)?;
        writeln!(f, "\nThe lessons, each hand judged by what others teach:\n")?;
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
    let all = (
        "all".to_owned(),
        sum(|it| it.1),
        sum(|it| it.2),
        sum(|it| it.3),
    );
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
