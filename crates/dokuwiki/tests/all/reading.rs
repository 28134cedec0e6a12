//! Histories, names, rights.

use dokuwiki::{Change, Wiki, id};

use crate::wiki::{of, packed};

const LOG: &str = "100\t192.0.2.1\tC\tns:a\talice\tcreated\t\t3\n\
                   300\t192.0.2.2\te\tns:a\tbharat\tsmall\n\
                   200\t192.0.2.3\tE\tns:a\t\tnobody's\t\t1\n\
                   400\t192.0.2.1\tR\tns:a\talice\tback\t100\t1\n";

#[test]
fn a_history_is_told_in_order_with_what_was_done_outside() {
    let (one, two, three) = (packed("one"), packed("two"), packed("three"));
    let files = of(&[
        ("w/data/pages/ns/a.txt", 900, b"outside"),
        ("w/data/meta/ns/a.changes", 1, LOG.as_bytes()),
        ("w/data/attic/ns/a.100.txt.gz", 1, &one),
        ("w/data/attic/ns/a.200.txt.gz", 1, &two),
        ("w/data/attic/ns/a.300.txt.gz", 1, &three),
        ("w/data/attic/ns/a.400.txt.gz", 1, &one),
    ]);
    let wiki = Wiki::open(&files).unwrap();
    let page = wiki.page("ns:a");
    let told: Vec<_> = page
        .revisions
        .iter()
        .map(|one| (one.at, one.change, one.login.as_str()))
        .collect();
    let expected = [
        (100, Change::Created, "alice"),
        (200, Change::Edited, ""),
        (300, Change::Small, "bharat"),
        (400, Change::Reverted(100), "alice"),
        (900, Change::Outside, ""),
    ];
    assert_eq!(told, expected);
    assert!(page.troubles.is_empty() && page.is_there());
    let text = wiki.words("ns:a", &page.revisions[1], &mut Vec::new());
    assert_eq!(text.as_deref(), Some("two"));
    assert!(
        !format!("{page:?}").contains("192.0.2"),
        "addresses are not read"
    );
}

#[test]
fn a_deleted_page_stays_deleted_although_its_text_lies_there() {
    let old = packed("old");
    let log = "100\t-\tC\tgone\ta\tc\n\n200\t-\tD\tgone\ta\twhy\n";
    let files = of(&[
        ("data/pages/start.txt", 1, b"x"),
        ("data/meta/gone.changes", 1, log.as_bytes()),
        ("data/attic/gone.100.txt.gz", 1, &old),
        ("data/attic/gone.200.txt.gz", 1, &old),
    ]);
    let wiki = Wiki::open(&files).unwrap();
    let page = wiki.page("gone");
    assert_eq!(page.revisions.len(), 2);
    assert!(!page.is_there());
    assert!(
        wiki.page("start").is_there(),
        "a page without a log is there"
    );
}

#[test]
fn rights_come_from_the_nearest_rule() {
    let acl =
        "# x\n*\t@ALL\t1\nprivate:*\t@ALL\t0\nprivate:*\t@editors\t2\nprivate:open\t@ALL\t1\n";
    let files = of(&[
        ("data/pages/start.txt", 1, b"x"),
        ("conf/acl.auth.php", 1, acl.as_bytes()),
        ("conf/local.php", 1, b"<?php\n$conf['useacl'] = 1; $conf['license']='cc-by-sa'; $conf['title'] = 'It\\'s ours';"),
        ("conf/users.auth.php", 1, b"# x\nalice:$2y$hash:Alice\\: E:a@example.org:user\n"),
    ]);
    let wiki = Wiki::open(&files).unwrap();
    assert!(wiki.closed("start").is_none() && wiki.closed("private:open").is_none());
    assert_eq!(wiki.closed("private:x:y").unwrap().to, ["@editors"]);
    assert_eq!(
        (wiki.settings.licence.as_str(), wiki.settings.title.as_str()),
        ("cc-by-sa", "It's ours")
    );
    assert_eq!(wiki.users["alice"].name, "Alice: E");
    assert!(!format!("{:?}", wiki.users).contains("hash"));
}

#[test]
fn a_wiki_without_settings_has_the_usual_ones() {
    let files = of(&[("data/pages/start.txt", 1, b"x")]);
    let wiki = Wiki::open(&files).unwrap();
    assert_eq!(wiki.settings.syntax, "dw");
    assert!(wiki.closed("start").is_none());
}

#[test]
fn files_have_older_versions() {
    let log = "100\t-\tC\tlogo.png\ta\tc\n200\t-\tE\tlogo.png\tb\n";
    let files = of(&[
        ("data/pages/start.txt", 1, b"x"),
        ("data/media/logo.png", 200, b"new"),
        ("data/media_attic/logo.100.png", 100, b"old"),
        ("data/media_attic/gone.50.png", 50, b"gone"),
        ("data/media_meta/logo.png.changes", 1, log.as_bytes()),
    ]);
    let wiki = Wiki::open(&files).unwrap();
    let [gone, logo] = wiki.media().try_into().unwrap();
    assert!(gone.now().is_none());
    let acts: Vec<Change> = gone.versions.iter().map(|one| one.change).collect();
    assert_eq!(acts, [Change::Outside, Change::Deleted]);
    let now = logo.now().unwrap();
    let before = &logo.versions[0];
    assert_eq!((now.at, now.login.as_str()), (200, "b"));
    assert_eq!(
        (before.at, before.login.as_str(), before.summary.as_str()),
        (100, "a", "c")
    );
    assert_eq!(wiki.bytes(before, 10).unwrap(), b"old");
    assert_eq!(wiki.bytes(now, 10).unwrap(), b"new");
    assert!(wiki.bytes(now, 2).is_err());
}

#[test]
fn a_file_whose_log_says_other_than_its_folder_is_taken_as_the_folder_has_it() {
    let log = "100\t-\tC\ta.png\tx\tc\n200\t-\tE\ta.png\tx\n300\t-\tD\ta.png\ty\tno\n";
    let back = "100\t-\tC\tb.png\tx\n200\t-\tD\tb.png\tx\n300\t-\tR\tb.png\ty\tas it was\t100\n";
    let files = of(&[
        ("data/pages/start.txt", 1, b"x"),
        // Deleted according to its log, laid there again by hand.
        ("data/media/a.png", 250, b"by hand"),
        ("data/media_attic/a.100.png", 100, b"first"),
        ("data/media_meta/a.png.changes", 1, log.as_bytes()),
        // Deleted and brought back.
        ("data/media/b.png", 300, b"first"),
        ("data/media_attic/b.100.png", 100, b"first"),
        ("data/media_meta/b.png.changes", 1, back.as_bytes()),
        // Its log was cut off.
        ("data/media/d.png", 400, b"now"),
        ("data/media_attic/d.100.png", 100, b"first"),
        ("data/media_attic/d.300.png", 300, b"third"),
        (
            "data/media_meta/d.png.changes",
            1,
            b"100\t-\tC\td.png\tx\n200\t-\tE\td.png\tx\n",
        ),
        // Deleted, and nothing is left of it.
        (
            "data/media_meta/e.png.changes",
            1,
            b"100\t-\tC\te.png\tx\n200\t-\tD\te.png\tx\n",
        ),
        // No log at all.
        ("data/media/c.png", 70, b"c"),
    ]);
    let wiki = Wiki::open(&files).unwrap();
    let told: Vec<Vec<_>> = wiki
        .media()
        .iter()
        .map(|one| {
            let versions = one.versions.iter();
            versions
                .map(|one| (one.at, one.change, wiki.bytes(one, 10).ok()))
                .collect()
        })
        .collect();
    let bytes = |words: &[u8]| Some(words.to_vec());
    assert_eq!(
        told,
        [
            vec![
                (100, Change::Created, bytes(b"first")),
                (200, Change::Edited, None),
                (300, Change::Deleted, None),
                (301, Change::Outside, bytes(b"by hand")),
            ],
            vec![
                (100, Change::Created, bytes(b"first")),
                (200, Change::Deleted, None),
                (300, Change::Reverted(100), bytes(b"first")),
            ],
            vec![(70, Change::Outside, bytes(b"c"))],
            vec![
                (100, Change::Created, bytes(b"first")),
                (200, Change::Edited, None),
                (300, Change::Outside, bytes(b"third")),
                (400, Change::Outside, bytes(b"now")),
            ],
            vec![(100, Change::Created, None), (200, Change::Deleted, None)],
        ]
    );
}

#[test]
fn names_on_the_disk_are_decoded() {
    assert_eq!(
        id::of_path("ns/%E9%9A%9C%E5%A3%81").as_deref(),
        Some("ns:障壁")
    );
    assert_eq!(id::to_path("ns:障壁"), "ns/%E9%9A%9C%E5%A3%81");
    for bad in ["../x", "a/%2e%2e/b", "%2F", "a//b", "%ff", "a%00"] {
        assert_eq!(id::of_path(bad), None, "{bad}");
    }
    assert_eq!(id::clean("Café Überblick (1)!"), "cafe_ueberblick_1");
    assert_eq!(id::clean(":A b:_c_:"), "a_b:c");
}
