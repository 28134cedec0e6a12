//! Links and pictures in Markdown, found without touching anything else; what stands in code stays.

use super::page::Book;
use super::signs::{DEEPEST, LONGEST, callout, closing, code, decoded, target};
use crate::text::{Converted, Note, PageTarget, Places, escape_address, escape_words};

/// Reads one page.
pub struct Scan<'b> {
    id: &'b str,
    book: &'b Book,
    places: &'b dyn Places,
    /// What was gathered.
    pub converted: Converted,
    /// Pages that were linked to, in their order.
    pub in_order: Vec<String>,
}

impl<'b> Scan<'b> {
    pub fn new(id: &'b str, book: &'b Book, places: &'b dyn Places) -> Self {
        Self {
            id,
            book,
            places,
            converted: Converted::default(),
            in_order: Vec::new(),
        }
    }

    /// A whole page.
    pub fn page(&mut self, text: &str) -> String {
        let mut written = String::with_capacity(text.len());
        let mut fence: Option<(char, usize)> = None;
        let mut words = String::new();
        for line in text.split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '>']);
            let sign = bare.chars().next().filter(|sign| ['`', '~'].contains(sign));
            let length = sign.map_or(0, |sign| {
                bare.chars().take_while(|one| *one == sign).count()
            });
            let after = &bare[length.min(bare.len())..];
            match (fence, sign) {
                (None, Some(sign)) if length >= 3 && !(sign == '`' && after.contains('`')) => {
                    written.push_str(&self.words(&std::mem::take(&mut words), 0));
                    written.push_str(line);
                    fence = Some((sign, length));
                }
                (Some(open), Some(sign)) => {
                    written.push_str(line);
                    if sign == open.0 && length >= open.1 && after.trim().is_empty() {
                        fence = None;
                    }
                }
                (Some(_), None) => written.push_str(line),
                (None, _) => words.push_str(&callout(line)),
            }
        }
        written.push_str(&self.words(&words, 0));
        written.trim().to_owned()
    }

    fn words(&mut self, text: &str, depth: usize) -> String {
        let mut written = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let found = rest
                .find(['`', '[', '!', '\\', '#', '%'])
                .unwrap_or(rest.len());
            written.push_str(&rest[..found]);
            rest = &rest[found..];
            let Some(first) = rest.chars().next() else {
                break;
            };
            let one = match first {
                '`' => Some(code(rest)),
                '\\' => Some(rest.chars().take(2).map(char::len_utf8).sum()),
                _ => None,
            };
            if let Some(length) = one {
                written.push_str(&rest[..length]);
                rest = &rest[length..];
                continue;
            }
            let (now, length) = match first {
                '#' => self.tag(rest, written.chars().next_back()),
                '%' => self.hidden(rest),
                _ => self.link(rest, depth),
            }
            .unwrap_or_else(|| (first.to_string(), 1));
            written.push_str(&now);
            rest = &rest[length..];
        }
        written
    }

    /// A tag of Obsidian's; it stays in the text.
    fn tag(&mut self, rest: &str, before: Option<char>) -> Option<(String, usize)> {
        if !self.book.has_tags || before.is_some_and(|letter| !letter.is_whitespace()) {
            return None;
        }
        let is_tag = |letter: char| letter.is_alphanumeric() || "-_/".contains(letter);
        let inside = &rest[1..];
        let length = inside
            .find(|letter| !is_tag(letter))
            .unwrap_or(inside.len());
        let tag = &inside[..length];
        if tag.chars().all(|letter| letter.is_ascii_digit()) || length > 100 {
            return None;
        }
        self.converted.tags.push(tag.to_owned());
        Some((format!("#{tag}"), 1 + length))
    }

    /// What Obsidian never shows.
    fn hidden(&mut self, rest: &str) -> Option<(String, usize)> {
        let inside = rest.strip_prefix("%%").filter(|_| self.book.has_tags)?;
        let length = inside.find("%%")?;
        self.converted.notes.insert(Note::Plugin);
        Some((String::new(), length + 4))
    }

    fn link(&mut self, rest: &str, depth: usize) -> Option<(String, usize)> {
        let is_shown = rest.starts_with('!');
        let at = usize::from(is_shown);
        let begins = &rest[at..];
        if let Some(inside) = begins.strip_prefix("[[") {
            let length = inside.find("]]").filter(|length| *length < LONGEST)?;
            let inside = &inside[..length];
            if inside.contains(['\n', '[']) || inside.trim().is_empty() {
                return None;
            }
            return Some((self.wiki_link(inside, is_shown), at + length + 4));
        }
        let words_end = closing(begins)?;
        let words = &begins[1..words_end - 1];
        let after = begins[words_end..].strip_prefix('(')?;
        let (to, length) = target(after)?;
        let whole = at + words_end + 1 + length;
        if is_shown {
            return Some((self.picture(&to, words), whole));
        }
        let words = if depth < DEEPEST {
            self.words(words, depth + 1)
        } else {
            words.to_owned()
        };
        let written = self.link_to(&to, &words).unwrap_or_else(|| {
            // As it was typed, but for what stands in its words.
            let typed = &begins[words_end..=words_end + length];
            format!("[{words}]{typed}")
        });
        Some((written, whole))
    }

    /// `[[Page#section|words]]`; a wiki on GitHub says the words first.
    fn wiki_link(&mut self, inside: &str, is_shown: bool) -> String {
        let (mut to, mut words) = inside.split_once('|').unwrap_or((inside, ""));
        let named = |to: &str| {
            to.split(['#', '^'])
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let is_page = |to: &str| self.book.page_called(&named(to), self.id).is_some();
        if !words.is_empty() && !is_page(to) && is_page(words) {
            (to, words) = (words, to);
        }
        let name = named(to);
        if is_shown && let Some(file) = self.book.file_at(&name, self.id) {
            let is_size = words
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'x');
            return self.file(&file, if is_size { "" } else { words }, true);
        }
        if name.is_empty() {
            self.converted.notes.insert(Note::Section);
            return escape_words(if words.is_empty() {
                to.trim_start_matches('#')
            } else {
                words
            });
        }
        if is_shown {
            self.converted.notes.insert(Note::Included);
        }
        if to.trim() != name {
            self.converted.notes.insert(Note::Section);
        }
        let page = self.book.page_called(&name, self.id);
        if page.is_none()
            && let Some(file) = self.book.file_at(&name, self.id)
        {
            return self.file(&file, words, false);
        }
        let shown = if words.is_empty() {
            name.rsplit('/').next().unwrap_or(&name)
        } else {
            words
        };
        let id = page.unwrap_or_else(|| name.clone());
        self.page_link(&id, shown)
    }

    fn page_link(&mut self, id: &str, shown: &str) -> String {
        self.converted.links.insert(id.to_owned());
        self.in_order.push(id.to_owned());
        let plain = shown.replace(['[', ']', '|', '\n', '\\', '*', '`'], " ");
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        match self.places.page(id, &plain) {
            PageTarget::Wiki(to) if plain.is_empty() || plain == to => format!("[[{to}]]"),
            PageTarget::Wiki(to) => format!("[[{to}|{plain}]]"),
            PageTarget::Address(to) => format!("[{shown}]({})", escape_address(&to)),
        }
    }

    /// A link to somewhere; nothing where it stays as it was typed.
    fn link_to(&mut self, to: &str, words: &str) -> Option<String> {
        let is_elsewhere = to.contains(':') || to.starts_with("//");
        if is_elsewhere || to.is_empty() {
            return None;
        }
        if to.starts_with('#') {
            self.converted.notes.insert(Note::Section);
            return Some(words.to_owned());
        }
        let (path, section) = to.split_once('#').unwrap_or((to, ""));
        let path = decoded(path.split('?').next().unwrap_or_default());
        if let Some(page) = self.book.page_at(&path, self.id).or_else(|| {
            // A wiki on GitHub names pages without a folder.
            self.book
                .page_called(path.rsplit('/').next().unwrap_or_default(), self.id)
        }) {
            if !section.is_empty() {
                self.converted.notes.insert(Note::Section);
            }
            if words.contains(['[', '!']) {
                self.converted.notes.insert(Note::PictureInLink);
                let beside = self.page_link(&page, "");
                return Some(format!("{words} {beside}"));
            }
            return Some(self.page_link(&page, words));
        }
        if let Some(file) = self.book.file_at(&path, self.id) {
            return Some(self.file(&file, words, false));
        }
        self.converted.named.insert(("nowhere", to.to_owned()));
        Some(words.to_owned())
    }

    fn picture(&mut self, to: &str, words: &str) -> String {
        if to.contains("://") || to.starts_with("//") {
            // No page asks another host.
            let last = to.rsplit('/').next().unwrap_or(to);
            let words = if words.is_empty() { last } else { words };
            return format!("[{words}]({})", escape_address(to));
        }
        let path = decoded(to.split(['?', '#']).next().unwrap_or_default());
        if let Some(file) = self.book.file_at(&path, self.id) {
            return self.file(&file, words, true);
        }
        self.converted.named.insert(("no-file", to.to_owned()));
        words.to_owned()
    }

    fn file(&mut self, file: &str, words: &str, is_shown: bool) -> String {
        self.converted.media.insert(file.to_owned());
        let name = file.rsplit('/').next().unwrap_or(file);
        let said = if words.is_empty() { name } else { words };
        match self.places.media(file) {
            Some(target) if target.is_picture && is_shown => {
                format!("![{words}]({})", escape_address(&target.address))
            }
            Some(target) => format!("[{said}]({})", escape_address(&target.address)),
            None => said.to_owned(),
        }
    }
}
