/// How many quotation signs a line begins with, and the line without them.
pub(super) fn unquoted(line: &str) -> (usize, &str) {
    let (mut quotes, mut rest) = (0, line);
    while indent(rest) < 4
        && let Some(after) = rest.trim_start().strip_prefix('>')
    {
        rest = after.strip_prefix(' ').unwrap_or(after);
        quotes += 1;
    }
    (quotes, rest)
}

pub(super) fn indent(line: &str) -> usize {
    let mut columns = 0;
    for letter in line.chars() {
        match letter {
            ' ' => columns += 1,
            '\t' => columns += 4 - columns % 4,
            _ => break,
        }
    }
    columns
}

/// How long the sign of a list item is that a line begins with.
pub(super) fn item(words: &str) -> Option<usize> {
    let digits = words.len()
        - words
            .trim_start_matches(|letter: char| letter.is_ascii_digit())
            .len();
    let sign = words[digits..].chars().next()?;
    let is_sign = match digits {
        0 => matches!(sign, '-' | '*' | '+'),
        1..=9 => matches!(sign, '.' | ')'),
        _ => false,
    };
    let after = words.get(digits + 1..)?;
    (is_sign && (after.is_empty() || after.starts_with([' ', '\t']))).then_some(digits + 1)
}

/// The sign and the length of the fence that a line opens.
pub(super) fn fence(words: &str) -> Option<(char, usize)> {
    let sign = words
        .chars()
        .next()
        .filter(|sign| matches!(sign, '`' | '~'))?;
    let after = words.trim_start_matches(sign);
    let length = words.len() - after.len();
    (length >= 3 && !(sign == '`' && after.contains('`'))).then_some((sign, length))
}
