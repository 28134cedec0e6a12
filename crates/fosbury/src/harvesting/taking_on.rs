//! Who does what by when, as a line of notes says it: "Kit to send the list by Friday".

use harvest::MONTHS;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What a line says of somebody's doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenOn {
    /// Who, by the name that stands there; nothing where nobody is named.
    pub owner: String,
    /// By when, such as `2026-05-08`, or nothing.
    pub due_on: String,
}

/// Words of a name at the most.
const LONGEST_NAME: usize = 3;
/// What stands before what is to be done.
const BEGINNINGS: [&str; 6] = ["action", "actions", "todo", "to do", "ap", "next step"];
/// Words behind a name by which somebody takes something on.
const DOES: [&str; 9] = [
    "to", "will", "agreed", "offered", "promised", "is", "should", "must", "shall",
];
/// What stands where a name stands, and names nobody.
const NOBODY: [&str; 22] = [
    "we",
    "i",
    "you",
    "he",
    "she",
    "they",
    "it",
    "somebody",
    "someone",
    "everybody",
    "everyone",
    "nobody",
    "all",
    "this",
    "that",
    "there",
    "the",
    "a",
    "an",
    "who",
    "what",
    "how",
];
/// What is done to somebody: "Write to IT" names nobody who does it.
const DONE_TO: [&str; 20] = [
    "need", "remember", "write", "send", "talk", "speak", "go", "listen", "reply", "answer",
    "apply", "try", "give", "bring", "publish", "report", "share", "show", "add", "move",
];
/// Words before a day by which something is to be done.
const BY: [&str; 4] = ["by", "before", "until", "on"];

/// Reads a line of notes taken on this day.
pub fn taken_on(text: &str, day: &str) -> TakenOn {
    let said = without_beginning(text.trim());
    let words: Vec<&str> = said.split_whitespace().collect();
    let owner = at_sign(&words)
        .or_else(|| in_front(&words))
        .or_else(|| behind(said))
        .unwrap_or_default();
    let due_on = day
        .parse::<Date>()
        .ok()
        .and_then(|day| due(&words, day))
        .map_or(String::new(), |day| day.to_string());
    TakenOn { owner, due_on }
}

/// Without "Action:" and what is like it.
fn without_beginning(text: &str) -> &str {
    let text = text.trim_start_matches(['-', '*', '•', ' ', '[', ']']);
    let Some((before, after)) = text.split_once([':', '-', '–', '—']) else {
        return text;
    };
    if BEGINNINGS.contains(&before.trim().to_lowercase().as_str()) {
        after.trim()
    } else {
        text
    }
}

/// "@kit will ask": whoever is named so.
fn at_sign(words: &[&str]) -> Option<String> {
    let named = words.iter().find_map(|word| word.strip_prefix('@'))?;
    let name = bare(named).replace('-', " ");
    (!name.is_empty()).then_some(name)
}

/// "Kit to send", "Kit and Amina will ask", "Amina Begum: ask IT".
fn in_front(words: &[&str]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for word in words.iter().take(2 * LONGEST_NAME + 1) {
        let plain = bare(word);
        let small = plain.to_lowercase();
        if !names.is_empty() && DOES.contains(&small.as_str()) {
            return name_of(&names);
        }
        let joins = !names.is_empty() && (small == "and" || plain == "&");
        if !joins && !is_name(plain) {
            return None;
        }
        names.push(plain);
        if word.ends_with(':') {
            return name_of(&names);
        }
    }
    None
}

/// "Send the list by Friday (Kit)", "Send the list – Kit".
fn behind(said: &str) -> Option<String> {
    let said = said.trim_end_matches(['.', ' ']);
    let inner = match said.strip_suffix(')') {
        Some(open) => open.rsplit_once('(')?.1,
        None => {
            said.rsplit_once(" – ")
                .or_else(|| said.rsplit_once(" — "))?
                .1
        }
    };
    let words: Vec<&str> = inner.split_whitespace().map(bare).collect();
    let is_right = words.len() <= LONGEST_NAME && words.iter().all(|word| is_name(word));
    if is_right { name_of(&words) } else { None }
}

fn name_of(words: &[&str]) -> Option<String> {
    let ends_right = words.last().is_some_and(|last| is_name(last));
    let is_short = words.split(|word| *word == "and" || *word == "&");
    let is_short = is_short
        .into_iter()
        .all(|one| (1..=LONGEST_NAME).contains(&one.len()));
    (ends_right && is_short).then(|| words.join(" "))
}

fn is_name(word: &str) -> bool {
    let is_upper = word.chars().next().is_some_and(char::is_uppercase);
    let small = word.to_lowercase();
    is_upper && !NOBODY.contains(&small.as_str()) && !DONE_TO.contains(&small.as_str())
}

fn bare(word: &str) -> &str {
    word.trim_matches([',', ';', ':', '!', '?', '(', ')', '"', '“', '”'])
        .trim_end_matches("'s")
        .trim_end_matches("’s")
}

/// The day behind "by", "before", "until" or "on".
fn due(words: &[&str], day: Date) -> Option<Date> {
    let small: Vec<String> = words
        .iter()
        .map(|word| bare(word).trim_end_matches('.').to_lowercase())
        .collect();
    let small: Vec<&str> = small.iter().map(String::as_str).collect();
    (0..small.len()).find_map(|at| {
        if !BY.contains(&small[at]) {
            return None;
        }
        day_named(small.get(at + 1..).unwrap_or_default(), day)
    })
}

fn day_named(words: &[&str], day: Date) -> Option<Date> {
    let words: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !["the", "of", "this", "next"].contains(word))
        .take(4)
        .collect();
    match words.as_slice() {
        ["tomorrow", ..] => day.tomorrow().ok(),
        ["week", ..] => day.checked_add(7.days()).ok(),
        ["end", "month", ..] => Some(day.last_of_month()),
        ["end", "year", ..] => Some(day.last_of_year()),
        ["end", "week", ..] => weekday("friday").and_then(|friday| day.nth_weekday(1, friday).ok()),
        ["end", month, ..] => in_month(month, 1, None, day).map(Date::last_of_month),
        [first, rest @ ..] => first
            .parse::<Date>()
            .ok()
            .or_else(|| weekday(first).and_then(|one| day.nth_weekday(1, one).ok()))
            .or_else(|| {
                let second = rest.first()?;
                let year = rest.get(1).and_then(|year| year.parse().ok());
                match number(first) {
                    Some(of_month) => in_month(second, of_month, year, day),
                    None => in_month(first, number(second)?, year, day),
                }
            }),
        [] => None,
    }
}

/// "3", "3rd".
fn number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    digits.parse().ok().filter(|n| (1..=31).contains(n))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// A day of a month; of next year where this year's is over.
fn in_month(word: &str, of_month: i8, year: Option<i16>, day: Date) -> Option<Date> {
    let is_meant = |month: &&str| **month == *word || word.len() >= 3 && month.starts_with(word);
    let at = MONTHS.iter().position(is_meant)?;
    let month = i8::try_from(at + 1).ok()?;
    if let Some(year) = year {
        return Date::new(year, month, of_month).ok();
    }
    let this_year = Date::new(day.year(), month, of_month).ok()?;
    if this_year >= day.first_of_month() {
        return Some(this_year);
    }
    Date::new(day.year() + 1, month, of_month).ok()
}

#[cfg(test)]
mod tests {
    use super::taken_on;

    /// A Sunday.
    const DAY: &str = "2026-05-03";

    fn read(text: &str) -> (String, String) {
        let found = taken_on(text, DAY);
        (found.owner, found.due_on)
    }

    #[test]
    fn whoever_takes_something_on_is_named_by_the_line() {
        for (text, owner) in [
            ("Kit to send the list by Friday", "Kit"),
            ("Action: Kit to send the list", "Kit"),
            ("ACTION - Amina Begum will ask IT", "Amina Begum"),
            ("Kit and Amina to write it up", "Kit and Amina"),
            ("Tom: find the form", "Tom"),
            ("@sian-price will ask", "sian price"),
            ("Send the list by Friday (Kit)", "Kit"),
            ("Send the list – Kit.", "Kit"),
            ("Northshire will share its policy", "Northshire"),
            ("We will need a budget", ""),
            ("Somebody to ask IT", ""),
            ("Need to ask IT by Friday", ""),
            ("Send the list (again)", ""),
            ("The council should publish it", ""),
            ("Publish it to the web", ""),
            ("Write to the head of IT", ""),
            ("", ""),
        ] {
            assert_eq!(read(text).0, owner, "{text}");
        }
    }

    #[test]
    fn days_are_read_as_seen_from_the_day_of_the_session() {
        for (words, day) in [
            ("by Friday", "2026-05-08"),
            ("before Sunday.", "2026-05-10"),
            ("by next Tuesday, please", "2026-05-05"),
            ("by tomorrow", "2026-05-04"),
            ("by the end of the month", "2026-05-31"),
            ("by the end of June", "2026-06-30"),
            ("by end of week", "2026-05-08"),
            ("by next week", "2026-05-10"),
            ("until 3rd of June", "2026-06-03"),
            ("by 12 Sept", "2026-09-12"),
            ("by May 20", "2026-05-20"),
            ("by 3 February", "2027-02-03"),
            ("by 1 March 2027", "2027-03-01"),
            ("on 2026-07-01", "2026-07-01"),
            ("by hand", ""),
            ("by 31 June", ""),
            ("Friday", ""),
        ] {
            assert_eq!(read(&format!("Kit to send it {words}")).1, day, "{words}");
        }
        assert_eq!(taken_on("Kit to send it by Friday", "").due_on, "");
    }
}
