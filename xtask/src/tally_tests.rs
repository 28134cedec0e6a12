use super::Tally;

#[test]
fn cargos_own_counts_are_read() {
    let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
    assert_eq!(
        Tally::of_cargo_line(line),
        Some(Tally {
            passed: 12,
            failed: 3
        })
    );
}

#[test]
fn a_test_that_talks_about_results_is_not_counted() {
    assert_eq!(
        Tally::of_cargo_line("the test result: ok. 1 passed; 0 failed"),
        None
    );
}

#[test]
fn the_browsers_report_is_read() {
    assert_eq!(
        Tally::of_report("7 passed, 1 failed\n"),
        Some(Tally {
            passed: 7,
            failed: 1
        })
    );
    assert_eq!(Tally::of_report(""), None);
}
