//! Markdown as DokuWiki's text, and there and back.

use dokuwiki::{MediaTarget, PageTarget, Places, from_markdown, to_markdown};
use proptest::prelude::*;

struct Plain;

impl Places for Plain {
    fn exists(&self, _: &str) -> bool {
        true
    }

    fn page(&self, id: &str, _: &str) -> PageTarget {
        PageTarget::Address(format!("/wiki:{id}"))
    }

    fn media(&self, id: &str) -> Option<MediaTarget> {
        let address = format!("/{id}");
        Some(MediaTarget {
            address,
            is_picture: true,
        })
    }
}

#[track_caller]
fn becomes(markdown: &str, expected: &str) {
    assert_eq!(from_markdown(markdown, 2), expected, "{markdown:?}");
}

#[test]
fn everything_that_people_write_has_words_there() {
    becomes(
        "## A\n\ntext\n\n### B",
        "===== A =====\n\ntext\n\n==== B ====",
    );
    becomes("**b** *i* ~~d~~ `c`", "**b** //i// <del>d</del> ''c''");
    becomes("- a\n  1. b\n- c", "  * a\n    - b\n  * c");
    becomes("a[^1]\n\n[^1]: n *i*", "a((n //i//))");
    becomes(
        "| A | B |\n| --- | --: |\n| x | y |",
        "^ A ^  B ^\n| x |  y |",
    );
    becomes("|  |\n| --- |\n| x |", "| x |");
    becomes("> q\n>\n> > r", "> q\n>> r");
    becomes("```sh\nx\n```", "<code sh>\nx\n</code>");
    becomes(
        "[w](wiki:ns:p) ![p](media:f.png) [e](https://e.org/a)",
        "[[:ns:p|w]] {{:f.png|p}} [[https://e.org/a|e]]",
    );
    becomes("one\\\ntwo", "one\\\\\ntwo");
}

#[test]
fn what_means_something_there_is_shown_as_it_is() {
    becomes(
        "a // b \\*\\* c \\[\\[d\\]\\] (( e",
        "a %%//%% b %%**%% c %%[[%%d]] %%((%% e",
    );
    becomes("see https://e.org/a", "see [[https://e.org/a]]");
    becomes(
        "100 %% of `%%`",
        "100 <nowiki>%%</nowiki> of ''<nowiki>%%</nowiki>''",
    );
}

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "**",
        "*",
        "~~",
        "`",
        "\n\n",
        "\n",
        "- ",
        "  ",
        "1. ",
        "> ",
        "## ",
        "| a | b |\n| --- | --- |\n",
        "[w](wiki:a)",
        "word ",
        "\\*",
        "//",
        "__",
        "''",
        "((",
        "))",
        "{{",
        "}}",
        "[[",
        "]]",
        "%%",
        "<code>",
        "</code>",
        "```\n",
        "é",
        "https://e.org/",
        "\\\n",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_becomes_words_of_the_wiki(text in texts()) {
        let there = from_markdown(&text, 2);
        prop_assert!(there.len() <= 200 + 40 * text.len());
    }

    #[test]
    fn plain_words_there_and_back_are_the_same(words in "[a-z]{1,8}( [a-z*/_'\\[({%~<>|^-]{1,8}){0,12}") {
        // The words as Markdown shows them, whatever signs are in them.
        let escaped: String = words.chars().flat_map(|letter| {
            letter.is_ascii_punctuation().then_some('\\').into_iter().chain([letter])
        }).collect();
        let back = to_markdown(&from_markdown(&escaped, 2), "a", &Plain).markdown;
        let shown = back.replace('\\', "");
        prop_assert_eq!(shown, words.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}
