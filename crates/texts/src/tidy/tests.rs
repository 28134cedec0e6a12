use proptest::prelude::*;

use super::tidy;
use crate::tests::{markdown, seeded};

#[test]
fn line_ends_become_one_kind() {
    assert_eq!(tidy("a\r\nb\rc\nd\n"), "a\nb\nc\nd");
    assert_eq!(tidy("a\r\0\nb\n\n \n"), "a\nb");
}

#[test]
fn spaces_that_break_a_line_stay_and_others_go() {
    assert_eq!(tidy("a  \nb \nc\t\nd   \n  \ne  "), "a  \nb\nc\nd  \n\ne");
    assert_eq!(tidy("    code"), "    code");
}

#[test]
fn letters_are_composed() {
    assert_eq!(tidy("cafe\u{301}\0"), "café");
}

proptest! {
    #![proptest_config(seeded(800))]

    #[test]
    fn tidying_twice_changes_nothing(text in markdown()) {
        let tidied = tidy(&text);
        prop_assert_eq!(tidy(&tidied), tidied.clone());
        prop_assert!(!tidied.contains(['\r', '\0']) && !tidied.ends_with(['\n', ' ', '\t']));
    }
}
