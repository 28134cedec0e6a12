//! Any bytes are an archive that lays files out below its folder only, and what is there is read.
#![no_main]

use dokuwiki::read::{Limits, is_of_a_wiki, lay_out};
use dokuwiki::{Folder, Wiki};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let outside = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let inside = outside.path().join("in");
    std::fs::create_dir(&inside).unwrap();
    let limits = Limits { file: 1 << 20, all: 4 << 20 };
    let _ = lay_out(bytes, &inside, &is_of_a_wiki, limits, &mut |_| {});
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 1);
    let folder = Folder::at(&inside);
    let Ok(wiki) = Wiki::open(&folder) else { return };
    for id in wiki.page_ids() {
        let page = wiki.page(&id);
        let mut troubles = Vec::new();
        let _ = wiki.names(&id, &mut troubles);
        for revision in &page.revisions {
            let _ = wiki.words(&id, revision, &mut troubles);
        }
    }
    for media in wiki.media() {
        for version in &media.versions {
            let _ = wiki.bytes(version, 1 << 20);
        }
    }
});
