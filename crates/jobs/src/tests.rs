//! The arithmetic of times, without a database.

use crate::job::{LONGEST_DELAY, TRIES, delay_after, tidy};
use crate::schedule::next_after;

const DAY: i64 = 86_400_000;

#[test]
fn what_was_missed_is_due_once_and_then_in_step() {
    assert_eq!(next_after(10 * DAY, DAY, 10 * DAY), 11 * DAY);
    assert_eq!(next_after(10 * DAY, DAY, 10 * DAY - 1), 10 * DAY);
    assert_eq!(next_after(10 * DAY, DAY, 13 * DAY + 5), 14 * DAY);
}

#[test]
fn a_clock_put_back_a_week_waits_one_period_at_the_most() {
    assert_eq!(next_after(10 * DAY, DAY, 3 * DAY), 4 * DAY);
}

#[test]
fn a_clock_at_the_end_of_time_does_not_overflow() {
    assert_eq!(next_after(i64::MIN, DAY, i64::MAX).max(0), i64::MAX);
    assert_eq!(next_after(i64::MAX, DAY, 0), DAY);
}

#[test]
fn each_delay_is_longer_than_the_last_and_then_no_more() {
    let delays: Vec<_> = (1..=TRIES)
        .map(|tries| delay_after(tries).map(|d| d / 60_000))
        .collect();
    assert_eq!(
        delays,
        [Some(1), Some(5), Some(30), Some(120), Some(360), None]
    );
    assert_eq!(delay_after(TRIES - 1), Some(LONGEST_DELAY));
    assert_eq!(delay_after(0), None);
}

#[test]
fn a_reason_from_outside_is_bounded_and_fits_every_database() {
    assert_eq!(tidy("550 no\r\n\0such"), "550 no   such");
    assert_eq!(tidy(&"é".repeat(9_000)).chars().count(), 500);
}
