//! Dumps of every kind.

use dokuwiki::Change;
use dokuwiki::mediawiki::Dump;
use dokuwiki::read::Words;

const DUMP: &str = r#"<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
<siteinfo><sitename>Northshire &amp; notes</sitename><base>http://wiki.example/wiki/Main_Page</base>
<namespaces><namespace key="0" case="first-letter" /><namespace key="1">Talk</namespace><namespace key="4">Northshire</namespace></namespaces></siteinfo>
<page><title>Filters</title><ns>0</ns><id>1</id>
<revision><id>7</id><timestamp>2009-05-01T00:00:00Z</timestamp><contributor><username>Ann</username><id>1</id></contributor><comment>made &lt;it&gt;</comment><model>wikitext</model><text bytes="5" xml:space="preserve">One &amp; [[two]]</text></revision>
<revision><id>8</id><parentid>7</parentid><timestamp>2009-05-01T00:00:00Z</timestamp><contributor><ip>192.0.2.7</ip></contributor><minor/><text>Two</text></revision>
<revision><id>9</id><timestamp>2009-05-02T00:00:00Z</timestamp><contributor deleted="deleted" /><text deleted="deleted" /></revision>
</page>
<page><title>Old name</title><ns>0</ns><id>2</id><redirect title="Filters" /><revision><id>10</id><timestamp>2009-05-03T00:00:00Z</timestamp><contributor><username>Ann</username></contributor><text>#REDIRECT [[Filters]]</text></revision></page>
<page><title>Talk:Filters</title><ns>1</ns><id>3</id><revision><id>11</id><timestamp>2009-05-03T00:00:00Z</timestamp><contributor><username>Ann</username></contributor><text>Hm.</text></revision></page>
</mediawiki>"#;

#[test]
fn a_dump_is_read_with_its_history() {
    let bytes = DUMP.as_bytes().to_vec();
    let dump = Dump::open(&bytes).unwrap();
    assert_eq!(dump.site.name, "Northshire & notes");
    assert_eq!(dump.site.first, "Main Page");
    assert_eq!(dump.page_titles(), ["Filters"]);
    assert_eq!(dump.redirects["Old name"], "Filters");
    assert_eq!(dump.left_out[0].why, "Talk");
    assert_eq!(
        dump.titles.normal("northshire:about_us"),
        "Northshire:About us"
    );
    let page = dump.page("Filters");
    let mut troubles = Vec::new();
    let told: Vec<_> = page
        .revisions
        .iter()
        .map(|one| (one.number, one.change, one.login.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (7, Change::Created, "Ann"),
            (8, Change::Small, ""),
            (9, Change::Outside, "")
        ]
    );
    assert_eq!(page.revisions[0].summary, "made <it>");
    assert!(
        page.revisions[1].at > page.revisions[0].at,
        "each has a second of its own"
    );
    assert_eq!(
        dump.words("Filters", &page.revisions[0], &mut troubles)
            .as_deref(),
        Some("One & [[two]]")
    );
    assert!(troubles.is_empty());
    assert_eq!(page.revisions[2].words, Words::Lost);
}

#[test]
fn what_is_no_dump_is_refused_and_what_is_cut_off_comes_as_far_as_it_goes() {
    for text in ["", "no xml", "<html></html>", "<mediawiki></mediawiki>"] {
        assert!(Dump::open(text.as_bytes().to_vec()).is_err(), "{text:?}");
    }
    let bytes = DUMP.as_bytes();
    for end in 0..bytes.len() {
        let cut = bytes[..end].to_vec();
        let Ok(dump) = Dump::open(&cut) else { continue };
        for title in dump.page_titles() {
            let page = dump.page(&title);
            for revision in &page.revisions {
                dump.words(&title, revision, &mut Vec::new());
            }
        }
    }
    let cut = bytes[..DUMP.find("<revision><id>9").unwrap()].to_vec();
    let dump = Dump::open(&cut).unwrap();
    assert_eq!(dump.page("Filters").revisions.len(), 2);
    assert!(!dump.troubles.is_empty());
    let broken = DUMP.replace("<minor/>", "<minor/><!broken <<<>");
    let broken = broken.into_bytes();
    let dump = Dump::open(&broken).unwrap();
    assert!(
        dump.redirects.contains_key("Old name"),
        "what follows is read: {:?}",
        dump.troubles
    );
}

#[test]
fn nothing_in_a_dump_is_expanded() {
    let bomb = DUMP.replace(
        "<mediawiki",
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><mediawiki",
    );
    let bomb = bomb.replace(">Two<", ">&b;<");
    let bytes = bomb.into_bytes();
    let dump = Dump::open(&bytes).unwrap();
    let page = dump.page("Filters");
    let words = dump.words("Filters", &page.revisions[1], &mut Vec::new());
    assert_eq!(words.as_deref(), Some("&b;"));
    let long = DUMP.replace(">Two<", &format!(">{}<", "x".repeat(3 << 20)));
    let bytes = long.into_bytes();
    let dump = Dump::open(&bytes).unwrap();
    let mut troubles = Vec::new();
    let page = dump.page("Filters");
    assert_eq!(
        dump.words("Filters", &page.revisions[1], &mut troubles),
        None
    );
    assert_eq!(troubles.len(), 1);
    let bytes: Vec<u8> = DUMP
        .bytes()
        .map(|byte| if byte == b'T' { 0xFF } else { byte })
        .collect();
    assert!(Dump::open(&bytes).is_ok());
}
