//! Where signs of Markdown begin and end.

use crate::text::escape_words;

/// Bytes of a link's words or address at the most.
pub const LONGEST: usize = 2_000;
/// Links in the words of links at the most.
pub const DEEPEST: usize = 3;

/// How many bytes of code begin here; back ticks that nothing closes are signs.
pub fn code(rest: &str) -> usize {
    let count = rest.bytes().take_while(|byte| *byte == b'`').count();
    let mut at = count;
    while at < rest.len().min(count + LONGEST * 4) {
        let Some(next) = rest.as_bytes()[at..].iter().position(|byte| *byte == b'`') else {
            return count;
        };
        at += next;
        let run = rest.as_bytes()[at..]
            .iter()
            .take_while(|byte| **byte == b'`')
            .count();
        at += run;
        if run == count {
            return at;
        }
    }
    count
}

/// Where the words of a link end, brackets in them counted.
pub fn closing(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, byte) in rest.bytes().enumerate().take(LONGEST) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'[' if depth > DEEPEST => return None,
            b'[' => depth += 1,
            b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// The address after `(`, and the bytes up to and with `)`.
pub fn target(after: &str) -> Option<(String, usize)> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, letter) in after.char_indices().take(LONGEST) {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (None, '"') => quote = Some('"'),
            (None, '<') if at == 0 => quote = Some('>'),
            (None, '(') => depth += 1,
            (None, ')') if depth > 0 => depth -= 1,
            (None, ')') => {
                let inside = after[..at].trim();
                let to = match inside.strip_prefix('<') {
                    Some(inside) => inside.split('>').next(),
                    None => inside.split_whitespace().next(),
                };
                return Some((to.unwrap_or_default().to_owned(), at + 1));
            }
            _ => {}
        }
    }
    None
}

/// `> [!note] Words`: the kind of a box is a strong word.
pub fn callout(line: &str) -> String {
    let bare = line.trim_start_matches([' ', '>']);
    let signs = &line[..line.len() - bare.len()];
    let kind = bare
        .strip_prefix("[!")
        .and_then(|rest| rest.split_once(']'));
    match kind.filter(|(kind, _)| signs.contains('>') && kind.len() < 40 && !kind.is_empty()) {
        Some((kind, rest)) => {
            let rest = rest.trim_start_matches(['-', '+']);
            let mut letters = kind.chars().flat_map(char::to_lowercase);
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            let kind: String = first.chain(letters).collect();
            let end = if rest.trim().is_empty() { "\\" } else { "" };
            format!(
                "{signs}**{}**{}{end}{}",
                escape_words(&kind),
                rest.trim_end(),
                "\n"
            )
        }
        None => line.to_owned(),
    }
}

/// `%20` and the like.
pub fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = path.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        if let Some(byte) = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            plain.push(byte);
            at += 3;
        } else {
            plain.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}
