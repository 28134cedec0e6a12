//! A body's own words: what it calls a hurdle, a solution, a website.

use std::collections::BTreeMap;

use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement};
use fluent_syntax::{parser, serializer};
use serde::Deserialize;

/// The words that a place may call by another name; each form of a word is one of its own.
pub const OURS: [&str; 12] = [
    "hurdle",
    "hurdles",
    "solution",
    "solutions",
    "guide",
    "guides",
    "organisation",
    "organisations",
    "steward",
    "stewards",
    "website",
    "websites",
];

/// Letters of a word of the house at the most.
const LONGEST: usize = 40;

/// What a place calls things: our word, and its own. Data alone: letters, blanks, hyphens and
/// apostrophes, so that nothing in it can act as markup.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct HouseWords(BTreeMap<String, String>);

impl TryFrom<BTreeMap<String, String>> for HouseWords {
    type Error = String;

    fn try_from(words: BTreeMap<String, String>) -> Result<Self, String> {
        for (ours, theirs) in &words {
            if !OURS.contains(&ours.as_str()) {
                let known = OURS.join(", ");
                return Err(format!(
                    "there is no word {ours} to call otherwise. There are: {known}"
                ));
            }
            let is_word = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’');
            let letters = theirs.chars().count();
            if theirs.trim().is_empty() || letters > LONGEST || !theirs.chars().all(is_word) {
                return Err(format!(
                    "the word for {ours} has 1 to {LONGEST} letters, blanks, hyphens or apostrophes"
                ));
            }
        }
        let tidy = |(ours, theirs): (String, String)| (ours, theirs.trim().to_owned());
        Ok(Self(words.into_iter().map(tidy).collect()))
    }
}

impl HouseWords {
    /// Our words with theirs.
    pub fn pairs(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    /// A Fluent file said in the words of the house. Keys, names of values and addresses stay.
    pub fn said_in(&self, text: &str) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        let Ok(mut file) = parser::parse(text.to_owned()) else {
            return text.to_owned();
        };
        for entry in &mut file.body {
            match entry {
                Entry::Message(message) => {
                    if let Some(pattern) = &mut message.value {
                        self.say_pattern(pattern);
                    }
                }
                Entry::Term(term) => self.say_pattern(&mut term.value),
                _ => {}
            }
        }
        serializer::serialize(&file)
    }

    fn say_pattern(&self, pattern: &mut Pattern<String>) {
        for element in &mut pattern.elements {
            match element {
                PatternElement::TextElement { value } => *value = self.say(value),
                PatternElement::Placeable {
                    expression: Expression::Select { variants, .. },
                } => {
                    for variant in variants {
                        self.say_pattern(&mut variant.value);
                    }
                }
                PatternElement::Placeable { .. } => {}
            }
        }
    }

    fn say(&self, text: &str) -> String {
        let mut said = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(char::is_alphabetic) {
            let before = &rest[..start];
            let from = &rest[start..];
            let end = from
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            let behind = said.chars().next_back();
            let is_address = before.chars().next_back().or(behind) == Some('/');
            said.push_str(before);
            match self.theirs(word).filter(|_| !is_address) {
                Some(theirs) => said.push_str(&theirs),
                None => said.push_str(word),
            }
            rest = after;
        }
        said.push_str(rest);
        said
    }

    /// Their word for ours, with a capital where ours has one.
    fn theirs(&self, word: &str) -> Option<String> {
        let theirs = self.0.get(&word.to_lowercase())?;
        if !word.starts_with(char::is_uppercase) {
            return Some(theirs.clone());
        }
        let mut letters = theirs.chars();
        let first = letters.next()?;
        Some(first.to_uppercase().chain(letters).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::HouseWords;

    fn words(pairs: &[(&str, &str)]) -> Result<HouseWords, String> {
        let pairs = pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        HouseWords::try_from(pairs.collect::<BTreeMap<_, _>>())
    }

    #[test]
    fn whole_words_are_said_otherwise_and_nothing_else() {
        let house = words(&[("hurdle", "barrier"), ("hurdles", "barriers")]).unwrap();
        let text = "\
hurdle-title = Hurdle { $hurdle }: see [hurdles](/hurdles), not hurdled
n-hurdles = { $n ->
    [one] One hurdle
   *[other] { $n } hurdles
}
";
        let said = house.said_in(text);
        assert!(
            said.contains(
                "hurdle-title = Barrier { $hurdle }: see [barriers](/hurdles), not hurdled"
            ),
            "{said}"
        );
        assert!(said.contains("[one] One barrier"), "{said}");
        assert!(said.contains("{ $n } barriers"), "{said}");
    }

    #[test]
    fn only_words_are_words() {
        for wrong in ["", " ", "{ $x }", "<b>", "a\nb", &"x".repeat(41)] {
            assert!(words(&[("hurdle", wrong)]).is_err(), "{wrong:?}");
        }
        assert!(words(&[("banana", "x")]).unwrap_err().contains("hurdle"));
        assert!(words(&[("hurdle", "pen-y-bont’s rhwystr")]).is_ok());
    }
}
