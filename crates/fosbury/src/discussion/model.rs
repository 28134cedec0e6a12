//! What people say about records, and who is told of it.

use std::collections::BTreeMap;

use super::places::PlaceId;
use crate::history::model::{Parts, sort_key};
use crate::people::model::initials;
use crate::subjects::SubjectRef;
use crate::time::{DAY, Moment};

/// Characters of a comment at the most.
pub const LONGEST_COMMENT: usize = 4_000;
/// Characters of a steward's reason, and of what somebody says beside a flag, at the most.
pub const LONGEST_REASON: usize = 300;
/// Published items after which links to other places are no longer held.
const KNOWN_AFTER: i64 = 3;
/// People whom one comment can name at the most.
const MOST_NAMED: usize = 20;

/// What somebody says about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A comment.
    Comment,
    /// A way over that somebody found.
    Way,
    /// A call for help.
    Help,
    /// Another wording of the record, for a steward to accept.
    Change,
    /// "Somebody should look at this."
    Flag,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Comment,
        Self::Way,
        Self::Help,
        Self::Change,
        Self::Flag,
    ];
    /// What stands in a discussion.
    pub const SPOKEN: [Self; 3] = [Self::Comment, Self::Way, Self::Help];

    /// As stored and sent by forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Way => "way",
            Self::Help => "help",
            Self::Change => "change",
            Self::Flag => "flag",
        }
    }

    /// What is called so.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }
}

/// Why somebody flags something.
pub const FLAG_REASONS: [&str; 5] = ["advertising", "rude", "private", "wrong", "other"];

/// Something that was said, as it is read back.
#[derive(Clone, Debug)]
pub struct Said {
    /// Inside the database.
    pub id: String,
    /// For ever, in addresses.
    pub number: i64,
    /// `comment`, `way`, `help`, `change`, `flag`.
    pub what: String,
    /// `held`, `published`, `refused`, `withdrawn`, `removed`, `taken`, `erased`.
    pub state: String,
    /// The number of the thread's first comment; of a flag, the comment it is about.
    pub thread: i64,
    /// The revision that a suggested change began from.
    pub base: i64,
    /// The revision that a suggested change became.
    pub became: Option<i64>,
    /// When it was said.
    pub made_at: Moment,
    /// When it was published, refused or taken back.
    pub settled_at: Option<Moment>,
    /// When its author last changed it.
    pub edited_at: Option<Moment>,
    /// Who, if they have an account.
    pub author_id: Option<String>,
    /// Who, in words; nothing for a visitor who gave no name.
    pub author: String,
    /// Of a suggested change, why; of a flag, its reason.
    pub note: String,
    /// Why it was refused.
    pub why: String,
    /// The words; of a suggested change, the parts it changes.
    pub words: String,
    /// The kind of text it is about, or `trial`, `organisation` or `session`.
    pub kind: String,
    /// The number of the page it is about; 0 of an organisation.
    pub record: i64,
    /// The title of the page it is about; of a trial, its hurdle's.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// The id of the page it is about.
    pub place_id: String,
    /// The hurdle that it is about, itself or by a trial; 0 where there is none.
    pub hurdle: i64,
    /// How many thanked for it.
    pub thanks: i64,
    /// Whether the viewer did.
    pub is_thanked: bool,
    /// Whether it is about a session where young people were.
    pub is_young: bool,
}

db::columns!(Said {
    id,
    number,
    what,
    state,
    thread,
    base,
    became,
    made_at,
    settled_at,
    edited_at,
    author_id,
    author,
    note,
    why,
    words,
    kind,
    record,
    title,
    slug,
    place_id,
    hurdle,
    thanks,
    is_thanked,
    is_young,
});

impl Said {
    /// The same without what may have been hidden of the page since.
    #[must_use]
    pub fn without_title(mut self) -> Self {
        self.title.clear();
        self.slug.clear();
        self
    }

    /// The same with initials in place of a name, where young people were.
    #[must_use]
    pub fn known(mut self) -> Self {
        if self.is_young {
            self.author = initials(&self.author);
        }
        self
    }

    /// Whether it has this state.
    pub fn is(&self, state: &str) -> bool {
        self.state == state
    }

    /// Whether it begins a thread.
    pub fn is_first(&self) -> bool {
        self.thread == self.number
    }

    /// The page it is about.
    pub fn place(&self) -> PlaceId {
        PlaceId::of(&self.kind, &self.place_id)
    }

    /// Whether it is about this page.
    pub fn is_about(&self, place: &PlaceId) -> bool {
        self.place() == *place
    }

    /// The address of the page it is about.
    pub fn record_address(&self) -> String {
        SubjectRef::new(&self.kind, self.record).address(&self.slug)
    }

    /// Whether this person said it.
    pub fn is_by(&self, person: &str) -> bool {
        !person.is_empty() && self.author_id.as_deref() == Some(person)
    }

    /// Whether it stands in a discussion.
    pub fn is_spoken(&self) -> bool {
        What::parse(&self.what).is_some_and(|what| What::SPOKEN.contains(&what))
    }

    /// The form in which a steward turns it into a solution, or a member does.
    pub fn as_solution(&self) -> String {
        let short = web::summary(&self.words, 200);
        let title = web::summary(&self.words, 80);
        let whole: String = self.words.chars().take(1_500).collect();
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("title", title.trim_end_matches('…'));
        query.append_pair("short", &short);
        query.append_pair(
            "steps",
            &format!("{whole}\n\n[→](/comments/{})", self.number),
        );
        if self.hurdle > 0 {
            query.append_pair("hurdles", &self.hurdle.to_string());
        }
        format!("/solutions/new?{}", query.finish())
    }
}

/// Whether links to other places have to wait for a steward.
pub fn is_new(published: i64, joined_at: Moment, now: Moment) -> bool {
    published < KNOWN_AFTER || joined_at.plus(DAY) > now
}

/// Whether these words, as Markdown, lead to another place.
pub fn leads_elsewhere(words: &str) -> bool {
    let html = web::render(words, 4).to_string();
    html.split("href=\"").skip(1).any(|rest| {
        let is_ours = rest.starts_with('#')
            || (rest.starts_with('/') && !rest.starts_with("//") && !rest.starts_with("/\\"));
        !is_ours
    })
}

/// How somebody of this name is named in a comment, without the `@`.
pub fn handle(name: &str) -> String {
    sort_key(name)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("-")
}

/// Whom a comment names: what stands behind each `@`, as handles.
pub fn named(words: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut before = ' ';
    for (at, c) in words.char_indices() {
        if c == '@' && !before.is_alphanumeric() && found.len() < MOST_NAMED {
            let rest = &words[at + 1..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-');
            let name = rest[..end.unwrap_or(rest.len())].trim_matches('-');
            let name = handle(&name.replace('-', " "));
            if !name.is_empty() && !found.contains(&name) {
                found.push(name);
            }
        }
        before = c;
    }
    found
}

/// The parts that a suggested change changes, as stored: an empty one takes the part away.
pub fn delta(before: &Parts, after: &Parts) -> BTreeMap<String, String> {
    let keys = before.0.keys().chain(after.0.keys());
    keys.filter(|key| before.get(key) != after.get(key))
        .map(|key| (key.clone(), after.get(key).to_owned()))
        .collect()
}

/// The text that a suggested change makes of the one it began from.
pub fn applied(before: &Parts, delta: &str) -> Parts {
    let changes: BTreeMap<String, String> = serde_json::from_str(delta).unwrap_or_default();
    let mut parts = before.clone();
    for (key, words) in &changes {
        parts.set(key, words);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{applied, delta, handle, leads_elsewhere, named};
    use crate::history::model::Parts;

    #[test]
    fn people_are_named_behind_an_at_sign() {
        assert_eq!(handle("Siân  O'Neill-Jones"), "sian-oneilljones");
        assert_eq!(
            named("@tom, ask @sian-price. (@Tom)"),
            ["tom", "sian-price"]
        );
        assert_eq!(
            named("mail tom@council.example, @ and @-"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn links_to_other_places_are_seen_whatever_they_look_like() {
        for words in [
            "https://spam.example",
            "www.spam.example",
            "[x](//spam.example)",
            "[x](HTTP://spam.example)",
            "<https://spam.example>",
            "[x][1]\n\n[1]: http://spam.example",
            "somebody@spam.example",
        ] {
            assert!(leads_elsewhere(words), "{words}");
        }
        for words in [
            "[[27]]",
            "[x](/hurdles/27)",
            "spam.example",
            "`https://x.example`",
        ] {
            assert!(!leads_elsewhere(words), "{words}");
        }
    }

    #[test]
    fn a_change_is_kept_as_what_it_changes() {
        let (mut before, mut after) = (Parts::default(), Parts::default());
        before.set("title", "One");
        before.set("why", "Gone");
        after.set("title", "One");
        after.set("until", "New");
        let kept = delta(&before, &after);
        assert_eq!(kept.len(), 2);
        let json = serde_json::to_string(&kept).unwrap_or_default();
        assert_eq!(applied(&before, &json), after);
    }
}
