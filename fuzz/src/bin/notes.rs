//! Any text is a page of a folder of notes.
#![no_main]

use std::collections::BTreeMap;

use dokuwiki::notes::Notes;
use dokuwiki::{InMemory, MediaTarget, PageTarget, Places};
use libfuzzer_sys::fuzz_target;

struct Something;

impl Places for Something {
    fn exists(&self, _: &str) -> bool {
        true
    }

    fn page(&self, _: &str, _: &str) -> PageTarget {
        PageTarget::Wiki("guide 1".to_owned())
    }

    fn media(&self, _: &str) -> Option<MediaTarget> {
        Some(MediaTarget {
            address: "/file".to_owned(),
            is_picture: true,
        })
    }
}

fuzz_target!(|text: &str| {
    let file = |path: &str, words: &str| (path.to_owned(), (1, words.as_bytes().to_vec()));
    let files = [file("a.md", text), file("b/a.md", "b"), file("i.png", ""), file(".obsidian/app.json", "")];
    let folder = InMemory(BTreeMap::from(files));
    let notes = Notes::open(&folder).unwrap();
    let page = notes.converted(text, "a", &Something);
    assert!(page.markdown.len() <= 1_000 + 60 * text.len());
    let _ = notes.media();
});
