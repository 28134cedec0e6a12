//! The edge cases of DokuWiki's text.

use dokuwiki::{Converted, MediaTarget, PageTarget, Places, to_markdown};

struct Known;

impl Places for Known {
    fn exists(&self, id: &str) -> bool {
        ["start", "hurdles:start", "hurdles:policy:consent"].contains(&id)
    }

    fn page(&self, id: &str, _: &str) -> PageTarget {
        PageTarget::Wiki(id.to_owned())
    }

    fn media(&self, id: &str) -> Option<MediaTarget> {
        let is_picture = id.ends_with("png");
        Some(MediaTarget {
            address: format!("/files/{id}"),
            is_picture,
        })
    }
}

fn converted(text: &str) -> Converted {
    to_markdown(text, "hurdles:no_access", &Known)
}

fn markdown(text: &str) -> String {
    converted(text).markdown
}

#[track_caller]
fn becomes(text: &str, expected: &str) {
    assert_eq!(markdown(text), expected, "{text:?}");
}

#[test]
fn headings_hold_no_markup() {
    becomes("text\n=== A **b** ===", "text\n\n#### A \\*\\*b\\*\\*");
    becomes("x\n== E ==", "x\n\n##### E");
    assert_eq!(
        converted("====== One ======\ntext").title.as_deref(),
        Some("One")
    );
}

#[test]
fn styles_nest_in_any_order() {
    becomes(
        "**bold** //it// ''mono'' <del>gone</del>",
        "**bold** *it* `mono` ~~gone~~",
    );
    becomes("**//__''all''__//**", "***`all`***");
    becomes("//__both__//", "*both*");
    becomes("m<sup>2</sup> H<sub>2</sub>O x<sup>th</sup>", "m² H₂O xth");
    becomes("http://example.org/a//b", "<http://example.org/a//b>");
}

#[test]
fn what_is_not_closed_is_as_typed_or_goes_to_the_end() {
    becomes("a **b", "a \\*\\*b");
    becomes("a //b\nc\n\nd", "a *b\nc*\n\nd");
}

#[test]
fn links_are_understood_from_their_page() {
    becomes("[[start]]", "[[hurdles:start|start]]");
    becomes(
        "[[:start]] [[..start]] [[..:start]]",
        "[[start]] [[start|..start]] [[start]]",
    );
    becomes("[[.policy:consent]]", "[[hurdles:policy:consent|consent]]");
    becomes("[[:hurdles:start]]", "[[hurdles:start|hurdles]]");
    becomes("[[No Such Page]]", "[[hurdles:no_such_page|No Such Page]]");
    becomes(
        "[[wp>Local_government]]",
        "[Local_government](https://en.wikipedia.org/wiki/Local_government)",
    );
    becomes(
        "[[zz>X]] [[\\\\srv\\share|UNC]] [[javascript://x|y]]",
        "X UNC y",
    );
    becomes(
        "[[start|{{p.png}}]]",
        "![](/files/hurdles:p.png) [[hurdles:start|start]]",
    );
}

#[test]
fn the_same_note_twice_is_one_note() {
    becomes("a((n **b**)) c((n **b**))", "a[^1] c[^1]\n\n[^1]: n **b**");
}

#[test]
fn lists_nest_and_hold_code() {
    becomes("  * a\n    - b\n   * c", "- a\n  1. b\n- c");
    becomes(
        "  * a<code sh>\nx\n</code>\n  - b",
        "- a\n\n  ```sh\n  x\n  ```\n\n1. b",
    );
}

#[test]
fn tables_keep_their_cells() {
    becomes(
        "^ A ^ B ^\n| [[start|x]] |  c  |",
        "| A | B |\n| --- | :-: |\n| [[hurdles:start\\|x]] | c |",
    );
    becomes("| a \\| b |", "|  |  |\n| --- | --- |\n| a \\\\ | b |");
    becomes(
        "^ A ^ B ^\n| over ||\n| ::: | c |",
        "| A | B |\n| --- | --- |\n| over | over |\n| over | c |",
    );
}

#[test]
fn what_is_literal_stays_so() {
    becomes(
        "<nowiki>**a** [[b]]</nowiki> %%//c//%%",
        "\\*\\*a\\*\\* \\[\\[b\\]\\] //c//",
    );
    becomes("<html><b>x</b></html>", "`<b>x</b>`");
    becomes("  pre\n  * formatted", "```\npre\n* formatted\n```");
    becomes(
        "<code php [f.php]>\n```\n</code>",
        "````php f.php\n```\n````",
    );
}

#[test]
fn words_that_mean_something_to_markdown_are_kept_as_words() {
    becomes(
        "1. one\n# two\n- three\n> four",
        "1\\. one\n\\# two\n\\- three\n\n> four",
    );
    becomes(
        "a * b _c_ `d` [e](f) <g> &amp; h|i",
        "a \\* b \\_c\\_ \\`d\\` \\[e\\](f) \\<g> \\&amp; h\\|i",
    );
}

#[test]
fn plugins_are_known_by_their_signs() {
    let page =
        converted("~~NOTOC~~ a ~~DISCUSSION~~\n\n<note tip>n **b**</note>\n{{tag>one two_three}}");
    assert_eq!(page.markdown, "a\n\n> n **b**");
    assert_eq!(page.tags, ["one", "two three"]);
    becomes("---- struct data ----\nkind: x\n----", "- kind: x");
    becomes("{{rss>http://a.example/f 3}}", "<http://a.example/f>");
}
