use super::{distance, slip_guess};

#[test]
fn a_swap_is_one_slip() {
    assert_eq!(distance("blokced", "blocked"), 1);
    assert_eq!(distance("facbook", "facebook"), 1);
    assert_eq!(distance("", "abc"), 3);
    assert_eq!(distance("same", "same"), 0);
}

#[test]
fn a_slip_weighs_less_in_a_long_word_and_more_at_its_start() {
    let factor = |word: &str, known: &str| slip_guess(word, known.to_owned(), 2).unwrap().factor;
    assert!(factor("comunications", "communications") > factor("comms", "coms"));
    assert!(factor("xlocked", "blocked") < factor("blockex", "blocked"));
}
