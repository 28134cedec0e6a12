//! Titles and namespaces.

use std::collections::BTreeMap;

/// Namespaces that every MediaWiki knows by these names.
const USUAL: [(&str, i64); 20] = [
    ("media", -2),
    ("special", -1),
    ("talk", 1),
    ("user", 2),
    ("user talk", 3),
    ("project", 4),
    ("project talk", 5),
    ("file", 6),
    ("image", 6),
    ("file talk", 7),
    ("image talk", 7),
    ("mediawiki", 8),
    ("mediawiki talk", 9),
    ("template", 10),
    ("template talk", 11),
    ("help", 12),
    ("help talk", 13),
    ("category", 14),
    ("category talk", 15),
    ("module", 828),
];
/// The namespace of files, and of what groups pages.
pub const FILE: i64 = 6;
pub const CATEGORY: i64 = 14;

/// The namespaces of a wiki, and what it calls itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Titles {
    /// What it calls itself.
    pub site: String,
    own: BTreeMap<String, i64>,
    names: BTreeMap<i64, String>,
}

impl Titles {
    /// Notes a namespace and its name.
    pub fn note(&mut self, number: i64, name: &str) {
        self.own.insert(name.to_lowercase(), number);
        self.names.insert(number, name.to_owned());
    }

    /// The number of the namespace of this name.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        let name = name.trim().replace('_', " ").to_lowercase();
        let usual = || USUAL.iter().find(|(usual, _)| *usual == name);
        let own = self.own.get(&name).copied();
        own.or_else(|| usual().map(|(_, number)| *number))
    }

    /// The name of a namespace; nothing for the pages themselves.
    #[must_use]
    pub fn name(&self, number: i64) -> &str {
        let own = self.names.get(&number).map(String::as_str);
        let usual = || USUAL.iter().find(|(_, usual)| *usual == number);
        own.or_else(|| usual().map(|(name, _)| *name))
            .unwrap_or_default()
    }

    /// The number of a title's namespace, and its words without it.
    #[must_use]
    pub fn split<'t>(&self, title: &'t str) -> (i64, &'t str) {
        match title.split_once(':') {
            Some((name, rest)) => match self.number(name) {
                Some(number) => (number, rest.trim()),
                None => (0, title),
            },
            None => (0, title),
        }
    }

    /// A title as the wiki writes it: spaces, the first letter a capital, namespaces by their names.
    #[must_use]
    pub fn normal(&self, words: &str) -> String {
        let words = named(words);
        let (number, rest) = self.split(&words);
        if number == 0 {
            return words;
        }
        let own = self.names.get(&number);
        let name = own.cloned().unwrap_or_else(|| capital(self.name(number)));
        format!("{name}:{}", capital(rest))
    }
}

/// A title as an address names it: `some_page` is `Some page`.
#[must_use]
pub fn named(words: &str) -> String {
    let words = words.replace('_', " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    capital(words.trim_start_matches(':').trim())
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
