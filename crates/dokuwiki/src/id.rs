//! Ids of pages and files: how they are cleaned, resolved and written on the disk.

use std::fmt::Write as _;

/// The id that DokuWiki makes of words: lower case, single `_` for what is no letter or digit.
#[must_use]
pub fn clean(words: &str) -> String {
    let mut id = String::with_capacity(words.len());
    for letter in words.trim().chars().flat_map(char::to_lowercase) {
        match letter {
            ':' | ';' | '/' => id.push(':'),
            '.' | '-' | '_' => id.push(letter),
            _ if letter.is_alphanumeric() => plain(letter, &mut id),
            _ => id.push('_'),
        }
    }
    let parts = id.split(':').map(tidied).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(":")
}

/// One part between colons: single `_`, nothing but letters and digits at its ends.
fn tidied(part: &str) -> String {
    let mut tidy = String::with_capacity(part.len());
    for letter in part.chars() {
        if !(letter == '_' && tidy.ends_with('_')) {
            tidy.push(letter);
        }
    }
    tidy.trim_matches(|letter| "._-".contains(letter))
        .to_owned()
}

/// Latin letters without their accents, as DokuWiki spells them.
fn plain(letter: char, id: &mut String) {
    let spelt = match letter {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ö' | 'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' => "t",
        'ù' | 'ú' | 'û' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ü' => "ue",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        other => return id.push(other),
    };
    id.push_str(spelt);
}

/// The namespace of an id: all before its last colon.
#[must_use]
pub fn namespace(id: &str) -> &str {
    id.rsplit_once(':').map_or("", |(namespace, _)| namespace)
}

/// An id's last part.
#[must_use]
pub fn name(id: &str) -> &str {
    id.rsplit(':').next().unwrap_or(id)
}

/// The id that a link on the page `from` means: `.x` beside it, `..x` one up, `:x` from the top,
/// `x:` the beginning of a namespace.
#[must_use]
pub fn resolve(link: &str, from: &str, exists: &dyn Fn(&str) -> bool) -> String {
    let link = link.trim();
    if link.is_empty() {
        return from.to_owned();
    }
    let absolute = absolute(link, namespace(from));
    if !link.ends_with(':') && !link.ends_with('/') {
        let id = clean(&absolute);
        // A link to a namespace is a link to its first page where nothing else has that name.
        let first = format!("{id}:start");
        return if !exists(&id) && exists(&first) {
            first
        } else {
            id
        };
    }
    let inside = clean(&absolute);
    let first = if inside.is_empty() {
        "start".to_owned()
    } else {
        format!("{inside}:start")
    };
    let same = format!("{inside}:{}", name(&inside));
    [&first, &same, &inside]
        .into_iter()
        .find(|id| exists(id))
        .unwrap_or(&first)
        .clone()
}

/// A link's words from the top of the wiki.
fn absolute(link: &str, beside: &str) -> String {
    if link.starts_with('.') {
        let mut parts: Vec<&str> = beside.split(':').filter(|part| !part.is_empty()).collect();
        let mut rest = link;
        while let Some(stripped) = rest.strip_prefix('.') {
            rest = stripped;
            if let Some(stripped) = rest.strip_prefix('.') {
                rest = stripped;
                parts.pop();
            }
            let after = rest.trim_start_matches([':', '/']);
            if !after.starts_with('.') {
                rest = after;
                break;
            }
            rest = after;
        }
        return parts
            .into_iter()
            .chain([rest])
            .collect::<Vec<_>>()
            .join(":");
    }
    if link.contains(':') || link.starts_with('/') || beside.is_empty() {
        link.to_owned()
    } else {
        format!("{beside}:{link}")
    }
}

/// The id under which a file lies: `ns/%E9%9A%9C` is `ns:障`. None for what climbs out or is no text.
#[must_use]
pub fn of_path(path: &str) -> Option<String> {
    let parts: Option<Vec<String>> = path.split('/').map(decoded).collect();
    Some(parts?.join(":"))
}

fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    let words = String::from_utf8(bytes).ok()?;
    let is_safe = !words.is_empty()
        && words != "."
        && words != ".."
        && !words.contains(|letter: char| letter.is_control() || "/\\:".contains(letter));
    is_safe.then_some(words)
}

/// Where a page or file of this id lies below its folder, as DokuWiki writes it by default.
#[must_use]
pub fn to_path(id: &str) -> String {
    let mut path = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b':' => path.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                path.push(char::from(byte));
            }
            _ => {
                path.push('%');
                let _ = write!(path, "{byte:02X}");
            }
        }
    }
    path
}
