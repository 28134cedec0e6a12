//! How a line is put together: its words as they are written, which stand side by side, and its shape, in
//! which only the small words are told apart.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::features::Seen;

/// Words that hold a sentence together; all others are told apart by their endings alone.
const HOLDING: &str = "i me my we us our you your he she they them their it its this that these those there \
    here who what which where when why how whose a an the some any no every each all both few many much more \
    most less least other another one two three and or but so if because as than then though although while \
    until unless whether of to in on at by for with from into about over under after before between through \
    without within against during per via up down out off back is are was were be been being am has have had \
    do does did don't doesn't didn't isn't aren't wasn't weren't can't won't couldn't wouldn't shouldn't \
    hasn't haven't hadn't can could will would shall should may might must ought need not never nothing \
    nobody none nor only just still even yet already always often sometimes ever again too very really get \
    gets got make makes made let lets give gives gave take takes took put go goes went come came say says \
    said tell tells told ask asks asked think thinks thought know knows knew want wants wanted use uses used \
    try tries tried keep keeps kept find found start started stop stopped people someone somebody anyone \
    anybody everyone everybody something anything everything 0 ? ! : % £ & @ #";
static HOLD: LazyLock<HashSet<&str>> = LazyLock::new(|| HOLDING.split_whitespace().collect());
const ENDINGS: [&str; 4] = ["ing", "ed", "ly", "s"];
const SIGNS: &str = "?!:%£$&@#→…";
/// Lines of so many words and more.
const LENGTHS: [usize; 8] = [2, 4, 6, 9, 13, 18, 25, 35];

/// Looks at all of it.
pub(super) fn look(said: &str, seen: &mut Seen) {
    let written = pieces(said);
    for piece in &written {
        seen.weigh(format!("written {piece}"), 0.7);
    }
    pairs("pair", &written, 0.7, seen);
    pairs("shape", &shape(&written), 0.5, seen);
    for least in LENGTHS.iter().filter(|least| written.len() >= **least) {
        seen.weigh(format!("{least} words and more"), 0.4);
    }
    sentences(said, seen);
}

/// Words and signs in their order, in small letters; a number is "0".
fn pieces(said: &str) -> Vec<String> {
    let text = said.to_lowercase().replace('’', "'");
    let mut pieces = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let end = if first.is_alphabetic() {
            let end = rest.find(|c: char| !(c.is_alphabetic() || c == '\''));
            let word = &rest[..end.unwrap_or(rest.len())];
            pieces.push(word.trim_end_matches('\'').to_owned());
            word.len()
        } else if first.is_ascii_digit() {
            pieces.push("0".to_owned());
            let end = rest.find(|c: char| !c.is_ascii_digit());
            end.unwrap_or(rest.len())
        } else {
            if SIGNS.contains(first) {
                pieces.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[end..];
    }
    pieces
}

/// The same with words told apart by their endings, unless they hold the sentence together.
fn shape(pieces: &[String]) -> Vec<String> {
    let shaped = pieces.iter().map(|piece| {
        if HOLD.contains(piece.as_str()) {
            return piece.clone();
        }
        let ending = ENDINGS
            .iter()
            .find(|ending| piece.ends_with(**ending) && piece.len() > ending.len() + 2);
        format!("*{}", ending.unwrap_or(&""))
    });
    shaped.collect()
}

/// Which of these stand side by side, with the beginning "<" and the end ">".
fn pairs(name: &str, pieces: &[String], strength: f64, seen: &mut Seen) {
    let all = ["<"].into_iter();
    let all = all.chain(pieces.iter().map(String::as_str)).chain([">"]);
    let all: Vec<&str> = all.collect();
    for pair in all.windows(2) {
        seen.weigh(format!("{name} {} {}", pair[0], pair[1]), strength);
    }
}

/// How many sentences there are, and how the first and the last begin.
fn sentences(said: &str, seen: &mut Seen) {
    let mut found: Vec<&str> = Vec::new();
    let mut rest = said;
    while let Some(end) = rest
        .match_indices(char::is_whitespace)
        .map(|(at, _)| at)
        .find(|at| rest[..*at].ends_with(['.', '!', '?', ';']))
    {
        found.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() {
        found.push(rest);
    }
    seen.weigh(
        match found.len() {
            0 | 1 => "one sentence",
            2 => "two sentences",
            _ => "more sentences",
        }
        .to_owned(),
        0.7,
    );
    let last = found.get(1..).and_then(<[&str]>::last);
    for (which, sentence) in [("first", found.first()), ("last", last)] {
        let shape = shape(&pieces(sentence.unwrap_or(&"")));
        if let Some(begins) = shape.first() {
            seen.weigh(format!("{which} sentence {begins}"), 0.6);
            let two = shape[..shape.len().min(2)].join(" ");
            seen.weigh(format!("{which} sentence {two}"), 0.6);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{pieces, shape};

    #[test]
    fn words_signs_and_numbers_are_told_apart_and_endings_kept() {
        let written = pieces("We’re moving 14 forms: don't panic!");
        assert_eq!(written.join("|"), "we're|moving|0|forms|:|don't|panic|!");
        assert_eq!(shape(&written).join(" "), "* *ing 0 *s : don't * !");
        assert_eq!(pieces("' '' £5.20 –"), ["£", "0", "0"]);
    }
}
