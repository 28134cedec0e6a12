//! Reading our own HTML, which is always well written.

/// An opening tag.
pub struct Tag<'h> {
    pub name: &'h str,
    rest: &'h str,
    end: usize,
}

impl Tag<'_> {
    /// The value of an attribute; empty for one without.
    pub fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.rest.trim_start();
        while !rest.is_empty() {
            let end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
            let name = &rest[..end];
            rest = &rest[end..];
            let mut value = "";
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let close = quoted.find('"')?;
                value = &quoted[..close];
                rest = &quoted[close + 1..];
            }
            if name == wanted {
                return Some(decoded(value));
            }
            rest = rest.trim_start();
        }
        None
    }
}

/// The opening tags of our own HTML, which is always well written.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|open| at + open + 1) {
        at = open;
        if !html[open..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let Some(close) = html[open..].find('>').map(|close| open + close) else {
            break;
        };
        let tag = html[open..close].trim_end_matches('/');
        let (name, rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
        let end = close + 1;
        found.push(Tag { name, rest, end });
        at = end;
    }
    found
}

/// What stands between a tag and its end.
pub fn inside<'h>(html: &'h str, tag: &Tag<'_>) -> &'h str {
    let (open, close) = (format!("<{}", tag.name), format!("</{}>", tag.name));
    let rest = &html[tag.end..];
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let Some(end) = rest[at..].find(&close).map(|end| at + end) else {
            return "";
        };
        let opened = rest[at..end].match_indices(&open);
        let opened = opened
            .filter(|(from, _)| rest[at + from + open.len()..].starts_with([' ', '>', '\n']))
            .count();
        depth += opened;
        if depth == 0 {
            return &rest[..end];
        }
        depth -= 1;
        at = end + close.len();
    }
}

/// What a browser would send of these fields.
pub fn fields(form: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for tag in tags(form) {
        let Some(name) = tag.attribute("name") else {
            continue;
        };
        let value = tag.attribute("value").unwrap_or_default();
        let kind = tag.attribute("type").unwrap_or_default();
        let is_box = kind == "checkbox" || kind == "radio";
        match tag.name {
            "input" if is_box && tag.attribute("checked").is_none() => {}
            "input" => fields.push((name, value)),
            "textarea" => {
                let words = inside(form, &tag);
                fields.push((name, decoded(words.strip_prefix('\n').unwrap_or(words))));
            }
            "select" => fields.push((name, chosen(inside(form, &tag)))),
            _ => {}
        }
    }
    fields
}

fn chosen(select: &str) -> String {
    let options: Vec<Tag<'_>> = tags(select).into_iter().collect();
    let chosen = options
        .iter()
        .find(|tag| tag.attribute("selected").is_some());
    let chosen = chosen.or(options.first());
    chosen
        .and_then(|tag| tag.attribute("value"))
        .unwrap_or_default()
}

/// Words without tags, white space made one.
pub fn words(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let close = rest.find('>').map_or(rest.len(), |close| close + 1);
        let is_block = ![
            "<ins", "</in", "<del", "</de", "<mar", "</ma", "<em", "</em", "<a ", "</a>",
        ]
        .iter()
        .any(|inline| rest.starts_with(inline));
        if is_block {
            text.push(' ');
        }
        rest = &rest[close..];
    }
    text.push_str(rest);
    decoded(&text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Character references as characters.
fn decoded(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').unwrap_or(0);
        let name = rest.get(1..end).unwrap_or_default();
        let one = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "nbsp" => Some('\u{a0}'),
            _ => name
                .strip_prefix("#x")
                .map(|hex| u32::from_str_radix(hex, 16))
                .or(name.strip_prefix('#').map(str::parse))
                .and_then(Result::ok)
                .and_then(char::from_u32),
        };
        text.push(one.unwrap_or('&'));
        rest = &rest[one.map_or(0, |_| end) + 1..];
    }
    text.push_str(rest);
    text
}
