use super::told;
use crate::program::PROGRAMS;

#[test]
fn a_machine_with_everything_hears_nothing() {
    assert_eq!(told(&[]), None);
}

#[test]
fn what_is_missing_is_said_with_the_command_that_mends_it() {
    let missing: Vec<_> = PROGRAMS.iter().take(2).collect();
    let sentence = told(&missing).unwrap_or_default();
    assert!(sentence.starts_with("This machine lacks the PostgreSQL server's programs"));
    assert!(sentence.ends_with("--no-install-recommends postgresql chromium"));
}
