//! Addresses to go on to, and text that XML can hold.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use web::{etag, safe_next, xml_safe};

fn seeded() -> Config {
    Config {
        cases: 500,
        rng_seed: RngSeed::Fixed(27),
        failure_persistence: None,
        ..Config::default()
    }
}

#[test]
fn people_go_on_to_where_they_were() {
    for (asked, next) in [
        ("/", "/"),
        ("/hurdles/27-sites-blocked", "/hurdles/27-sites-blocked"),
        ("/search?q=a%20b&kind=hurdle", "/search?q=a%20b&kind=hurdle"),
        ("/hurdles/27#why", "/hurdles/27"),
        ("/a/../b", "/b"),
        ("/tags/%C5%BC", "/tags/%C5%BC"),
    ] {
        assert_eq!(safe_next(asked), next, "{asked}");
    }
}

#[test]
fn nobody_is_sent_to_another_site() {
    for asked in [
        "",
        "hurdles",
        "https://evil.example/",
        "http:evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/..//evil.example",
        "/.//evil.example",
        "/%09//evil.example/..//evil.example",
        "javascript:alert(1)",
        "/\0",
        " /hurdles",
        "@evil.example",
        "//here.invalid@evil.example/",
        "/x\u{85}y",
    ] {
        let next = safe_next(asked);
        assert!(is_here(&next), "{asked:?} leads to {next:?}");
    }
}

fn is_here(next: &str) -> bool {
    let base = url::Url::parse("https://wiki.example/").unwrap();
    let there = base.join(next).unwrap();
    next.starts_with('/') && !next.starts_with("//") && there.host_str() == Some("wiki.example")
}

proptest! {
    #![proptest_config(seeded())]

    #[test]
    fn whatever_is_asked_for_stays_here(asked in "[/\\\\a-z.:@%?#\\t\\n \\PC]{0,24}") {
        let next = safe_next(&asked);
        prop_assert!(is_here(&next), "{}", next);
        prop_assert_eq!(safe_next(&next), next.clone());
        prop_assert!(axum::http::HeaderValue::from_str(&next).is_ok());
    }

    #[test]
    fn xml_holds_what_is_left(text in any::<String>()) {
        let safe = xml_safe(&text);
        prop_assert!(safe.chars().all(is_xml), "{:?}", safe);
        prop_assert_eq!(xml_safe(&safe), safe.clone());
        let lost = text.chars().filter(|c| !is_xml(*c)).count();
        prop_assert_eq!(safe.chars().count() + lost, text.chars().count());
    }
}

/// `Char` of XML 1.0, section 2.2.
fn is_xml(c: char) -> bool {
    matches!(c, '\u{9}' | '\u{A}' | '\u{D}' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

#[test]
fn control_characters_are_left_out() {
    assert_eq!(
        xml_safe("a\0b\u{1}c\u{FFFF}d\u{FFFE}\te\u{85}"),
        "abcd\te\u{85}"
    );
}

#[test]
fn the_same_bytes_have_the_same_tag() {
    assert_eq!(etag(b"a"), etag(b"a"));
    assert_ne!(etag(b"a"), etag(b"b"));
    assert_eq!(etag(b""), "\"e3b0c44298fc\"");
}
