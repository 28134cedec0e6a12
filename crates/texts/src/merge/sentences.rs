use unicode_segmentation::UnicodeSegmentation;

/// Shortened words that a capital letter may follow within a sentence.
const SHORTENED: [&str; 7] = ["Cllr", "Prof", "Dept", "Govt", "Capt", "Supt", "Asst"];

/// Cuts lines into sentences, the spaces between them and line ends.
///
/// Rather too coarse than too fine: a full stop after a word of three letters or fewer ends nothing,
/// since half a sentence must never be merged with another half.
pub(super) fn of<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut units = Vec::new();
    for line in lines {
        let text = line.strip_suffix('\n').unwrap_or(line);
        if is_prose(text) {
            cut(text, &mut units);
        } else {
            units.push(text);
        }
        units.push(&line[text.len()..]);
    }
    units.retain(|unit| !unit.is_empty());
    units
}

/// Whether unchanged units are enough to keep two changes apart: a sentence, or a blank line.
pub(super) fn part(between: &[&str]) -> bool {
    between.iter().any(|unit| !unit.trim().is_empty())
        || between.iter().filter(|unit| unit.ends_with('\n')).count() > 1
}

/// A table row or a line of code has no sentences.
fn is_prose(line: &str) -> bool {
    !line.trim_start().starts_with('|') && !line.starts_with("    ") && !line.starts_with('\t')
}

fn cut<'a>(line: &'a str, units: &mut Vec<&'a str>) {
    let mut from = 0;
    let mut to = 0;
    for piece in line.split_sentence_bounds() {
        to += piece.len();
        let sentence = &line[from..to];
        if to < line.len() && !is_whole(sentence) {
            continue;
        }
        let words = sentence.trim_end();
        units.push(words);
        units.push(&sentence[words.len()..]);
        from = to;
    }
}

fn is_whole(sentence: &str) -> bool {
    let sentence = sentence.trim_end();
    let Some(words) = sentence.strip_suffix('.') else {
        return !sentence.is_empty();
    };
    let last: String = words
        .chars()
        .rev()
        .take_while(|letter| letter.is_alphanumeric())
        .collect();
    let last: String = last.chars().rev().collect();
    last.chars().count() > 3 && !SHORTENED.contains(&last.as_str())
}
