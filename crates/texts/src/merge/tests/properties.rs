use proptest::prelude::*;

use super::super::Merge::{Clean, Conflict};
use super::super::{Chunk, Merge, Side, agreed, choose, merge};
use super::clean;
use crate::tests::seeded;

/// Few different lines, so that the three texts meet, move and double often.
fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(""),
        Just("a"),
        Just("b"),
        Just("c."),
        Just("Long words end here. Others follow on."),
        Just("Ask the desk today. Wait for them. Ring again later."),
        Just("Ask the desk now. Wait for them. Ring again."),
    ];
    prop::collection::vec(line, 0..9).prop_map(|lines| lines.join("\n"))
}

fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        text(),
        "[ab.\\n\\r |`\u{301}\u{202e}𝄞]{0,24}",
        any::<String>()
    ]
}

fn turned(merged: Merge) -> Merge {
    let turn = |chunk| match chunk {
        Chunk::Disagreed { base, theirs, mine } => Chunk::Disagreed {
            base,
            theirs: mine,
            mine: theirs,
        },
        agreed @ Chunk::Agreed(_) => agreed,
    };
    match merged {
        Conflict(chunks) => Conflict(chunks.into_iter().map(turn).collect()),
        clean @ Clean(_) => clean,
    }
}

proptest! {
    #![proptest_config(seeded(250))]

    #[test]
    fn one_side_alone_wins(base in anything(), other in anything()) {
        prop_assert_eq!(merge(&base, &base, &other), clean(&other));
        prop_assert_eq!(merge(&base, &other, &base), clean(&other));
        prop_assert_eq!(merge(&base, &other, &other), clean(&other));
        prop_assert_eq!(merge(&base, &base, &base), clean(&base));
    }

    #[test]
    fn the_sides_can_be_turned(base in anything(), theirs in anything(), mine in anything()) {
        prop_assert_eq!(merge(&base, &theirs, &mine), turned(merge(&base, &mine, &theirs)));
    }

    #[test]
    fn no_chunk_is_idle(base in anything(), theirs in anything(), mine in anything()) {
        if let Conflict(chunks) = merge(&base, &theirs, &mine) {
            prop_assert!(!agreed(&chunks));
            for chunk in &chunks {
                match chunk {
                    Chunk::Agreed(text) => prop_assert!(!text.is_empty()),
                    Chunk::Disagreed { theirs, mine, .. } => prop_assert_ne!(theirs, mine),
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(seeded(600))]

    #[test]
    fn every_sentence_that_came_is_kept(base in text(), theirs in text(), mine in text()) {
        let sentences = |text: &str| -> Vec<String> {
            text.split(['.', '\n']).map(|part| part.trim().to_owned()).collect()
        };
        let texts = match merge(&base, &theirs, &mine) {
            Clean(text) => vec![text.clone(), text],
            Conflict(chunks) => vec![choose(&chunks, Side::Theirs), choose(&chunks, Side::Mine)],
        };
        for (side, text) in [(&theirs, &texts[0]), (&mine, &texts[1])] {
            let (was, now) = (sentences(&base), sentences(text));
            for came in sentences(side).iter().filter(|came| !was.contains(came)) {
                prop_assert!(now.contains(came), "{came:?} is missing from {text:?}");
            }
        }
        let known = [sentences(&base), sentences(&theirs), sentences(&mine)].concat();
        for found in texts.iter().flat_map(|text| sentences(text)) {
            prop_assert!(known.contains(&found), "{found:?} was made up");
        }
    }

    #[test]
    fn paragraphs_apart_always_merge(
        words in prop::collection::vec("[a-z]{1,6}", 2..8), theirs in 0..8_usize, mine in 0..8_usize,
    ) {
        let (theirs, mine) = (theirs % words.len(), mine % words.len());
        prop_assume!(theirs != mine);
        let with = |changes: &[(usize, &str)]| {
            let mut words = words.clone();
            for (at, change) in changes {
                words[*at].push_str(change);
            }
            words.join("\n\n")
        };
        prop_assert_eq!(
            merge(&with(&[]), &with(&[(theirs, " theirs")]), &with(&[(mine, " mine")])),
            clean(&with(&[(theirs, " theirs"), (mine, " mine")]))
        );
    }

    #[test]
    fn a_quarrel_over_all_gives_back_each_side(
        base in "[a-c]\\n?[a-c]?", theirs in "[d-f]\\n?[d-f]?", mine in "[g-i]\\n?[g-i]?",
    ) {
        let Conflict(chunks) = merge(&base, &theirs, &mine) else {
            return Err(TestCaseError::fail("merged"));
        };
        prop_assert_eq!(choose(&chunks, Side::Base), base);
        prop_assert_eq!(choose(&chunks, Side::Theirs), theirs);
        prop_assert_eq!(choose(&chunks, Side::Mine), mine);
    }
}

/// What becomes of a paragraph, and at whose hands.
#[derive(Clone, Copy, Debug)]
enum Act {
    Rewrite,
    TakeOut,
    AddAfter,
}

fn acted(paragraphs: usize, acts: &[(usize, Act)]) -> String {
    let mut kept = Vec::new();
    for at in 0..paragraphs {
        let act = acts
            .iter()
            .find(|(place, _)| *place == at)
            .map(|(_, act)| *act);
        match act {
            Some(Act::TakeOut) => {}
            Some(Act::Rewrite) => kept.push(format!("Paragraph {at} reads quite otherwise now.")),
            None | Some(Act::AddAfter) => kept.push(format!("Paragraph {at} says its own thing.")),
        }
        if let Some(Act::AddAfter) = act {
            kept.push(format!("A new paragraph follows number {at}."));
        }
    }
    kept.join("\n\n")
}

proptest! {
    #![proptest_config(seeded(500))]

    #[test]
    fn acts_on_paragraphs_apart_are_all_done(
        acts in prop::collection::vec(
            (prop::sample::select(vec![Act::Rewrite, Act::TakeOut, Act::AddAfter]), 0..3_u8),
            1..7,
        ),
    ) {
        let acts: Vec<(usize, Act, u8)> =
            acts.into_iter().enumerate().map(|(at, (act, by))| (2 * at + 1, act, by)).collect();
        let text = |hands: &[u8]| {
            let done: Vec<(usize, Act)> =
                acts.iter().filter(|act| hands.contains(&act.2)).map(|act| (act.0, act.1)).collect();
            acted(2 * acts.len() + 1, &done)
        };
        let merged = merge(&text(&[]), &text(&[0, 2]), &text(&[1, 2]));
        prop_assert_eq!(merged, clean(&text(&[0, 1, 2])));
    }
}
