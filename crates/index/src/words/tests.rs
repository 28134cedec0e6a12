use proptest::prelude::*;

use super::{LONGEST_WORD, plain_words, stems, words};

#[test]
fn case_accents_and_apostrophes_do_not_matter() {
    assert_eq!(
        plain_words("Café WON’T open, won't it?"),
        ["cafe", "wont", "open", "wont", "it"]
    );
    assert_eq!(plain_words("ﬁnance Straße"), ["finance", "strasse"]);
}

#[test]
fn the_it_department_is_told_from_the_pronoun_unless_everything_is_shouted() {
    assert_eq!(
        plain_words("IT says it is fine"),
        ["ict", "says", "it", "is", "fine"]
    );
    assert_eq!(plain_words("TAKE IT AWAY"), ["take", "it", "away"]);
}

#[test]
fn words_know_where_they_stood() {
    let text = "‘Blokced’ sites";
    let found = words(text);
    assert_eq!(&text[found[0].range.clone()], "Blokced");
    assert_eq!(&text[found[1].range.clone()], "sites");
}

#[test]
fn inflections_share_a_stem() {
    let stems = stems(&["blocked", "blocking", "blocks"]);
    assert_eq!(stems, ["block", "block", "block"]);
}

#[test]
fn an_endless_run_is_cut() {
    assert_eq!(plain_words(&"a".repeat(5_000))[0].len(), LONGEST_WORD);
}

proptest! {
    #[test]
    fn any_text_gives_words_that_lie_in_it_and_one_stem_each(text in any::<String>()) {
        let found = words(&text);
        for word in &found {
            prop_assert!(text.get(word.range.clone()).is_some());
            prop_assert!(!word.text.chars().any(char::is_whitespace));
        }
        let plain: Vec<_> = found.iter().map(|word| word.text.as_str()).collect();
        prop_assert_eq!(stems(&plain).len(), plain.len());
    }

    #[test]
    fn reading_again_what_was_read_changes_nothing_more(text in "[a-zA-Zéß' ]{0,60}") {
        let once = plain_words(&text);
        let twice = plain_words(&once.join(" "));
        prop_assert_eq!(once.len(), twice.len());
    }
}
