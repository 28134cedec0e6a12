//! Any bytes are a dump, or none; what there is of it is read.
#![no_main]

use dokuwiki::mediawiki::Dump;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let bytes = bytes.to_vec();
    let Ok(dump) = Dump::open(&bytes) else { return };
    for title in dump.page_titles() {
        for revision in &dump.page(&title).revisions {
            let _ = dump.words(&title, revision, &mut Vec::new());
        }
    }
});
