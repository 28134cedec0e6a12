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
        let mut place = 0;
        for (at, byte) in word.bytes().take(LETTERS).enumerate() {
            if !byte.is_ascii_alphanumeric() {
                return true;
            }
            place = place << 5 | code(byte);
            let filled_up = place << (5 * (LETTERS - 1 - at));
            if self.0.get(filled_up).copied().unwrap_or(true) {
                return true;
            }
        }
        false
    }

    fn add(&mut self, word: &str) {
        let mut bytes = word.bytes();
        let place = (0..LETTERS).fold(0, |place, _| place << 5 | bytes.next().map_or(0, code));
        if let Some(held) = self.0.get_mut(place) {
            *held = true;
        }
    }
}

/// Five bits that tell letters apart; digits need not be.
fn code(byte: u8) -> usize {
    let code = if byte.is_ascii_digit() { 27 } else { byte & 31 };
    usize::from(code)
}

#[cfg(test)]
mod tests;
