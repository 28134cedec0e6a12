//! Letters by their names.

const NAMED: [(&str, &str); 30] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("bull", "•"),
    ("middot", "·"),
    ("larr", "←"),
    ("rarr", "→"),
    ("times", "×"),
    ("deg", "°"),
    ("pound", "£"),
    ("euro", "€"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("eacute", "é"),
    ("thinsp", " "),
    ("shy", ""),
    ("zwnj", ""),
];

/// The letters that begin with `&`, and how many bytes name them.
pub fn at(rest: &str) -> Option<(String, usize)> {
    let named = rest.strip_prefix('&')?;
    let length = named.bytes().take(12).position(|byte| byte == b';')?;
    let name = &named[..length];
    let letters = if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(number) => u32::from_str_radix(number, 16).ok()?,
            None => number.parse().ok()?,
        };
        let letter = char::from_u32(number)?;
        let is_mark = ('\u{E000}'..='\u{E003}').contains(&letter);
        (!letter.is_control() && !is_mark).then(|| letter.to_string())?
    } else {
        let known = NAMED.iter().find(|(known, _)| *known == name);
        known.map(|(_, letters)| (*letters).to_owned())?
    };
    Some((letters, length + 2))
}

/// Words with their letters instead of names.
pub fn decoded(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(found) = rest.find('&') {
        plain.push_str(&rest[..found]);
        rest = &rest[found..];
        let (letters, length) = at(rest).unwrap_or_else(|| ("&".to_owned(), 1));
        plain.push_str(&letters);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}
