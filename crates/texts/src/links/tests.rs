use proptest::prelude::*;

use super::{Link, Target, find, rewrite};
use crate::tests::{markdown, seeded};

fn numbered(kind: &str, number: i64) -> Target {
    Target::Numbered {
        kind: (!kind.is_empty()).then(|| kind.to_owned()),
        number,
    }
}

fn titled(title: &str) -> Target {
    Target::Titled(title.to_owned())
}

fn targets(text: &str) -> Vec<Target> {
    find(text).into_iter().map(|link| link.target).collect()
}

#[test]
fn links_name_a_number_a_kind_and_a_number_or_a_title() {
    assert_eq!(targets("[[27]] [[#27]] [[027]]"), vec![numbered("", 27); 3]);
    assert_eq!(
        targets("[[hurdle 27]] [[ Hurdle  27 ]]"),
        vec![numbered("hurdle", 27); 2]
    );
    assert_eq!(targets("[[guide 3]]"), [numbered("guide", 3)]);
    assert_eq!(
        targets("[[Sites are  blocked]]"),
        [titled("Sites are blocked")]
    );
    assert_eq!(targets("[[covid19]]"), [titled("covid19")]);
    assert_eq!(
        targets("[[99999999999999999999]]"),
        [titled("99999999999999999999")]
    );
    assert_eq!(numbered("windows", 11).title(), "windows 11");
}

#[test]
fn a_link_may_bring_its_own_words() {
    let text = "See [[solution 12|a log of blocks]].";
    let expected = Link {
        range: 4..35,
        target: numbered("solution", 12),
        words: Some("a log of blocks".to_owned()),
    };
    assert_eq!(find(text), [expected]);
    let row = "| a | [[solution 12\\|a log]] |";
    assert_eq!(find(row)[0].words.as_deref(), Some("a log"));
    assert_eq!(find("[[27|]]")[0].words, None);
}

#[test]
fn what_is_no_wiki_link_is_left_alone() {
    for text in [
        "[27]",
        "[[]]",
        "[[ ]]",
        "[[27]",
        "[27]]",
        "[[a\nb]]",
        "\\[[27]]",
        "[[27]](https://x.org)",
        "[[|a]]",
    ] {
        assert_eq!(find(text), [], "{text}");
    }
    assert_eq!(targets("[[[27]]]"), [numbered("", 27)]);
    assert_eq!(targets("[[27 [[28]]"), [numbered("", 28)]);
}

#[test]
fn code_holds_no_links() {
    for text in [
        "`[[27]]`",
        "`` ` [[27]] ``",
        "`a\n[[27]]`",
        "```\n[[27]]\n```",
        "~~~ text\n[[27]]\n```\n[[27]]",
        "Words.\n\n    [[27]]\n",
        "> ```\n> [[27]]\n> ```",
        "- item\n\n  ```\n  [[27]]\n  ```",
        "1. ```\n   [[27]]\n   ```",
        "- item\n\n      [[27]]",
    ] {
        assert_eq!(find(text), [], "{text}");
    }
}

#[test]
fn words_beside_code_hold_links() {
    for text in [
        "`[[27]]",
        "`a\n\n[[27]]`",
        "`- a\n- [[27]]`",
        "\\`[[27]]`",
        "```\ncode\n```\n[[27]]",
        "> ```\n> code\n\n[[27]]",
        "- ```\n  code\n\n[[27]]",
        "Words,\n    [[27]] on a long line",
        "- item\n\n    [[27]]",
        "``` not ` a fence\n[[27]]",
    ] {
        assert_eq!(targets(text), [numbered("", 27)], "{text}");
    }
}

#[test]
fn links_are_replaced_where_there_is_an_answer() {
    let text = "See [[27]], [[28]] and `[[27]]`.";
    let answer = |link: &Link| (link.target == numbered("", 27)).then(|| "**this**".to_owned());
    assert_eq!(rewrite(text, answer), "See **this**, [[28]] and `[[27]]`.");
}

proptest! {
    #![proptest_config(seeded(800))]

    #[test]
    fn links_are_apart_and_in_brackets(text in markdown()) {
        let mut reached = 0;
        for link in find(&text) {
            prop_assert!(link.range.start >= reached);
            reached = link.range.end;
            let whole = &text[link.range];
            prop_assert!(whole.starts_with("[[") && whole.ends_with("]]"));
        }
        prop_assert_eq!(rewrite(&text, |_| None), text.clone());
        let as_it_was = |link: &Link| Some(text[link.range.clone()].to_owned());
        prop_assert_eq!(rewrite(&text, as_it_was), text.clone());
    }
}
