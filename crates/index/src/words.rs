//! Text to words: one way of reading for documents, questions and vocabulary alike.

use std::ops::Range;

use tantivy::tokenizer::{Language, Stemmer, TextAnalyzer, TokenStream, WhitespaceTokenizer};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::english;

/// Longer runs are no words: addresses, keys, somebody's cat on the keyboard.
const LONGEST_WORD: usize = 40;

/// A word as it is compared, and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Folded: lower case, no accents, no apostrophes, British, its plain form.
    pub text: String,
    /// The bytes it came from.
    pub range: Range<usize>,
}

/// A word cut back to what its inflections share.
pub(crate) type Stem = String;

/// Splits a text into words.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let shouted = is_shouted(text);
    let read = |range: Range<usize>| {
        let text = read_word(text.get(range.clone())?, shouted);
        (!text.is_empty()).then_some(Word { text, range })
    };
    runs(text).into_iter().filter_map(read).collect()
}

/// Where the words of a text stand, not yet read.
pub(crate) fn places(text: &str) -> Vec<Range<usize>> {
    runs(text)
}

/// Reads words as written to their stems, one for one.
pub(crate) fn stems_of_written(words: &[&str]) -> Vec<Stem> {
    let read: Vec<String> = words.iter().map(|word| read_word(word, false)).collect();
    // An empty word would be no word to the stemmer, and all after it would move up.
    let kept: Vec<&str> = read
        .iter()
        .map(|word| if word.is_empty() { "-" } else { word.as_str() })
        .collect();
    stems(&kept)
}

/// The words alone, in order.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.text).collect()
}

/// Cuts words back to their stems, one for one.
pub(crate) fn stems<W: AsRef<str>>(words: &[W]) -> Vec<Stem> {
    let joined = words
        .iter()
        .map(AsRef::as_ref)
        .collect::<Vec<_>>()
        .join(" ");
    let mut analyser = TextAnalyzer::builder(WhitespaceTokenizer::default())
        .filter(Stemmer::new(Language::English))
        .build();
    let mut stems = Vec::with_capacity(words.len());
    let mut stream = analyser.token_stream(&joined);
    while stream.advance() {
        stems.push(stream.token().text.clone());
    }
    stems
}

/// In a text all in capitals, capitals say nothing.
fn is_shouted(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

/// The stretches of letters and digits; an apostrophe between letters belongs to the word.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::with_capacity(text.len() / 6);
    let mut open: Option<Range<usize>> = None;
    let mut pending = false;
    for (at, char) in text.char_indices() {
        if belongs_to_a_word(char) {
            let end = at + char.len_utf8();
            match &mut open {
                Some(run) => run.end = end,
                None => open = Some(at..end),
            }
            pending = false;
        } else if open.is_some() {
            if !pending && is_apostrophe(char) {
                pending = true;
            } else {
                runs.extend(open.take());
                pending = false;
            }
        }
    }
    runs.extend(open);
    runs
}

fn belongs_to_a_word(char: char) -> bool {
    if char.is_ascii() {
        char.is_ascii_alphanumeric()
    } else {
        char.is_alphanumeric() || is_combining_mark(char)
    }
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '＇')
}

fn read_word(written: &str, shouted: bool) -> String {
    if written == "IT" && !shouted {
        return english::THE_IT_DEPARTMENT.to_owned();
    }
    english::plain_form(&fold(written))
}

/// Lower case, compatibility forms spelt out, without accents and apostrophes.
fn fold(written: &str) -> String {
    let written = english::without_possessive(written);
    if written.is_ascii() {
        let letters = written.chars().filter(char::is_ascii_alphanumeric);
        return letters
            .map(|letter| letter.to_ascii_lowercase())
            .take(LONGEST_WORD)
            .collect();
    }
    let folded = written
        .nfkd()
        .filter(|char| char.is_alphanumeric() && !is_combining_mark(*char));
    folded
        .flat_map(char::to_lowercase)
        .flat_map(english::plain_letters)
        .take(LONGEST_WORD)
        .collect()
}

#[cfg(test)]
mod tests;
