//! Wikis of other kinds come along: a `MediaWiki`'s dump, a folder of notes, a single pasted page.

use dokuwiki::read::OneFile;
use dokuwiki::{Folder, Source};
use fosbury::wikis::coming::{self, Asked};
use fosbury::wikis::leaving;
use fosbury::wikis::model::Report;

use crate::attachments::{fetched, png};
use crate::browser::Browser;
use crate::elsewhere::{Elsewhere, exports};
use crate::page::Page;
use crate::world::{Engine, World, both};

both!(
    a_mediawiki_comes_with_its_whole_history,
    a_mediawikis_old_addresses_lead_to_what_came,
    a_dump_comes_again_and_goes_back,
    a_dump_that_is_damaged_comes_as_far_as_it_goes,
    a_folder_of_notes_comes_with_its_files,
    notes_come_again_where_they_differ_and_were_not_edited_here,
    what_came_of_other_kinds_is_the_same_elsewhere,
);

const HEAD: &str = r#"<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en"><siteinfo>
<sitename>Northshire web notes</sitename><base>http://wiki.example/wiki/Main_Page</base>
<namespaces><namespace key="0" /><namespace key="1">Talk</namespace><namespace key="14">Category</namespace></namespaces></siteinfo>"#;

fn revision(number: i64, day: i64, who: &str, more: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<revision><id>{number}</id><timestamp>2009-05-{day:02}T10:00:00Z</timestamp>\
         <contributor>{who}</contributor>{more}<text xml:space=\"preserve\">{text}</text></revision>"
    )
}

const ANN: &str = "<username>Ann Example</username><id>1</id>";

/// The dump of Northshire's wiki: two pages, one redirect, one talk page.
pub fn dump(more: &str) -> String {
    let filters = [
        revision(
            11,
            1,
            ANN,
            "<comment>begun</comment>",
            "The '''filter''' blocks all.",
        ),
        revision(
            12,
            2,
            "<ip>192.0.2.7</ip>",
            "<minor /><comment>typo</comment>",
            "The '''filter''' blocks.",
        ),
        revision(
            13,
            3,
            ANN,
            "",
            "== Why ==\nIt ''blocks'', see [[Main Page|the start]], [[old name]] and [[Nobody Wrote]].<ref>A law</ref>\n{{stub}} [[File:Sign.png|thumb|The sign]]\n[[Category:Web sites]]",
        ),
    ];
    let page = |title: &str, ns: i64, more: &str, revisions: &str| {
        format!("<page><title>{title}</title><ns>{ns}</ns>{more}{revisions}</page>")
    };
    [
        HEAD,
        &page(
            "Main Page",
            0,
            "",
            &revision(10, 1, ANN, "", "Welcome to [[Old name]]s."),
        ),
        &page("Filters", 0, "", &filters.concat()),
        &page(
            "Old name",
            0,
            "<redirect title=\"Filters\" />",
            &revision(14, 4, ANN, "", "#REDIRECT [[Filters]]"),
        ),
        &page(
            "Talk:Filters",
            1,
            "",
            &revision(15, 4, ANN, "", "A word in secret: xylophone"),
        ),
        more,
        "</mediawiki>",
    ]
    .join("\n")
}

fn comes(world: &World, source: &dyn Source) -> Report {
    let app = world.app();
    let asked = Asked {
        name: "a folder".to_owned(),
        licence: "CC BY-SA 4.0".to_owned(),
        ..Asked::default()
    };
    let now = app.clock.now();
    // Reading holds what cannot go to another thread: as on the site, it has one of its own.
    tokio::task::block_in_place(|| {
        let mut quiet = |_, _| {};
        let came = coming::bring(&app.db, &app.settings, source, &asked, now, &mut quiet);
        tokio::runtime::Handle::current().block_on(came)
    })
    .unwrap()
    .1
}

fn laid(words: &str) -> (tempfile::TempDir, OneFile) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("northshire.xml");
    std::fs::write(&path, words).unwrap();
    (folder, OneFile(path))
}

async fn at(browser: &Browser, old: &str) -> Page {
    let leads = browser.get(old).await;
    leads.is(301);
    browser.follow(&leads).await
}

async fn a_mediawiki_comes_with_its_whole_history(world: World) {
    let (_folder, source) = laid(&dump(""));
    let report = comes(&world, &source);
    assert_eq!((report.pages, report.revisions), (2, 4));
    let told: Vec<(&str, &str)> = report
        .lines
        .iter()
        .map(|line| (line.what.as_str(), line.value.as_str()))
        .collect();
    for line in [
        ("left-out", "Talk"),
        ("template", "stub"),
        ("no-file", "Sign.png"),
    ] {
        assert!(told.contains(&line), "{line:?} is not in {told:?}");
    }
    let visitor = world.as_visitor();
    let page = at(&visitor, "/wiki/Filters").await;
    page.is(200)
        .says("Northshire web notes")
        .says("CC BY-SA 4.0")
        .says("Web sites")
        .says("A law");
    assert!(
        page.has("a", "the start"),
        "links lead to the pages that came"
    );
    assert!(page.has("a", "old name"), "and through what redirected");
    assert!(page.has("a", "Nobody Wrote"), "what nobody wrote is wanted");
    let history = visitor.get(&format!("{}/history", page.address)).await;
    for words in ["Ann Example", "Anonymous", "begun", "typo", "1 May 2009"] {
        history.says(words);
    }
    assert_eq!(history.body.matches("192.0.2").count(), 0);
    world.waits_for_its_index().await;
    visitor.get("/search?q=filter").await.says("Filters");
    visitor
        .get("/search?q=xylophone")
        .await
        .keeps_quiet_of("secret");
}

async fn a_mediawikis_old_addresses_lead_to_what_came(world: World) {
    let (_folder, source) = laid(&dump(""));
    comes(&world, &source);
    let visitor = world.as_visitor();
    let here = at(&visitor, "/wiki/Filters").await.address;
    for old in [
        "/index.php?title=Filters",
        "/w/index.php?title=filters",
        "/index.php/Filters",
        "/wiki/Old_name",
        "/index.php?title=Old_name",
    ] {
        assert_eq!(visitor.get(old).await.is(301).leads_to(), here, "{old}");
    }
    let second = visitor.get("/index.php?title=Filters&oldid=12").await;
    assert_eq!(second.leads_to(), format!("{here}/revisions/2"));
    assert_eq!(
        visitor.get("/index.php?oldid=12").await.leads_to(),
        format!("{here}/revisions/2")
    );
    let raw = visitor.get("/index.php?title=Filters&action=raw").await;
    assert!(raw.body.contains("[[Category:Web sites]]"), "{}", raw.body);
    let history = visitor.get("/index.php?title=Filters&action=history").await;
    assert_eq!(history.leads_to(), format!("{here}/history"));
    for nothing in [
        "/wiki/Talk:Filters",
        "/index.php?title=None",
        "/index.php?oldid=99",
        "/index.php",
        "/wiki/%00",
    ] {
        visitor.get(nothing).await.is(404);
    }
}

async fn a_dump_comes_again_and_goes_back(world: World) {
    let (_folder, source) = laid(&dump(""));
    comes(&world, &source);
    let again = comes(&world, &source);
    assert_eq!(
        (again.revisions, again.pages),
        (0, 2),
        "nothing comes twice"
    );
    let more = format!(
        "<page><title>Added</title><ns>0</ns>{}</page>",
        revision(20, 9, ANN, "", "Added.")
    );
    let words = dump(&more).replace("Welcome to", "Still welcome to");
    let (_folder, source) = laid(&words);
    assert_eq!(
        comes(&world, &source).revisions,
        1,
        "what came stays as it came"
    );
    let (ruth, visitor) = (world.as_ruth(), world.as_visitor());
    at(&visitor, "/wiki/Added").await.is(200).says("Added.");
    let form = ruth
        .get("/place/wikis/1")
        .await
        .form("/place/wikis/1/undoings");
    let done = ruth.submit(&form).await;
    ruth.follow(&done).await.says("was taken back");
    at(&visitor, "/wiki/Filters").await.is(410);
    comes(&world, &source);
    at(&visitor, "/wiki/Filters").await.is(200);
}

async fn a_dump_that_is_damaged_comes_as_far_as_it_goes(world: World) {
    let whole = dump("");
    let cut = &whole[..whole.find("<id>13</id>").unwrap()];
    let (_folder, source) = laid(cut);
    let report = comes(&world, &source);
    assert_eq!((report.pages, report.revisions), (2, 3));
    assert!(report.lines.iter().any(|line| line.what == "damaged"));
    let bomb =
        format!("<!DOCTYPE m [<!ENTITY a \"aaaaaaaaaa\">]>{whole}").replace("blocks all", "&a;");
    let (_folder, source) = laid(&bomb.replace("&amp;a;", "&a;"));
    comes(&world, &source);
    let (_folder, source) = laid("<html>no wiki</html>");
    let asked = Asked::default();
    assert!(coming::look(&source, &asked).is_err());
}

fn lays(folder: &std::path::Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn vault() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    lays(at, ".obsidian/app.json", b"{}");
    lays(
        at,
        "Start.md",
        b"---\ntags: [it]\naliases: [The beginning]\nlicence: CC BY 4.0\n---\nSee [[Sites blocked|why]] and ![[sign.png]].",
    );
    lays(
        at,
        "web/Sites blocked.md",
        b"---\nauthor: Ann Example\n---\n# Sites are blocked\n\nBack to [the start](../Start.md), [gone](../../x.md). #web",
    );
    lays(at, "img/sign.png", &png());
    lays(at, ".trash/old.md", b"xylophone");
    folder
}

async fn a_folder_of_notes_comes_with_its_files(world: World) {
    let folder = vault();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("passwd.md")).unwrap();
    let report = comes(&world, &Folder::at(folder.path()));
    assert_eq!((report.pages, report.revisions, report.files), (2, 2, 1));
    assert_eq!(report.licence, "CC BY 4.0");
    let nowhere = report.lines.iter().find(|line| line.what == "nowhere");
    assert_eq!(nowhere.map(|line| line.value.as_str()), Some("../../x.md"));
    let visitor = world.as_visitor();
    let page = at(&visitor, "/web/sites_blocked.html").await;
    page.is(200).says("Sites are blocked").says("web");
    assert!(page.has("a", "the start"));
    visitor
        .get(&format!("{}/history", page.address))
        .await
        .says("Ann Example");
    let start = at(&visitor, "/start").await;
    start.is(200).says("it");
    let picture = start.body.split("src=\"/attachments/").nth(1).unwrap();
    let picture = format!("/attachments/{}", picture.split('"').next().unwrap());
    let shown = fetched(&visitor, &picture).await;
    assert_eq!(shown.header("content-type"), "image/png");
}

async fn notes_come_again_where_they_differ_and_were_not_edited_here(world: World) {
    let folder = vault();
    let source = Folder::at(folder.path());
    comes(&world, &source);
    // As a fresh copy of it would be: other times, the same words.
    let start = std::fs::read(folder.path().join("Start.md")).unwrap();
    lays(folder.path(), "Start.md", &start);
    let file = std::fs::File::open(folder.path().join("Start.md")).unwrap();
    let later = std::time::UNIX_EPOCH + std::time::Duration::from_secs(2_000_000_000);
    file.set_modified(later).unwrap();
    assert_eq!(comes(&world, &source).revisions, 0);
    let tom = world.as_tom();
    let edited = at(&tom, "/web/sites_blocked").await.address;
    tom.changed(&edited, &[("text", "Edited here.")]).await;
    lays(folder.path(), "web/Sites blocked.md", b"Edited there.");
    lays(folder.path(), "Start.md", b"Another start.");
    let report = comes(&world, &source);
    assert_eq!(report.revisions, 1);
    assert!(report.lines.iter().any(|line| line.what == "edited-here"));
    at(&tom, "/start").await.says("Another start.");
    tom.get(&edited).await.says("Edited here.");
}

async fn what_came_of_other_kinds_is_the_same_elsewhere(world: World) {
    let (_folder, source) = laid(&dump(""));
    comes(&world, &source);
    comes(&world, &Folder::at(vault().path()));
    let other = match world.app().db.engine_name() {
        "SQLite" => Engine::Postgres,
        _ => Engine::Sqlite,
    };
    if let Some(there) = Elsewhere::new(&world, other).await {
        let folder = tempfile::tempdir().unwrap();
        let first = folder.path().join("export");
        let one = exports(&world.app().db, &world.app().settings, &first).await;
        there.imports(&first).await.unwrap();
        let (_, two) = there.exports().await;
        assert_eq!(
            (&one.tables, &one.attachments),
            (&two.tables, &two.attachments)
        );
        let found = one.tables.iter().find(|table| table.name == "wiki_alias");
        assert_eq!(found.unwrap().rows, 4);
        there.goes_away().await;
    }
    let out = tempfile::tempdir().unwrap();
    let app = world.app();
    let left = leaving::leave(&app.db, &app.settings, out.path())
        .await
        .unwrap();
    assert!(left.pages > 0);
    let mut texts = String::new();
    for entry in std::fs::read_dir(out.path().join("data/pages/guides")).unwrap() {
        texts.push_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    assert!(
        texts.contains("**filter**") || texts.contains("//blocks//"),
        "{texts}"
    );
    assert!(
        !texts.contains("[[Category:"),
        "no other wiki's signs leave"
    );
}
