//! Markdown to HTML, sanitised last.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

/// HTML that went through the sanitiser and may stand in a page as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered(String);

impl Rendered {
    /// The HTML.
    pub fn as_html(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Rendered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Renders Markdown whose first heading level becomes `top` (1 to 6), and sanitises it.
pub fn render(markdown: &str, top: u8) -> Rendered {
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, markdown, &options);
    lower_headings(root, top);
    keep_own_images(&arena, root);
    let mut html = String::with_capacity(markdown.len() * 2);
    if format_html(root, &options, &mut html).is_err() {
        return Rendered::default();
    }
    Rendered(SANITISER.clean(&html).to_string())
}

/// The words of Markdown without its signs, for search and feeds.
pub fn plain(markdown: &str) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let mut words = String::with_capacity(markdown.len());
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::CodeBlock(block) => words.push_str(&block.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::TableCell => words.push(' '),
            NodeValue::Paragraph
            | NodeValue::Heading(_)
            | NodeValue::Item(_)
            | NodeValue::TableRow(_)
                if !words.is_empty() =>
            {
                words.push('\n');
            }
            _ => {}
        }
    }
    words
}

/// The first sentences of Markdown, at most `longest` characters, cut at a word.
pub fn summary(markdown: &str, longest: usize) -> String {
    let words = plain(markdown);
    let first = words
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default()
        .trim();
    if first.chars().count() <= longest {
        return first.to_owned();
    }
    let cut: String = first.chars().take(longest).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':']))
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = false;
    options.extension.footnotes = true;
    options.render.escape = true;
    options
}

fn lower_headings<'a>(root: &'a AstNode<'a>, top: u8) {
    let levels = || {
        root.descendants()
            .filter_map(|node| match node.data.borrow().value {
                NodeValue::Heading(heading) => Some(heading.level),
                _ => None,
            })
    };
    let Some(highest) = levels().min() else {
        return;
    };
    let mut last = top.saturating_sub(1);
    for node in root.descendants() {
        if let NodeValue::Heading(heading) = &mut node.data.borrow_mut().value {
            // A heading never skips a level, whatever the writer typed.
            let wanted = heading.level - highest + top;
            heading.level = wanted.min(last + 1).clamp(1, 6);
            last = heading.level;
        }
    }
}

/// Where this place keeps its own files: the only images that texts show.
const OWN_IMAGES: &str = "/attachments/";

/// Images of this place become images that do not make the page jump; all others become links.
fn keep_own_images<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>) {
    let images: Vec<_> = root
        .descendants()
        .filter(|node| matches!(node.data.borrow().value, NodeValue::Image(_)))
        .collect();
    for node in images {
        let NodeValue::Image(link) = node.data.borrow().value.clone() else {
            continue;
        };
        if !is_own_image(&link.url) {
            node.data.borrow_mut().value = NodeValue::Link(link);
            continue;
        }
        let mut alt = String::new();
        for inner in node.descendants() {
            match &inner.data.borrow().value {
                NodeValue::Text(text) => alt.push_str(text),
                NodeValue::Code(code) => alt.push_str(&code.literal),
                NodeValue::SoftBreak | NodeValue::LineBreak => alt.push(' '),
                _ => {}
            }
        }
        let image = NodeValue::Raw(image(&link.url, &alt));
        node.insert_before(arena.alloc(image.into()));
        node.detach();
    }
}

/// `/attachments/12/plan-640x480.png`: our own path, and nothing that a path does not need.
fn is_own_image(url: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    url.strip_prefix(OWN_IMAGES)
        .is_some_and(|rest| rest.chars().all(plain) && !rest.contains("..") && !rest.contains("//"))
}

fn image(url: &str, alt: &str) -> String {
    let size =
        size_in(url).map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
    let alt = alt
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;");
    let size = size.unwrap_or_default();
    format!("<img src=\"{url}\" alt=\"{alt}\"{size} loading=\"lazy\">")
}

/// An image's address says its size before the dot, so that room is kept for it.
fn size_in(url: &str) -> Option<(u32, u32)> {
    let (stem, _) = url.rsplit_once('.')?;
    let (_, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let number = |digits: &str| {
        digits
            .parse()
            .ok()
            .filter(|number| (1..=20_000).contains(number))
    };
    Some((number(width)?, number(height)?))
}

/// Before each id that somebody's text makes, so that it is never one of ours.
const ID_PREFIX: &str = "t-";

/// A footnote's mark and the way back from it follow the ids that got a prefix.
fn follow_id<'v>(tag: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    if tag == "img" && name == "src" && !is_own_image(value) {
        return None;
    }
    Some(match value.strip_prefix('#') {
        Some(id) if name == "href" && (id.starts_with("fn-") || id.starts_with("fnref-")) => {
            format!("#{ID_PREFIX}{id}").into()
        }
        _ => value.into(),
    })
}

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    let tags: HashSet<&str> = [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "section",
    ]
    .into();
    builder
        .tags(tags)
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(Some("nofollow noopener noreferrer"))
        .id_prefix(Some(ID_PREFIX))
        .attribute_filter(follow_id)
        .tag_attributes(
            [
                ("a", ["href"].into()),
                ("img", ["src", "alt", "width", "height", "loading"].into()),
                ("ol", ["start"].into()),
                ("th", ["align"].into()),
                ("td", ["align"].into()),
            ]
            .into(),
        )
        .generic_attributes(["id"].into());
    builder
});

#[cfg(test)]
mod tests;
