//! What the owner decided, and how it lies over the settings file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Url;

use super::colour::Colour;
use crate::settings::Site;
use crate::words::house::HouseWords;

/// Letters of a name at the most.
pub const LONGEST_NAME: usize = 60;
/// Letters of the introduction at the most.
pub const LONGEST_INTRODUCTION: usize = 400;
/// Letters of the licence's name, and of whom to credit, at the most.
pub const LONGEST_LICENCE: usize = 100;
/// Letters of an address at the most.
pub const LONGEST_URL: usize = 300;

/// What the owner decided; what is `None` stays as the settings file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    /// The place's name.
    pub name: Option<String>,
    /// The sentence under it on the front page; nothing for ours.
    pub introduction: Option<String>,
    /// The colour of the bar; nothing for ours.
    pub accent: Option<String>,
    /// The licence of what people write.
    pub licence: Option<String>,
    /// Where the licence can be read.
    pub licence_url: Option<String>,
    /// Whom to credit.
    pub credit: Option<String>,
    /// What the place calls things: our word, and its own.
    pub words: Option<BTreeMap<String, String>>,
}

impl Chosen {
    /// As it was written down; what cannot be read decides nothing.
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// As it is written down.
    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What `site` has and the file has not.
    pub fn between(file: &Site, site: &Site) -> Self {
        let other = |own: &str, wanted: &str| (own != wanted).then(|| wanted.to_owned());
        let accent = |site: &Site| site.accent.clone().unwrap_or_default();
        Self {
            name: other(&file.name, &site.name),
            introduction: other(&file.introduction, &site.introduction),
            accent: other(&accent(file), &accent(site)),
            licence: other(&file.licence, &site.licence),
            licence_url: other(&file.licence_url, &site.licence_url),
            credit: other(&file.credit, &site.credit),
            words: (file.words != site.words).then(|| site.words.pairs().clone()),
        }
    }

    /// The file with this over it. Whatever brought it into the database, it stays words: a colour
    /// that is none, or an address of another kind, decides nothing.
    pub fn over(&self, file: &Site) -> Site {
        let mut site = file.clone();
        let put = |own: &mut String, wanted: Option<&String>| {
            if let Some(wanted) = wanted {
                own.clone_from(wanted);
            }
        };
        put(&mut site.name, self.name.as_ref());
        put(&mut site.introduction, self.introduction.as_ref());
        put(&mut site.licence, self.licence.as_ref());
        let address = self.licence_url.as_ref();
        put(&mut site.licence_url, address.filter(|url| is_address(url)));
        put(&mut site.credit, self.credit.as_ref());
        match self.accent.as_deref() {
            Some("") => site.accent = None,
            Some(accent) => {
                let colour = Colour::parse(accent).map(Colour::written);
                site.accent = colour.or(site.accent);
            }
            None => {}
        }
        if let Some(words) = &self.words {
            site.words = HouseWords::try_from(words.clone()).unwrap_or(site.words);
        }
        site
    }
}

/// Whether browsers may be sent there: `https://…` or `http://…`.
pub fn is_address(words: &str) -> bool {
    Url::parse(words).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}

/// A logo: its type, and a mark that is another for other bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// `image/png`, …
    pub kind: &'static str,
    /// Part of its address, so that browsers ask anew.
    pub mark: String,
}

impl Logo {
    /// A logo as it was written down, if there is one.
    pub fn read(kind: &str, mark: &str) -> Option<Self> {
        Some(Self {
            kind: logo_kind(kind)?,
            mark: mark.chars().filter(char::is_ascii_alphanumeric).collect(),
        })
    }
}

/// The type of a logo by its name; none for what we never draw.
pub fn logo_kind(name: &str) -> Option<&'static str> {
    ["image/png", "image/jpeg", "image/webp"]
        .into_iter()
        .find(|kind| *kind == name)
}

#[cfg(test)]
mod tests {
    use super::{Chosen, Logo};
    use crate::settings::Site;

    fn site(name: &str, accent: Option<&str>) -> Site {
        Site {
            name: name.to_owned(),
            accent: accent.map(str::to_owned),
            ..Site::default()
        }
    }

    #[test]
    fn what_is_not_decided_stays_as_the_file_has_it() {
        let file = site("Northshire", Some("#0b7a75"));
        let chosen = Chosen::between(&file, &site("Over", Some("#0b7a75")));
        assert_eq!(
            (chosen.name.as_deref(), &chosen.accent),
            (Some("Over"), &None)
        );
        let chosen = Chosen::read(&chosen.written());
        let later = chosen.over(&site("Southshire", Some("#b3261e")));
        assert_eq!(
            (later.name.as_str(), later.accent.as_deref()),
            ("Over", Some("#b3261e"))
        );
        assert_eq!(Chosen::between(&file, &file), Chosen::default());
    }

    #[test]
    fn our_own_colour_can_be_wanted_back() {
        let file = site("Northshire", Some("#0b7a75"));
        let chosen = Chosen::between(&file, &site("Northshire", None));
        assert_eq!(chosen.over(&file).accent, None);
    }

    #[test]
    fn what_is_no_look_decides_nothing() {
        let file = site("Northshire", Some("#0b7a75"));
        for json in ["", "[]", "{\"name\":7}", "{\"words\":{\"banana\":\"x\"}}"] {
            assert_eq!(Chosen::read(json).over(&file).name, "Northshire", "{json}");
        }
        let hostile = Chosen {
            accent: Some("red}body{display:none".to_owned()),
            licence_url: Some("javascript:alert(1)".to_owned()),
            ..Chosen::default()
        };
        let site = hostile.over(&file);
        assert_eq!(site.accent, file.accent);
        assert_eq!(site.licence_url, file.licence_url);
        assert_eq!(Logo::read("text/html", "x"), None);
        assert_eq!(Logo::read("image/png", "a\"b").unwrap().mark, "ab");
    }
}
