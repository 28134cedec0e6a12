//! The place that a line tells of: "In Fenmoor we found", "Fenmoor – wrote theirs", "Fenmoor tried it".

use std::collections::HashSet;

use crate::notes::Line;

/// Words with a capital that begin many lines and name no place.
const NO_PLACES: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "it",
    "its",
    "we",
    "our",
    "us",
    "you",
    "your",
    "they",
    "their",
    "he",
    "she",
    "his",
    "her",
    "i",
    "my",
    "who",
    "what",
    "when",
    "where",
    "why",
    "how",
    "which",
    "there",
    "here",
    "some",
    "several",
    "many",
    "most",
    "all",
    "any",
    "every",
    "everybody",
    "everyone",
    "nobody",
    "somebody",
    "someone",
    "nothing",
    "each",
    "both",
    "half",
    "one",
    "two",
    "three",
    "four",
    "five",
    "people",
    "staff",
    "officers",
    "managers",
    "members",
    "councillors",
    "residents",
    "comms",
    "legal",
    "it",
    "hr",
    "ict",
    "facebook",
    "twitter",
    "youtube",
    "google",
    "whatsapp",
    "linkedin",
    "policy",
    "management",
    "training",
    "lesson",
    "councils",
    "local",
    "communities",
    "senior",
    "middle",
    "chief",
    "young",
    "older",
    "not",
    "no",
    "yes",
    "also",
    "then",
    "now",
    "once",
    "first",
    "last",
    "next",
    "and",
    "but",
    "or",
    "so",
    "if",
    "as",
    "for",
    "to",
    "from",
    "with",
    "about",
    "after",
    "before",
    "since",
    "until",
    "while",
    "whilst",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "only",
    "general",
    "persistence",
    "unions",
];
/// The months, as notes write them but for their first letter.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// What a place did, where the verb's ending does not tell.
const DID: &[&str] = &[
    "ran", "found", "tries", "uses", "runs", "does", "did", "put", "got", "had", "gave", "made",
    "went", "wrote", "built", "took", "set", "began", "cut", "kept", "held", "saw", "told", "won",
    "lost", "sent", "brought", "spent", "chose", "met", "led", "paid", "grew",
];

/// Finds the places.
pub(super) fn find(lines: &mut [Line]) {
    let people: HashSet<String> = lines
        .iter()
        .flat_map(|line| [&line.speaker, &line.note_taker])
        .flatten()
        .flat_map(|name| name.split_whitespace().map(str::to_lowercase))
        .collect();
    let common: HashSet<String> = lines
        .iter()
        .flat_map(|line| line.text.split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.starts_with(char::is_lowercase))
        .map(ToOwned::to_owned)
        .collect();
    let not = |name: &str| people.contains(name) || common.contains(name);
    let mut here: Option<String> = None;
    for line in lines.iter_mut() {
        if line.heading.is_some() {
            here = of_heading(&line.text, &not);
            continue;
        }
        line.organisation = of_line(line, &not).or_else(|| here.clone());
    }
    let known: HashSet<String> = lines
        .iter()
        .filter_map(|line| line.organisation.clone())
        .collect();
    for line in lines
        .iter_mut()
        .filter(|line| line.organisation.is_none() && line.heading.is_none())
    {
        let leading = leading(line.said()).map(|(place, _)| place);
        line.organisation = leading.filter(|place| known.contains(place));
    }
}

/// "In Fenmoor we found", "At Fenmoor…", "Fenmoor found".
fn of_heading(heading: &str, not: &impl Fn(&str) -> bool) -> Option<String> {
    let heading = heading.trim_end_matches(['…', ':', '.', ' ']);
    let after = ["In ", "At ", "From "]
        .iter()
        .find_map(|start| heading.strip_prefix(start))?;
    let (place, rest) = leading(after)?;
    let tells = rest.is_empty()
        || ["we ", "they ", "it "]
            .iter()
            .any(|word| rest.starts_with(word));
    (tells && is_place(&place, not)).then_some(place)
}

/// Whether a line by itself says that a place's lines follow: "In Fenmoor we found".
pub(super) fn is_a_heading(text: &str) -> bool {
    let ends = [":", "…", " found"];
    ends.iter().any(|end| text.ends_with(end)) && of_heading(text, &|_| false).is_some()
}

fn of_line(line: &Line, not: &impl Fn(&str) -> bool) -> Option<String> {
    let said = line.said();
    ["In ", "At ", "Over in "]
        .iter()
        .find_map(|start| said.strip_prefix(start))
        .and_then(leading)
        .filter(|(place, rest)| is_place(place, not) && begins_a_clause(rest))
        .or_else(|| leading(said).filter(|(place, rest)| is_place(place, not) && is_telling(rest)))
        .map(|(place, _)| place)
}

/// The capitalised words at the beginning, and what follows.
fn leading(text: &str) -> Option<(String, &str)> {
    let mut taken = 0;
    let mut count = 0;
    let mut pending = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        let is_small = matches!(bare, "upon" | "on" | "of" | "and" | "under" | "le") && count > 0;
        let letters = bare.trim_end_matches([',', ':', ';']);
        let is_capital = letters.starts_with(char::is_uppercase)
            && letters.chars().skip(1).any(char::is_lowercase)
            && letters
                .chars()
                .all(|c| c.is_alphabetic() || "-'’".contains(c));
        if is_small {
            pending += word.len();
        } else if is_capital && count < 4 {
            count += 1;
            taken += pending + letters.len();
            pending = word.len() - letters.len();
            if letters.len() < bare.len() {
                break;
            }
        } else {
            break;
        }
    }
    let place = text.get(..taken)?;
    (count > 0).then(|| (place.to_owned(), text[taken..].trim_start()))
}

fn is_place(place: &str, not: &impl Fn(&str) -> bool) -> bool {
    let first = place
        .split([' ', '\'', '’'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    !NO_PLACES.contains(&first.as_str())
        && !MONTHS.contains(&first.as_str())
        && !not(&first)
        && !place.contains('’')
        && !place.contains('\'')
        && first.chars().count() > 2
}

fn begins_a_clause(rest: &str) -> bool {
    rest.starts_with(',')
        || [
            "we ", "they ", "the ", "it ", "some ", "all ", "every ", "our ", "nobody ", "there ",
        ]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// "– wrote theirs", ": snow closures", "tried it", "are": somebody there did something.
fn is_telling(rest: &str) -> bool {
    let after_dash = ["– ", "— ", "- "]
        .iter()
        .find_map(|dash| rest.strip_prefix(dash));
    let Some(word) = after_dash.unwrap_or(rest).split_whitespace().next() else {
        return false;
    };
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    let acts = after_dash.is_some() && word.len() > 4 && word.ends_with("ing");
    DID.contains(&word) || acts || word.len() > 3 && word.ends_with("ed")
}
