//! The small picture: hurdles below each other, and arcs that go over from one to what it frees.
//!
//! All lengths are in the picture's own units, of which a narrow screen shows one to the pixel.

use std::collections::BTreeSet;

/// Hurdles in the picture at the most.
const SHOWN: usize = 12;
/// Hurdles that are in it because they free most; the rest of the room is for what they free.
const FIRST: usize = 5;
/// How wide the picture is.
pub const WIDTH: usize = 328;
/// Where the arcs end and the bars begin.
const BAR: usize = 66;
/// How far the longest arc swings out.
const SWING: usize = 60;
/// Where the words begin.
pub const WORDS: usize = 94;
/// Units of width for a line of a title; letters are counted with [`width`].
const LINE: usize = 232;
/// Lines of a title at the most.
const LINES: usize = 2;
/// The height of a line, and of the room between two hurdles.
const LEADING: usize = 18;
/// The room between two hurdles.
const GAP: usize = 14;

/// A hurdle that may be in the picture.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// What it frees, in words; nothing where it frees nobody.
    pub frees: String,
    /// The hurdles that hang on it directly.
    pub directly: Vec<i64>,
    /// Whether the reader's body faces it.
    pub is_faced: bool,
}

/// A hurdle in the picture.
#[derive(Clone, Debug)]
pub struct Row {
    /// It.
    pub hurdle: Candidate,
    /// Its title in lines, each with its height in the picture.
    pub lines: Vec<(usize, String)>,
    /// The height of its number, and of its bar.
    pub at: usize,
}

/// An arc from a hurdle to one that it frees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arc {
    /// The curve.
    pub curve: String,
    /// The tip at its end.
    pub tip: String,
    /// Whether it goes back up: a circle.
    pub is_back: bool,
}

/// The picture.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// How high it is.
    pub height: usize,
    /// The hurdles, what is cleared first at the top.
    pub rows: Vec<Row>,
    /// The arcs.
    pub arcs: Vec<Arc>,
}

impl Picture {
    /// Draws the first of the ranked hurdles and what they free; `others` are those that free nobody.
    pub fn of(ranked: &[Candidate], others: &[Candidate]) -> Self {
        let chosen = in_order(&chosen(ranked, others));
        let mut picture = Self::default();
        let mut top = LEADING;
        for hurdle in chosen {
            let lines = broken(&hurdle.title);
            let placed = (1..).zip(lines);
            let placed = placed.map(|(line, words)| (top + line * LEADING, words));
            let row = Row {
                lines: placed.collect(),
                at: top,
                hurdle,
            };
            top += (row.lines.len() + 1) * LEADING + GAP;
            picture.rows.push(row);
        }
        picture.height = top.saturating_sub(LEADING);
        picture.arcs = arcs(&picture.rows);
        picture
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.arcs.is_empty()
    }
}

/// The first few, then what hangs on them one after another, then whoever comes next.
fn chosen(ranked: &[Candidate], others: &[Candidate]) -> Vec<Candidate> {
    let known = |number: &i64| {
        let mut all = ranked.iter().chain(others);
        all.find(|one| one.number == *number)
    };
    let first = &ranked[..ranked.len().min(FIRST)];
    let widest = first.iter().map(|one| one.directly.len()).max();
    let freed = (0..widest.unwrap_or_default())
        .flat_map(|at| first.iter().filter_map(move |one| one.directly.get(at)))
        .filter_map(known);
    let mut seen = BTreeSet::new();
    first
        .iter()
        .chain(freed)
        .chain(ranked)
        .filter(|one| seen.insert(one.number))
        .take(SHOWN)
        .cloned()
        .collect()
}

/// What must be cleared first comes first, and what hangs on it follows at once, so that arcs are
/// short; in a circle whoever was chosen first begins.
fn in_order(chosen: &[Candidate]) -> Vec<Candidate> {
    let mut left: Vec<&Candidate> = chosen.iter().collect();
    let mut ordered: Vec<Candidate> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let is_free = |one: &Candidate| {
            let mut others = left.iter().filter(|other| other.number != one.number);
            !others.any(|other| other.directly.contains(&one.number))
        };
        let newest_need = |one: &Candidate| {
            let needs = |before: &Candidate| before.directly.contains(&one.number);
            ordered.iter().rposition(needs).map_or(0, |at| at + 1)
        };
        let free = (0..left.len()).filter(|at| is_free(left[*at]));
        // The last of the greatest wins: turned round, that is whoever was chosen first.
        let next = free.rev().max_by_key(|at| newest_need(left[*at]));
        ordered.push(left.remove(next.unwrap_or_default()).clone());
    }
    ordered
}

fn arcs(rows: &[Row]) -> Vec<Arc> {
    let mut arcs = Vec::new();
    for (from, row) in rows.iter().enumerate() {
        for (to, other) in rows.iter().enumerate() {
            if from == to || !row.hurdle.directly.contains(&other.hurdle.number) {
                continue;
            }
            // The bar stands a little above the foot of the number.
            let (start, end) = (row.at - 5, other.at - 5);
            let over = from.abs_diff(to) - 1;
            let swing = SWING.min(22 + 12 * over);
            let out = BAR - swing;
            arcs.push(Arc {
                curve: format!("M{BAR} {start}C{out} {start} {out} {end} {BAR} {end}"),
                tip: format!("M{BAR} {end}l-9 -5v10z"),
                is_back: to < from,
            });
        }
    }
    arcs
}

/// A title in lines that fit; what does not fit ends in dots.
fn broken(title: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in title.split_whitespace() {
        let last = lines.len() - 1;
        let joined = match lines[last].as_str() {
            "" => word.to_owned(),
            before => format!("{before} {word}"),
        };
        if length(&joined) <= LINE {
            lines[last] = joined;
        } else if lines[last].is_empty() {
            lines[last] = joined;
            lines.push(String::new());
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.retain(|line| !line.is_empty());
    let is_whole = lines.len() <= LINES && lines.iter().all(|line| length(line) <= LINE);
    if is_whole {
        return lines;
    }
    lines.truncate(LINES);
    let last = lines.len() - 1;
    for (at, line) in lines.iter_mut().enumerate() {
        let room = if at == last {
            LINE - width('…')
        } else {
            LINE
        };
        while length(line) > room {
            line.pop();
        }
    }
    lines[last] = format!("{}…", lines[last].trim_end());
    lines
}

fn length(words: &str) -> usize {
    words.chars().map(width).sum()
}

/// How wide a letter is in a common face of 14 units: rather too wide than too narrow.
fn width(letter: char) -> usize {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '!' | '|' => 4,
        'f' | 'r' | 't' | ' ' | '-' | '(' | ')' | '/' => 6,
        'm' | 'w' | 'M' | 'W' | '…' => 14,
        'A'..='Z' => 10,
        other if other.is_ascii() => 9,
        other if u32::from(other) < 0x1100 => 10,
        _ => 15,
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidate, LINE, Picture, broken, length};

    fn hurdle(number: i64, directly: &[i64]) -> Candidate {
        Candidate {
            number,
            title: format!("Hurdle that is called number {number}"),
            frees: String::new(),
            directly: directly.to_vec(),
            is_faced: false,
        }
    }

    fn numbers(picture: &Picture) -> Vec<i64> {
        picture.rows.iter().map(|row| row.hurdle.number).collect()
    }

    #[test]
    fn what_is_cleared_first_stands_at_the_top() {
        let ranked = [hurdle(2, &[1, 3]), hurdle(3, &[4])];
        let others = [hurdle(1, &[]), hurdle(4, &[])];
        let picture = Picture::of(&ranked, &others);
        assert_eq!(numbers(&picture), [2, 3, 4, 1]);
        assert_eq!(picture.arcs.len(), 3);
        assert!(picture.arcs.iter().all(|arc| !arc.is_back));
    }

    #[test]
    fn a_circle_is_drawn_with_one_arc_back() {
        let ranked = [hurdle(1, &[2]), hurdle(2, &[3]), hurdle(3, &[1])];
        let picture = Picture::of(&ranked, &[]);
        assert_eq!(numbers(&picture), [1, 2, 3]);
        assert_eq!(picture.arcs.iter().filter(|arc| arc.is_back).count(), 1);
    }

    #[test]
    fn the_picture_stays_small() {
        let ranked: Vec<Candidate> = (1..60).map(|one| hurdle(one, &[one + 1])).collect();
        let picture = Picture::of(&ranked, &[hurdle(60, &[])]);
        assert_eq!(picture.rows.len(), 12);
        assert!(picture.height < 800, "{}", picture.height);
        let last = picture.rows.last().unwrap();
        assert!(last.lines.iter().all(|(y, _)| *y < picture.height));
        assert!(Picture::of(&[], &[]).is_empty());
    }

    #[test]
    fn every_line_fits_whatever_the_title() {
        for title in [
            "IT will not let me".to_owned(),
            "W".repeat(140),
            "word ".repeat(28),
            "漢字".repeat(70),
            format!("short {}", "x".repeat(134)),
        ] {
            let lines = broken(&title);
            assert!((1..=2).contains(&lines.len()), "{lines:?}");
            assert!(lines.iter().all(|line| length(line) <= LINE), "{lines:?}");
        }
        assert_eq!(broken("Sites are blocked"), ["Sites are blocked"]);
    }
}
