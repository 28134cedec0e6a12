//! Sessions from a pasted list or a calendar file.

use icalendar::{Calendar, CalendarDateTime, Component, DatePerhapsTime};

use super::kinds::is_day;
use super::model::{Event, LONGEST_TITLE};
use super::store_writing::Planned;
use crate::evidence::model::parse_date;
use crate::time::Moment;

/// Where events are, as far as clocks are concerned.
const HERE: &str = "Europe/London";
/// Letters of a room's name at the most: what is longer before a colon is part of a title.
const LONGEST_ROOM: usize = 40;
/// Signs that stand between a session's title and who leads it.
const BEFORE_LEAD: [&str; 3] = [" – ", " — ", " - "];

/// A line of a list that is no session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Which line, counted from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
    /// The key of the words that say why.
    pub words: &'static str,
}

/// Reads a list: a session a line, such as `10:00 Room A: Blocked sites – Kit`, or with `|` or tabs
/// between. A day alone, or a time alone, holds for the lines below it.
pub fn read_list(list: &str, event: &Event) -> (Vec<Planned>, Vec<Wrong>) {
    let (mut planned, mut wrong) = (Vec::new(), Vec::new());
    let mut day = event.first_day.clone();
    let mut time: Option<(String, String)> = None;
    for (at, line) in list.lines().enumerate() {
        let line = line.trim().trim_start_matches(['*', '•', '-']).trim();
        if line.is_empty() {
            continue;
        }
        if let Some(other) = parse_date(line).filter(|other| is_day(other)) {
            day = other;
            time = None;
            continue;
        }
        let (own, rest) = leading_time(line);
        if let Some(own) = own {
            time = Some(own);
        }
        if rest.is_empty() {
            continue;
        }
        let told = match &time {
            None => Err("wrong-list-time"),
            Some((starts, ends)) => Ok(one_of(rest, &day, starts, ends)),
        };
        match told.and_then(|one| fitting(one, event)) {
            Ok(one) => planned.push(one),
            Err(words) => wrong.push(Wrong {
                line: at + 1,
                text: line.chars().take(80).collect(),
                words,
            }),
        }
    }
    (planned, wrong)
}

fn one_of(rest: &str, day: &str, starts: &str, ends: &str) -> Planned {
    let cells: Vec<&str> = rest.split(['|', '\t']).map(str::trim).collect();
    let (room, title, lead) = match cells.as_slice() {
        [room, title, lead, ..] => (*room, *title, *lead),
        [room, title] => (*room, *title, ""),
        _ => {
            let (room, rest) = leading_room(rest);
            let found = BEFORE_LEAD
                .iter()
                .filter_map(|sign| rest.rsplit_once(sign))
                .max_by_key(|(title, _)| title.len());
            let (title, lead) = found.unwrap_or((rest, ""));
            (room, title, lead)
        }
    };
    Planned {
        day: day.to_owned(),
        starts: starts.to_owned(),
        ends: ends.to_owned(),
        room: room.to_owned(),
        title: title.trim().to_owned(),
        lead: lead.trim().to_owned(),
    }
}

/// What stands before a colon, if it can be a room.
fn leading_room(rest: &str) -> (&str, &str) {
    match rest.split_once(':') {
        Some((room, title)) if !title.trim().is_empty() && room.chars().count() <= LONGEST_ROOM => {
            (room.trim(), title.trim())
        }
        _ => ("", rest),
    }
}

/// Brings a session into the form in which it is kept, or says what is wrong with it.
pub fn fitting(mut planned: Planned, event: &Event) -> Result<Planned, &'static str> {
    if planned.day.is_empty() {
        planned.day.clone_from(&event.first_day);
    }
    if !is_day(&planned.day) || planned.day < event.first_day || planned.day > event.last_day {
        return Err("wrong-session-day");
    }
    planned.starts = clock(&planned.starts).ok_or("wrong-session-time")?;
    if !planned.ends.trim().is_empty() {
        planned.ends = clock(&planned.ends).ok_or("wrong-session-time")?;
        if planned.ends <= planned.starts {
            return Err("wrong-session-ends");
        }
    }
    let whole = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    planned.title = whole(&planned.title);
    planned.room = whole(&planned.room);
    planned.lead = whole(&planned.lead);
    let all = [&planned.title, &planned.room, &planned.lead];
    if !planned.title.chars().any(char::is_alphanumeric) {
        return Err("wrong-session-title");
    }
    if all
        .iter()
        .any(|words| words.chars().count() > LONGEST_TITLE)
    {
        return Err("wrong-session-long");
    }
    Ok(planned)
}

/// A time such as `10:00`, `9.30`, `2pm` as it is kept.
pub fn clock(words: &str) -> Option<String> {
    let words = words.trim().to_ascii_lowercase();
    let (digits, half) = match words.strip_suffix("am") {
        Some(digits) => (digits, Some(0)),
        None => match words.strip_suffix("pm") {
            Some(digits) => (digits, Some(12)),
            None => (words.as_str(), None),
        },
    };
    let (hour, minute) = match digits.trim().split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        None if half.is_some() => (digits.trim(), "00"),
        _ => return None,
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|one| one.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) || hour.len() > 2 {
        return None;
    }
    let (mut hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    if let Some(half) = half {
        if hour == 0 || hour > 12 {
            return None;
        }
        hour = hour % 12 + half;
    }
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// The time at the head of a line, `10:00` or `10:00–10:45`, and what follows it.
fn leading_time(line: &str) -> (Option<(String, String)>, &str) {
    let is_of_time =
        |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '-' | '–' | 'a' | 'p' | 'm');
    let end = line.find(|c| !is_of_time(c)).unwrap_or(line.len());
    let (head, mut rest) = line.split_at(end);
    let (starts, mut ends) = match head.split_once(['-', '–']) {
        Some((starts, ends)) => (clock(starts), clock(ends)),
        None => (clock(head.trim_end_matches([':', '.'])), None),
    };
    let Some(starts) = starts else {
        return (None, line);
    };
    // With blanks around the dash: `10:00 – 10:45`.
    let after = rest.trim_start();
    if let Some(after) = after.strip_prefix(['-', '–']).map(str::trim_start)
        && ends.is_none()
    {
        let end = after.find(|c| !is_of_time(c)).unwrap_or(after.len());
        if let Some(found) = clock(&after[..end]) {
            ends = Some(found);
            rest = &after[end..];
        }
    }
    (Some((starts, ends.unwrap_or_default())), after_time(rest))
}

/// What stands behind a time, without the sign between. Of a row of cells only the first sign goes:
/// the next one says that there is no room.
fn after_time(rest: &str) -> &str {
    let signs = [' ', '\t', '|', ',', ';', '-', '–', ':'];
    let words = rest.trim_start_matches(signs).trim_end();
    let cells = rest.trim_start_matches(' ').strip_prefix(['|', '\t']);
    match cells {
        Some(cells) if !words.is_empty() => cells.trim_end(),
        _ => words,
    }
}

/// Reads a calendar file; what is no calendar is nothing.
pub fn read_calendar(file: &str, event: &Event) -> Option<(Vec<Planned>, Vec<Wrong>)> {
    let calendar: Calendar = file.parse().ok()?;
    let (mut planned, mut wrong) = (Vec::new(), Vec::new());
    for (at, one) in calendar.events().enumerate() {
        let title = words_of(one, "SUMMARY");
        let told = match one.get_start().as_ref().and_then(local) {
            None => Err("wrong-session-time"),
            Some((day, starts)) => {
                let ends = one.get_end().as_ref().and_then(local);
                let ends = ends.filter(|(end, _)| *end == day).map(|(_, clock)| clock);
                Ok(Planned {
                    ends: ends.filter(|ends| *ends > starts).unwrap_or_default(),
                    day,
                    starts,
                    room: words_of(one, "LOCATION"),
                    title: title.clone(),
                    lead: organiser(one),
                })
            }
        };
        match told.and_then(|one| fitting(one, event)) {
            Ok(one) => planned.push(one),
            Err(words) => wrong.push(Wrong {
                line: at + 1,
                text: title.chars().take(80).collect(),
                words,
            }),
        }
    }
    Some((planned, wrong))
}

fn words_of(one: &icalendar::Event, key: &str) -> String {
    let value = one.property_value(key).unwrap_or_default();
    let value = value.replace("\\n", " ").replace("\\N", " ");
    let value = value.replace("\\,", ",").replace("\\;", ";");
    value.replace("\\\\", "\\")
}

fn organiser(one: &icalendar::Event) -> String {
    let property = one.properties().get("ORGANIZER");
    let name = property.and_then(|property| property.params().get("CN"));
    name.map_or(String::new(), |name| {
        name.value().trim_matches('"').to_owned()
    })
}

/// The day and the time here.
fn local(moment: &DatePerhapsTime) -> Option<(String, String)> {
    let here = |moment: Moment| (moment.local_day(), moment.clock());
    match moment {
        DatePerhapsTime::Date(_) => None,
        DatePerhapsTime::DateTime(CalendarDateTime::Utc(at)) => {
            Some(here(Moment(at.timestamp_millis())))
        }
        DatePerhapsTime::DateTime(CalendarDateTime::Floating(at)) => Some((
            at.format("%Y-%m-%d").to_string(),
            at.format("%H:%M").to_string(),
        )),
        DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid }) => {
            let day = date_time.format("%Y-%m-%d").to_string();
            let clock = date_time.format("%H:%M").to_string();
            // A zone that nobody knows is taken for here.
            let there = Moment::of_local(&day, &clock, tzid.trim_matches('"'));
            Some(there.map_or((day, clock), here))
        }
    }
}

/// The moment at which a session begins or ends.
pub fn moment(day: &str, clock: &str) -> Option<Moment> {
    Moment::of_local(day, clock, HERE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> Event {
        Event {
            first_day: "2026-05-03".to_owned(),
            last_day: "2026-05-04".to_owned(),
            ..Event::default()
        }
    }

    fn told(planned: &[Planned]) -> Vec<String> {
        let told = planned.iter().map(|one| {
            [
                &one.day[8..],
                &one.starts,
                &one.ends,
                &one.room,
                &one.title,
                &one.lead,
            ]
            .join("/")
        });
        told.collect()
    }

    #[test]
    fn lists_are_read_as_people_write_them() {
        let list = "10:00 Room A: Blocked sites – Kit\n\
                    10.00-10.45 Room B: Forms nobody reads\n\
                    \n\
                    * 2pm Walking round the lake\n\
                    4 May 2026\n\
                    9:30 | Hall | Opening: the day | Amina Begum\n\
                    11:00 – 11:30\n\
                    Room A: First of two\n\
                    Room B: Second - Bo";
        let (planned, wrong) = read_list(list, &event());
        assert_eq!(wrong, []);
        assert_eq!(
            told(&planned),
            [
                "03/10:00//Room A/Blocked sites/Kit",
                "03/10:00/10:45/Room B/Forms nobody reads/",
                "03/14:00///Walking round the lake/",
                "04/09:30//Hall/Opening: the day/Amina Begum",
                "04/11:00/11:30/Room A/First of two/",
                "04/11:00/11:30/Room B/Second/Bo",
            ]
        );
    }

    #[test]
    fn what_is_wrong_with_a_list_is_told_by_line() {
        let list = "Blocked sites\n10:00 Room A: —\n5 May 2026\n10:00 Too late\n12:00-11:00 Odd";
        let (planned, wrong) = read_list(list, &event());
        assert!(planned.is_empty());
        let told: Vec<(usize, &str)> = wrong.iter().map(|one| (one.line, one.words)).collect();
        assert_eq!(
            told,
            [
                (1, "wrong-list-time"),
                (2, "wrong-session-title"),
                (4, "wrong-session-day"),
                (5, "wrong-session-day"),
            ]
        );
    }

    #[test]
    fn times_are_what_clocks_show() {
        for (words, kept) in [
            ("10:00", "10:00"),
            ("9.05", "09:05"),
            ("12am", "00:00"),
            ("12pm", "12:00"),
            ("3:15pm", "15:15"),
        ] {
            assert_eq!(clock(words).as_deref(), Some(kept), "{words}");
        }
        for words in ["", "10", "25:00", "10:60", "13pm", "10:0", "ten"] {
            assert_eq!(clock(words), None, "{words}");
        }
    }

    #[test]
    fn a_calendar_file_says_the_time_here() {
        let file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n\
                    DTSTART:20260503T090000Z\r\nDTEND:20260503T094500Z\r\n\
                    SUMMARY:Blocked sites\\, and\r\n  others\r\nLOCATION:Room A\r\n\
                    ORGANIZER;CN=Kit Hall:mailto:kit@council.example\r\nEND:VEVENT\r\n\
                    BEGIN:VEVENT\r\nUID:2\r\nDTSTART;TZID=Europe/Paris:20260504T110000\r\n\
                    SUMMARY:Forms\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:3\r\n\
                    DTSTART;VALUE=DATE:20260504\r\nSUMMARY:All day\r\nEND:VEVENT\r\n\
                    END:VCALENDAR\r\n";
        let (planned, wrong) = read_calendar(file, &event()).unwrap();
        assert_eq!(
            told(&planned),
            [
                "03/10:00/10:45/Room A/Blocked sites, and others/Kit Hall",
                "04/10:00///Forms/",
            ]
        );
        assert_eq!(wrong.len(), 1);
        assert!(read_calendar("no calendar", &event()).is_none_or(|read| read.0.is_empty()));
    }
}
