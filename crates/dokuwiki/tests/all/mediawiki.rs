//! MediaWiki's text by its edge cases, and laws for random ones.

use dokuwiki::mediawiki::{Titles, from_html, to_markdown};
use dokuwiki::text::Note;
use dokuwiki::{Converted, MediaTarget, PageTarget, Places};
use proptest::prelude::*;

struct Known;

impl Places for Known {
    fn exists(&self, id: &str) -> bool {
        id == "Consent"
    }

    fn page(&self, id: &str, _: &str) -> PageTarget {
        PageTarget::Wiki(match id {
            "Consent" => "guide 2".to_owned(),
            other => other.to_owned(),
        })
    }

    fn media(&self, _: &str) -> Option<MediaTarget> {
        None
    }
}

fn page(text: &str) -> Converted {
    let mut titles = Titles::default();
    titles.site = "Northshire notes".to_owned();
    to_markdown(text, "Filters", &titles, &Known)
}

fn becomes(text: &str, markdown: &str) {
    assert_eq!(page(text).markdown, markdown, "of {text:?}");
}

#[test]
fn words_are_set_apart() {
    becomes("'''strong''' and ''slanted''", "**strong** and *slanted*");
    becomes("'''''both''' one''", "***both** one*");
    becomes("l'''amour'' est", "l'*amour* est");
    becomes("''open\nnext", "*open*\nnext");
    becomes("it's fine", "it's fine");
    becomes("<b>a</b> <code>b*</code> H<sub>2</sub>O", "**a** `b*` H₂O");
    becomes("a<br />b &amp; &ndash; &lt;c&gt;", "a\\\nb & – \\<c>");
    becomes("<nowiki>'''as it is'''</nowiki>", "'''as it is'''");
}

#[test]
fn blocks_are_blocks() {
    becomes(
        "== A ''b'' ==\ntext\n----\nmore",
        "## A b\n\ntext\n\n---\n\nmore",
    );
    becomes("* a\n** b\n* c\n# d", "- a\n  - b\n- c\n\n1. d");
    becomes("; term : said\n: more", "**term**\n\n> said\n>\n> more");
    becomes(" code\n  line", "```\ncode\n line\n```");
    becomes("<pre>a\n'''b'''</pre>", "```\na\n'''b'''\n```");
    becomes(
        "a\n<syntaxhighlight lang=\"php\">\n$x;\n</syntaxhighlight>\nb",
        "a\n\n```php\n$x;\n```\n\nb",
    );
    becomes("<blockquote>a\n\nb</blockquote>c", "> a\n>\n> b\n\nc");
    becomes("<ul><li>a</li><li>b</li></ul>", "- a\n- b");
    becomes("__NOTOC__\ntext", "text");
}

#[test]
fn tables_are_tables() {
    becomes(
        "{| class=\"wikitable\"\n|+ Who\n! Name !! Role\n|-\n| Ann || style=\"x\" | [[Consent|agrees]]\n|-\n| colspan=2 | both\n|}",
        "**Who**\n\n| Name | Role |\n| --- | --- |\n| Ann | [[guide 2\\|agrees]] |\n| both | both |",
    );
    let spans = page("{|\n| rowspan=\"2\" | a || b\n|-\n| c\n|}");
    assert!(
        spans.markdown.ends_with("| a | b |\n| a | c |"),
        "{}",
        spans.markdown
    );
    assert!(spans.notes.contains(&Note::Spans));
    becomes(
        "<table><tr><th>H</th></tr><tr><td>c</td></tr></table>",
        "| H |\n| --- |\n| c |",
    );
    assert!(
        page("{|\n| a\n{|\n| inner\n|}\n|}\nafter")
            .markdown
            .contains("inner")
    );
}

#[test]
fn links_lead_to_pages() {
    becomes(
        "[[consent]]s and [[Consent#a|b]]",
        "[[guide 2|consents]] and [[guide 2|b]]",
    );
    becomes("[[No such page]]", "[[No such page]]");
    becomes(
        "[http://e.org/a words] http://e.org/b.",
        "[words](http://e.org/a) <http://e.org/b>.",
    );
    becomes(
        "[[w:Wiki|there]]",
        "[there](https://en.wikipedia.org/wiki/Wiki)",
    );
    becomes("[[:Category:Old things]]", "[[Category:Old things]]");
    becomes("[[unclosed and [http://x", "\\[\\[unclosed and \\[http://x");
    let tagged = page("text [[Category:IT|sort]]\n[[Category:Web sites]]");
    assert_eq!(tagged.tags, ["IT", "Web sites"]);
    assert_eq!(tagged.markdown, "text");
    let picture = page("[[File:A sign.png|thumb|200px|The ''sign'' of [[Consent]]]]");
    assert_eq!(picture.markdown, "The *sign* of [[guide 2|Consent]]");
    assert!(
        picture
            .named
            .contains(&("no-file", "A sign.png".to_owned()))
    );
}

#[test]
fn notes_and_templates_say_what_they_were_told() {
    becomes(
        "a<ref name=\"x\">Said ''there''.</ref> b<ref name=x /> c<ref>Other</ref>\n<references />",
        "a[^1] b[^1] c[^2]\n\n[^1]: Said *there*.\n[^2]: Other",
    );
    becomes(
        "a<ref name=y />\n<references><ref name=y>late</ref></references>",
        "a[^1]\n\n[^1]: late",
    );
    becomes(
        "<ref>{{cite web|url=http://e.org/|title=T|publisher=P}}</ref>",
        "[^1]\n\n[^1]: [T](http://e.org/), P",
    );
    let told = page("{{Note|Mind the {{PAGENAME}}.}} {{stub}} {{#if:x|y}}");
    assert_eq!(told.markdown, "Mind the Filters. `{{stub}}` `{{#if:x|y}}`");
    let names: Vec<&str> = told.named.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["#if", "Note", "stub"]);
    becomes(
        "{{Infobox\n| name = Ann\n| role = [[Consent|clerk]]\n}}",
        "- **name:** Ann\n- **role:** [[guide 2|clerk]]",
    );
    becomes("a <!-- hidden --> b {{{1|x}}}", "a  b {{{1\\|x}}}");
}

#[test]
fn a_pasted_page_of_the_web_keeps_its_shape() {
    let pasted = from_html(
        "<body><script>evil()</script><h1>Title</h1><p>A <b>b</b> <a href=\"http://e.org/\">link</a> &amp; ''c''.</p>\
         <ul>\n<li>one</li>\n<li>two * three</li></ul><pre>x\n y</pre></body>",
        &Known,
    );
    assert_eq!(pasted.title.as_deref(), Some("Title"));
    assert_eq!(
        pasted.markdown,
        "A **b** [link](http://e.org/) & ''c''.\n\n- one\n- two \\* three\n\n```\nx\n y\n```"
    );
}

#[test]
fn signs_without_end_take_no_time_beyond_measure() {
    for sign in [
        "[[",
        "{{",
        "{|\n",
        "<ref>",
        "<ref name=a>",
        "''",
        "'''",
        "* ",
        "*#:",
        "[http://a ",
        "<nowiki>",
        "{{a|",
        "<b>",
        "<blockquote>\n",
        ":",
        "<ul>",
        "[[File:a|",
        "\n|-",
        "|",
        "&",
        "<!--",
        "__",
        "</ref>",
        "{{{",
        "}}",
        "[[a|",
        "<ref name=a/>",
        "<gallery>",
    ] {
        let text = sign.repeat(200_000 / sign.len());
        let page = page(&text);
        assert!(page.markdown.len() < 8 * text.len() + 1_000, "{sign:?}");
    }
}

fn signs() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "''",
        "'''",
        "\n",
        "\n\n",
        "* ",
        "# ",
        ": ",
        "; ",
        " ",
        "{|",
        "|}",
        "|-",
        "|+",
        "| ",
        "! ",
        "||",
        "!!",
        "== ",
        " ==",
        "[[",
        "]]",
        "{{",
        "}}",
        "{{{",
        "}}}",
        "<ref>",
        "</ref>",
        "<ref name=a>",
        "<ref name=a />",
        "<nowiki>",
        "</nowiki>",
        "<pre>",
        "</pre>",
        "<b>",
        "</b>",
        "<br>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<td>",
        "</table>",
        "<blockquote>",
        "</blockquote>",
        "----",
        "http://e.org/",
        "[http://e.org ",
        "]",
        "é",
        "障",
        "`",
        "&amp;",
        "&",
        "<!--",
        "-->",
        "File:a.png",
        "Category:b",
        "colspan=3 |",
        "rowspan=2 |",
        "=",
        "\u{E000}",
        "\u{E001}",
        "\u{E002}",
        "<div>",
        "<gallery>",
        "</gallery>",
    ]);
    let words = "[a-z]{1,6} ";
    prop::collection::vec(
        prop_oneof![2 => pieces.prop_map(str::to_owned), 1 => words],
        0..60,
    )
    .prop_map(|all| all.concat())
}

proptest! {
    #[test]
    fn any_text_becomes_markdown(text in signs()) {
        let page = page(&text);
        prop_assert!(page.markdown.len() < 1_000 + 400 * text.len());
        let _ = from_html(&text, &Known);
    }

    #[test]
    fn no_word_of_plain_text_is_lost(lines in prop::collection::vec(
        ("(\\* |# |: |; |== | |\\| |! |'''|''|<b>|<p>|)", "[a-z]{3,8}( [a-z]{3,8}){0,4}"), 1..20))
    {
        let text = lines.iter().map(|(sign, words)| format!("{sign}{words}"));
        let text = text.collect::<Vec<_>>().join("\n");
        let page = page(&text);
        let mut rest = page.markdown.as_str();
        for word in lines.iter().flat_map(|(_, words)| words.split(' ')) {
            let at = rest.find(word);
            prop_assert!(at.is_some(), "{word} of {text:?} is not in {:?}", page.markdown);
            rest = &rest[at.unwrap_or(0) + word.len()..];
        }
    }
}
