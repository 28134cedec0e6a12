//! How alike two texts are letter by letter.

use std::collections::BTreeMap;

/// The three-letter pieces of a text, each once, with a length of 1 altogether.
pub(super) struct Letters(BTreeMap<[char; 3], f64>);

impl Letters {
    /// The pieces of these words.
    pub(super) fn of(words: &[String]) -> Self {
        let mut pieces: BTreeMap<[char; 3], f64> = BTreeMap::new();
        for word in words {
            let letters: Vec<char> = std::iter::once(' ')
                .chain(word.chars())
                .chain(std::iter::once(' '))
                .collect();
            for piece in letters.windows(3) {
                if let [one, two, three] = piece {
                    *pieces.entry([*one, *two, *three]).or_default() += 1.0;
                }
            }
        }
        let length = pieces
            .values()
            .map(|count| count * count)
            .sum::<f64>()
            .sqrt();
        if length > 0.0 {
            for count in pieces.values_mut() {
                *count /= length;
            }
        }
        Self(pieces)
    }

    /// The cosine of the angle between two texts: 1 for the same pieces, 0 for none in common.
    pub(super) fn alike(&self, other: &Self) -> f64 {
        let (few, many) = if self.0.len() <= other.0.len() {
            (&self.0, &other.0)
        } else {
            (&other.0, &self.0)
        };
        few.iter()
            .filter_map(|(piece, count)| Some(count * many.get(piece)?))
            .sum()
    }
}
