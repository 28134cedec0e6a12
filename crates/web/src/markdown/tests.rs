//! Whatever somebody writes, what comes out may stand in a page.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::{SANITISER, plain, render, summary};

/// Pieces that trouble is made of.
const PIECES: &[&str] = &[
    "<",
    ">",
    "\"",
    "'",
    "`",
    "&",
    "&#x6A;",
    "&lt;",
    "[",
    "](",
    ")",
    "![",
    "\n",
    "\n\n",
    "    ",
    "# ",
    "###### ",
    "- ",
    "1. ",
    "> ",
    "|",
    "|-|-|\n",
    "~~",
    "**",
    "[^1]",
    "[^1]: ",
    "<script>",
    "</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=a()>",
    "<a href=\"",
    "<style>",
    "javascript:",
    "JaVaScRiPt:",
    "java\tscript:",
    "data:text/html,",
    "vbscript:",
    "https://",
    "//evil.example",
    "<!--",
    "-->",
    "<![CDATA[",
    "<math><mi>",
    "<p id=x class=y style=z>",
    "\0",
    "\u{202E}",
    "\u{2028}",
    "<section id=\"t-a\">",
    "</p>",
    "<table><tr><td>",
    "word",
    " ",
    "\\",
];

fn seeded(cases: u32) -> Config {
    Config {
        cases,
        rng_seed: RngSeed::Fixed(27),
        failure_persistence: None,
        ..Config::default()
    }
}

fn trouble() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Every address in an attribute, its entities undone.
fn addresses(html: &str) -> Vec<String> {
    // What people typed as a tag is `&lt;`, so each `<` opens one of ours.
    let tags = html.split('<').skip(1);
    tags.filter_map(|piece| piece.split_once('>'))
        .flat_map(|(tag, _)| tag.split([' ', '\n']))
        .filter_map(|part| part.strip_prefix("href=\"").or(part.strip_prefix("src=\"")))
        .filter_map(|value| value.split('"').next())
        .map(|address| address.replace("&amp;", "&"))
        .collect()
}

fn is_harmless(address: &str) -> bool {
    let here = url::Url::parse("https://here.invalid/").unwrap();
    let kept: String = address.chars().filter(|c| !c.is_control()).collect();
    here.join(kept.trim())
        .is_ok_and(|url| ["http", "https", "mailto"].contains(&url.scheme()))
}

fn levels(html: &str) -> Vec<u8> {
    let after = html.split("<h").skip(1);
    after
        .filter_map(|piece| piece.bytes().next())
        .filter(u8::is_ascii_digit)
        .map(|digit| digit - b'0')
        .collect()
}

proptest! {
    #![proptest_config(seeded(600))]

    #[test]
    fn what_is_clean_stays_as_it_is(dirt in trouble()) {
        let once = SANITISER.clean(&dirt).to_string();
        prop_assert_eq!(SANITISER.clean(&once).to_string(), once.clone());
    }

    #[test]
    fn a_rendered_text_is_clean(text in trouble()) {
        let html = render(&text, 3).to_string();
        prop_assert_eq!(SANITISER.clean(&html).to_string(), html.clone());
        for address in addresses(&html) {
            prop_assert!(is_harmless(&address), "{} in {}", address, html);
        }
        for tag in ["<script", "<style", "<img", "<svg", "<iframe", "<math", "<form"] {
            prop_assert!(!html.contains(tag), "{}", html);
        }
    }

    #[test]
    fn headings_never_skip_a_level(text in trouble(), top in 1_u8..=6) {
        let mut last = top.saturating_sub(1);
        for level in levels(render(&text, top).as_html()) {
            prop_assert!((top..=6).contains(&level) && level <= last + 1, "{} after {}", level, last);
            last = level;
        }
    }

    #[test]
    fn words_alone_and_summaries_never_fail(text in trouble(), longest in 1_usize..80) {
        let short = summary(&text, longest);
        prop_assert!(short.chars().count() <= longest + 1, "{}", short);
        prop_assert!(plain(&text).len() <= text.len() * 4 + 64);
    }
}

#[test]
fn addresses_that_run_something_are_gone() {
    for address in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java&#x09;script:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,<b>x</b>",
        "vbscript:x",
        "file:///etc/passwd",
    ] {
        let html = render(&format!("[x]({address}) <{address}>"), 1).to_string();
        for kept in addresses(&html) {
            assert!(is_harmless(&kept), "{address}: {html}");
        }
    }
}

#[test]
fn headings_begin_where_the_page_needs_them() {
    let html = render("## One\n\n#### Two\n\n# Three", 3).to_string();
    assert_eq!(levels(&html), [3, 4, 3]);
    assert_eq!(levels(render("#### Deep", 2).as_html()), [2]);
}

#[test]
fn ids_of_people_cannot_be_mistaken_for_ours() {
    let clean = SANITISER
        .clean("<p id=\"main\">x</p><p id=\"t-a\">y</p>")
        .to_string();
    assert_eq!(clean, "<p id=\"t-main\">x</p><p id=\"t-a\">y</p>");
}

#[test]
fn tables_keep_their_alignment() {
    let html = render("| a | b |\n|---|--:|\n| 1 | 2 |", 1).to_string();
    assert!(html.contains("<th>a</th>"), "{html}");
    assert!(html.contains("<td align=\"right\">2</td>"), "{html}");
}

#[test]
fn a_footnote_and_its_mark_lead_to_each_other() {
    let html = render("Said[^why].\n\n[^why]: Because.", 1).to_string();
    let inner: Vec<String> = addresses(&html)
        .into_iter()
        .filter_map(|address| address.strip_prefix('#').map(str::to_owned))
        .collect();
    assert!(inner.len() >= 2, "{html}");
    for id in inner {
        assert!(id.starts_with("t-"), "{html}");
        assert!(html.contains(&format!(" id=\"{id}\"")), "no {id} in {html}");
    }
}

#[test]
fn links_of_people_pass_on_no_reputation() {
    let html = render("https://example.org and [words](https://example.org)", 1).to_string();
    assert_eq!(
        html.matches("rel=\"nofollow noopener noreferrer\"").count(),
        2,
        "{html}"
    );
}

#[test]
fn what_looks_like_html_is_shown_as_it_was_typed() {
    let html = render("Use <b>bold</b> & <script>alert(1)</script>", 1).to_string();
    assert!(
        html.contains("&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;"),
        "{html}"
    );
}

#[test]
fn a_summary_ends_at_a_word() {
    assert_eq!(
        summary("# \n\nOne **two** three four.", 100),
        "One two three four."
    );
    assert_eq!(summary("One two, three four.", 10), "One two…");
    assert_eq!(summary("", 10), "");
}
