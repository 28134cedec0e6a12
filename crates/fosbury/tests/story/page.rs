//! An answer of the site, as somebody reads it.

use axum::http::HeaderMap;

/// An answer.
#[derive(Clone, Debug)]
pub struct Page {
    pub address: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

/// A form of a page with everything a browser would send from it.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Page {
    /// All headers of this name, with commas between.
    pub fn header(&self, name: &str) -> String {
        let values = self.headers.get_all(name).into_iter();
        let values: Vec<&str> = values.map(|value| value.to_str().unwrap()).collect();
        values.join(", ")
    }

    /// Where it redirects to.
    pub fn leads_to(&self) -> String {
        self.header("location")
    }

    /// The words of the whole page.
    pub fn text(&self) -> String {
        words(&self.body)
    }

    /// The words of each element called so: `ins`, `h1`, `.error`, `a.wanted`.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let (name, class) = selector.split_once('.').unwrap_or((selector, ""));
        let fits = |tag: &Tag<'_>| {
            let classes = tag.attribute("class").unwrap_or_default();
            (name.is_empty() || tag.name == name)
                && (class.is_empty() || classes.split(' ').any(|one| one == class))
        };
        let found = tags(&self.body).into_iter().filter(fits);
        found.map(|tag| words(inside(&self.body, &tag))).collect()
    }

    /// Whether an element called so has these words.
    pub fn has(&self, selector: &str, words: &str) -> bool {
        self.all(selector).iter().any(|one| one.contains(words))
    }

    /// Asserts the status.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}: {}", self.address, self.text());
        self
    }

    /// Asserts that the page says this.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(
            text.contains(words),
            "{} lacks {words:?}: {text}",
            self.address
        );
        self
    }

    /// Asserts that nothing in the answer says this, in words or in markup.
    #[track_caller]
    pub fn keeps_quiet_of(&self, words: &str) -> &Self {
        let text = self.text();
        let is_quiet = !text.contains(words) && !self.body.contains(words);
        assert!(is_quiet, "{} says {words:?}: {text}", self.address);
        self
    }

    /// The addresses of all links.
    pub fn links(&self) -> Vec<String> {
        let links = tags(&self.body).into_iter().filter(|tag| tag.name == "a");
        links.filter_map(|tag| tag.attribute("href")).collect()
    }

    /// The address of the link with these words.
    #[track_caller]
    pub fn link(&self, text: &str) -> String {
        let link = tags(&self.body)
            .into_iter()
            .find(|tag| tag.name == "a" && words(inside(&self.body, tag)).contains(text));
        let link = link.unwrap_or_else(|| panic!("{}: no link {text}", self.address));
        link.attribute("href").unwrap()
    }

    /// The forms that post.
    pub fn forms(&self) -> Vec<Form> {
        let forms = tags(&self.body)
            .into_iter()
            .filter(|tag| tag.name == "form");
        let posting = forms.filter(|tag| tag.attribute("method").as_deref() == Some("post"));
        posting
            .map(|tag| Form {
                action: tag.attribute("action").unwrap_or_default(),
                fields: fields(inside(&self.body, &tag)),
            })
            .collect()
    }

    /// The form whose action ends so.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        let form = self
            .forms()
            .into_iter()
            .find(|one| one.action.ends_with(action));
        form.unwrap_or_else(|| panic!("{}: no form to {action}: {}", self.address, self.text()))
    }

    /// The answer as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Form {
    /// The value of a field.
    pub fn get(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|(key, _)| key == name);
        field.map_or("", |(_, value)| value.as_str())
    }

    /// Fills a field in, ticks a box, presses a button of this name.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(key, _)| key != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a tick away.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(key, _)| key != name);
        self
    }
}

struct Tag<'h> {
    name: &'h str,
    rest: &'h str,
    end: usize,
}

impl Tag<'_> {
    fn attribute(&self, wanted: &str) -> Option<String> {
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
fn tags(html: &str) -> Vec<Tag<'_>> {
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
fn inside<'h>(html: &'h str, tag: &Tag<'_>) -> &'h str {
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

fn fields(form: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for tag in tags(form) {
        let Some(name) = tag.attribute("name") else {
            continue;
        };
        let value = tag.attribute("value").unwrap_or_default();
        let kind = tag.attribute("type").unwrap_or_default();
        match tag.name {
            "input" if kind == "checkbox" || kind == "radio" => {
                if tag.attribute("checked").is_some() {
                    fields.push((name, value));
                }
            }
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
fn words(html: &str) -> String {
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
pub fn decoded(html: &str) -> String {
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
        match one {
            Some(one) => {
                text.push(one);
                rest = &rest[end + 1..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}
