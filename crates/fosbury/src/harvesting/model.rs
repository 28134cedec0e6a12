//! Passages of a session's notes: what they say, what they may become, what became of them.

use harvest::{Found, Kind as Is, Notes, Register};

use super::becoming::title;
use crate::subjects::SubjectRef;
use crate::time::Moment;
use crate::viewer::Visibility;

/// A session whose notes are harvested.
#[derive(Clone, Debug)]
pub struct Session {
    /// Inside the database.
    pub id: String,
    /// For ever.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// The day, such as `2026-05-03`.
    pub day: String,
    /// When its notes were locked.
    pub locked_at: Option<Moment>,
    /// Its event's record.
    pub record_id: String,
    /// Who may see the event.
    pub visibility: String,
    /// Whether it belongs to the invented county.
    pub is_demo: bool,
    /// Whether young people were there and nobody published the notes yet.
    pub is_withheld: bool,
    /// Whether young people were there: names are initials.
    pub is_young: bool,
}

db::columns!(Session {
    id,
    number,
    title,
    slug,
    day,
    locked_at,
    record_id,
    visibility,
    is_demo,
    is_withheld,
    is_young
});

impl Session {
    /// Its address.
    pub fn address(&self) -> String {
        format!("/sessions/{}-{}", self.number, self.slug)
    }

    /// Who may see its notes.
    pub fn seen_by(&self) -> Visibility {
        match Visibility::parse(&self.visibility) {
            Some(Visibility::Public) if self.is_withheld => Visibility::Members,
            Some(visibility) => visibility,
            None => Visibility::OnlyMe,
        }
    }

    /// Whom what is made of its notes may be shown to, the widest first: never more than those who
    /// may see the notes.
    pub fn openings(&self) -> Vec<&'static str> {
        let own = self.seen_by();
        let narrower: &[Visibility] = match own {
            Visibility::Public => &[Visibility::Members, Visibility::OnlyMe],
            Visibility::OnlyMe => &[],
            _ => &[Visibility::OnlyMe],
        };
        std::iter::once(&own)
            .chain(narrower)
            .map(|one| one.name())
            .collect()
    }
}

/// A line of notes and what was done with it.
#[derive(Clone, Debug)]
pub struct NoteLine {
    /// Its id in the session.
    pub id: String,
    /// Its number in the locked notes.
    pub number: i64,
    /// What was written; nothing once it was erased.
    pub text: String,
    /// Who wrote it.
    pub taker: String,
    /// How often somebody acted on it.
    pub version: i64,
    /// Whether it goes on from the line above.
    pub is_joined: bool,
    /// Where it is cut, in letters from its beginning.
    pub cuts: String,
}

db::columns!(NoteLine {
    id,
    number,
    text,
    taker,
    version,
    is_joined,
    cuts
});

impl NoteLine {
    fn pieces(&self) -> Vec<String> {
        let letters: Vec<char> = self.text.chars().collect();
        let mut ends: Vec<usize> = self
            .cuts
            .split(',')
            .filter_map(|cut| cut.parse().ok())
            .filter(|cut| *cut < letters.len())
            .collect();
        ends.push(letters.len());
        let mut from = 0;
        let pieces = ends.into_iter().map(|end| {
            let piece: String = letters[from.min(end)..end].iter().collect();
            from = end;
            piece.trim().to_owned()
        });
        pieces.collect()
    }
}

/// What became of a passage, as a reader may see it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The first line of the passage.
    pub line: String,
    /// The piece of it.
    pub part: i64,
    /// The act.
    pub act: String,
    /// `made`, `merged`, `kept`, `left`.
    pub became: String,
    /// What the line is: `hurdle`, `action`.
    pub kind: String,
    /// The record's kind; nothing where there is none that this reader may see.
    pub record_kind: String,
    /// Its number.
    pub record_number: i64,
    /// Its title.
    pub record_title: String,
    /// The title's words in addresses.
    pub record_slug: String,
    /// The trial that an example was told as.
    pub trial: Option<i64>,
    /// Who did it.
    pub by_id: Option<String>,
    /// Their name.
    pub by_name: String,
    /// When.
    pub at: Moment,
}

db::columns!(Outcome {
    line,
    part,
    act,
    became,
    kind,
    record_kind,
    record_number,
    record_title,
    record_slug,
    trial,
    by_id,
    by_name,
    at
});

impl Outcome {
    /// The address of the record, if there is one to see.
    pub fn address(&self) -> Option<String> {
        (self.record_number > 0).then(|| {
            SubjectRef::new(&self.record_kind, self.record_number).address(&self.record_slug)
        })
    }
}

/// Some words of the notes that are taken together: a line, a piece of one, or lines joined.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The line that it begins in.
    pub line: String,
    /// That line's number.
    pub number: i64,
    /// The piece of the line.
    pub part: i64,
    /// How often somebody acted on the line.
    pub seen: i64,
    /// All lines that it covers, by id and number.
    pub lines: Vec<(String, i64)>,
    /// The words.
    pub text: String,
    /// Who wrote them down.
    pub taker: String,
    /// Whether the line is cut or joined.
    pub is_changed: bool,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// What it may be; nothing for what is done or only a heading.
    pub guess: Option<Guess>,
}

/// What a passage may be.
#[derive(Clone, Debug)]
pub struct Guess {
    /// Whether it stands above others: it waits for nobody.
    pub is_heading: bool,
    /// The kinds, the likeliest first.
    pub kinds: Vec<&'static str>,
    /// Who said it, and where.
    pub voice: Option<String>,
    /// The place that it tells of.
    pub place: Option<String>,
    /// Other passages say the same.
    pub group: Option<usize>,
    /// Records that it may be.
    pub twins: Vec<SubjectRef>,
    /// A title for what is made of it.
    pub title: String,
}

impl Passage {
    /// Whether nobody has decided yet and somebody should.
    pub fn is_open(&self) -> bool {
        let waits = |guess: &Guess| !guess.is_heading;
        self.outcome.is_none() && self.guess.as_ref().is_some_and(waits)
    }

    /// The address of its first line.
    pub fn address(&self, session: &Session) -> String {
        format!("{}#l-{}", session.address(), self.line)
    }

    /// Its name in the page.
    pub fn anchor(&self) -> String {
        format!("p-{}-{}", self.number, self.part)
    }
}

/// The passages of some lines, with what became of them.
pub fn passages(lines: &[NoteLine], outcomes: &[Outcome]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    for line in lines {
        if let (true, Some(above)) = (line.is_joined, passages.last_mut()) {
            above.text.push(' ');
            above.text.push_str(&line.text);
            above.lines.push((line.id.clone(), line.number));
            above.is_changed = true;
            continue;
        }
        for (part, text) in line.pieces().into_iter().enumerate() {
            let part = i64::try_from(part).unwrap_or(i64::MAX);
            let of_this = |it: &&Outcome| it.line == line.id && it.part == part;
            passages.push(Passage {
                line: line.id.clone(),
                number: line.number,
                part,
                seen: line.version,
                lines: vec![(line.id.clone(), line.number)],
                text,
                taker: line.taker.clone(),
                is_changed: !line.cuts.is_empty(),
                outcome: outcomes.iter().find(of_this).cloned(),
                guess: None,
            });
        }
    }
    passages
}

/// Notes the guesses of passages that nobody decided. What was erased has none.
pub fn guess(passages: &mut [Passage], register: &Register<SubjectRef>) {
    let notes = Notes::of_lines(
        passages
            .iter()
            .map(|passage| (passage.text.as_str(), passage.taker.as_str())),
    );
    let found = harvest::harvest(&notes, register);
    for found in found {
        let Some(passage) = passages.get_mut(found.line.number - 1) else {
            continue;
        };
        if passage.outcome.is_none() && !passage.text.is_empty() {
            passage.guess = Some(guessed(&found));
        }
    }
}

/// How much it speaks for a twin that it is of the kind that the line looks like.
const SAME_KIND: f64 = 0.15;

fn guessed(found: &Found<'_, SubjectRef>) -> Guess {
    let looks_like = match found.kind() {
        Is::Hurdle => "hurdle",
        Is::Solution => "solution",
        Is::Principle => "guide",
        _ => "",
    };
    let mut twins: Vec<(&SubjectRef, f64)> = found
        .twins
        .iter()
        .map(|(twin, score)| {
            let is_same = twin.kind == looks_like;
            (twin, score + if is_same { SAME_KIND } else { 0.0 })
        })
        .collect();
    twins.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    Guess {
        is_heading: found.line.heading.is_some(),
        kinds: found.kinds.iter().map(|(kind, _)| kind.name()).collect(),
        voice: found.line.speaker.clone(),
        place: found.line.organisation.clone(),
        group: found.group,
        twins: twins.into_iter().map(|(twin, _)| twin.clone()).collect(),
        title: title(found.line.said()),
    }
}
