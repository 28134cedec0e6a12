//! Names as addresses and lists hold them.

/// A title's words as they stand in an address: plain letters, at most sixty.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in plain_letters(title).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && c != '\'' {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    slug.trim_matches('-').to_owned()
}

/// A title as it sorts: plain small letters.
pub fn sort_key(title: &str) -> String {
    plain_letters(title)
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .take(140)
        .collect()
}

fn plain_letters(words: &str) -> String {
    words
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'ŵ' => 'w',
            'ŷ' | 'ý' | 'ÿ' => 'y',
            'ç' => 'c',
            'ñ' => 'n',
            '’' => '\'',
            other => other,
        })
        .collect()
}
