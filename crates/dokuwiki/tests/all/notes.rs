//! Folders of notes: links, heads, files.

use std::collections::BTreeMap;

use dokuwiki::notes::Notes;
use dokuwiki::{Converted, InMemory, MediaTarget, PageTarget, Places};
use proptest::prelude::*;

struct Known<'n>(&'n Notes<'n>);

impl Places for Known<'_> {
    fn exists(&self, id: &str) -> bool {
        self.0.has_page(id)
    }

    fn page(&self, id: &str, _: &str) -> PageTarget {
        let at = self.0.page_ids().iter().position(|own| own == id);
        PageTarget::Wiki(at.map_or_else(|| id.to_owned(), |at| format!("guide {}", at + 1)))
    }

    fn media(&self, id: &str) -> Option<MediaTarget> {
        Some(MediaTarget {
            address: format!("/files/{id}"),
            is_picture: id.ends_with("png"),
        })
    }
}

fn folder(files: &[(&str, &str)]) -> InMemory {
    let files = files
        .iter()
        .map(|(path, words)| ((*path).to_owned(), (1, words.as_bytes().to_vec())));
    InMemory(files.collect::<BTreeMap<_, _>>())
}

fn page(files: &[(&str, &str)], id: &str) -> Converted {
    let source = folder(files);
    let notes = Notes::open(&source).unwrap();
    let page = notes.page(id);
    let words = notes
        .words(id, &page.revisions[0], &mut Vec::new())
        .unwrap();
    notes.converted(&words, id, &Known(&notes))
}

#[test]
fn a_vault_comes_with_its_links_tags_and_files() {
    let files = [
        (".obsidian/app.json", "{}"),
        (
            "Start.md",
            "---\ntags: [it]\naliases: Home\nstatus: open\n---\nSee [[Sites blocked#why|why]], [[home]] and ![[sign.png|40]]. #web/sites %%secret%%\n\n> [!note] Mind\n> this\n\n`[[code]]`\n",
        ),
        (
            "hurdles/Sites blocked.md",
            "# Sites are blocked\n\n![a sign](../img/sign.png) [start](../Start.md) [out](../../etc/passwd.md) [x](https://e.org) ![far](https://e.org/a.png)\n\n```\n[[Start]]\n```\n",
        ),
        ("img/sign.png", "png"),
        ("img/unused.png", "png"),
    ];
    let start = page(&files, "Start");
    assert_eq!(
        start.markdown,
        "See [[guide 2|why]], [[guide 1|home]] and ![](/files/img/sign.png). #web/sites \n\n> **Note** Mind\n> this\n\n`[[code]]`"
    );
    assert_eq!(start.tags, ["it", "web/sites"]);
    assert!(start.named.contains(&("left-field", "status".to_owned())));
    let sites = page(&files, "hurdles/Sites blocked");
    assert_eq!(sites.title.as_deref(), Some("Sites are blocked"));
    assert_eq!(
        sites.markdown,
        "![a sign](/files/img/sign.png) [[guide 1|start]] out [x](https://e.org) [far](https://e.org/a.png)\n\n```\n[[Start]]\n```"
    );
    let source = folder(&files);
    let notes = Notes::open(&source).unwrap();
    let media: Vec<_> = notes.media().into_iter().map(|one| one.id).collect();
    assert_eq!(media, ["img/sign.png"], "only what a page shows comes");
    assert_eq!(notes.aliases(), [("Home".to_owned(), "Start".to_owned())]);
}

#[test]
fn a_book_comes_in_its_order_and_a_wiki_of_github_by_its_names() {
    let book = folder(&[
        ("book/src/SUMMARY.md", "- [Z](z.md)\n- [A](a/README.md)\n"),
        ("book/src/a/README.md", "# A\n[z](../z.md#part)"),
        ("book/src/b.md", "b"),
        ("book/src/z.md", "# Z\n[a](a/)"),
    ]);
    let notes = Notes::open(&book).unwrap();
    assert_eq!(notes.page_ids(), ["z", "a/README", "b"]);
    let wiki = [
        (
            "Home.md",
            "[[Page Name]] [[the words|Page-Name]] [p](Page-Name)",
        ),
        ("Page-Name.md", "x"),
        ("_Sidebar.md", "[[Home]]"),
    ];
    assert_eq!(
        page(&wiki, "Home").markdown,
        "[[guide 2|Page Name]] [[guide 2|the words]] [[guide 2|p]]"
    );
    let source = folder(&wiki);
    assert_eq!(Notes::open(&source).unwrap().left_out, ["_Sidebar.md"]);
    assert!(Notes::open(&folder(&[("a.txt", "x")])).is_err());
}

proptest! {
    #[test]
    fn any_text_comes_and_none_of_its_words_is_lost(pieces in prop::collection::vec(prop_oneof![
        prop::sample::select(vec!["[[", "]]", "![", "](", ")", "`", "```\n", "\n", "#", "---\n", "> [!", "|", "\\", "%", "<", "é", "障"]).prop_map(str::to_owned),
        "[a-z]{2,6} ",
    ], 0..40)) {
        let text = pieces.concat();
        let source = folder(&[("a.md", &text), ("b.md", "b")]);
        let notes = Notes::open(&source).unwrap();
        let _ = notes.converted(&text, "a", &Known(&notes));
    }
}
