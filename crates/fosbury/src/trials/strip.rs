//! A solution's places as marks over, on and under the bar, with the same in words.

use ranking::{Counted, Plain, Ranked, Verdict};

use crate::layout::Visit;

/// Marks in a strip at the most: beyond, words say it better.
const MARKS: usize = 36;

/// Marks and words.
#[derive(Clone, Debug, Default)]
pub struct Strip {
    /// Names of marks, the best first.
    pub marks: Vec<&'static str>,
    /// What they say, in sentences; harm first.
    pub sentences: Vec<String>,
    /// Whether somebody told that it made things worse.
    pub has_harm: bool,
}

impl Strip {
    /// The strip of a ranked solution.
    pub fn of<S>(v: &Visit, ranked: &Ranked<S>) -> Self {
        let mut marks: Vec<(usize, &'static str)> = ranked.counted.iter().map(place_mark).collect();
        marks.sort_unstable();
        Self {
            marks: marks
                .into_iter()
                .take(MARKS)
                .map(|(_, mark)| mark)
                .collect(),
            sentences: sentences(v, &ranked.plain, ranked.like_yours.as_ref()),
            has_harm: ranked.has_harm(),
        }
    }
}

/// A place's mark with its place in the strip.
fn place_mark(one: &Counted) -> (usize, &'static str) {
    if one.tally.worse > 0 {
        return (3, "worse");
    }
    match one.tally.verdict() {
        Some(Verdict::Worked) => (0, "over"),
        Some(Verdict::Partly) => (1, "touching"),
        Some(Verdict::DidNot) => (2, "under"),
        None if one.tally.stopped > 0 => (5, "broken"),
        None => (4, "hollow"),
    }
}

/// Plain counts in sentences: "Made it worse in 1 place. Worked in 6 of 9 places. In 3 of 4 like
/// yours."
pub fn sentences(v: &Visit, plain: &Plain, like: Option<&Plain>) -> Vec<String> {
    let mut said = Vec::new();
    if plain.worse > 0 {
        said.push(v.count("made-worse-in", plain.worse));
    }
    if plain.of() > 0 {
        let (worked, of) = (plain.worked, v.count("n-places", plain.of()));
        said.push(v.with_two("worked-in", ("n", &worked), ("of", &of)));
    }
    if plain.partly > 0 {
        said.push(v.count("partly-in", plain.partly));
    }
    if let Some(like) = like.filter(|like| like.of() > 0) {
        let (worked, of) = (like.worked, like.of());
        said.push(v.with_two("worked-like-yours", ("n", &worked), ("of", &of)));
    }
    if plain.undecided > 0 {
        said.push(v.count("undecided-in", plain.undecided));
    }
    if said.is_empty() {
        said.push(v.say("nobody-tried"));
    }
    said
}

/// The mark of one place.
pub fn mark_of(one: &Counted) -> &'static str {
    place_mark(one).1
}
