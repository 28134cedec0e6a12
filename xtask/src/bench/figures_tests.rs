use std::time::Duration;

use super::Times;

#[test]
fn half_of_a_hundred_stay_within_the_fiftieth() {
    let mut times = Times::default();
    for milliseconds in (1..=100).rev() {
        times.add(Duration::from_millis(milliseconds));
    }
    assert_eq!(
        times.to_string(),
        "p50 50.00 ms, p99 99.00 ms, longest 100.00 ms of 100"
    );
}

#[test]
fn nothing_measured_is_no_time() {
    assert_eq!(
        Times::default().to_string(),
        "p50 0.00 ms, p99 0.00 ms, longest 0.00 ms of 0"
    );
}
