use super::{plain_form, without_possessive};

#[test]
fn american_and_british_spellings_meet() {
    for (american, british) in [
        ("organization", "organisation"),
        ("color", "colour"),
        ("analyze", "analyse"),
        ("programme", "program"),
    ] {
        assert_eq!(plain_form(american), plain_form(british));
    }
    assert_eq!(plain_form("size"), "size");
    assert_eq!(plain_form("prize"), "prize");
}

#[test]
fn irregular_forms_meet_their_plain_one() {
    assert_eq!(plain_form("children"), "child");
    assert_eq!(plain_form("written"), "write");
}

#[test]
fn an_owner_is_the_word_and_its_is_not() {
    assert_eq!(without_possessive("council's"), "council");
    assert_eq!(without_possessive("It’s"), "It’s");
}
