//! The interface's words, from Fluent files: one beside each room.

pub mod house;

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use house::HouseWords;

/// Every Fluent file of the English interface, by the room it belongs to.
pub const ENGLISH: &[(&str, &str)] = &[
    ("layout", include_str!("../layout/en.ftl")),
    ("look", include_str!("../look/en.ftl")),
    ("people", include_str!("../people/en.ftl")),
    ("organisations", include_str!("../organisations/en.ftl")),
    ("history", include_str!("../history/en.ftl")),
    ("hurdles", include_str!("../hurdles/en.ftl")),
    ("solutions", include_str!("../solutions/en.ftl")),
    ("guides", include_str!("../guides/en.ftl")),
    ("search", include_str!("../search/en.ftl")),
    ("home", include_str!("../home/en.ftl")),
    ("changes", include_str!("../changes/en.ftl")),
    ("stewards", include_str!("../stewards/en.ftl")),
    ("discussion", include_str!("../discussion/en.ftl")),
    ("interchange", include_str!("../interchange/en.ftl")),
    ("api", include_str!("../api/en.ftl")),
    ("attachments", include_str!("../attachments/en.ftl")),
    ("trials", include_str!("../trials/en.ftl")),
    ("evidence", include_str!("../evidence/en.ftl")),
    ("cases", include_str!("../cases/en.ftl")),
    ("sessions", include_str!("../sessions/en.ftl")),
    ("sessions/after", include_str!("../sessions/after/en.ftl")),
    ("peers", include_str!("../peers/en.ftl")),
    ("harvesting", include_str!("../harvesting/en.ftl")),
    ("freeing", include_str!("../freeing/en.ftl")),
    ("precedents", include_str!("../precedents/en.ftl")),
    ("wikis", include_str!("../wikis/en.ftl")),
];

/// The words of one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The English words.
    pub fn english() -> Self {
        Self::english_of(&HouseWords::default())
    }

    /// The English words, with what a place calls things. What a file got wrong is logged, and the
    /// rest used.
    pub fn english_of(house: &HouseWords) -> Self {
        let language: LanguageIdentifier = "en-GB".parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        for (room, text) in ENGLISH {
            let resource = match FluentResource::try_new(house.said_in(text)) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    tracing::error!(room, ?errors, "Fluent file with mistakes");
                    resource
                }
            };
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(room, ?errors, "Fluent file says something twice");
            }
        }
        Self { bundle }
    }

    /// Whether there are words under this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle
            .get_message(key)
            .is_some_and(|message| message.value().is_some())
    }

    /// The words under this key; the key itself where there are none, which a test forbids.
    pub fn say<'w>(&'w self, key: &'w str) -> Cow<'w, str> {
        self.filled(key, None)
    }

    /// The same with values put in.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set((*name).to_owned(), FluentValue::from(*value));
        }
        self.filled(key, Some(&args)).into_owned()
    }

    /// The same with a number as `$n`, for plurals.
    pub fn count(&self, key: &str, n: i64) -> String {
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(n));
        self.filled(key, Some(&args)).into_owned()
    }

    fn filled<'w>(&'w self, key: &'w str, args: Option<&'w FluentArgs<'_>>) -> Cow<'w, str> {
        let Some(pattern) = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
        else {
            tracing::error!(key, "No words for this key");
            return Cow::Borrowed(key);
        };
        let mut errors = Vec::new();
        Cow::Owned(
            self.bundle
                .format_pattern(pattern, args, &mut errors)
                .into_owned(),
        )
    }
}
