use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};

use crate::merge::Merge;
use crate::{diff, links, merge, sections, tidy};

/// The same cases every time, and nothing written to disk.
pub(crate) fn seeded(cases: u32) -> Config {
    Config {
        cases,
        rng_seed: RngSeed::Fixed(27),
        rng_algorithm: RngAlgorithm::ChaCha,
        failure_persistence: None,
        ..Config::default()
    }
}

/// What Markdown and Unicode make hard.
const SIGNS: [&str; 39] = [
    "```",
    "~~~",
    "`",
    "``",
    "[[",
    "]]",
    "[",
    "]",
    "|",
    "\\",
    "(",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\0",
    " ",
    "  ",
    "    ",
    "\t",
    "- ",
    "1. ",
    "> ",
    "# ",
    "## ",
    "#",
    "27",
    "hurdle ",
    "Words here. ",
    "\u{301}",
    "\u{202e}",
    "\u{200d}",
    "\u{feff}",
    "𝄞",
    "é",
    "e\u{301}",
    "שלום",
    "。",
    "a",
];

/// Anything at all, often made of the signs that Markdown and Unicode make hard.
pub(crate) fn markdown() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        prop::sample::select(&SIGNS).prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(sign, 0..24).prop_map(|signs| signs.concat())
}

proptest! {
    #![proptest_config(seeded(500))]

    #[test]
    fn no_text_is_too_strange(base in markdown(), theirs in markdown(), mine in markdown()) {
        let pieces = diff::words(&base, &mine);
        prop_assert!(diff::excerpt(&pieces, 3).len() <= 2 * pieces.len() + 1);
        prop_assert_eq!(diff::stat(&theirs, &theirs), (0, 0));
        links::rewrite(&mine, |link| Some(link.target.title()));
        prop_assert!(sections::sections(&mine).len() <= mine.matches('#').count());
        for index in 0..sections::sections(&base).len() {
            prop_assert!(sections::replace_section(&base, index, &theirs).len() <= base.len() + theirs.len());
        }
        let [base, theirs, mine] = [tidy(&base), tidy(&theirs), tidy(&mine)];
        prop_assert_eq!(merge::merge(&base, &base, &mine), Merge::Clean(mine.clone()));
        prop_assert_eq!(merge::merge(&base, &theirs, &theirs), Merge::Clean(theirs.clone()));
    }
}

#[test]
fn long_hard_texts_are_compared_and_merged() {
    let size = 64 * 1024;
    let lines: Vec<String> = (0..size / 8)
        .map(|at| (at * 7919 % 8192).to_string())
        .collect();
    let texts = [
        "a b ".repeat(size / 4),
        "b a a ".repeat(size / 6),
        ".,;".repeat(size / 3),
        "\n".repeat(size),
        lines.join("\n"),
        "[[".repeat(size / 2),
        "``` ` `` ".repeat(size / 9),
        "\u{301}".repeat(size / 2),
    ];
    for (text, other) in texts.iter().zip(texts.iter().cycle().skip(1)) {
        let pieces = diff::words(text, other);
        let new: String = pieces
            .iter()
            .filter(|piece| !matches!(piece, diff::Piece::Removed(_)))
            .map(diff::Piece::text)
            .collect();
        assert_eq!(&new, other);
        let turned = merge::merge(text, &format!("{other}{text}"), other);
        let merged = merge::merge(text, other, &format!("{other}{text}"));
        assert_eq!(
            matches!(merged, Merge::Clean(_)),
            matches!(turned, Merge::Clean(_))
        );
        assert_eq!(links::find(text), []);
        assert_eq!(sections::sections(text), []);
    }
}
