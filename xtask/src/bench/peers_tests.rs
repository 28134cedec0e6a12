use super::rate_on_one_core;

#[test]
fn the_figure_on_one_core_is_read() {
    let results =
        r#"{"dokuwiki": {"view_c16": {"rps": 90.1}, "pinned_c16": {"rps": 55.5, "p50": 1}}}"#;
    assert_eq!(rate_on_one_core(results), Some(55.5));
}

#[test]
fn a_run_without_pinning_has_no_figure() {
    assert_eq!(
        rate_on_one_core(r#"{"dokuwiki": {"view_c16": {"rps": 90.1}}}"#),
        None
    );
}
