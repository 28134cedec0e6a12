//! Any text of a MediaWiki, any piece of a web page becomes Markdown: no panic, no growth beyond measure.
#![no_main]

use dokuwiki::mediawiki::{Titles, from_html, to_markdown};
use dokuwiki::{MediaTarget, PageTarget, Places};
use libfuzzer_sys::fuzz_target;

struct Nothing;

impl Places for Nothing {
    fn exists(&self, _: &str) -> bool {
        false
    }

    fn page(&self, id: &str, _: &str) -> PageTarget {
        PageTarget::Wiki(id.to_owned())
    }

    fn media(&self, _: &str) -> Option<MediaTarget> {
        None
    }
}

fuzz_target!(|text: &str| {
    let page = to_markdown(text, "A page", &Titles::default(), &Nothing);
    assert!(page.markdown.len() <= 2_000 + 400 * text.len());
    let _ = from_html(text, &Nothing);
});
