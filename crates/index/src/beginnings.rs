//! A quick look at a word's first letters, before it is read at all.

use crate::english;

/// Letters looked at; a stem shares so many with its inflections.
const LETTERS: usize = 3;
/// Each letter takes five bits.
const TABLE: usize = 1 << (5 * LETTERS);

/// How the words looked for begin.
#[derive(Debug)]
pub(crate) struct Beginnings(Vec<bool>);

impl Beginnings {
    /// The beginnings of these stems, and of irregular forms of them.
    pub fn of<'a>(stems: impl Iterator<Item = &'a str>) -> Self {
        let mut beginnings = Self(vec![false; TABLE]);
        for stem in stems {
            beginnings.add(stem);
        }
        let irregular = english::irregular_forms();
        let held: Vec<&str> = irregular
            .filter(|(_, plain)| beginnings.may_hold(plain))
            .map(|(form, _)| form)
            .collect();
        for form in held {
            beginnings.add(form);
        }
        beginnings
    }

    /// Whether a word, as written, may be one looked for. Letters that fold into others always
    /// may.
    pub fn may_hold(&self, word: &str) -> bool {
        if !word.is_ascii() {
            return true;
        }
        (1..=LETTERS).any(|letters| self.0.get(place(word, letters)).copied().unwrap_or(true))
    }

    fn add(&mut self, word: &str) {
        if let Some(held) = self.0.get_mut(place(word, LETTERS)) {
            *held = true;
        }
    }
}

/// The place of a word's first letters; a shorter word is filled up.
fn place(word: &str, letters: usize) -> usize {
    let mut bytes = word.bytes().filter(u8::is_ascii_alphanumeric).take(letters);
    (0..LETTERS).fold(0, |place, _| {
        let letter = match bytes.next() {
            Some(letter @ (b'a'..=b'z' | b'A'..=b'Z')) => letter & 31,
            Some(_) => 27,
            None => 0,
        };
        place << 5 | usize::from(letter)
    })
}

#[cfg(test)]
mod tests;
