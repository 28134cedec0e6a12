use std::path::Path;

use super::{Finding, findings};

fn about(name: &str, text: &str) -> Vec<Finding> {
    findings(Path::new(name), text)
}

fn is_faulty(name: &str, text: &str) -> bool {
    about(name, text)
        .iter()
        .any(|finding| matches!(finding, Finding::Fault(_)))
}

#[test]
fn a_small_file_with_good_names_hears_nothing() {
    assert_eq!(
        about("crates/web/src/page.rs", "//! Pages.\nmod cookie;\n"),
        []
    );
}

#[test]
fn a_long_file_is_warned_and_a_very_long_one_is_refused() {
    assert!(matches!(
        about("a.rs", &"x\n".repeat(401))[..],
        [Finding::Warning(_)]
    ));
    assert!(matches!(
        about("a.rs", &"x\n".repeat(601))[..],
        [Finding::Fault(_)]
    ));
}

#[test]
fn a_very_long_file_may_say_why() {
    let long = "x\n".repeat(700);
    assert_eq!(
        about(
            "a.rs",
            &format!("// size: one table, read as a whole\n{long}")
        ),
        []
    );
    assert_eq!(
        about("a.css", &format!("/* size: the one style sheet */\n{long}")),
        []
    );
    assert!(is_faulty("a.rs", &format!("// size:\n{long}")));
    assert!(is_faulty(
        "a.rs",
        &format!("{long}// size: said too late\n")
    ));
}

#[test]
fn allowing_a_lint_is_refused() {
    assert!(is_faulty("a.rs", concat!("    #[", "allow(dead_code)]\n")));
    assert!(is_faulty("a.rs", concat!("#![", "allow(dead_code)]\n")));
    assert!(!is_faulty(
        "a.rs",
        "#[expect(dead_code, reason = \"later\")]\n"
    ));
}

#[test]
fn work_left_undone_is_refused_in_every_kind_of_file() {
    assert!(is_faulty("a.css", concat!("/* TO", "DO: dark */\n")));
    assert!(is_faulty("a.rs", concat!("// FIX", "ME\n")));
    assert!(!is_faulty("a.rs", concat!("let TO", "DOS = 3;\n")));
}

#[test]
fn names_that_say_nothing_are_refused() {
    assert!(is_faulty("crates/web/src/utils.rs", ""));
    assert!(is_faulty("crates/web/src/common/mod.rs", ""));
    assert!(is_faulty("crates/web/src/lib.rs", "pub mod helpers;\n"));
    assert!(!is_faulty("crates/web/src/commonplace.rs", ""));
}
