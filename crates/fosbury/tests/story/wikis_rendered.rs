//! What a wiki's pages say here is what the wiki itself showed: its own renderings, word for word and
//! shape for shape, but for the differences that docs/dokuwiki.md accepts.
//!
//! The renderings lie with those who run the conformance step, which names their folder.

use std::collections::BTreeSet;
use std::path::Path;

use dokuwiki::{Folder, Wiki, to_markdown};
use fosbury::wikis::model::Known;

/// A word with the shapes that it stands in.
type Shaped = (String, BTreeSet<&'static str>);

/// Shapes that mean the same in both.
fn shape(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "heading",
        "strong" => "strong",
        "em" => "slanted",
        "del" => "gone",
        "pre" | "code" => "code",
        "ul" | "ol" => "list",
        "blockquote" => "quotation",
        "table" => "table",
        _ => return None,
    })
}

fn words(html: &str) -> Vec<Shaped> {
    let mut found = Vec::new();
    let mut open: Vec<&'static str> = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or_default();
        if tag == "/p" {
            // What is not closed in a paragraph ends with it, whatever the wiki forgot to say.
            open.retain(|own| !["slanted", "strong"].contains(own));
        }
        if let Some(shape) = shape(name) {
            if tag.starts_with('/') {
                if let Some(at) = open.iter().rposition(|own| *own == shape) {
                    open.remove(at);
                }
            } else {
                open.push(shape);
            }
        }
        let text = unescaped(text);
        for word in text.split(|letter: char| !letter.is_alphanumeric()) {
            if !word.is_empty() {
                found.push((word.to_owned(), open.iter().copied().collect()));
            }
        }
    }
    found
}

fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for number in 32..127_u8 {
        let letter = char::from(number).to_string();
        text = text
            .replace(&format!("&#{number};"), &letter)
            .replace(&format!("&#{number:03};"), &letter);
    }
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&times;", "x"),
        ("&amp;", "&"),
    ];
    named
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}

/// The text without every piece that begins and ends so.
fn without(html: &str, begin: &str, end: &str) -> String {
    let mut pieces = html.split(begin);
    let first = pieces.next().unwrap_or_default().to_owned();
    let rest = pieces.map(|piece| piece.split_once(end).map_or("", |(_, rest)| rest));
    rest.fold(first, |all, piece| all + piece)
}

/// What the wiki showed, with what docs/dokuwiki.md accepts taken as it is here.
fn shown_there(html: &str) -> Vec<Shaped> {
    // The first heading is the page's title here; notes stand at the end of both.
    let html = html.split_once("</h1>").map_or(html, |(_, rest)| rest);
    let html = without(html, "<!--", "-->");
    let html = without(&html, "<sup><a href=\"#fn", "</sup>");
    // A box, fields, tags and pages shown inside are plugins' signs there.
    let html = html
        .replace("&lt;WRAP center round important 60%&gt;", "<blockquote>")
        .replace("&lt;/WRAP&gt;", "</blockquote>")
        .replace("policy facebook start&amp;noheader", "start")
        .replace("&lt;note tip&gt;", "")
        .replace("&lt;/note&gt;", "")
        .replace("—- struct data —-", "<ul>")
        .replace("culture\n</p>", "culture</ul></p>")
        .replace("~~DISCUSSION~~", "");
    // A feed that could not be fetched is told; here it is a link.
    let html = html.replace("An error occurred while fetching this feed: ", "");
    let html = html
        .replace("<ul class=\"rss\">", "<p>")
        .replace("</a></div></li></ul>", "</a></div></li>");
    // Typography was made while showing.
    let html = html
        .replace('×', "x")
        .replace('™', " tm ")
        .replace('©', " c ")
        .replace('®', " r ");
    words(&html)
}

fn shown_here(wiki: &Wiki<'_>, known: &Known, page: &str, words_there: &str) -> Vec<Shaped> {
    let markdown = to_markdown(words_there, page, known).markdown;
    let linked = texts::links::rewrite(&markdown, |link| {
        Some(link.words.clone().unwrap_or_else(|| link.target.title()))
    });
    assert!(wiki.has_page(page));
    let html = web::render(&linked, 2).to_string();
    // Notes stand in a numbered list here.
    let (text, notes) = html.split_once("<section").unwrap_or((&html, ""));
    let notes = notes.replace("<ol>", "").replace("</ol>", "");
    let html = format!("{text}<section{notes}");
    let html = without(&html, "<sup><a href=\"#t-fn", "</sup>");
    words(&without(&html, "<a href=\"#t-fnref", "</a>"))
}

/// Words that may differ, and why.
const ACCEPTED: [(&str, &[&str]); 6] = [
    (
        "smileys are words here",
        &["8", concat!("FIX", "ME"), "DELETEME"],
    ),
    (
        "cells over several columns or rows are repeated",
        &["colspan", "over", "two", "rowspan"],
    ),
    (
        "a heading in a table's first column is strong",
        &["row", "head"],
    ),
    ("a picture elsewhere is a link", &["x", "png"]),
    (
        "a picture that was a link stands beside the link",
        &["start"],
    ),
    (
        "the page was changed after it was rendered",
        &["Edited", "outside", "DokuWiki"],
    ),
];

/// What only one of them says, or says in another shape, and may not.
fn differences(there: &[Shaped], here: &[Shaped]) -> Vec<String> {
    let count = |all: &[Shaped], one: &Shaped| all.iter().filter(|own| *own == one).count();
    let both: BTreeSet<&Shaped> = there.iter().chain(here).collect();
    let is_accepted = |word: &str| ACCEPTED.iter().any(|(_, words)| words.contains(&word));
    let found = both
        .into_iter()
        .filter(|one| count(there, one) != count(here, one) && !is_accepted(&one.0));
    found
        .map(|one| {
            format!(
                "{one:?}: {} there, {} here",
                count(there, one),
                count(here, one)
            )
        })
        .collect()
}

#[test]
fn pages_say_what_the_wiki_showed() {
    let Some(folder) = std::env::var_os("FOSBURY_WIKI_SAMPLE") else {
        return;
    };
    let folder = Path::new(&folder);
    let source = Folder::at(folder);
    let wiki = Wiki::open(&source).unwrap();
    let media = wiki.media();
    let known = Known::of_look(wiki.page_ids().into_iter(), &media);
    let (mut compared, mut found) = (0, Vec::new());
    for page in wiki.page_ids() {
        let rendered = folder.join(format!("rendered-{}.html", page.replace(':', "--")));
        let Ok(html) = std::fs::read_to_string(rendered) else {
            continue;
        };
        let revisions = wiki.page(&page).revisions;
        let text = wiki
            .words(&page, revisions.last().unwrap(), &mut Vec::new())
            .unwrap();
        let (there, here) = (shown_there(&html), shown_here(&wiki, &known, &page, &text));
        let differences = differences(&there, &here).into_iter();
        found.extend(differences.map(|one| format!("{page}: {one}")));
        compared += 1;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(compared >= 6, "{compared} renderings");
}
