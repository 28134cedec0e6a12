//! What a page looks like, and why one may think so.

use std::collections::BTreeSet;

use harvest::{Format, Kind, Marker, Notes, Register, harvest, read};
use texts::links::{Link, Target, rewrite};
use texts::sections::sections;

use super::model::{Becomes, OF_HURDLE, OF_SOLUTION, bare, part_called};

/// What a page looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What it may become.
    pub becomes: Becomes,
    /// Why, the strongest reason first.
    pub why: Vec<Why>,
}

/// Why a page looks like something: the end of the key of the words that say so, and what they name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// `place`, `heading`, `title`, `opening`, `takers`, `speakers`, `bullets`.
    pub what: &'static str,
    /// A word, a heading, a name, a number.
    pub value: String,
}

/// Names of places in a wiki that say what is in them.
const PLACES: [(Becomes, &[&str]); 3] = [
    (
        Becomes::Hurdle,
        &["hurdle", "hurdles", "barrier", "barriers", "obstacles"],
    ),
    (
        Becomes::Solution,
        &[
            "solution",
            "solutions",
            "workarounds",
            "cures",
            "howto",
            "how_to",
        ],
    ),
    (
        Becomes::Capture,
        &[
            "session",
            "sessions",
            "notes",
            "minutes",
            "workshop",
            "workshops",
            "meetings",
            "barcamp",
            "events",
        ],
    ),
];
/// Words of a title or a heading that say that these are notes.
const OF_NOTES: [&str; 8] = [
    "notes", "minutes", "workshop", "session", "meeting", "barcamp", "camp", "actions",
];
/// Headings of notes that gather what those in the room said.
const GATHERING: [&str; 4] = [
    "what gets in the way",
    "what got in the way",
    "what people said",
    "who said what",
];
/// How sure the harvest must be of a title or an opening.
const SURE: f64 = 0.6;
/// Points from which a page looks like something.
const ENOUGH: usize = 2;
/// Bullets from which a list is a list of what was said.
const MANY_BULLETS: usize = 6;

struct Points(Vec<(Becomes, usize, Why)>);

impl Points {
    fn add(&mut self, becomes: Becomes, points: usize, what: &'static str, value: &dyn ToString) {
        let value = value.to_string();
        self.0.push((becomes, points, Why { what, value }));
    }

    fn of(&self, becomes: Becomes) -> usize {
        let own = self.0.iter().filter(|(one, _, _)| *one == becomes);
        own.map(|(_, points, _)| points).sum()
    }
}

/// What a page looks like: from its place in a wiki, its title, headings, first line and lists.
pub fn look(page: &str, title: &str, text: &str) -> Option<Look> {
    let text = rewrite(text, |link| Some(words_of(link)));
    let mut points = Points(Vec::new());
    of_place(&mut points, page);
    of_headings(&mut points, &text);
    of_title(&mut points, title);
    of_lines(&mut points, &text);
    // Of two that weigh the same, the one that keeps the page whole: its lines are looked at again.
    let best = Becomes::ALL.into_iter().max_by_key(|one| points.of(*one))?;
    if points.of(best) < ENOUGH {
        return None;
    }
    let mut why: Vec<_> = points
        .0
        .into_iter()
        .filter(|(one, _, _)| *one == best)
        .collect();
    why.sort_by_key(|(_, points, _)| std::cmp::Reverse(*points));
    let mut why: Vec<Why> = why.into_iter().map(|(_, _, why)| why).collect();
    why.dedup();
    why.truncate(3);
    Some(Look { becomes: best, why })
}

/// What a link says.
fn words_of(link: &Link) -> String {
    let target = || match &link.target {
        Target::Titled(title) => title.clone(),
        Target::Numbered { kind, number } => {
            format!("{} {number}", kind.as_deref().unwrap_or("hurdle"))
        }
    };
    link.words.clone().unwrap_or_else(target)
}

fn of_place(points: &mut Points, page: &str) {
    let Some((places, _)) = page.rsplit_once(':') else {
        return;
    };
    for place in places.split(':') {
        for (becomes, names) in PLACES {
            if names.contains(&place) {
                points.add(becomes, 3, "place", &place);
            }
        }
    }
}

fn of_headings(points: &mut Points, text: &str) {
    for section in sections(text) {
        let heading = bare(&section.title);
        let words = web::plain(&section.title);
        let words = words.trim();
        if GATHERING.contains(&heading.as_str())
            || heading.split(' ').any(|word| OF_NOTES.contains(&word))
        {
            points.add(Becomes::Capture, 2, "heading", &words);
        } else if part_called(&heading, OF_HURDLE).is_some_and(|part| part != "detail") {
            points.add(Becomes::Hurdle, 2, "heading", &words);
        } else if part_called(&heading, OF_SOLUTION).is_some() {
            points.add(Becomes::Solution, 2, "heading", &words);
        }
    }
}

fn of_title(points: &mut Points, title: &str) {
    let bare = bare(title);
    if bare.split(' ').any(|word| OF_NOTES.contains(&word)) {
        points.add(Becomes::Capture, 2, "title", &title);
    } else if bare.starts_with("how to ") || bare.starts_with("how we ") {
        points.add(Becomes::Solution, 2, "title", &title);
    } else {
        of_words(points, title, 2, "title");
    }
}

/// What the harvest makes of one line.
fn of_words(points: &mut Points, words: &str, worth: usize, what: &'static str) {
    let notes = Notes::of_lines([(words, "")].into_iter());
    let nothing: Register<()> = Register::new(Vec::new());
    let found = harvest(&notes, &nothing);
    let Some((kind, share)) = found.first().and_then(|found| found.kinds.first()) else {
        return;
    };
    let becomes = match kind {
        Kind::Hurdle => Becomes::Hurdle,
        Kind::Solution => Becomes::Solution,
        _ => return,
    };
    if *share >= SURE {
        let words: String = words.chars().take(80).collect();
        points.add(becomes, worth, what, &words);
    }
}

fn of_lines(points: &mut Points, text: &str) {
    let Ok(notes) = read(text.as_bytes(), Some(Format::Markdown)) else {
        return;
    };
    let said: Vec<_> = notes
        .lines
        .iter()
        .filter(|line| line.heading.is_none())
        .collect();
    if let Some(first) = said.first().filter(|line| line.marker == Marker::None) {
        of_words(points, first.said(), 1, "opening");
    }
    let takers: BTreeSet<&str> = said
        .iter()
        .filter_map(|line| line.note_taker.as_deref())
        .collect();
    if !takers.is_empty() {
        let names: Vec<&str> = takers.into_iter().take(3).collect();
        points.add(Becomes::Capture, 3, "takers", &names.join(", "));
    }
    let speakers: BTreeSet<&str> = said
        .iter()
        .filter_map(|line| line.speaker.as_deref())
        .collect();
    if speakers.len() > 1 {
        let names: Vec<&str> = speakers.into_iter().take(3).collect();
        points.add(Becomes::Capture, 2, "speakers", &names.join(", "));
    }
    let bullets = said.iter().filter(|line| line.marker != Marker::None);
    let bullets = bullets.count();
    if bullets >= MANY_BULLETS && bullets * 2 > said.len() {
        points.add(Becomes::Capture, 1, "bullets", &bullets);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn becomes(page: &str, title: &str, text: &str) -> Option<Becomes> {
        look(page, title, text).map(|look| look.becomes)
    }

    #[test]
    fn a_page_is_known_by_its_place_its_headings_and_its_lists() {
        let notes = "## Priya Nair's notes\n\n- IT says no\n- we asked HR\n- who pays?\n\n## What gets in the way\n\n- fear\n- time\n- forms";
        let of_notes = Some(Becomes::Capture);
        assert_eq!(becomes("", "Workshop, 3 May", notes), of_notes);
        assert_eq!(becomes("camp:notes:room_a", "Room A", "Words."), of_notes);
        let hurdle = "All is blocked.\n\n## Why\n\nFear.";
        assert_eq!(
            becomes("", "The filter", hurdle),
            Some(Becomes::Hurdle),
            "a heading of the form"
        );
        let steps = "Ask.\n\n## Steps\n\n1. Write";
        assert_eq!(becomes("", "Letters", steps), Some(Becomes::Solution));
        assert_eq!(becomes("start", "Welcome", "Words about this place."), None);
    }

    #[test]
    fn every_look_has_a_reason() {
        let found = look("hurdles:filters", "Filters", "Words.").unwrap();
        assert_eq!(found.why[0].what, "place");
        assert_eq!(found.why[0].value, "hurdles");
    }
}
