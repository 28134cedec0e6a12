use super::{EQUAL, Vocabulary, WIDER};
use crate::words::{plain_words, stems};

fn row(words: &str) -> Vec<String> {
    stems(&plain_words(words))
}

fn read(text: &str) -> Vocabulary {
    Vocabulary::parse(text).unwrap()
}

#[test]
fn the_members_of_a_group_mean_one_another() {
    let vocabulary = read("boss, manager, line manager");
    let meanings = vocabulary.meanings(&row("bosses"));
    assert_eq!(meanings.len(), 2);
    assert!(
        meanings
            .iter()
            .any(|meaning| meaning.stems == row("line manager"))
    );
    assert!(
        vocabulary
            .meanings(&row("line managers"))
            .iter()
            .any(|meaning| meaning.stems == row("boss"))
    );
}

#[test]
fn an_arrow_goes_one_way() {
    let vocabulary = read("facebook, insta -> social media");
    assert!((vocabulary.meanings(&row("insta"))[0].factor - WIDER).abs() < f32::EPSILON);
    assert!(vocabulary.meanings(&row("social media")).is_empty());
}

#[test]
fn equals_win_over_arrows_and_nothing_is_listed_twice() {
    let vocabulary = read("a1 -> b1\na1, b1\na1 -> b1");
    assert_eq!(vocabulary.meanings(&row("a1")).len(), 1);
    assert!((vocabulary.meanings(&row("a1"))[0].factor - EQUAL).abs() < f32::EPSILON);
}

#[test]
fn chat_is_known_as_such() {
    let vocabulary = read("# said without thinking\n~ the, you know");
    assert!(vocabulary.is_chat(&row("you know")));
    assert!(!vocabulary.is_chat(&row("know")));
}

#[test]
fn a_line_that_cannot_be_read_is_named() {
    assert_eq!(Vocabulary::parse("a, b\nlonely").unwrap_err().line, 2);
    assert_eq!(Vocabulary::parse("a, , b").unwrap_err().line, 1);
    assert!(Vocabulary::parse("a ->").is_err());
}

#[test]
fn a_kind_may_be_worth_less() {
    let vocabulary = read("! solution 0.5");
    assert!((vocabulary.worth_of_kind("solution") - 0.5).abs() < f32::EPSILON);
    assert!((vocabulary.worth_of_kind("hurdle") - 1.0).abs() < f32::EPSILON);
    assert!(Vocabulary::parse("! solution 7").is_err());
}
