use super::{Marker, Match, cut, one_line};
use crate::answers::Answers;
use crate::reading::Reading;

fn text(fragments: &[crate::question::Fragment]) -> String {
    fragments
        .iter()
        .map(|fragment| fragment.text.as_str())
        .collect()
}

#[test]
fn a_passage_with_nothing_asked_is_the_opening() {
    let (reading, answers) = (Reading::default(), Answers::default());
    let marker = Marker::new(&reading, &answers);
    assert_eq!(
        text(&marker.passage("Short\nand  plain.")),
        "Short and plain."
    );
    let long = "word ".repeat(200);
    let passage = text(&marker.passage(&long));
    assert!(
        passage.ends_with("word …") && passage.len() < 230,
        "{passage}"
    );
    assert!(marker.passage("").is_empty());
}

#[test]
fn marked_words_are_cut_out_whole() {
    let matches = [Match {
        range: 4..9,
        idea: 0,
    }];
    let fragments = cut("the sites are shut", &(0..18), &matches);
    let marked: Vec<(&str, bool)> = fragments
        .iter()
        .map(|fragment| (fragment.text.as_str(), fragment.marked))
        .collect();
    assert_eq!(
        marked,
        [("the ", false), ("sites", true), (" are shut", false)]
    );
}

#[test]
fn a_line_has_no_line_ends() {
    assert_eq!(one_line("a\r\n\tb\u{a0}c"), "a b c");
}
