mod properties;

use super::Merge::{Clean, Conflict};
use super::{Chunk, Merge, Side, choose, merge};

fn clean(text: &str) -> Merge {
    Clean(text.to_owned())
}

fn agreed(text: &str) -> Chunk {
    Chunk::Agreed(text.to_owned())
}

fn disagreed(base: &str, theirs: &str, mine: &str) -> Chunk {
    Chunk::Disagreed {
        base: base.to_owned(),
        theirs: theirs.to_owned(),
        mine: mine.to_owned(),
    }
}

#[test]
fn changes_in_different_paragraphs_merge() {
    let base = "YouTube is blocked.\n\nAsk the help desk.";
    let theirs = "YouTube and maps are blocked.\n\nAsk the help desk.";
    let mine = "YouTube is blocked.\n\nRing the help desk.";
    assert_eq!(
        merge(base, theirs, mine),
        clean("YouTube and maps are blocked.\n\nRing the help desk.")
    );
}

#[test]
fn a_paragraph_added_beside_changed_ones_merges() {
    let base = "One here.\n\nTwo here.";
    let theirs = "One here.\n\nNew here.\n\nTwo here.";
    let mine = "One there.\n\nTwo there.";
    let both = clean("One there.\n\nNew here.\n\nTwo there.");
    assert_eq!(merge(base, theirs, mine), both);
    assert_eq!(merge(base, mine, theirs), both);
    let end = merge(base, "One here.\n\nTwo here.\n\nLast.", mine);
    assert_eq!(end, clean("One there.\n\nTwo there.\n\nLast."));
    let start = merge(base, "First.\n\nOne here.\n\nTwo here.", mine);
    assert_eq!(start, clean("First.\n\nOne there.\n\nTwo there."));
}

#[test]
fn two_paragraphs_added_at_one_place_conflict() {
    assert_eq!(
        merge("Start.", "Start.\n\nTheir words.", "Start.\n\nMy words."),
        Conflict(vec![
            agreed("Start."),
            disagreed("", "\n\nTheir words.", "\n\nMy words.")
        ])
    );
}

#[test]
fn sentences_that_do_not_touch_merge() {
    let base = "The form is long. It takes days. Nobody answers.";
    let theirs = "The form is very long. It takes days. Nobody answers.";
    let mine = "The form is long. It takes days. Nobody answers us.";
    assert_eq!(
        merge(base, theirs, mine),
        clean("The form is very long. It takes days. Nobody answers us.")
    );
}

#[test]
fn a_sentence_added_to_the_end_merges_with_a_change_before_the_last() {
    let base = "The form is long. It takes days.";
    let theirs = "The form is short. It takes days.";
    let mine = "The form is long. It takes days. Nobody answers.";
    assert_eq!(
        merge(base, theirs, mine),
        clean("The form is short. It takes days. Nobody answers.")
    );
}

#[test]
fn sentences_that_touch_conflict() {
    let base = "The form is long. It takes days.";
    let theirs = "The form is short. It takes days.";
    let mine = "The form is long. It takes weeks.";
    let Conflict(chunks) = merge(base, theirs, mine) else {
        panic!("merged touching sentences")
    };
    assert_eq!(choose(&chunks, Side::Theirs), theirs);
    assert_eq!(choose(&chunks, Side::Mine), mine);
    assert_eq!(choose(&chunks, Side::Base), base);
}

#[test]
fn one_sentence_is_never_mixed() {
    let base = "Staff may use the old browser today.";
    let theirs = "Officers may use the old browser today.";
    let mine = "Staff may use the old browser tomorrow.";
    assert_eq!(
        merge(base, theirs, mine),
        Conflict(vec![disagreed(base, theirs, mine)])
    );
}

#[test]
fn a_shortened_word_does_not_end_a_sentence() {
    let base = "Ask Cllr. Amina Shah about St. Mary's school first.";
    let theirs = "Tell Cllr. Amina Shah about St. Mary's school first.";
    let mine = "Ask Cllr. Amina Shah about St. Mary's school last.";
    assert!(matches!(merge(base, theirs, mine), Conflict(_)));
}

#[test]
fn neighbouring_lines_conflict_and_parted_lines_merge() {
    assert!(matches!(
        merge("a\nb\nc", "A\nb\nc", "a\nB\nc"),
        Conflict(_)
    ));
    assert_eq!(merge("a\nb\nc", "A\nb\nc", "a\nb\nC"), clean("A\nb\nC"));
    assert_eq!(merge("a\n\nc", "A\n\nc", "a\n\nC"), clean("A\n\nC"));
}

#[test]
fn what_is_settled_in_a_conflict_holds_both_sides() {
    let base = "a\n\nb\n\nc\n\nd";
    let merged = merge(base, "a1\n\nb\n\nc1\n\nd", "a\n\nb\n\nc2\n\nd2");
    assert_eq!(
        merged,
        Conflict(vec![
            agreed("a1\n\nb\n\n"),
            disagreed("c", "c1", "c2"),
            agreed("\n\nd2")
        ])
    );
}

#[test]
fn taking_out_what_the_other_changed_conflicts() {
    let Conflict(chunks) = merge("a\nb", "a", "a\nc") else {
        panic!("lost a change")
    };
    assert_eq!(chunks, vec![agreed("a"), disagreed("\nb", "", "\nc")]);
}

#[test]
fn words_moved_to_two_places_are_not_doubled() {
    let base = "Move this line of words.\na\nb\nc\nd\ne";
    let theirs = "a\nb\nMove this line of words.\nc\nd\ne";
    let mine = "a\nb\nc\nd\nMove this line of words.\ne";
    let Conflict(chunks) = merge(base, theirs, mine) else {
        panic!("doubled a line")
    };
    assert_eq!(choose(&chunks, Side::Theirs), theirs);
    assert_eq!(choose(&chunks, Side::Mine), mine);
    assert_eq!(choose(&chunks, Side::Base), base);
}

#[test]
fn two_copies_taken_out_one_each_are_not_both_lost() {
    let line = "Keep one copy of this.";
    let base = format!("{line}\na\nb\nc\n{line}");
    let theirs = format!("a\nb\nc\n{line}");
    let mine = format!("{line}\na\nb\nc");
    assert!(matches!(merge(&base, &theirs, &mine), Conflict(_)));
}
