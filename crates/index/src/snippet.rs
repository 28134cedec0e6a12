//! The passage of a document that fits the question best.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::answers::Answers;
use crate::beginnings::Beginnings;
use crate::mark::mark;
use crate::question::Fragment;
use crate::reading::Reading;
use crate::words;

/// A passage is about two lines long.
const LONGEST: usize = 220;
/// A passage begins this much before what was found, where it cannot begin with the text.
const RUN_UP: usize = 60;
/// Nobody looks for a passage deeper in a page than this.
const READ: usize = 4_000;
/// Weaker answers are not marked: the reader would wonder why.
const WORTH_MARKING: f32 = 0.45;

/// What a passage is chosen by: the words that answer, and how much each idea tells.
pub(crate) struct Marker<'a> {
    answers: &'a Answers,
    weights: Vec<f32>,
    beginnings: Beginnings,
    /// Words read already, as written, with the idea they answer to.
    read: RefCell<HashMap<String, Option<usize>>>,
}

struct Match {
    range: Range<usize>,
    idea: usize,
}

impl<'a> Marker<'a> {
    pub fn new(reading: &Reading, answers: &'a Answers) -> Self {
        let weight = |idea: &crate::reading::Idea| if idea.chat { 0.0 } else { idea.weight };
        let ideas = reading.ideas.iter().filter(|idea| !idea.chat);
        let senses = ideas.flat_map(|idea| &idea.senses);
        let worth_marking = senses.filter(|sense| sense.factor >= WORTH_MARKING);
        let stems = worth_marking.filter_map(|sense| sense.stems.first());
        let beginnings = Beginnings::of(stems.map(String::as_str));
        let weights = reading.ideas.iter().map(weight).collect();
        Self {
            answers,
            weights,
            beginnings,
            read: RefCell::default(),
        }
    }

    /// The best passage of the text, the words that answer marked.
    pub fn passage(&self, text: &str) -> Vec<Fragment> {
        let text = text.get(..boundary(text, READ)).unwrap_or(text);
        let matches = self.matches(text);
        let window = self.window(text, &matches);
        cut(text, &window, &matches)
    }

    fn matches(&self, text: &str) -> Vec<Match> {
        let mut places = words::places(text);
        let written = |place: &Range<usize>| text.get(place.clone()).unwrap_or("");
        places.retain(|place| self.beginnings.may_hold(written(place)));
        self.learn(places.iter().map(written).collect());
        let read = self.read.borrow();
        let matched = |range: Range<usize>| {
            let idea = read.get(written(&range)).copied().flatten()?;
            Some(Match { range, idea })
        };
        places.into_iter().filter_map(matched).collect()
    }

    /// Reads the words that no passage held before.
    fn learn(&self, mut written: Vec<&str>) {
        let mut read = self.read.borrow_mut();
        written.retain(|word| !read.contains_key(*word));
        written.sort_unstable();
        written.dedup();
        for (word, stem) in written.iter().zip(words::stems_of_written(&written)) {
            read.insert((*word).to_owned(), self.answered_by(&stem));
        }
    }

    /// The idea that a word answers to well enough to be marked.
    fn answered_by(&self, stem: &str) -> Option<usize> {
        let answers = self.answers.beginning_with(mark(stem)).iter();
        let good = answers.filter(|answer| answer.factor >= WORTH_MARKING);
        let telling = good.filter(|answer| self.weight(answer.idea) > 0.0);
        telling
            .max_by(|a, b| a.factor.total_cmp(&b.factor))
            .map(|answer| answer.idea)
    }

    fn weight(&self, idea: usize) -> f32 {
        self.weights.get(idea).copied().unwrap_or(0.0)
    }

    /// The stretch that answers most, the earliest of equals.
    fn window(&self, text: &str, matches: &[Match]) -> Range<usize> {
        let mut best = (0.0, 0);
        for (at, first) in matches.iter().enumerate() {
            let start = first.range.start.saturating_sub(RUN_UP);
            let worth = self.worth(matches.get(at..).unwrap_or(&[]), start + LONGEST);
            if worth > best.0 {
                best = (worth, start);
            }
        }
        let start = if best.1 < RUN_UP {
            0
        } else {
            word_start(text, best.1)
        };
        start..word_end(text, start + LONGEST)
    }

    fn worth(&self, matches: &[Match], end: usize) -> f32 {
        let mut seen: Vec<usize> = Vec::new();
        for found in matches.iter().take_while(|found| found.range.end <= end) {
            if !seen.contains(&found.idea) {
                seen.push(found.idea);
            }
        }
        seen.into_iter().map(|idea| self.weight(idea)).sum()
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first word that begins after `at`.
fn word_start(text: &str, at: usize) -> usize {
    let at = boundary(text, at);
    let rest = text.get(at..).unwrap_or("");
    let mut after_space = rest
        .char_indices()
        .skip_while(|(_, char)| !char.is_whitespace());
    after_space
        .find(|(_, char)| !char.is_whitespace())
        .map_or(at, |(word, _)| at + word)
}

/// The end of the last word that ends before `at`.
fn word_end(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let before = text.get(..boundary(text, at)).unwrap_or("");
    before.rfind(char::is_whitespace).unwrap_or(before.len())
}

fn cut(text: &str, window: &Range<usize>, matches: &[Match]) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut push = |text: &str, marked: bool| {
        if !text.is_empty() {
            fragments.push(Fragment {
                text: one_line(text),
                marked,
            });
        }
    };
    push(if window.start > 0 { "… " } else { "" }, false);
    let mut at = window.start;
    for found in matches.iter().map(|found| &found.range) {
        if found.start >= at && found.end <= window.end {
            push(text.get(at..found.start).unwrap_or(""), false);
            push(text.get(found.clone()).unwrap_or(""), true);
            at = found.end;
        }
    }
    push(text.get(at..window.end).unwrap_or("").trim_end(), false);
    push(
        if window.end < text.trim_end().len() {
            " …"
        } else {
            ""
        },
        false,
    );
    fragments
}

/// A passage is read as a line: every run of spaces and line ends is one space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for char in text.chars() {
        match char.is_whitespace() {
            true if line.ends_with(' ') => {}
            true => line.push(' '),
            false => line.push(char),
        }
    }
    line
}

#[cfg(test)]
mod tests;
