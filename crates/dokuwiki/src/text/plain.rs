//! Words as they are: code, and what is left without its styles.

use super::link;
use super::tree::{Block, Inline, Style};

/// Words without their styles.
pub fn flat(inlines: &[Inline]) -> String {
    let mut words = String::new();
    for one in inlines {
        match one {
            Inline::Words(own)
            | Inline::Code(own)
            | Inline::Page { words: own, .. }
            | Inline::Address(_, own)
            | Inline::Inside(Block::Code(_, own)) => words.push_str(own),
            Inline::Styled(_, inside) => words.push_str(&flat(inside)),
            Inline::Link(to, inside) => match inside {
                Some(inside) => words.push_str(&flat(inside)),
                None => words.push_str(&link::shown(to)),
            },
            Inline::Media(_, title) => words.push_str(title),
            Inline::Break => words.push(' '),
            Inline::Footnote(_) | Inline::Inside(_) => {}
        }
    }
    words
}

/// Raised or lowered figures, which have letters of their own.
pub fn small(style: Style, words: &str) -> Option<String> {
    let figures = if style == Style::Upper {
        "⁰¹²³⁴⁵⁶⁷⁸⁹"
    } else {
        "₀₁₂₃₄₅₆₇₈₉"
    };
    let figure = |letter: char| figures.chars().nth(letter.to_digit(10)? as usize);
    (!words.is_empty()).then(|| words.chars().map(figure).collect())?
}

/// Words between as many back ticks as it takes.
pub fn code(words: &str, in_cell: bool) -> String {
    let words = words.replace('\n', " ");
    let words = words.trim();
    if words.is_empty() {
        return String::new();
    }
    let signs = "`".repeat(longest_run(words, '`') + 1);
    let room = if words.starts_with('`') || words.ends_with('`') {
        " "
    } else {
        ""
    };
    let words = if in_cell {
        words.replace('|', "\\|")
    } else {
        words.to_owned()
    };
    format!("{signs}{room}{words}{room}{signs}")
}

pub fn fenced(said: &str, words: &str) -> String {
    let signs = "`".repeat((longest_run(words, '`') + 1).max(3));
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || " ._+-#".contains(*letter);
    let said: String = said.chars().filter(is_plain).collect();
    let said = said.trim().trim_start_matches("- ");
    format!(
        "{signs}{}\n{}\n{signs}",
        if said == "-" { "" } else { said },
        words.trim_matches('\n')
    )
}

pub fn longest_run(words: &str, sign: char) -> usize {
    let runs = words.split(|letter| letter != sign).map(str::len);
    runs.max().unwrap_or(0)
}
