use proptest::prelude::*;

use super::Piece::{Added, Removed, Same};
use super::{Excerpt, Piece, excerpt, stat, words};
use crate::tests::seeded;

fn same(text: &str) -> Piece {
    Same(text.to_owned())
}

fn removed(text: &str) -> Piece {
    Removed(text.to_owned())
}

fn added(text: &str) -> Piece {
    Added(text.to_owned())
}

fn rejoined(pieces: &[Piece]) -> (String, String) {
    let text = |leave_out: fn(&Piece) -> bool| {
        pieces
            .iter()
            .filter(|piece| !leave_out(piece))
            .map(Piece::text)
            .collect()
    };
    (
        text(|piece| matches!(piece, Added(_))),
        text(|piece| matches!(piece, Removed(_))),
    )
}

#[test]
fn a_changed_word_is_shown_in_its_line() {
    assert_eq!(
        words(
            "Ask first.\nThe form takes four days.\n",
            "Ask first.\nThe form takes ten days.\n"
        ),
        [
            same("Ask first.\nThe form takes "),
            removed("four"),
            added("ten"),
            same(" days.\n")
        ]
    );
}

#[test]
fn an_added_sentence_is_only_added() {
    let pieces = words(
        "We listen.",
        "We listen. Then we answer within a day, whoever asks.",
    );
    assert_eq!(
        pieces,
        [
            same("We listen."),
            added(" Then we answer within a day, whoever asks.")
        ]
    );
}

#[test]
fn a_rewritten_line_is_shown_whole() {
    let old = "The filter blocks all video sites for the whole of the building.";
    let new = "Nobody knows who owns the list, and so it only ever grows longer.";
    assert_eq!(words(old, new), [removed(old), added(new)]);
}

#[test]
fn crumbs_between_changes_are_joined() {
    assert_eq!(
        words(
            "Every week we meet in the old hall and talk",
            "Every week we sit by the new door and talk"
        ),
        [
            same("Every week we "),
            removed("meet in the old hall"),
            added("sit by the new door"),
            same(" and talk")
        ]
    );
}

#[test]
fn a_paragraph_cut_in_two_keeps_its_words() {
    assert_eq!(
        words(
            "It is blocked here. Ask for it.",
            "It is blocked here.\n\nAsk for it."
        ),
        [
            same("It is blocked here."),
            removed(" "),
            added("\n\n"),
            same("Ask for it.")
        ]
    );
}

#[test]
fn accents_and_signs_of_other_scripts_are_whole_words() {
    assert_eq!(
        words("le café bleu ferme", "le cafés bleu ferme"),
        [
            same("le "),
            removed("café"),
            added("cafés"),
            same(" bleu ferme")
        ]
    );
    assert_eq!(
        words("👩‍👩‍👧 a b", "👩‍👩‍👦 a b"),
        [removed("👩‍👩‍👧"), added("👩‍👩‍👦"), same(" a b")]
    );
}

#[test]
fn words_are_counted_not_spaces() {
    assert_eq!(stat("one two three", "one three, four five"), (2, 1));
    assert_eq!(stat("one  two", "one two"), (0, 0));
    assert_eq!(stat("", "Nine words"), (2, 0));
}

#[test]
fn an_excerpt_shows_changed_places_only() {
    let pieces = words("a b c d e f g h i j k", "a b c d E f g h i j k");
    assert_eq!(
        excerpt(&pieces, 2),
        [
            Excerpt::Gap,
            Excerpt::Piece(same("c d ")),
            Excerpt::Piece(removed("e")),
            Excerpt::Piece(added("E")),
            Excerpt::Piece(same(" f g")),
            Excerpt::Gap,
        ]
    );
    assert_eq!(excerpt(&words("a", "a"), 2), []);
    assert_eq!(excerpt(&pieces, 99).len(), pieces.len());
    assert_eq!(excerpt(&pieces, 0).len(), 4);
}

fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        "([ab]{1,2}[ .\\n]){0,30}",
        "[ab.\\n\\r |`\u{301}\u{200d}\u{202e}𝄞]{0,24}",
        any::<String>()
    ]
}

proptest! {
    #![proptest_config(seeded(400))]

    #[test]
    fn pieces_join_to_both_texts(old in anything(), new in anything(), context in 0..4_usize) {
        let pieces = words(&old, &new);
        prop_assert_eq!(rejoined(&pieces), (old.clone(), new.clone()));
        prop_assert!(pieces.iter().all(|piece| !piece.text().is_empty()));
        for pair in pieces.windows(2) {
            prop_assert!(matches!(
                pair,
                [Same(_), Added(_) | Removed(_)] | [Removed(_), Added(_) | Same(_)] | [Added(_), Same(_)]
            ));
        }
        let kept = |wanted: fn(&Piece) -> bool| pieces.iter().filter(|piece| wanted(piece)).count();
        let changed = |piece: &Piece| !matches!(piece, Same(_));
        let shown = excerpt(&pieces, context);
        let shown_changes =
            shown.iter().filter(|part| matches!(part, Excerpt::Piece(piece) if changed(piece)));
        prop_assert_eq!(shown_changes.count(), kept(changed));
    }
}
