//! Tips, outcomes and actions: what follows from what.

use crate::sessions::guests::Asker;
use crate::sessions::model::Event;
use crate::subjects::{KINDS, SubjectRef};
use crate::time::Moment;
use crate::viewer::{PersonId, Viewer};

/// Letters of a tip, an outcome or an action at the most.
pub const LONGEST: usize = 400;
/// Letters of a name or a reason at the most.
pub const LONGEST_NAME: usize = 140;
/// Tips, outcomes or actions of one session at the most.
pub const MOST: i64 = 300;

/// Words told of a session: a tip, or what was found or decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Inside the database.
    pub id: String,
    /// `tip` or `outcome`.
    pub what: String,
    /// The words.
    pub text: String,
    /// The line of the notes that it comes from, or nothing.
    pub line: String,
    /// That line's number in the capture.
    pub line_number: Option<i64>,
    /// The kind of the page that came of it, or nothing.
    pub subject_kind: String,
    /// Its number, or 0.
    pub subject_number: i64,
    /// Who told it, where they have an account.
    pub author_id: Option<PersonId>,
    /// Who told it, where they were let in by a link.
    pub guest: String,
    /// How they are called.
    pub author: String,
    /// When.
    pub at: Moment,
}
db::columns!(Told {
    id,
    what,
    text,
    line,
    line_number,
    subject_kind,
    subject_number,
    author_id,
    guest,
    author,
    at,
});

impl Told {
    /// Whether whoever asks told it themselves.
    pub fn is_of(&self, asker: &Asker<'_>) -> bool {
        match (&self.author_id, asker.viewer.person()) {
            (Some(author), Some(person)) => *author == person.id,
            (None, None) => asker.guest.is_some_and(|guest| guest.id == self.guest),
            _ => false,
        }
    }

    /// The page that came of it.
    pub fn subject(&self) -> Option<SubjectRef> {
        let is_there = !self.subject_kind.is_empty();
        is_there.then(|| SubjectRef::new(&self.subject_kind, self.subject_number))
    }
}

/// Where an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Somebody has to do it.
    Open,
    /// It is done.
    Done,
    /// It will not be done; it is said why.
    Dropped,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Dropped];

    /// As stored and typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// The state of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Who does what by when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Action {
    /// Inside the database.
    pub id: String,
    /// Its number for ever.
    pub number: i64,
    /// Of which session.
    pub session: i64,
    /// The words of that session in addresses.
    pub session_slug: String,
    /// What that session is about.
    pub session_title: String,
    /// Of which event.
    pub event: i64,
    /// Whether young people are there.
    pub is_young: bool,
    /// What is to be done.
    pub what: String,
    /// The line of the notes that it comes from, or nothing.
    pub line: String,
    /// That line's number in the capture.
    pub line_number: Option<i64>,
    /// Who does it, where they have an account.
    pub owner_id: Option<PersonId>,
    /// How they are called, or nothing where nobody said that they do it.
    pub owner: String,
    /// By when, such as `2026-05-03`, or nothing.
    pub due_on: String,
    /// Where it stands.
    pub state: String,
    /// Why it was dropped, or what is said of how it went.
    pub why: String,
    /// How many steps it has: the one that is shown is the last.
    pub steps: i64,
    /// When it was written down.
    pub made_at: Moment,
}
db::columns!(Action {
    id,
    number,
    session,
    session_slug,
    session_title,
    event,
    is_young,
    what,
    line,
    line_number,
    owner_id,
    owner,
    due_on,
    state,
    why,
    steps,
    made_at,
});

impl Action {
    /// The address of its session.
    pub fn of(&self) -> String {
        if self.session_slug.is_empty() {
            format!("/sessions/{}", self.session)
        } else {
            format!("/sessions/{}-{}", self.session, self.session_slug)
        }
    }

    /// Its own address.
    pub fn address(&self) -> String {
        format!("{}/actions/{}", self.of(), self.number)
    }

    /// Whether somebody still has to do it.
    pub fn is_open(&self) -> bool {
        self.state == State::Open.name()
    }

    /// Whether it is open although its day is over.
    pub fn is_overdue(&self, today: &str) -> bool {
        self.is_open() && !self.due_on.is_empty() && self.due_on.as_str() < today
    }

    /// Whether somebody may change it: who does it, or who runs its event.
    pub fn may_change(&self, viewer: &Viewer, event: &Event) -> bool {
        let is_owner = |person: &crate::viewer::Person| self.owner_id.as_ref() == Some(&person.id);
        event.is_run_by(viewer) || viewer.person().is_some_and(is_owner)
    }
}

/// A step of an action: how it stood since, and who said so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Who does it.
    pub owner: String,
    /// By when, or nothing.
    pub due_on: String,
    /// Where it stands.
    pub state: String,
    /// Why, or nothing.
    pub why: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Moment,
}
db::columns!(Step {
    owner,
    due_on,
    state,
    why,
    by,
    at,
});

/// Words on one line, and no blanks around them.
pub fn tidied(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}

/// The page that an address or words such as `hurdle 27` name.
pub fn page_named(words: &str) -> Option<SubjectRef> {
    let words = words.split(['?', '#']).next()?.trim().to_lowercase();
    let parts: Vec<&str> = words
        .split(['/', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let [.., kind, number] = parts.as_slice() else {
        return None;
    };
    let digits = number.split('-').next()?;
    let number = digits.parse().ok().filter(|number| *number > 0)?;
    let kind = KINDS
        .into_iter()
        .find(|known| known.plural() == *kind || known.name() == *kind)?;
    Some(SubjectRef::new(kind.name(), number))
}

/// The address of the form in which a tip becomes a solution.
pub fn as_solution(tip: &Told, session: &str, credit: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let title = web::summary(&tip.text, 80);
    query.append_pair("title", title.trim_end_matches('…'));
    query.append_pair("short", &web::summary(&tip.text, 200));
    let steps = format!("{}\n\n[{credit}]({session}#tip-{})", tip.text, tip.id);
    query.append_pair("steps", &steps);
    format!("/solutions/new?{}", query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_by_its_address_or_its_number() {
        let named = |words: &str| page_named(words).map(|page| (page.kind, page.number));
        let hurdle = Some(("hurdle".to_owned(), 27));
        assert_eq!(named("/hurdles/27-sites-blocked"), hurdle);
        assert_eq!(named("https://h.example/hurdles/27?told=saved#x"), hurdle);
        assert_eq!(named("Hurdle 27"), hurdle);
        assert_eq!(named("nothing 27"), None);
        assert_eq!(named("27"), None);
        assert_eq!(named("/hurdles/0"), None);
    }

    #[test]
    fn an_action_is_overdue_only_while_it_is_open() {
        let mut action = Action {
            state: "open".to_owned(),
            due_on: "2026-05-03".to_owned(),
            ..Action::default()
        };
        assert!(action.is_overdue("2026-05-04"));
        assert!(!action.is_overdue("2026-05-03"));
        action.state = "done".to_owned();
        assert!(!action.is_overdue("2026-05-04"));
    }
}
