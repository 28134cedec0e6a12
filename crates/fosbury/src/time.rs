//! Moments, and where they come from.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A moment: milliseconds since 1970, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i64);
db::newtype!(Moment: i64);

/// Milliseconds in a minute.
pub const MINUTE: i64 = 60_000;
/// Milliseconds in an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds in a day of 24 hours.
pub const DAY: i64 = 24 * HOUR;

impl Moment {
    /// This moment and so many milliseconds.
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// "3 May 2026".
    pub fn day(self) -> String {
        self.written("%-d %B %Y")
    }

    /// "3 May 2026, 14:05".
    pub fn day_and_time(self) -> String {
        self.written("%-d %B %Y, %H:%M")
    }

    /// "2026-05-03T13:05:00Z", for feeds, the API and `<time>`.
    pub fn iso(self) -> String {
        self.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// "14:05" in London.
    pub fn clock(self) -> String {
        self.written("%H:%M")
    }

    /// The day in London, such as `2026-05-03`.
    pub fn local_day(self) -> String {
        self.written("%Y-%m-%d")
    }

    /// The moment when it is so late in a place: `2026-05-03`, `10:00`, `Europe/London`.
    pub fn of_local(day: &str, clock: &str, zone: &str) -> Option<Self> {
        let local: DateTime = format!("{day}T{clock}:00").parse().ok()?;
        let moment = local.to_zoned(TimeZone::get(zone).ok()?).ok()?;
        Some(Self(moment.timestamp().as_millisecond()))
    }

    /// "20260503T130500Z", for calendars.
    pub fn for_calendars(self) -> String {
        self.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()
    }

    /// The moment that was written so.
    pub fn parse_iso(words: &str) -> Option<Self> {
        let timestamp: Timestamp = words.parse().ok()?;
        Some(Self(timestamp.as_millisecond()))
    }

    fn written(self, pattern: &str) -> String {
        let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
        self.timestamp()
            .to_zoned(zone)
            .strftime(pattern)
            .to_string()
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// Where moments come from: the machine, or a test.
#[derive(Clone)]
pub enum Clock {
    /// The machine's clock.
    Machine,
    /// A clock that stands until a test moves it.
    Standing(Arc<AtomicI64>),
}

impl Clock {
    /// The present moment.
    pub fn now(&self) -> Moment {
        match self {
            Self::Machine => Moment(machine_time()),
            Self::Standing(at) => Moment(at.load(Ordering::Acquire)),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one clock that everybody else is given"
)]
fn machine_time() -> i64 {
    Timestamp::now().as_millisecond()
}
