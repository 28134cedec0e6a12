//! The question as a document's words are held against it.

use crate::mark::{ByMark, Mark};
use crate::reading::Reading;

/// Finds, for a word of a document, the ideas it answers to.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    by_first: ByMark<Vec<Answer>>,
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
        let mut by_first: ByMark<Vec<Answer>> = ByMark::default();
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
