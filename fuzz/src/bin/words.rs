//! Any text becomes Markdown: no panic, no growth beyond measure.
#![no_main]

use dokuwiki::{MediaTarget, PageTarget, Places, to_markdown};
use libfuzzer_sys::fuzz_target;

struct Something;

impl Places for Something {
    fn exists(&self, id: &str) -> bool {
        id.len() % 2 == 0
    }

    fn page(&self, id: &str, _: &str) -> PageTarget {
        PageTarget::Wiki(id.to_owned())
    }

    fn media(&self, id: &str) -> Option<MediaTarget> {
        (id.len() % 2 == 0).then(|| MediaTarget {
            address: "/file".to_owned(),
            is_picture: id.len() % 3 == 0,
        })
    }
}

fuzz_target!(|text: &str| {
    let page = to_markdown(text, "ns:page", &Something);
    assert!(page.markdown.len() <= 1_000 + 400 * text.len());
});
