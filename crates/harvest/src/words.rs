//! The words of a line, and what is left of them without their endings.

/// Words that say nothing of what a line is about.
const SMALL: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "do", "does", "for", "from",
    "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it", "its",
    "just", "me", "my", "of", "on", "or", "our", "out", "s", "she", "so", "some", "t", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "up",
    "was", "we", "were", "what", "when", "where", "which", "who", "will", "with", "you", "your",
    "can", "could", "would", "should", "get", "got", "any", "all", "not", "no", "s", "re", "ve",
    "ll", "d", "m", "also", "need", "e", "g", "etc", "very", "more", "most", "much", "many",
];

/// The words of a text in small letters; `don't` is one word.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace('’', "'")
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

/// What a text is about: its stems, without the small words.
pub(crate) fn topics(text: &str) -> Vec<String> {
    words(text)
        .iter()
        .filter(|word| !SMALL.contains(&word.as_str()))
        .map(|word| stem(word))
        .collect()
}

/// A word without its ending: light, after the first steps of Porter's stemmer (1980).
pub(crate) fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let count = word.chars().count();
    let mut stem = word.to_owned();
    if count > 4 && word.ends_with("ies") {
        stem.truncate(word.len() - 3);
        stem.push('y');
    } else if count > 4
        && (word.ends_with("sses") || word.ends_with("ches") || word.ends_with("shes"))
    {
        stem.truncate(word.len() - 2);
    } else if count > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") {
        stem.truncate(word.len() - 1);
    }
    for (ending, least) in [
        ("ingly", 5),
        ("edly", 5),
        ("ing", 3),
        ("ed", 3),
        ("ly", 4),
        ("er", 4),
    ] {
        let left = stem.len().saturating_sub(ending.len());
        if stem.ends_with(ending) && left >= least && stem[..left].contains(is_vowel) {
            stem.truncate(left);
            let mut last = stem.chars().rev();
            if let (Some(one), Some(two)) = (last.next(), last.next())
                && one == two
                && !"lsz".contains(one)
                && !is_vowel(one)
            {
                stem.pop();
            }
            break;
        }
    }
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    if stem.len() > 3 && stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    stem
}

fn is_vowel(c: char) -> bool {
    "aeiouy".contains(c)
}
