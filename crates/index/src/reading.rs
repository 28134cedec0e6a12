//! A question as it is understood: which ideas it names, how much each tells, and all the words
//! by which a document may answer to it.

use std::ops::Range;

use tantivy::Searcher;

use crate::commonness::Commonness;
use crate::error::Error;
use crate::fields::Fields;
use crate::mark::{Mark, mark};
use crate::reader::Reader;
use crate::vocabulary::Vocabulary;
use crate::words::{Stem, stems, words};

/// Longer questions are cut: nobody means more than this, and somebody may mean harm.
const LONGEST_QUESTION: usize = 256;
const MOST_WORDS: usize = 24;

/// What a word of chat tells, next to any other.
const CHAT: f32 = 0.11;
/// What a word on everybody's tongue tells, next to one as rare.
const FAINT: f32 = 0.4;
/// A word of a known row ("manager" of "line manager") stands for part of its idea.
pub(crate) const PART: f32 = 0.33;
/// A sense this good says what the idea is about.
const GOOD: f32 = 0.4;
/// A word nobody here writes is rarer than its cousins that somebody does ("iPad" beside "tablet").
const UNHEARD_OF: f32 = 1.6;
/// Even a word that is everywhere tells a little.
const LEAST_TELLING: f32 = 0.05;
/// Rarity is tempered by about its square root: in a small register most rare words are rare by
/// chance.
const TEMPER: f32 = 0.45;

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
    /// Whether it is on everybody's tongue.
    pub faint: bool,
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
    pub fn new(stems: Vec<Stem>, factor: f32) -> Self {
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
    /// Weighs the idea by how much its own words tell here, or, where nobody here writes them, by
    /// the good words for it that somebody does.
    fn weigh(&mut self, commonness: &Commonness) {
        let telling = |sense: &Sense| {
            let each = sense
                .marks()
                .into_iter()
                .map(|word| commonness.telling(word));
            each.fold(0.0_f32, f32::max)
        };
        let known = |sense: &&Sense| sense.marks().iter().all(|word| commonness.knows(*word));
        let own = self.senses.first().filter(known).map(telling);
        let good = self
            .senses
            .iter()
            .filter(known)
            .filter(|sense| sense.factor > GOOD);
        let cousin = good
            .map(telling)
            .reduce(f32::min)
            .map(|telling| telling * UNHEARD_OF);
        let telling = own
            .or(cousin)
            .unwrap_or_else(|| commonness.telling_of_unknown());
        self.weight = if self.chat {
            telling.max(1.0) * CHAT
        } else {
            telling.max(LEAST_TELLING).powf(TEMPER) * if self.faint { FAINT } else { 1.0 }
        };
    }

    /// Notes a sense, the better one of two that are the same.
    pub fn add(&mut self, sense: Sense) {
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

#[cfg(test)]
mod tests;
