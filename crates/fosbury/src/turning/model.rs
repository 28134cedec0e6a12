//! What of a guide goes into which part of what it becomes.

use texts::sections::sections;

use crate::history::model::Parts;

/// What a guide can become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Becomes {
    /// Something in the way.
    Hurdle,
    /// A way over.
    Solution,
    /// The notes of a session, locked, for harvest.
    Capture,
}

impl Becomes {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Hurdle, Self::Solution, Self::Capture];
    /// Their names, as forms and programs send them.
    pub const NAMES: [&str; 3] = ["hurdle", "solution", "capture"];

    /// As forms and programs send it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hurdle => "hurdle",
            Self::Solution => "solution",
            Self::Capture => "capture",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// Headings that name a part: the part, and how people call it.
type Headings = &'static [(&'static str, &'static [&'static str])];

/// The parts of a hurdle by the headings that people write.
pub const OF_HURDLE: Headings = &[
    (
        "problem",
        &[
            "problem",
            "the problem",
            "hurdle",
            "the hurdle",
            "barrier",
            "issue",
            "what is in the way",
            "in the way",
        ],
    ),
    (
        "why",
        &[
            "why",
            "why is it there",
            "why it is there",
            "reason",
            "reasons",
            "cause",
            "causes",
        ],
    ),
    (
        "ways",
        &[
            "ways over",
            "ways over it",
            "ways round",
            "ways around",
            "ways round it",
            "solution",
            "solutions",
            "possible solutions",
            "what helps",
            "what worked",
            "overcoming it",
        ],
    ),
    (
        "until",
        &[
            "until then",
            "meanwhile",
            "in the meantime",
            "work arounds",
            "workarounds",
            "workaround",
            "work around",
        ],
    ),
    ("detail", &["detail", "details", "in detail", "description"]),
];

/// The parts of a solution by the headings that people write.
pub const OF_SOLUTION: Headings = &[
    (
        "short",
        &[
            "in short",
            "summary",
            "the idea",
            "solution",
            "the solution",
        ],
    ),
    (
        "steps",
        &[
            "steps",
            "how",
            "how to",
            "how to do it",
            "what to do",
            "what we did",
            "method",
        ],
    ),
    ("say", &["what to say", "arguments", "making the case"]),
    (
        "watch",
        &[
            "watch out",
            "what to watch",
            "risks",
            "pitfalls",
            "cautions",
        ],
    ),
];

/// Letters of an opening beyond which only its first paragraph stands first.
const LONG_OPENING: usize = 600;

/// The parts of what a guide becomes. All its words are there: a heading that names a part is that
/// part, and what no heading claims stands in the longest part under its own headings.
pub fn mapped(becomes: Becomes, guide: &Parts) -> Parts {
    let (first, rest, headings) = match becomes {
        Becomes::Hurdle => ("problem", "detail", OF_HURDLE),
        Becomes::Solution => ("short", "steps", OF_SOLUTION),
        Becomes::Capture => ("", "", &[][..]),
    };
    let mut parts = Parts::default();
    for key in ["title", "phrases", "tags"] {
        parts.set(key, guide.get(key));
    }
    if becomes == Becomes::Solution {
        parts.set("kind", "method");
        parts.set("direction", "both");
        parts.set("alone", "no");
    }
    for (key, words) in placed(guide.get("text"), (first, rest), headings) {
        let before = parts.get(key);
        let both = if before.is_empty() {
            words
        } else {
            format!("{before}\n\n{words}")
        };
        parts.set(key, &both);
    }
    parts
}

fn placed(
    text: &str,
    (first, rest): (&'static str, &'static str),
    headings: Headings,
) -> Vec<(&'static str, String)> {
    let all = sections(text);
    let highest = all.iter().map(|section| section.level).min();
    let tops: Vec<_> = all
        .iter()
        .filter(|section| Some(section.level) == highest)
        .collect();
    let begins = all
        .first()
        .map_or(text.len(), |section| section.range.start);
    let (opening, over) = opened(text[..begins].trim());
    let mut placed = Vec::new();
    if !opening.is_empty() {
        placed.push((first, opening.to_owned()));
    }
    if !over.is_empty() {
        placed.push((rest, over.to_owned()));
    }
    let under_smaller = tops.first().map_or(begins, |section| section.range.start);
    if under_smaller > begins {
        placed.push((rest, text[begins..under_smaller].trim().to_owned()));
    }
    for section in tops {
        let words = text[section.range.clone()].trim();
        match part_called(&section.title, headings) {
            Some(part) => {
                let body = words.split_once('\n').map_or("", |(_, body)| body);
                placed.push((part, body.trim().to_owned()));
            }
            None => placed.push((rest, words.to_owned())),
        }
    }
    placed.retain(|(_, words)| !words.is_empty());
    placed
}

/// The words that stand first, and what of a long opening goes on.
fn opened(opening: &str) -> (&str, &str) {
    let is_prose = opening.starts_with(char::is_alphanumeric);
    match opening.split_once("\n\n") {
        Some((first, rest)) if is_prose && opening.chars().count() > LONG_OPENING => {
            (first.trim(), rest.trim())
        }
        _ => (opening, ""),
    }
}

/// The part that a heading names.
pub fn part_called(heading: &str, headings: Headings) -> Option<&'static str> {
    let heading = bare(heading);
    let found = headings
        .iter()
        .find(|(_, words)| words.contains(&heading.as_str()));
    found.map(|(part, _)| *part)
}

/// A heading's small letters, with single spaces between its words.
pub fn bare(heading: &str) -> String {
    let letters = heading
        .to_lowercase()
        .replace(|letter: char| !letter.is_alphanumeric(), " ");
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guide(text: &str) -> Parts {
        let mut parts = Parts::default();
        parts.set("title", "Filters");
        parts.set("text", text);
        parts.set("tags", "it");
        parts
    }

    #[test]
    fn headings_that_name_a_part_become_that_part_and_all_else_is_detail() {
        let text = "IT blocks all.\n\n## Why?\n\nFear.\n\n## In Fernley\n\nThey asked.\n\n### Later\n\nOpen.\n\n## Ways round\n\n- Ask";
        let parts = mapped(Becomes::Hurdle, &guide(text));
        assert_eq!(parts.get("problem"), "IT blocks all.");
        assert_eq!(parts.get("why"), "Fear.");
        assert_eq!(parts.get("ways"), "- Ask");
        assert_eq!(
            parts.get("detail"),
            "## In Fernley\n\nThey asked.\n\n### Later\n\nOpen."
        );
        assert_eq!((parts.get("title"), parts.get("tags")), ("Filters", "it"));
    }

    #[test]
    fn no_word_of_a_page_is_lost_whatever_its_headings() {
        let long = "word ".repeat(150);
        for text in [
            "",
            "# A\n## B\nc",
            "### Small first\nx\n\n# Big\ny",
            "- a\n- b\n\n## Steps\n\n1. one\n2. two\n\n## Steps\n\n3. three",
            &format!("First of it.\n\n{long}\n\n## Risks\n\nloss"),
        ] {
            for becomes in [Becomes::Hurdle, Becomes::Solution] {
                let parts = mapped(becomes, &guide(text));
                let all: Vec<&str> = parts.0.values().map(String::as_str).collect();
                let all = all.join("\n");
                let names = ["steps", "risks"];
                for word in text.split_whitespace().filter(|word| *word != "##") {
                    let is_name = names.contains(&bare(word).as_str());
                    assert!(all.contains(word) || is_name, "{word} of {text}");
                }
            }
        }
    }
}
