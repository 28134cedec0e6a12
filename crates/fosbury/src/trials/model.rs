//! What a trial is, and what a sighting is.

use crate::organisations::model::day_in_words;
use crate::subjects::SubjectRef;
use crate::time::{DAY, Moment};
use crate::viewer::{OrganisationId, Viewer, Visibility};

/// What stands between a report and its place in "n of N".
pub const STAGES: [&str; 4] = ["facing", "trying", "cleared", "stuck"];
/// Counts of people and of unnamed reports below this are not shown.
pub const FIVE: i64 = 5;
/// How long after its beginning a trial is asked about where nothing else is said.
pub const ASK_AFTER: i64 = 7 * DAY;
/// Letters of what was learned or done differently at the most.
pub const LONGEST_LESSON: usize = 20_000;
/// Letters of a short answer at the most.
pub const LONGEST_ANSWER: usize = 300;
/// How long a link in a letter answers "did it work?".
pub const FOLLOW_UP_LASTS: i64 = 60 * DAY;

/// A trial as it is read back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// Inside the database.
    pub id: String,
    /// For ever, in addresses.
    pub number: i64,
    /// The number of the hurdle.
    pub hurdle: i64,
    /// Its title.
    pub hurdle_title: String,
    /// Its words in addresses.
    pub hurdle_slug: String,
    /// The number of the solution; 0 for a way of their own.
    pub solution: i64,
    /// Its title.
    pub solution_title: String,
    /// Its words in addresses.
    pub solution_slug: String,
    /// Whose trial it is; nothing where the reader may not know.
    pub organisation_id: OrganisationId,
    /// What people call the body.
    pub organisation: String,
    /// Its word in addresses.
    pub organisation_slug: String,
    /// Its type in words.
    pub kind_name: String,
    /// Its nation.
    pub nation: String,
    /// In which part of the body, in its own words.
    pub service: String,
    /// `worked`, `partly`, `no-effect`, `worse`, `stopped`, `too-early`.
    pub outcome: String,
    /// The first day, `2026-03-01`; nothing if unknown.
    pub begun_on: String,
    /// The last day; nothing while it goes on.
    pub ended_on: String,
    /// What was done differently from the solution as written.
    pub differently: String,
    /// What was learned.
    pub learned: String,
    /// What it cost, in a few words.
    pub cost: String,
    /// How long it took, in a few words.
    pub time_taken: String,
    /// Who agreed, in a few words.
    pub who_agreed: String,
    /// Who may read it.
    pub visibility: String,
    /// Whether the body may be named to those who read it.
    pub is_named: bool,
    /// Whether it counts: told by the body's own people, or confirmed by them or a steward.
    pub is_confirmed: bool,
    /// Who told it, if they have an account.
    pub author_id: Option<String>,
    /// Their name.
    pub author: String,
    /// When it was told.
    pub told_at: Moment,
    /// When it was last changed.
    pub changed_at: Moment,
    /// When "did it work?" is asked; nothing where it need not be.
    pub ask_at: Option<Moment>,
    /// Whether it belongs to the invented county.
    pub is_demo: bool,
    /// The number of the version that stands.
    pub version: i64,
}
db::columns!(Trial {
    id,
    number,
    hurdle,
    hurdle_title,
    hurdle_slug,
    solution,
    solution_title,
    solution_slug,
    organisation_id,
    organisation,
    organisation_slug,
    kind_name,
    nation,
    service,
    outcome,
    begun_on,
    ended_on,
    differently,
    learned,
    cost,
    time_taken,
    who_agreed,
    visibility,
    is_named,
    is_confirmed,
    author_id,
    author,
    told_at,
    changed_at,
    ask_at,
    is_demo,
    version,
});

impl Trial {
    /// Its address.
    pub fn address(&self) -> String {
        address(self.number)
    }

    /// The address of its hurdle.
    pub fn hurdle_address(&self) -> String {
        SubjectRef::new("hurdle", self.hurdle).address(&self.hurdle_slug)
    }

    /// The address of its solution.
    pub fn solution_address(&self) -> String {
        SubjectRef::new("solution", self.solution).address(&self.solution_slug)
    }

    /// The address of its body.
    pub fn organisation_address(&self) -> String {
        crate::organisations::model::address(&self.organisation_slug)
    }

    /// Whether this viewer told it.
    pub fn is_by(&self, viewer: &Viewer) -> bool {
        let id = viewer.id();
        !id.is_empty() && self.author_id.as_deref() == Some(id)
    }

    /// Whether this viewer may change it: who told it, people of the body, stewards of public ones.
    pub fn may_be_changed_by(&self, viewer: &Viewer) -> bool {
        self.is_by(viewer) || viewer.works_at(&self.organisation_id) || viewer.is_steward()
    }

    /// The trial without its body, where the body is not named to this viewer.
    #[must_use]
    pub fn veiled(mut self, viewer: &Viewer) -> Self {
        if self.is_named || self.is_by(viewer) || viewer.works_at(&self.organisation_id) {
            return self;
        }
        self.organisation_id = OrganisationId(String::new());
        for told in [
            &mut self.organisation,
            &mut self.organisation_slug,
            &mut self.kind_name,
            &mut self.nation,
            &mut self.service,
            &mut self.author,
        ] {
            told.clear();
        }
        self.author_id = None;
        self
    }

    /// Whether the reader may know whose it is.
    pub fn is_known(&self) -> bool {
        !self.organisation_id.0.is_empty()
    }

    /// The name of the mark that stands for its outcome.
    pub fn mark(&self) -> &'static str {
        mark(&self.outcome)
    }

    /// Its first day as people write it.
    pub fn begun(&self) -> String {
        day_in_words(&self.begun_on).unwrap_or_default()
    }

    /// Its last day as people write it.
    pub fn ended(&self) -> String {
        day_in_words(&self.ended_on).unwrap_or_default()
    }

    /// When it happened, in years: "2025", "2024 to 2026".
    pub fn years(&self) -> String {
        let year = |day: &str| day.get(..4).unwrap_or_default().to_owned();
        let (from, to) = (year(&self.begun_on), year(&self.ended_on));
        match (from.is_empty(), to.is_empty()) {
            (true, _) => to,
            (false, true) => from,
            (false, false) if from == to => from,
            (false, false) => format!("{from}–{to}"),
        }
    }
}

/// The address of a trial.
pub fn address(number: i64) -> String {
    format!("/trials/{number}")
}

/// The name of the mark that stands for an outcome: over the bar, touching it, under it.
pub fn mark(outcome: &str) -> &'static str {
    match outcome {
        "worked" => "over",
        "partly" => "touching",
        "no-effect" => "under",
        "worse" => "worse",
        "stopped" => "broken",
        _ => "hollow",
    }
}

/// A trial as somebody tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// The number of the hurdle.
    pub hurdle: i64,
    /// The number of the solution; 0 for a way of their own.
    pub solution: i64,
    /// Whose trial it is.
    pub organisation: String,
    /// In which part of the body.
    pub service: String,
    /// What came of it.
    pub outcome: String,
    /// The first day, or nothing.
    pub begun_on: String,
    /// The last day, or nothing.
    pub ended_on: String,
    /// What was done differently.
    pub differently: String,
    /// What was learned.
    pub learned: String,
    /// What it cost.
    pub cost: String,
    /// How long it took.
    pub time_taken: String,
    /// Who agreed.
    pub who_agreed: String,
    /// Who may read it.
    pub visibility: Visibility,
    /// The bodies named as its readers.
    pub readers: Vec<OrganisationId>,
    /// Whether the body may be named.
    pub is_named: bool,
    /// When to ask whether it worked.
    pub ask_at: Option<Moment>,
}

impl Telling {
    /// The year it is counted under: of its end, or of its beginning, or of today.
    pub fn year(&self, today: &str) -> i64 {
        let told = [&self.ended_on, &self.begun_on];
        let day = told.into_iter().find(|day| !day.is_empty());
        let day = day.map_or(today, String::as_str);
        day.get(..4)
            .and_then(|year| year.parse().ok())
            .unwrap_or_default()
    }

    /// The bodies whose people may read it: those named, or its own.
    pub fn audience(&self) -> Vec<OrganisationId> {
        match self.visibility {
            Visibility::NamedBodies => self.readers.clone(),
            Visibility::OwnOrganisation => vec![OrganisationId(self.organisation.clone())],
            _ => Vec::new(),
        }
    }

    /// What is left to say, put together with what was told before: nothing is lost.
    #[must_use]
    pub fn joined_to(mut self, before: &Trial) -> Self {
        let keep = |own: &mut String, before: &str| {
            if own.is_empty() {
                before.clone_into(own);
            }
        };
        keep(&mut self.service, &before.service);
        keep(&mut self.begun_on, &before.begun_on);
        keep(&mut self.ended_on, &before.ended_on);
        keep(&mut self.cost, &before.cost);
        keep(&mut self.time_taken, &before.time_taken);
        keep(&mut self.who_agreed, &before.who_agreed);
        for (own, before) in [
            (&mut self.differently, &before.differently),
            (&mut self.learned, &before.learned),
        ] {
            if own.is_empty() || before.contains(own.as_str()) {
                before.clone_into(own);
            } else if !before.is_empty() {
                *own = format!("{before}\n\n{own}");
            }
        }
        self
    }
}

/// Somebody's "it happens here too", as it is read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Inside the database, and in addresses.
    pub id: String,
    /// The number of the hurdle.
    pub hurdle: i64,
    /// Which body.
    pub organisation_id: Option<OrganisationId>,
    /// What people call it.
    pub organisation: String,
    /// Its word in addresses.
    pub organisation_slug: String,
    /// In which part of it.
    pub service: String,
    /// `facing`, `trying`, `cleared` or `stuck`.
    pub stage: String,
    /// Working days lost to it in a month.
    pub days_lost: Option<i64>,
    /// Who may read it.
    pub visibility: String,
    /// Whether it counts.
    pub is_confirmed: bool,
    /// Who said so, if they have an account.
    pub author_id: Option<String>,
    /// When.
    pub at: Moment,
}
db::columns!(Sighting {
    id,
    hurdle,
    organisation_id,
    organisation,
    organisation_slug,
    service,
    stage,
    days_lost,
    visibility,
    is_confirmed,
    author_id,
    at,
});

/// A count that people are in, as it may be shown: nothing below five, and then in fives, so that
/// neither one report nor the difference between two counts tells of one person.
pub fn in_fives(count: i64) -> Option<i64> {
    (count >= FIVE).then_some(count / FIVE * FIVE)
}

#[cfg(test)]
mod tests {
    use super::{Telling, in_fives};

    #[test]
    fn counts_of_people_hide_small_numbers_also_from_subtraction() {
        let shown: Vec<_> = [0, 4, 5, 6, 9, 10, 14].map(in_fives).into();
        let five = Some(5);
        assert_eq!(shown, [None, None, five, five, five, Some(10), Some(10)]);
    }

    #[test]
    fn a_trial_counts_under_the_year_of_its_end() {
        let mut telling = Telling {
            begun_on: "2024-11-01".to_owned(),
            ..Telling::default()
        };
        assert_eq!(telling.year("2026-01-01"), 2024);
        telling.ended_on = "2025-02-01".to_owned();
        assert_eq!(telling.year("2026-01-01"), 2025);
        assert_eq!(Telling::default().year("2026-01-01"), 2026);
    }
}
