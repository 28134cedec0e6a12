//! The verbs of a line: what was, what is, what may be, what must be.

use super::features::Seen;
use super::lexicon::REPORTS;

const PAST: &[&str] = &[
    "was",
    "were",
    "had",
    "did",
    "ran",
    "found",
    "got",
    "gave",
    "made",
    "went",
    "wrote",
    "built",
    "took",
    "began",
    "kept",
    "held",
    "saw",
    "told",
    "won",
    "lost",
    "sent",
    "brought",
    "spent",
    "met",
    "led",
    "became",
    "said",
    "came",
    "fell",
    "rose",
    "grew",
    "left",
    "felt",
    "bought",
    "sold",
    "paid",
    "taught",
    "thought",
    "caught",
    "stood",
    "sat",
    "spoke",
    "chose",
    "drew",
    "broke",
    "drove",
    "flew",
    "threw",
    "knew",
    "hid",
    "rang",
    "sang",
    "swam",
    "understood",
    "dealt",
    "meant",
    "heard",
    "learnt",
    "lent",
    "stuck",
    "struck",
    "swept",
    "dropped",
    "let",
];
/// Words that end like the past and are none.
const NOT_PAST: &[&str] = &[
    "need", "feed", "speed", "indeed", "shared", "embed", "exceed", "proceed", "hundred", "breed",
    "succeed", "biased", "based",
];

/// Whether a word tells of the past.
pub(super) fn is_past(word: &str) -> bool {
    PAST.contains(&word) || word.len() > 4 && word.ends_with("ed") && !NOT_PAST.contains(&word)
}

/// Whether a word can only be what somebody does or what is, never what is asked for.
pub(super) fn is_finite(word: &str) -> bool {
    sort(word).is_some_and(|sort| !matches!(sort, "past")) || matches!(word, "was" | "were" | "had")
}

/// Of what sort a verb is.
fn sort(word: &str) -> Option<&'static str> {
    Some(match word {
        "is" | "are" | "it's" | "that's" | "they're" | "we're" | "you're" | "i'm" | "there's"
        | "what's" | "who's" | "am" | "aren't" | "isn't" => "is",
        "has" | "have" | "we've" | "they've" | "i've" | "you've" | "having" => "has",
        "can" => "can",
        "can't" | "cannot" | "couldn't" | "cannae" => "cannot",
        "could" | "might" | "may" => "could",
        "should" | "ought" | "must" | "shouldn't" | "mustn't" => "should",
        "would" | "we'd" | "i'd" | "you'd" | "they'd" | "wouldn't" => "would",
        "will" | "we'll" | "i'll" | "they'll" | "you'll" | "shall" | "won't" => "will",
        "don't" | "doesn't" | "dinnae" | "disnae" | "haven't" | "hasn't" => "does not",
        "didn't" | "wasn't" | "weren't" | "hadn't" => "did not",
        "do" | "does" => "does",
        "want" | "wants" | "need" | "needs" => "needs",
        "gets" | "takes" | "makes" | "goes" | "says" | "comes" | "means" | "works" | "keeps"
        | "gives" | "uses" | "sees" | "knows" | "thinks" | "tells" | "asks" | "costs"
        | "leaves" | "runs" | "sends" | "matters" | "beats" | "belongs" | "lets" | "expects"
        | "blocks" | "stops" | "decides" | "owns" | "reads" | "writes" | "talks" | "lasts"
        | "happens" | "becomes" | "loses" | "wins" | "changes" | "helps" | "starts" | "ends" => {
            "does it"
        }
        _ if is_past(word) => "past",
        _ => return None,
    })
}

/// What minutes make of what follows ("It was suggested that"), and what follows.
pub(super) fn reported(words: &[String]) -> (Vec<&'static str>, &[String]) {
    /// Within so many words a report begins.
    const WITHIN: usize = 9;
    let frame = |word: &str| {
        matches!(
            word,
            "that" | "whether" | "to" | "how" | "the" | "by" | "a" | "for"
        )
    };
    for at in 1..words.len().saturating_sub(2).min(WITHIN) {
        if frame(&words[at]) {
            let groups: Vec<&'static str> = REPORTS.within(&words[..at]).into_keys().collect();
            if !groups.is_empty() {
                return (groups, &words[at + 1..]);
            }
        }
    }
    (Vec::new(), words)
}

/// Looks at the verbs.
pub(super) fn look(words: &[String], said: &str, seen: &mut Seen) {
    let sorts: Vec<(usize, &'static str)> = words
        .iter()
        .enumerate()
        .filter_map(|(at, word)| Some((at, sort(word)?)))
        .collect();
    match sorts.first() {
        Some((at, first)) => {
            seen.see(&format!("first verb {first}"));
            seen.see_if(*at == 0, &format!("first verb {first} at once"));
        }
        None => seen.see("no verb"),
    }
    for (_, sort) in &sorts {
        seen.see(&format!("verb {sort}"));
    }
    let past = sorts.iter().filter(|(_, sort)| *sort == "past").count();
    if past > 0 {
        seen.weigh(
            "tells of the past".to_owned(),
            if past > 1 { 1.4 } else { 1.0 },
        );
    }
    seen.see_if(past > 0 && past == sorts.len(), "tells only of the past");
    let passive = words.windows(2).any(|pair| {
        matches!(
            pair[0].as_str(),
            "was" | "were" | "is" | "are" | "be" | "been"
        ) && is_past(&pair[1])
    });
    seen.see_if(passive, "something is done");
    persons(words, seen);
    let text = format!(" {} ", words.join(" "));
    let not = text.contains(" not ") && !text.contains(" is not ") && !text.contains(" are not ");
    seen.see_if(not, "one and not another");
    seen.see_if(
        past > 0 && said.chars().any(|c| c.is_ascii_digit()),
        "tells of the past in figures",
    );
}

fn persons(words: &[String], seen: &mut Seen) {
    for word in words {
        match word.as_str() {
            "we" | "us" | "our" | "we've" | "we'd" | "we're" | "ours" => seen.see("of us"),
            "i" | "my" | "me" | "i've" | "i'm" | "i'd" | "i'll" => seen.see("of me"),
            "they" | "their" | "them" | "theirs" | "they're" | "they've" => seen.see("of them"),
            "you" | "your" | "you've" | "you're" | "you'll" => seen.see("to you"),
            "he" | "she" | "her" | "him" | "his" => seen.see("of one"),
            _ => {}
        }
    }
}
