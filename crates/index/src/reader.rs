//! Reads a question word by word.

use std::ops::Range;

use crate::error::Error;
use crate::mark::mark;
use crate::reading::{Idea, LastWord, Lexicon, PART, Sense};
use crate::variants::{self, Guess};
use crate::vocabulary::Vocabulary;
use crate::words::{Stem, Word, stems};

/// "log in" and "login" are as good as the same.
const JOINED: f32 = 0.95;
/// A part of a split word must be a word itself, not a chance syllable.
const SHORTEST_PART: usize = 3;
/// A slip is taken for a word of chat only where it is hardly anything else.
const SURELY: f32 = 0.6;

/// Turns words into ideas.
pub(crate) struct Reader<'a> {
    pub lexicon: &'a Lexicon<'a>,
    pub words: &'a [Word],
    pub stems: &'a [Stem],
    pub ideas: Vec<Idea>,
}

impl Reader<'_> {
    /// Reads all the words.
    pub fn read(&mut self, last: LastWord) -> Result<(), Error> {
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
            faint: self.lexicon.vocabulary.is_faint(row),
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
            idea.chat |= chat && guess.factor > SURELY;
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
