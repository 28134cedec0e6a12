//! How a line begins: what it tells to do, whom it names, what it asks.

use super::features::Seen;
use super::lexicon::TELLING;
use super::verbs;

/// Words before the beginning proper.
const OPENERS: &[&str] = &[
    "so",
    "and",
    "well",
    "ok",
    "okay",
    "also",
    "but",
    "right",
    "seriously",
    "just",
    "then",
    "or",
    "yeah",
    "yes",
    "aye",
    "maybe",
    "perhaps",
    "please",
    "plus",
    "again",
    "first",
    "second",
];
const ASKING: &[&str] = &[
    "who", "who's", "whose", "what", "what's", "when", "where", "why", "how", "how's", "which",
    "is", "are", "do", "does", "did", "can", "could", "should", "would", "has", "have", "will",
    "whether", "am", "any", "anyone", "anybody",
];

/// Who or what stands second in a question.
const ASKED: &[&str] = &[
    "i", "we", "you", "they", "he", "she", "it", "there", "the", "a", "an", "this", "that", "our",
    "your", "their", "anyone", "anybody", "people", "someone", "each", "any", "these", "those",
];

/// Looks at the beginning.
pub(super) fn look(words: &[String], said: &str, seen: &mut Seen) {
    let mut rest = words;
    while rest.len() > 2 && OPENERS.contains(&rest[0].as_str()) {
        rest = &rest[1..];
    }
    let Some(first) = rest.first().map(String::as_str) else {
        return;
    };
    let second = rest.get(1).map_or("", String::as_str);
    seen.see(&format!("begins {first}"));
    if !second.is_empty() {
        seen.see(&format!("begins {first} {second}"));
    }
    seen.see(&format!("begins with {}", sort(first, said)));
    telling(first, second, said, seen);
    seen.see_if(ASKING.contains(&first), "begins as a question");
    let asks = match first {
        "how" | "why" | "who" | "whose" | "where" => !second.is_empty(),
        "is" | "are" | "do" | "does" | "did" | "can" | "could" | "should" | "would" | "has"
        | "have" | "will" => ASKED.contains(&second),
        "anyone" | "anybody" | "any" => true,
        _ => false,
    };
    seen.see_if(asks, "begins by asking");
    seen.see_if(
        asks && !said.contains('?'),
        "begins by asking and has no sign",
    );
    seen.see_if(
        first.ends_with("ing") && first.len() > 5,
        "begins with doing",
    );
    names(words, said, seen);
    seen.see_if(said.starts_with(['"', '“', '‘']), "begins with a quote");
    seen.see_if(said.starts_with(['[', '(']), "begins with a bracket");
    seen.see_if(said.starts_with('?'), "begins with a question mark");
    seen.see_if(said.starts_with('@'), "begins with somebody's name");
    seen.see_if(
        said.starts_with(char::is_lowercase),
        "begins with a small letter",
    );
}

/// Of what sort the first word is.
fn sort(first: &str, said: &str) -> &'static str {
    match first {
        "i" | "i'll" | "i've" | "i'd" | "i'm" | "my" | "me" => "I",
        "we" | "we've" | "we'd" | "we'll" | "we're" | "our" | "ours" | "us" => "we",
        "you" | "your" | "you've" | "you're" | "you'll" => "you",
        "he" | "she" | "they" | "they've" | "they're" | "their" | "his" | "her" => "them",
        "it" | "it's" | "its" | "this" | "that" | "that's" | "these" | "those" => "it",
        "there" | "there's" => "there",
        "the" => "the",
        "a" | "an" | "one" | "another" => "a",
        "every" | "each" | "all" | "everyone" | "everybody" | "everything" | "always" => "all",
        "no" | "nobody" | "none" | "nothing" | "never" | "not" | "can't" | "cannot" | "don't"
        | "won't" | "still" | "without" | "nae" | "naebody" => "none",
        "most" | "many" | "some" | "half" | "several" | "few" | "fewer" | "too" | "lots"
        | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten" => "many",
        "if" | "when" | "while" | "whilst" | "because" | "although" | "until" | "unless"
        | "since" | "after" | "before" | "once" => "if",
        "in" | "at" | "on" | "by" | "for" | "from" | "with" | "to" | "over" | "under" | "of" => {
            "in"
        }
        _ if TELLING.contains(first) => "telling",
        _ if first.chars().all(|c| c.is_ascii_digit()) => "a number",
        _ if first.ends_with('s') && first.len() > 3 && said.starts_with(char::is_uppercase) => {
            "things"
        }
        _ if verbs::is_past(first) => "what was done",
        _ => "a thing",
    }
}

fn telling(first: &str, second: &str, said: &str, seen: &mut Seen) {
    let is_telling = TELLING.contains(first)
        && !verbs::is_finite(second)
        && !matches!(second, "says" | "said" | "of");
    // "Quietly do it", "shamelessly promote it".
    let is_urged = first.ends_with("ly") && TELLING.contains(second);
    seen.see_if(is_telling || is_urged, "begins by telling what to do");
    seen.see_if(
        matches!(first, "don't" | "never" | "not" | "always" | "let's") && TELLING.contains(second),
        "begins with always or never",
    );
    // "idea: one inbox", "tip – ask twice", "Seriously, book an evening".
    let inner = said
        .split([':', ',', '.', ';', '–', '→'])
        .skip(1)
        .filter_map(|part| part.split_whitespace().next())
        .any(|word| TELLING.contains(word.to_lowercase().as_str()));
    seen.see_if(inner, "tells what to do further on");
}

/// Who or what is named first, and what follows: "Nia to write", "Fenmoor gave".
fn names(words: &[String], said: &str, seen: &mut Seen) {
    let mut pieces = said.split_whitespace();
    let name = pieces.next().unwrap_or_default();
    let is_tool = name
        .chars()
        .skip(1)
        .any(|c| c.is_uppercase() || c.is_ascii_digit())
        && name.chars().any(char::is_lowercase)
        && name.starts_with(char::is_uppercase);
    seen.see_if(is_tool, "begins with a product's name");
    let somebody = matches!(
        words.first().map_or("", String::as_str),
        "all" | "everyone" | "everybody" | "each" | "me" | "both"
    );
    let is_name = |piece: &str| {
        piece.starts_with(char::is_uppercase)
            && !matches!(
                piece,
                "I" | "A" | "The" | "We" | "It" | "They" | "He" | "She"
            )
    };
    let mut named = usize::from(is_name(name) || somebody);
    let next = loop {
        match pieces.next() {
            Some(piece) if named > 0 && named < 5 && (is_name(piece) || is_and(piece)) => {
                named += 1;
            }
            other => break other.unwrap_or_default(),
        }
    };
    if named == 0 {
        return;
    }
    let (bare, next) = (next.trim_matches(|c: char| !c.is_alphanumeric()), next);
    let after = pieces.next().unwrap_or_default().to_lowercase();
    let bare = bare.to_lowercase();
    let tells = TELLING.contains(after.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_to = matches!(bare.as_str(), "to" | "will" | "2") && tells;
    seen.see_if(is_to, "somebody is to do it");
    let ends = said
        .split_whitespace()
        .take(named)
        .last()
        .is_some_and(|piece| piece.ends_with(':'));
    let marks = matches!(next, "→" | "–" | "-" | "—" | ":");
    seen.see_if(ends || marks, "a name and a sign");
    let told = if ends { &bare } else { &after };
    seen.see_if(
        (ends || marks) && TELLING.contains(told.as_str()),
        "a name, a sign and what to do",
    );
    seen.see_if(verbs::is_past(&bare), "a name and what was done");
    seen.see_if(
        matches!(
            bare.as_str(),
            "has" | "have" | "had" | "is" | "are" | "was" | "were"
        ),
        "a name and what is",
    );
    seen.see_if(named > 1, "begins with names");
}

fn is_and(piece: &str) -> bool {
    matches!(piece, "and" | "&" | "+" | "of" | "/")
}
