//! The one list of things that can be linked, cited, searched and listed.

use crate::cases::Cases;
use crate::evidence::Evidence;
use crate::guides::Guides;
use crate::history::kind::Kind;
use crate::hurdles::Hurdles;
use crate::sessions::{Events, WriteUps};
use crate::solutions::Solutions;

/// Every kind of record with a text and a history, in the order in which people meet them.
pub static KINDS: [&dyn Kind; 7] = [
    &Hurdles, &Solutions, &Evidence, &Cases, &Guides, &Events, &WriteUps,
];

/// The kind of this name (`hurdle`), plural (`hurdles`) or letter (`h`).
pub fn kind_called(name: &str) -> Option<&'static dyn Kind> {
    KINDS.into_iter().find(|kind| {
        kind.name() == name || kind.plural() == name || kind.letter().eq_ignore_ascii_case(name)
    })
}

/// The first word of the addresses of a kind: `hurdles`. Trials are found like texts, and are none.
pub fn plural_of(name: &str) -> &'static str {
    match name {
        "trial" => "trials",
        "session" => "sessions",
        _ => kind_called(name).map_or("hurdles", Kind::plural),
    }
}

/// One record, named as links name it: kind and number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubjectRef {
    /// `hurdle`, `solution`, `guide`, `case`.
    pub kind: String,
    /// Its number for ever.
    pub number: i64,
}

impl SubjectRef {
    /// The record of this kind with this number.
    pub fn new(kind: &str, number: i64) -> Self {
        Self {
            kind: kind.to_owned(),
            number,
        }
    }

    /// Its address with the words of its title. Trials and organisations have one as well: they are no
    /// texts, and an organisation is known by its word alone.
    pub fn address(&self, slug: &str) -> String {
        match self.kind.as_str() {
            "trial" => return format!("/trials/{}", self.number),
            "organisation" => return format!("/organisations/{slug}"),
            _ => {}
        }
        let plural = plural_of(&self.kind);
        if slug.is_empty() {
            format!("/{plural}/{}", self.number)
        } else {
            format!("/{plural}/{}-{slug}", self.number)
        }
    }
}
