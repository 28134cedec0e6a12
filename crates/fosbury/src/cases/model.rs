//! What a case's card says, and what follows from the trials that it tells of.

use crate::subjects::SubjectRef;
use crate::trials::model::Trial;

/// Places that a card names; the others are counted.
pub const PLACES_NAMED: usize = 3;

/// A case as cards show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Its number for ever.
    pub number: i64,
    /// Today's title.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// The story in one sentence.
    pub summary: String,
    /// Whether its author says that it is not finished.
    pub is_unfinished: bool,
    /// What came of it, in a few words.
    pub result: String,
    /// What it cost, in a few words.
    pub cost: String,
    /// The number of the picture that was chosen for it.
    pub picture: Option<i64>,
}
db::columns!(Card {
    number,
    title,
    slug,
    summary,
    is_unfinished,
    result,
    cost,
    picture,
});

impl Card {
    /// Its address.
    pub fn address(&self) -> String {
        SubjectRef::new("case", self.number).address(&self.slug)
    }
}

/// Something a case leads to: a place, a hurdle, a solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Its number; 0 for a place.
    pub number: i64,
    /// What people call it.
    pub name: String,
    /// Its address.
    pub address: String,
}

/// A case with the trials that its reader may see, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// What its card says.
    pub card: Card,
    /// Of which trials it tells.
    pub trials: Vec<Trial>,
}

impl Story {
    /// Where it happened, each place once: those that the reader may know.
    pub fn places(&self) -> Vec<Lead> {
        let known = self.trials.iter().filter(|trial| trial.is_known());
        each_once(known.map(|trial| Lead {
            number: 0,
            name: trial.organisation.clone(),
            address: trial.organisation_address(),
        }))
    }

    /// Names of places for a card, and how many more there are.
    pub fn places_named(&self) -> (String, usize) {
        let places = self.places();
        let named = places.iter().take(PLACES_NAMED);
        let named: Vec<&str> = named.map(|place| place.name.as_str()).collect();
        (named.join(", "), places.len().saturating_sub(PLACES_NAMED))
    }

    /// What came of its trials, each outcome once, the best first.
    pub fn outcomes(&self) -> Vec<&'static str> {
        let all = ranking::Outcome::ALL.iter().map(|one| one.name());
        all.filter(|name| self.trials.iter().any(|trial| trial.outcome == *name))
            .collect()
    }

    /// From the first year to the last, where somebody said one.
    pub fn years(&self) -> String {
        let days = self.trials.iter();
        let days = days.flat_map(|trial| [&trial.begun_on, &trial.ended_on]);
        let years = days.filter_map(|day| day.get(..4));
        let (first, last) = (years.clone().min(), years.max());
        match (first, last) {
            (Some(first), Some(last)) if first == last => first.to_owned(),
            (Some(first), Some(last)) => format!("{first}–{last}"),
            _ => String::new(),
        }
    }

    /// The hurdles that its trials were about.
    pub fn hurdles(&self) -> Vec<Lead> {
        each_once(self.trials.iter().map(|trial| Lead {
            number: trial.hurdle,
            name: trial.hurdle_title.clone(),
            address: trial.hurdle_address(),
        }))
    }

    /// The solutions that its trials tried.
    pub fn solutions(&self) -> Vec<Lead> {
        let tried = self.trials.iter().filter(|trial| trial.solution > 0);
        each_once(tried.map(|trial| Lead {
            number: trial.solution,
            name: trial.solution_title.clone(),
            address: trial.solution_address(),
        }))
    }
}

fn each_once(leads: impl Iterator<Item = Lead>) -> Vec<Lead> {
    let mut once: Vec<Lead> = Vec::new();
    for lead in leads {
        if !once.contains(&lead) {
            once.push(lead);
        }
    }
    once
}

/// The number of a trial as people write it: `12`, `#12`, `/trials/12`, or a whole address.
pub fn trial_number(words: &str) -> Option<i64> {
    let last = words.trim().trim_end_matches('/');
    let last = last.rsplit(['/', '#', ' ']).next().unwrap_or_default();
    let digits = last.split(['?', '#']).next().unwrap_or_default();
    digits.parse().ok().filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use super::{Story, Trial, trial_number};
    use crate::viewer::OrganisationId;

    fn trial(place: &str, outcome: &str, begun: &str, ended: &str) -> Trial {
        Trial {
            organisation_id: OrganisationId(place.to_owned()),
            organisation: place.to_owned(),
            outcome: outcome.to_owned(),
            begun_on: begun.to_owned(),
            ended_on: ended.to_owned(),
            ..Trial::default()
        }
    }

    #[test]
    fn a_card_names_each_place_once_and_counts_the_rest() {
        let told = ["Salt", "", "Salt", "Grit", "Brine", "Fern", "Hale"];
        let story = Story {
            trials: told.map(|place| trial(place, "worked", "", "")).into(),
            ..Story::default()
        };
        assert_eq!(story.places_named(), ("Salt, Grit, Brine".to_owned(), 2));
    }

    #[test]
    fn a_story_spans_the_years_of_its_trials() {
        let mut story = Story::default();
        assert_eq!(story.years(), "");
        story.trials.push(trial("A", "worse", "2025-02-01", ""));
        assert_eq!(story.years(), "2025");
        let earlier = trial("A", "worked", "2023-11-01", "2024-01-05");
        story.trials.push(earlier);
        assert_eq!(story.years(), "2023–2025");
        assert_eq!(story.outcomes(), ["worked", "worse"]);
    }

    #[test]
    fn a_trial_is_named_by_its_number_or_address() {
        for words in [
            "12",
            " #12 ",
            "/trials/12/",
            "https://x.example/trials/12?told=kept",
        ] {
            assert_eq!(trial_number(words), Some(12), "{words}");
        }
        for words in ["", "0", "-3", "twelve", "/trials/12/edit"] {
            assert_eq!(trial_number(words), None, "{words}");
        }
    }
}
