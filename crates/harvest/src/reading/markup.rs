//! The marks of Markdown and DokuWiki, taken off without losing a word.

use super::Format;

/// Whether this text is written as a DokuWiki writes its pages.
pub(super) fn looks_like_dokuwiki(text: &str) -> bool {
    text.lines()
        .any(|line| dokuwiki_heading(line.trim()).is_some())
        || text.lines().filter(|line| line.starts_with("  * ")).count() >= 2
            && text.contains("[[")
            && text.contains("]]")
}

/// Whether this text is Markdown.
pub(super) fn looks_like_markdown(text: &str) -> bool {
    let headings = text
        .lines()
        .filter(|line| markdown_heading(line.trim()).is_some())
        .count();
    headings > 0 || text.contains("](") || text.matches("**").count() >= 2
}

/// A heading's level and words, where the format marks headings.
pub(super) fn heading(line: &str, format: Format) -> Option<(usize, &str)> {
    match format {
        Format::Markdown => markdown_heading(line),
        Format::DokuWiki => dokuwiki_heading(line),
        _ => None,
    }
}

fn markdown_heading(line: &str) -> Option<(usize, &str)> {
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    let words = title.trim().trim_end_matches('#').trim_end();
    ((1..=6).contains(&level) && title.starts_with(' ') && !words.is_empty())
        .then_some((level, words))
}

fn dokuwiki_heading(line: &str) -> Option<(usize, &str)> {
    let inner = line.trim_start_matches('=');
    let signs = line.len() - inner.len();
    let words = inner.trim_end_matches('=');
    let is_closed = inner.len() - words.len() >= 2;
    ((2..=6).contains(&signs) && is_closed && !words.trim().is_empty())
        .then(|| (7 - signs, words.trim()))
}

/// Lines that hold no word of the notes: fences, macros, the edges of tables.
pub(super) fn is_only_markup(line: &str, format: Format) -> bool {
    match format {
        Format::Markdown => {
            line.starts_with("```") && !line.contains(' ')
                || line.len() > 2 && line.chars().all(|c| "|-: ".contains(c))
        }
        Format::DokuWiki => {
            line.starts_with("~~") && line.ends_with("~~")
                || matches!(line, "<code>" | "</code>" | "<file>" | "</file>" | "\\\\")
        }
        _ => !line.chars().any(char::is_alphanumeric),
    }
}

/// A line's words without the marks around them.
pub(super) fn plain(text: &str, format: Format) -> String {
    match format {
        Format::Markdown => linked(&without(text, &["**", "__", "`", "~~"]), '[', "](", ')'),
        Format::DokuWiki => {
            let text = without(text, &["**", "''", "\\\\", "<del>", "</del>"]);
            let text = without_slashes(&text);
            wiki_links(&wiki_links(&text, "[[", "]]"), "{{", "}}")
        }
        _ => text.to_owned(),
    }
}

fn without(text: &str, marks: &[&str]) -> String {
    marks
        .iter()
        .fold(text.to_owned(), |text, mark| text.replace(mark, ""))
}

/// `//slanted//` loses its slashes; `https://…` keeps them.
fn without_slashes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("//") {
        let (before, after) = rest.split_at(at);
        plain.push_str(before);
        if before.ends_with(':') {
            plain.push_str("//");
        }
        rest = &after[2..];
    }
    plain.push_str(rest);
    plain
}

/// `[words](address)` becomes `words (address)`.
fn linked(text: &str, open: char, middle: &str, close: char) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(middle) {
        let (before, after) = rest.split_at(at);
        let after = &after[middle.len()..];
        let (Some(start), Some(end)) = (before.rfind(open), after.find(close)) else {
            plain.push_str(before);
            plain.push_str(middle);
            rest = after;
            continue;
        };
        plain.push_str(before[..start].trim_end_matches('!'));
        plain.push_str(&before[start + open.len_utf8()..]);
        plain.push_str(" (");
        plain.push_str(&after[..end]);
        plain.push(')');
        rest = &after[end + close.len_utf8()..];
    }
    plain.push_str(rest);
    plain
}

/// `[[page|words]]` becomes `words (page)`.
fn wiki_links(text: &str, open: &str, close: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        plain.push_str(before);
        let Some((link, after)) = after.split_once(close) else {
            plain.push_str(open);
            rest = after;
            continue;
        };
        match link.split_once('|') {
            Some((page, words)) if !words.trim().is_empty() => {
                plain.push_str(words.trim());
                plain.push_str(" (");
                plain.push_str(page.trim());
                plain.push(')');
            }
            _ => plain.push_str(link.trim_matches('|').trim()),
        }
        rest = after;
    }
    plain.push_str(rest);
    plain
}
