//! How alike two bodies are, in words and figures, and what a group of bodies is.

use ranking::{Apart, DENSITY, HIGH, LOW, POPULATION};

use crate::naming::sort_key;
use crate::organisations::model::tidy_line;
use crate::organisations::show::with_commas;
use crate::time::Moment;
use crate::viewer::{OrganisationId, Viewer};

/// What bodies are compared by, in the order in which it is shown.
pub const MEASURES: [&str; 4] = [LOW, HIGH, DENSITY, POPULATION];
/// Letters of a group's name at the most.
pub const LONGEST_NAME: usize = 120;
/// Letters of the line that says why there is a group.
pub const LONGEST_WHY: usize = 300;
/// Bodies in a group at the most.
pub const MOST_MEMBERS: usize = 100;
/// Groups that the people of one body keep at the most.
pub const MOST_GROUPS: usize = 50;

/// How alike two bodies are at the distance d, against h, the kind's typical distance between a body
/// and its peers: very (d ≤ ½·h), much (d ≤ h), somewhat (d ≤ 2·h), little.
pub fn likeness(distance: f64, typical: Option<f64>) -> &'static str {
    let typical = typical.unwrap_or_default();
    if distance <= typical / 2.0 {
        "very"
    } else if distance <= typical {
        "much"
    } else if distance <= typical * 2.0 {
        "somewhat"
    } else {
        "little"
    }
}

/// In what two bodies are most alike.
pub fn most_alike(apart: &[Apart]) -> Option<&Apart> {
    let all = apart.iter();
    all.min_by(|one, other| one.apart.total_cmp(&other.apart))
}

/// In what two bodies differ most, if they differ.
pub fn differs_most(apart: &[Apart]) -> Option<&Apart> {
    let differing = apart.iter().filter(|one| one.apart > 0.0);
    differing.max_by(|one, other| one.apart.total_cmp(&other.apart))
}

/// A figure as people read it: shares in per cent, whole numbers with commas.
pub fn in_figures(measure: &str, figure: f64) -> String {
    if matches!(measure, LOW | HIGH) {
        return format!("{:.0} %", figure * 100.0);
    }
    let whole = format!("{figure:.0}");
    whole.parse().map_or(whole, |number| with_commas(&number))
}

/// A group of bodies that people keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// For ever, in addresses.
    pub number: i64,
    /// The body whose people keep it.
    pub keeper_id: OrganisationId,
    /// What people call that body.
    pub keeper: String,
    /// Its word in addresses.
    pub keeper_slug: String,
    /// What the group is called.
    pub name: String,
    /// Why there is such a group, in a line.
    pub why: String,
    /// Its newest revision.
    pub head: i64,
    /// How many bodies it has.
    pub members: i64,
    /// When it was removed, if it was.
    pub removed_at: Option<Moment>,
    /// When it was last changed.
    pub changed_at: Moment,
    /// By whom; nothing where nobody knows.
    pub changed_by: String,
    /// Whether it belongs to the invented county.
    pub is_demo: bool,
}
db::columns!(Group {
    number,
    keeper_id,
    keeper,
    keeper_slug,
    name,
    why,
    head,
    members,
    removed_at,
    changed_at,
    changed_by,
    is_demo,
});

impl Group {
    /// Its address.
    pub fn address(&self) -> String {
        address(self.number)
    }

    /// The address of the body whose people keep it.
    pub fn keeper_address(&self) -> String {
        crate::organisations::model::address(&self.keeper_slug)
    }

    /// Whether this viewer keeps it: who works at its keeper, and stewards.
    pub fn is_kept_by(&self, viewer: &Viewer) -> bool {
        viewer.works_at(&self.keeper_id) || viewer.is_steward()
    }

    /// Whether this viewer may take a body out of it: its keepers, and who works at that body.
    pub fn may_lose(&self, body: &OrganisationId, viewer: &Viewer) -> bool {
        self.is_kept_by(viewer) || viewer.works_at(body)
    }
}

/// The address of a group.
pub fn address(number: i64) -> String {
    format!("/groups/{number}")
}

/// A group's name as somebody wrote it, tidied, if it can be one.
pub fn name(written: &str) -> Option<String> {
    let name = tidy_line(written, LONGEST_NAME);
    name.filter(|name| !key(name).is_empty())
}

/// The line that says why, tidied, if there is one that fits.
pub fn why(written: &str) -> Option<String> {
    tidy_line(written, LONGEST_WHY).filter(|why| !why.is_empty())
}

/// What makes two names the same.
pub fn key(name: &str) -> String {
    sort_key(name).trim().to_owned()
}

/// A change of a group, with the group as it stood after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Which, from 1.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who; nothing where nobody knows.
    pub person: String,
    /// What was done: the name of an [`Act`].
    pub act: String,
    /// To what: a body's name, or the revision brought back.
    pub detail: String,
    /// The group's name.
    pub name: String,
    /// Why there was such a group.
    pub why: String,
    /// The ids of its bodies, with spaces between.
    pub members: String,
}
db::columns!(Revision {
    seq,
    at,
    person,
    act,
    detail,
    name,
    why,
    members
});

/// What can be done to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It is begun.
    Begun,
    /// It gets another name or another reason.
    Renamed,
    /// A body comes in.
    Added,
    /// A body goes out.
    TakenOut,
    /// It is taken away.
    Removed,
    /// It is again as it was.
    BroughtBack,
}

impl Act {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Renamed => "renamed",
            Self::Added => "added",
            Self::TakenOut => "taken-out",
            Self::Removed => "removed",
            Self::BroughtBack => "brought-back",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(measure: &str, apart: f64) -> Apart {
        Apart {
            measure: measure.to_owned(),
            own: 0.5,
            theirs: 0.5,
            apart,
        }
    }

    #[test]
    fn likeness_is_told_against_what_is_usual_for_the_kind() {
        let said: Vec<&str> = [0.0, 0.5, 0.6, 1.0, 1.5, 2.0, 2.1]
            .map(|distance| likeness(distance, Some(1.0)))
            .into();
        assert_eq!(
            said,
            [
                "very", "very", "much", "much", "somewhat", "somewhat", "little"
            ]
        );
        assert_eq!(likeness(0.0, None), "very");
    }

    #[test]
    fn twins_differ_in_nothing() {
        let twins = [apart(LOW, 0.0), apart(HIGH, 0.0)];
        assert_eq!(differs_most(&twins), None);
        assert_eq!(
            most_alike(&twins).map(|one| one.measure.as_str()),
            Some(LOW)
        );
        let others = [apart(LOW, 0.4), apart(HIGH, 0.1), apart(DENSITY, 2.0)];
        assert_eq!(
            most_alike(&others).map(|one| one.measure.as_str()),
            Some(HIGH)
        );
        let most = differs_most(&others).map(|one| one.measure.as_str());
        assert_eq!(most, Some(DENSITY));
    }

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(in_figures(LOW, 0.4536), "45 %");
        assert_eq!(in_figures(DENSITY, 2482.3), "2,482");
        assert_eq!(in_figures(POPULATION, 810_716.0), "810,716");
    }

    #[test]
    fn a_name_has_letters_and_an_end() {
        assert_eq!(name("  The  five "), Some("The five".to_owned()));
        assert_eq!(name("…"), None);
        assert_eq!(name(&"x".repeat(300)), None);
        assert_eq!(key("The FIVE"), key("the five"));
        assert_eq!(why("  "), None);
    }
}
