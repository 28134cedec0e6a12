//! The revisions of one page of a dump.

use super::stream::{Broken, Step, Stream};
use crate::read::{Change, Revision, Words};

/// Bytes of a text at the most.
const LONGEST_TEXT: usize = 2 << 20;
/// Bytes of a title, a name or a summary at the most.
pub const LONGEST_WORDS: usize = 4_000;

/// The revisions of the page that begins here, their texts not read yet.
pub fn history(stream: &mut Stream<'_>, found: &mut Vec<Revision>) -> Result<(), Broken> {
    loop {
        match stream.step(false)? {
            Step::Open(name, _) if name == "revision" => {
                let at = stream.began;
                found.extend(revision(stream, at)?);
            }
            Step::Close(name) if name == "page" => return Ok(()),
            Step::End => return Ok(()),
            _ => {}
        }
    }
}

/// A revision, but for its text; none where it has no time.
fn revision(stream: &mut Stream<'_>, begins: u64) -> Result<Option<Revision>, Broken> {
    let (mut number, mut at, mut is_hidden, mut has_text) = (0, None, false, false);
    let (mut login, mut summary, mut change) = (String::new(), String::new(), Change::Edited);
    loop {
        match stream.step(false)? {
            Step::Open(name, said) => match name.as_str() {
                "id" if number == 0 => {
                    number = stream.words("id", 40)?.0.trim().parse().unwrap_or(0);
                }
                "timestamp" => at = second(stream.words("timestamp", 40)?.0.trim()),
                "contributor" if !said.is_empty() => change = Change::Outside,
                "contributor" => login = contributor(stream)?,
                "minor" if change == Change::Edited => change = Change::Small,
                "comment" => summary = stream.words("comment", LONGEST_WORDS)?.0,
                "text" => {
                    has_text = true;
                    is_hidden |= !said.is_empty();
                }
                _ => {}
            },
            Step::Close(name) if name == "revision" => break,
            Step::Close(name) if name == "page" => return Ok(None),
            Step::End => {
                return Err(Broken {
                    why: "it ends early".to_owned(),
                    at: stream.began,
                });
            }
            _ => {}
        }
    }
    let words = if is_hidden || !has_text {
        Words::Lost
    } else {
        Words::From(begins)
    };
    Ok(at.map(|at| Revision {
        at,
        change,
        login,
        summary,
        words,
        number,
    }))
}

/// Who it was; nothing for whoever was not signed in, whose network address is not kept.
fn contributor(stream: &mut Stream<'_>) -> Result<String, Broken> {
    let mut login = String::new();
    loop {
        match stream.step(false)? {
            Step::Open(name, _) if name == "username" => {
                login = stream.words("username", LONGEST_WORDS)?.0;
            }
            Step::Close(name) if name == "contributor" => break,
            Step::End => break,
            _ => {}
        }
    }
    // A wiki that was itself brought along says from where before a `>`.
    let name = login.rsplit('>').next().unwrap_or_default().trim();
    let is_address = name.parse::<std::net::IpAddr>().is_ok();
    Ok(if is_address {
        String::new()
    } else {
        name.to_owned()
    })
}

/// The first text of a revision, and whether it is longer than a text may be.
pub fn text(stream: &mut Stream<'_>) -> Result<(String, bool), Broken> {
    loop {
        match stream.step(false)? {
            Step::Open(name, _) if name == "text" => return stream.words("text", LONGEST_TEXT),
            Step::Close(name) if name == "revision" => return Ok((String::new(), false)),
            Step::End => return Ok((String::new(), false)),
            _ => {}
        }
    }
}

/// Seconds since 1970 of `2009-05-01T12:00:00Z`.
fn second(words: &str) -> Option<i64> {
    let (day, time) = words.trim_end_matches('Z').split_once('T')?;
    let numbers = |words: &str, sign| -> Option<Vec<i64>> {
        words.split(sign).map(|one| one.parse().ok()).collect()
    };
    let (day, time) = (numbers(day, '-')?, numbers(time, ':')?);
    let ([year, month, day], [hour, minute, second]) = (day.as_slice(), time.as_slice()) else {
        return None;
    };
    let is_date = (1970..10_000).contains(year) && (1..13).contains(month) && (1..32).contains(day);
    let is_time = (0..24).contains(hour) && (0..60).contains(minute) && (0..61).contains(second);
    if !(is_date && is_time) {
        return None;
    }
    // Days since March of the year 0, so that a leap day is the last of its year.
    let (years, months) = if *month > 2 {
        (*year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day;
    Some(((days - 719_469) * 24 + hour) * 3_600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_those_of_the_calendar() {
        assert_eq!(second("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(second("2000-02-29T12:00:01Z"), Some(951_825_601));
        assert_eq!(second("2009-05-01T00:00:00Z"), Some(1_241_136_000));
        assert_eq!(second("yesterday"), None);
        assert_eq!(second("2009-05-01T66666666666666666:00:00Z"), None);
        assert_eq!(second("9223372036854775807-05-01T00:00:00Z"), None);
    }
}
