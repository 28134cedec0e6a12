//! What a line becomes: its title, its pieces, the parts of the record made of it.

use harvest::{Entry, Kind as Is};

use super::model::{Passage, Session};
use crate::history::kind::{Kind, Shape};
use crate::history::model::Parts;
use crate::subjects::SubjectRef;
use crate::viewer::OrganisationId;

/// Letters of a title made from a passage at the most.
const LONGEST_TITLE: usize = 120;

/// A title made of what was said: its first sentence, cut between words where it is long.
pub fn title(said: &str) -> String {
    let mut first = String::new();
    for sentence in said.split_inclusive(['.', '!', '?', ';']) {
        first.push_str(sentence);
        // A stop after a few letters is a shortening: "e.g.", "etc.".
        if first.chars().count() > 12 {
            break;
        }
    }
    let first = first.trim().trim_end_matches(['.', ';', ',', ':', ' ']);
    let mut title: String = first.chars().take(LONGEST_TITLE).collect();
    if title.len() < first.len() {
        let whole = title.rfind(' ').unwrap_or(title.len());
        title.truncate(whole);
        title.push('…');
    }
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |initial| {
        initial.to_uppercase().chain(letters).collect()
    })
}

/// Where a text was cut: it comes back as lines, none of its words changed. Nothing where it is
/// another text.
pub fn cuts(text: &str, sent: &str) -> Option<String> {
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    if bare(text) != bare(sent) {
        return None;
    }
    let mut counts = sent
        .lines()
        .map(|line| bare(line).chars().count())
        .filter(|count| *count > 0);
    let mut left = counts.next()?;
    let mut cuts = Vec::new();
    for (at, letter) in text.chars().enumerate() {
        if letter.is_whitespace() {
            continue;
        }
        if left == 0 {
            cuts.push(at.to_string());
            left = counts.next()?;
        }
        left -= 1;
    }
    Some(cuts.join(","))
}

/// What is made of a passage: the kind of text and its parts. Nothing for what the session keeps.
pub fn made_of(
    is: Is,
    title: &str,
    passage: &Passage,
    session: &Session,
) -> Option<(&'static str, Parts)> {
    let said = quoted(&passage.text);
    let mut parts = Parts::default();
    parts.set("title", title);
    let kind = match is {
        Is::Hurdle => {
            parts.set("problem", &said);
            "hurdle"
        }
        Is::Solution => {
            parts.set("kind", "method");
            parts.set("direction", "both");
            parts.set("alone", "no");
            parts.set("short", &said);
            "solution"
        }
        Is::Principle => {
            parts.set("text", &said);
            "guide"
        }
        Is::Resource => {
            parts.set("kind", "document");
            parts.set("strength", "told");
            parts.set("points", "both");
            parts.set("source", &session.title);
            parts.set("date", &session.day);
            parts.set("says", &said);
            "evidence"
        }
        Is::Example | Is::Question | Is::Action | Is::Aside => return None,
    };
    Some((kind, parts))
}

/// Plain words as Markdown that shows them as they are.
pub(super) fn quoted(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if "\\`*_{}[]<>#|~&".contains(letter) {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}

/// Words after which the first word of a line is no name: "Reading the notes".
const NO_NAME_BEFORE: [&str; 14] = [
    "a", "about", "aloud", "an", "it", "our", "out", "that", "the", "their", "them", "this", "up",
    "your",
];

/// The body whose name stands in a text, as it is written; of several the one named first, and of
/// those the longest name.
pub fn named_in<'b>(
    text: &str,
    bodies: &'b [(OrganisationId, String, String)],
) -> Option<&'b OrganisationId> {
    let found = bodies.iter().flat_map(|(id, short, name)| {
        [short, name].map(|name| Some((stands_at(text, name)?, usize::MAX - name.len(), id)))
    });
    let first = found.flatten().min_by_key(|(at, length, _)| (*at, *length));
    first.map(|(_, _, id)| id)
}

/// Where a name stands in a text, as whole words.
fn stands_at(text: &str, name: &str) -> Option<usize> {
    if name.chars().count() < 3 {
        return None;
    }
    let ends = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    let found = text.match_indices(name).find(|(at, _)| {
        let after = &text[at + name.len()..];
        let next = after.split_whitespace().next().unwrap_or_default();
        let is_name = *at > 0 || !NO_NAME_BEFORE.contains(&next);
        is_name && ends(text[..*at].chars().next_back()) && ends(after.chars().next())
    });
    found.map(|(at, _)| at)
}

/// A record as the harvest compares lines with it: its title, what people also say, its text.
pub fn entry(kind: &dyn Kind, number: i64, title: &str, parts: &Parts) -> Entry<SubjectRef> {
    let mut sayings = vec![title.to_owned()];
    sayings.extend(parts.list("phrases"));
    let texts = kind.parts().iter().filter(|part| part.shape == Shape::Text);
    Entry {
        key: SubjectRef::new(kind.name(), number),
        sayings,
        told: texts
            .map(|part| parts.get(part.key))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::named_in;
    use crate::viewer::OrganisationId;

    #[test]
    fn a_body_is_named_by_whole_words_and_not_by_the_beginning_of_a_sentence() {
        let body = |id: &str, short: &str, name: &str| {
            (
                OrganisationId(id.to_owned()),
                short.to_owned(),
                name.to_owned(),
            )
        };
        let bodies = [
            body("1", "Fenmoor", "Fenmoor District Council"),
            body("2", "Fenmoor East", "Fenmoor East Council"),
            body("3", "Reading", "Reading Borough Council"),
        ];
        let named = |text| named_in(text, &bodies).map(|id| id.0.as_str());
        assert_eq!(named("Fenmoor tried a rota, then Reading did"), Some("1"));
        assert_eq!(named("In Fenmoor East they asked"), Some("2"));
        assert_eq!(named("The Fenmoors asked"), None);
        assert_eq!(named("Reading the notes aloud helped"), None);
        assert_eq!(named("We asked in Reading, the town"), Some("3"));
        assert_eq!(named(""), None);
    }
}
