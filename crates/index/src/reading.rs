//! A question as it is understood: which ideas it names, how much each tells, and all the words
//! by which a document may answer to it.

use std::collections::HashMap;
use std::ops::Range;

use tantivy::Searcher;

use crate::card::{Mark, mark};
use crate::commonness::Commonness;
use crate::error::Error;
use crate::fields::Fields;
use crate::variants::{self, Guess};
use crate::vocabulary::Vocabulary;
use crate::words::{Stem, Word, stems, words};

/// Longer questions are cut: nobody means more than this, and somebody may mean harm.
const LONGEST_QUESTION: usize = 256;
const MOST_WORDS: usize = 24;

/// What a word of chat tells, next to any other.
const CHAT: f32 = 0.12;
/// A word of a known row ("manager" of "line manager") stands for part of its idea.
const PART: f32 = 0.5;
/// "log in" and "login" are as good as the same.
const JOINED: f32 = 0.95;
/// A part of a split word must be a word itself, not a chance syllable.
const SHORTEST_PART: usize = 3;

/// What everything asked is compared with.
pub(crate) struct Lexicon<'a> {
    pub searcher: &'a Searcher,
    pub fields: &'a Fields,
    pub commonness: &'a Commonness,
    pub vocabulary: &'a Vocabulary,
}

/// How the last word typed is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LastWord {
    /// It is finished.
    Whole,
    /// It may go on.
    Begun,
}

/// A question understood.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub text: String,
    pub ideas: Vec<Idea>,
}

/// A word asked, or a row of words with one meaning.
#[derive(Debug, Clone)]
pub(crate) struct Idea {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// How much it tells.
    pub weight: f32,
    /// Whether it is mere chat.
    pub chat: bool,
    pub senses: Vec<Sense>,
}

/// A way in which a document may answer to an idea.
#[derive(Debug, Clone)]
pub(crate) struct Sense {
    /// In this order.
    pub stems: Vec<Stem>,
    /// How good an answer it is, from 0 to 1.
    pub factor: f32,
    /// The word meant, where the one typed was a slip.
    pub mended: Option<String>,
}

impl Sense {
    fn new(stems: Vec<Stem>, factor: f32) -> Self {
        Self {
            stems,
            factor,
            mended: None,
        }
    }

    pub fn marks(&self) -> Vec<Mark> {
        self.stems.iter().map(|stem| mark(stem)).collect()
    }
}

impl Reading {
    /// Understands a question.
    pub fn of(text: &str, last: LastWord, lexicon: &Lexicon) -> Result<Self, Error> {
        let text: String = text.chars().take(LONGEST_QUESTION).collect();
        let mut words = words(&text);
        words.truncate(MOST_WORDS);
        let plain: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let stems = stems(&plain);
        let mut reader = Reader {
            lexicon,
            words: &words,
            stems: &stems,
            ideas: Vec::new(),
        };
        reader.read(last)?;
        let mut ideas = reader.ideas;
        if ideas.iter().all(|idea| idea.chat) {
            for idea in &mut ideas {
                idea.chat = false;
            }
        }
        for idea in &mut ideas {
            idea.weigh(lexicon.commonness);
        }
        Ok(Self { text, ideas })
    }
}

impl Idea {
    /// An idea is as common as its commonest good word: "boss" tells no more than "manager".
    fn weigh(&mut self, commonness: &Commonness) {
        let telling = |sense: &Sense| {
            let each = sense
                .marks()
                .into_iter()
                .map(|word| commonness.telling(word));
            each.fold(0.0_f32, f32::max)
        };
        let known = |sense: &&Sense| sense.marks().iter().all(|word| commonness.knows(*word));
        let good = self
            .senses
            .iter()
            .filter(|sense| sense.factor > PART)
            .filter(known);
        let telling = good.map(telling).fold(f32::INFINITY, f32::min);
        let telling = if telling.is_finite() {
            telling
        } else {
            commonness.telling(0)
        };
        self.weight = if self.chat {
            telling.max(1.0) * CHAT
        } else {
            telling.max(0.05)
        };
    }

    fn add(&mut self, sense: Sense) {
        match self
            .senses
            .iter_mut()
            .find(|known| known.stems == sense.stems)
        {
            Some(known) if known.factor >= sense.factor => {}
            Some(known) => *known = sense,
            None => self.senses.push(sense),
        }
    }
}

struct Reader<'a> {
    lexicon: &'a Lexicon<'a>,
    words: &'a [Word],
    stems: &'a [Stem],
    ideas: Vec<Idea>,
}

impl Reader<'_> {
    fn read(&mut self, last: LastWord) -> Result<(), Error> {
        let chat = self.chat();
        let mut at = 0;
        while at < self.stems.len() {
            let length = self.longest_row(at);
            let mut idea = self.idea(at..at + length, chat.get(at..at + length).unwrap_or(&[]));
            if length == 1 {
                let begun = last == LastWord::Begun && at + 1 == self.stems.len();
                self.add_spellings(at, begun, &mut idea)?;
            }
            self.ideas.push(idea);
            at += length;
        }
        Ok(())
    }

    /// Which words are part of mere chat.
    fn chat(&self) -> Vec<bool> {
        let mut chat = vec![false; self.stems.len()];
        for start in 0..self.stems.len() {
            for length in 1..=Vocabulary::longest_entry() {
                let Some(row) = self.stems.get(start..start + length) else {
                    break;
                };
                if self.lexicon.vocabulary.is_chat(row) {
                    chat.iter_mut()
                        .skip(start)
                        .take(length)
                        .for_each(|word| *word = true);
                }
            }
        }
        chat
    }

    /// How many words from here on have one meaning together.
    fn longest_row(&self, start: usize) -> usize {
        let lengths = (2..=Vocabulary::longest_entry()).rev();
        let rows = lengths.filter(|length| {
            let row = self.stems.get(start..start + length);
            row.is_some_and(|row| !self.lexicon.vocabulary.meanings(row).is_empty())
        });
        rows.max().unwrap_or(1)
    }

    fn idea(&self, place: Range<usize>, chat: &[bool]) -> Idea {
        let row = self.stems.get(place.clone()).unwrap_or(&[]);
        let mut idea = Idea {
            range: self.bytes(&place),
            weight: 0.0,
            chat: row.len() == 1 && chat.first().copied().unwrap_or(false),
            senses: vec![Sense::new(row.to_vec(), 1.0)],
        };
        for meaning in self.lexicon.vocabulary.meanings(row) {
            idea.add(Sense::new(meaning.stems.clone(), meaning.factor));
        }
        if row.len() > 1 {
            for (stem, _) in row.iter().zip(chat).filter(|(_, chat)| !**chat) {
                idea.add(Sense::new(vec![stem.clone()], PART));
            }
        }
        idea
    }

    fn bytes(&self, place: &Range<usize>) -> Range<usize> {
        let start = self
            .words
            .get(place.start)
            .map_or(0, |word| word.range.start);
        let end = place
            .end
            .checked_sub(1)
            .and_then(|last| self.words.get(last));
        start..end.map_or(start, |word| word.range.end)
    }

    /// Other spellings of one word: run together with its neighbour, taken apart, mended, begun.
    fn add_spellings(&self, at: usize, begun: bool, idea: &mut Idea) -> Result<(), Error> {
        for pair in [at.checked_sub(1), Some(at)].into_iter().flatten() {
            self.add_joined(pair, idea);
        }
        let Some(word) = self.words.get(at) else {
            return Ok(());
        };
        if begun {
            let rest =
                variants::completions(&word.text, self.lexicon.searcher, self.lexicon.fields)?;
            self.add_guesses(rest, idea);
        }
        if self.is_known(at) {
            return Ok(());
        }
        self.add_split(&word.text, idea);
        let lexicon = self.lexicon;
        let guesses = variants::guesses(
            &word.text,
            lexicon.searcher,
            lexicon.fields,
            lexicon.vocabulary,
        )?;
        self.add_guesses(guesses, idea);
        Ok(())
    }

    fn is_known(&self, at: usize) -> bool {
        let known = |stem: &Stem| {
            self.lexicon.commonness.knows(mark(stem)) || self.lexicon.vocabulary.knows(stem)
        };
        self.stems.get(at).is_some_and(known)
    }

    fn add_joined(&self, first: usize, idea: &mut Idea) {
        let (Some(left), Some(right)) = (self.words.get(first), self.words.get(first + 1)) else {
            return;
        };
        for stem in stems(&[format!("{}{}", left.text, right.text)]) {
            if self.lexicon.commonness.knows(mark(&stem)) || self.lexicon.vocabulary.knows(&stem) {
                self.add_with_meanings(vec![stem], JOINED, None, idea);
            }
        }
    }

    fn add_split(&self, word: &str, idea: &mut Idea) {
        for (cut, _) in word.char_indices().skip(SHORTEST_PART) {
            let (left, right) = word.split_at(cut);
            if right.chars().count() < SHORTEST_PART {
                break;
            }
            let parts = stems(&[left, right]);
            if parts
                .iter()
                .all(|part| self.lexicon.commonness.knows(mark(part)))
            {
                self.add_with_meanings(parts, JOINED, None, idea);
            }
        }
    }

    fn add_guesses(&self, guesses: Vec<Guess>, idea: &mut Idea) {
        for guess in guesses {
            let stem = stems(&[&guess.word]);
            let chat = guess.mended && self.lexicon.vocabulary.is_chat(&stem);
            idea.chat |= chat && guess.factor > JOINED - PART;
            let mended = guess.mended.then_some(guess.word);
            self.add_with_meanings(stem, guess.factor, mended, idea);
        }
    }

    fn add_with_meanings(
        &self,
        stems: Vec<Stem>,
        factor: f32,
        mended: Option<String>,
        idea: &mut Idea,
    ) {
        for meaning in self.lexicon.vocabulary.meanings(&stems) {
            idea.add(Sense {
                stems: meaning.stems.clone(),
                factor: meaning.factor * factor,
                mended: mended.clone(),
            });
        }
        idea.add(Sense {
            stems,
            factor,
            mended,
        });
    }
}

/// Finds, for a word of a document, the ideas it answers to.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    by_first: HashMap<Mark, Vec<Answer>>,
}

/// One sense, as a document's words are compared with it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub idea: usize,
    pub factor: f32,
    /// What must follow.
    pub rest: Vec<Mark>,
}

impl Answers {
    /// Gathers the senses of all ideas.
    pub fn to(reading: &Reading) -> Self {
        let mut by_first: HashMap<Mark, Vec<Answer>> = HashMap::new();
        for (idea, asked) in reading.ideas.iter().enumerate() {
            for sense in &asked.senses {
                let marks = sense.marks();
                if let Some((first, rest)) = marks.split_first() {
                    let answer = Answer {
                        idea,
                        factor: sense.factor,
                        rest: rest.to_vec(),
                    };
                    by_first.entry(*first).or_default().push(answer);
                }
            }
        }
        Self { by_first }
    }

    /// The senses that begin with this word.
    pub fn beginning_with(&self, word: Mark) -> &[Answer] {
        self.by_first.get(&word).map_or(&[], Vec::as_slice)
    }

    /// The words that begin any sense.
    pub fn beginnings(&self) -> impl Iterator<Item = (Mark, &[Answer])> {
        self.by_first
            .iter()
            .map(|(first, answers)| (*first, answers.as_slice()))
    }
}

#[cfg(test)]
mod tests;
