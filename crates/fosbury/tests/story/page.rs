//! An answer of the site, as somebody reads it.

use axum::http::HeaderMap;

use crate::html::{Tag, fields, inside, tags, words};

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
