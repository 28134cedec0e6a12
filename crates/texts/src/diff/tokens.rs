use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A text cut at word bounds; spaces and punctuation are tokens too.
pub(super) struct Tokens<'a> {
    pub(super) tokens: Vec<&'a str>,
    /// How many words stand before each token, and in all.
    words_before: Vec<usize>,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let tokens: Vec<&str> = text.split_word_bounds().collect();
        let mut words = 0;
        let mut words_before = vec![0];
        for token in &tokens {
            words += usize::from(token.chars().any(char::is_alphanumeric));
            words_before.push(words);
        }
        Self {
            tokens,
            words_before,
        }
    }

    pub(super) fn text(&self, range: &Range<usize>) -> String {
        self.tokens[range.clone()].concat()
    }

    pub(super) fn words(&self, range: &Range<usize>) -> usize {
        self.words_before[range.end] - self.words_before[range.start]
    }

    pub(super) fn breaks_line(&self, range: &Range<usize>) -> bool {
        self.tokens[range.clone()]
            .iter()
            .any(|token| token.contains('\n'))
    }
}
