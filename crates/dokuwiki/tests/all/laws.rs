//! Laws for random texts.

use dokuwiki::read::{Value, changes};
use dokuwiki::{MediaTarget, PageTarget, Places, id, to_markdown};
use proptest::prelude::*;

struct Something;

impl Places for Something {
    fn exists(&self, id: &str) -> bool {
        id.len().is_multiple_of(2)
    }

    fn page(&self, id: &str, _: &str) -> PageTarget {
        PageTarget::Wiki(id.to_owned())
    }

    fn media(&self, id: &str) -> Option<MediaTarget> {
        let is_picture = id.len().is_multiple_of(3);
        (id.len().is_multiple_of(2)).then(|| MediaTarget {
            address: format!("/files/{}", id.len()),
            is_picture,
        })
    }
}

fn signs() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "**",
        "//",
        "__",
        "''",
        "\\\\ ",
        "\n",
        "\n\n",
        "  * ",
        "    - ",
        "  ",
        "> ",
        "^ ",
        "| ",
        " |",
        "====",
        "== ",
        "[[",
        "]]",
        "{{",
        "}}",
        "((",
        "))",
        "<code>",
        "</code>",
        "<nowiki>",
        "</nowiki>",
        "%%",
        "<del>",
        "</del>",
        "----",
        "~~NOTOC~~",
        "http://e.org/",
        "<note>",
        "</note>",
        ":::",
        "a",
        "é",
        "障",
        "word ",
        "`",
        "#",
        "1. ",
        "\t",
        "rss>",
        "|",
        ":",
        "..",
        "<WRAP x>",
        "</WRAP>",
        "---- struct data ----\n",
        "<a@b.c>",
        "<sup>2</sup>",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_becomes_markdown_without_growing_beyond_measure(text in signs()) {
        let page = to_markdown(&text, "ns:page", &Something);
        prop_assert!(page.markdown.len() <= 200 + 60 * text.len());
        prop_assert_eq!(page.markdown.trim(), page.markdown.as_str());
    }

    #[test]
    fn any_letters_become_markdown(text in "\\PC{0,200}") {
        let _ = to_markdown(&text, "a", &Something);
    }

    #[test]
    fn plain_words_stay_as_they_are(text in "[a-z]{1,8}( [a-z]{1,8}){0,20}") {
        prop_assume!(!text.starts_with("http"));
        prop_assert_eq!(to_markdown(&text, "a", &Something).markdown, text);
    }

    #[test]
    fn any_bytes_are_read_as_facts_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Value::read(&bytes);
    }

    #[test]
    fn any_lines_are_a_log(log in "([0-9a-zA-Z\\t\\n ]|\\PC){0,200}") {
        let (rows, unread) = changes(&log);
        prop_assert!(rows.len() + unread <= log.lines().count());
        prop_assert!(rows.is_sorted_by_key(|row| row.at));
    }

    #[test]
    fn a_clean_id_is_clean_and_comes_back_from_the_disk(words in "\\PC{0,60}") {
        let once = id::clean(&words);
        prop_assert_eq!(id::clean(&once), once.clone());
        if !once.is_empty() {
            prop_assert_eq!(id::of_path(&id::to_path(&once)), Some(once));
        }
    }
}
