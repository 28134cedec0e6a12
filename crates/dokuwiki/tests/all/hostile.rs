//! What nobody should send.

use std::io::Read;

use dokuwiki::read::{Limits, Value, is_of_a_wiki, lay_out};
use dokuwiki::{Folder, InMemory, MediaTarget, PageTarget, Places, Wiki, to_markdown};

use crate::wiki::{of, packed};

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

fn troubles_of(files: &InMemory, id: &str) -> Vec<String> {
    let wiki = Wiki::open(files).unwrap();
    let page = wiki.page(id);
    let mut troubles = page.troubles.clone();
    for revision in &page.revisions {
        wiki.words(id, revision, &mut troubles);
    }
    let _ = wiki.names(id, &mut troubles);
    troubles
        .iter()
        .map(|trouble| trouble.what.to_string())
        .collect()
}

#[test]
fn a_packed_text_that_is_cut_off_is_a_line_of_the_report() {
    let whole = packed(&"long words ".repeat(500));
    let files = of(&[
        ("data/pages/a.txt", 9, b"x"),
        ("data/attic/a.5.txt.gz", 1, &whole[..20]),
    ]);
    let told = troubles_of(&files, "a");
    assert!(told[0].contains("damaged"), "{told:?}");
}

#[test]
fn a_text_that_unpacks_to_hundreds_of_megabytes_is_not_unpacked() {
    let bomb = packed(&"0".repeat(30 << 20));
    let files = of(&[
        ("data/pages/a.txt", 9, b"x"),
        ("data/attic/a.5.txt.gz", 1, &bomb),
    ]);
    assert!(troubles_of(&files, "a")[0].contains("longer than"));
}

#[test]
fn bytes_that_are_no_words_are_replaced_and_told() {
    let files = of(&[("data/pages/a.txt", 9, b"caf\xe9")]);
    assert!(troubles_of(&files, "a")[0].contains("UTF-8"));
}

#[test]
fn facts_that_are_a_bomb_or_of_a_class_are_not_read() {
    let deep = format!("{}N;{}", "a:1:{i:0;".repeat(5_000), "}".repeat(5_000));
    let lie = "a:999999999:{i:0;i:1;}";
    for facts in [
        deep.as_str(),
        lie,
        "O:8:\"stdClass\":0:{}",
        "s:99:\"x\";",
        "a:1:{O:1:\"A\":0:{}i:1;}",
        "i:;",
        "a:-1:{}",
    ] {
        assert_eq!(Value::read(facts.as_bytes()), None);
        let files = of(&[
            ("data/pages/a.txt", 9, b"x"),
            ("data/meta/a.meta", 1, facts.as_bytes()),
        ]);
        assert!(troubles_of(&files, "a")[0].contains("facts"));
    }
}

#[test]
fn names_that_climb_out_and_links_are_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("in");
    let mut archive = tar::Builder::new(Vec::new());
    let mut add = |name: &str, kind: tar::EntryType, bytes: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(bytes.len() as u64);
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        if kind == tar::EntryType::Symlink {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        archive.append(&header, bytes).unwrap();
    };
    let file = tar::EntryType::Regular;
    add("data/pages/a.txt", file, b"fine");
    add("data/pages/../../../out.txt", file, b"out");
    add("/data/pages/abs.txt", file, b"out");
    add("data/pages/link.txt", tar::EntryType::Symlink, b"");
    add("data/pages/large.txt", file, &[b'x'; 5_000]);
    add("data/cache/x", file, b"nobody's");
    let bytes = archive.into_inner().unwrap();
    let mut told = Vec::new();
    let limits = Limits {
        file: 1_000,
        all: 100_000,
    };
    lay_out(
        bytes.as_slice(),
        &inside,
        &is_of_a_wiki,
        limits,
        &mut |line| {
            told.push(line);
        },
    )
    .unwrap();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(!folder.path().join("out.txt").exists());
    std::os::unix::fs::symlink("/etc/passwd", inside.join("data/pages/later.txt")).unwrap();
    let source = Folder::at(&inside);
    let wiki = Wiki::open(&source).unwrap();
    assert_eq!(wiki.page_ids().into_iter().collect::<Vec<_>>(), ["a"]);
}

#[test]
fn an_archive_that_never_ends_ends() {
    let zeros = std::io::repeat(0x41).take(50 << 20);
    let folder = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    let _ = lay_out(
        zeros,
        folder.path(),
        &is_of_a_wiki,
        Limits::default(),
        &mut |line| {
            told.push(line);
        },
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_text_made_to_take_for_ever_does_not() {
    for sign in [
        "<code>",
        "**",
        "((",
        "[[",
        "{{",
        "<nowiki>",
        "%%",
        "<note>\n",
        "//",
        "__a",
        "<sub>",
        "  * a\n    * b\n",
        "> >\n>>",
        "^|",
        "~~A",
        "<a",
        "[[a|{{",
        "(((",
    ] {
        let text = sign.repeat(200_000 / sign.len());
        let page = to_markdown(&text, "a", &Nothing);
        assert!(page.markdown.len() < 5_000_000, "{sign}");
    }
}
