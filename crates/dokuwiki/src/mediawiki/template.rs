//! What a template becomes that is not here: its words, or its name.

use std::fmt::Write as _;

use super::titles::Titles;

/// What stands in a template's place.
pub enum Made {
    /// Its meaning is known.
    Text(String),
    /// Only what it was told is known: its name is told.
    Named(String, String),
    /// It was told nothing that could be shown: it stands as it was typed, and its name is told.
    Typed(String),
}

/// Templates that only tell the wiki how to show a page.
const SILENT: [&str; 12] = [
    "reflist",
    "references",
    "notelist",
    "clear",
    "clr",
    "-",
    "toc",
    "toc left",
    "toc right",
    "col-begin",
    "col-break",
    "col-end",
];
/// Words before a colon that only tell the wiki how to show or file a page.
const SILENT_BEFORE: [&str; 4] = [
    "defaultsort",
    "displaytitle",
    "defaultcategorysort",
    "sortkey",
];

/// What `{{name|…}}` becomes on a page.
pub fn made(typed: &str, parts: &[String], title: &str, titles: &Titles) -> Made {
    let head = parts.first().map(String::as_str).unwrap_or_default().trim();
    let name = head.replace('_', " ");
    let small = name.to_lowercase();
    let (before, after) = small.split_once(':').unwrap_or((small.as_str(), ""));
    match small.as_str() {
        "!" => return Made::Text("|".to_owned()),
        "=" => return Made::Text("=".to_owned()),
        "pagename" | "fullpagename" => return Made::Text(title.to_owned()),
        "basepagename" | "subpagename" => {
            let last = title.rsplit('/').next().unwrap_or(title);
            return Made::Text(last.to_owned());
        }
        "sitename" => return Made::Text(titles.site.clone()),
        silent if SILENT.contains(&silent) && parts.len() < 3 => return Made::Text(String::new()),
        _ => {}
    }
    if SILENT_BEFORE.contains(&before) && !after.is_empty() {
        return Made::Text(String::new());
    }
    if ["lc", "uc", "lcfirst", "ucfirst"].contains(&before) && !after.is_empty() {
        let words = head.split_once(':').map(|(_, words)| words);
        return Made::Text(words.unwrap_or_default().to_owned());
    }
    if small.is_empty() || head.contains(['\n', '[', '<']) {
        return Made::Text(typed_again(parts));
    }
    if small.starts_with('#') {
        return Made::Typed(before.to_owned());
    }
    let told = Told::of(&parts[1..]);
    if small.starts_with("cite") || small == "citation" {
        return Made::Text(told.citation());
    }
    let is_block = typed.contains('\n') || told.named.len() > 1;
    match told.words(is_block) {
        words if words.trim().is_empty() => Made::Typed(name),
        words => Made::Named(name, words),
    }
}

fn typed_again(parts: &[String]) -> String {
    format!("{{{{{}}}}}", parts.join("|"))
}

/// What a template was told, in order.
#[derive(Default)]
struct Told<'p> {
    plain: Vec<&'p str>,
    named: Vec<(&'p str, &'p str)>,
}

impl<'p> Told<'p> {
    fn of(parts: &'p [String]) -> Self {
        let mut told = Self::default();
        for part in parts {
            let is_name =
                |name: &str| !name.contains(['[', '<', '\u{E000}', '/']) && name.len() < 60;
            match part.split_once('=').filter(|(name, _)| is_name(name)) {
                Some((name, words)) => {
                    let (name, words) = (name.trim(), words.trim());
                    if name.parse::<u8>().is_ok() || name.is_empty() {
                        told.plain.push(words);
                    } else {
                        told.named.push((name, words));
                    }
                }
                None => told.plain.push(part.trim()),
            }
        }
        told.plain.retain(|words| !words.is_empty());
        told.named.retain(|(_, words)| !words.is_empty());
        told
    }

    fn words(&self, is_block: bool) -> String {
        if is_block {
            let mut words = String::from("\n\n");
            words.push_str(&self.plain.join("\n\n"));
            for (name, said) in &self.named {
                let said = said.trim_start();
                let room = if said.starts_with(['*', '#', ':', '{']) {
                    "\n"
                } else {
                    " "
                };
                let _ = write!(words, "\n* '''{name}:'''{room}{said}");
            }
            return if self.plain.is_empty() && self.named.is_empty() {
                String::new()
            } else {
                words + "\n\n"
            };
        }
        let named = self
            .named
            .iter()
            .map(|(name, said)| format!("{name}: {said}"));
        let all = self.plain.iter().map(|words| (*words).to_owned());
        all.chain(named).collect::<Vec<_>>().join("; ")
    }

    /// A source as it would be printed.
    fn citation(&self) -> String {
        let said = |names: &[&str]| {
            let mut found = self.named.iter();
            found
                .find(|(name, _)| names.contains(&name.to_lowercase().as_str()))
                .map(|(_, words)| *words)
                .unwrap_or_default()
        };
        let (address, title) = (said(&["url"]), said(&["title"]));
        let linked = match (address, title) {
            ("", title) => title.to_owned(),
            (address, "") => address.to_owned(),
            (address, title) => format!("[{address} {title}]"),
        };
        let others = self.named.iter().filter(|(name, _)| {
            let name = name.to_lowercase();
            !["url", "title"].contains(&name.as_str())
        });
        let others = others.map(|(_, words)| (*words).to_owned());
        let plain = self.plain.iter().map(|words| (*words).to_owned());
        let all = std::iter::once(linked).chain(others).chain(plain);
        let all: Vec<String> = all.filter(|words| !words.is_empty()).collect();
        all.join(", ")
    }
}
