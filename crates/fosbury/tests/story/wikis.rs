//! A wiki is brought along: its pages, their history, its files, its old addresses.

use std::io::Write;
use std::path::Path;

use db::Reads;
use dokuwiki::Folder;
use flate2::Compression;
use flate2::write::GzEncoder;
use fosbury::wikis::coming::{self, Asked};
use fosbury::wikis::model::Report;

use crate::attachments::{fetched, png};
use crate::browser::Browser;
use crate::elsewhere::{Elsewhere, exports};
use crate::page::Page;
use crate::world::{Engine, World, both};

both!(
    a_wiki_comes_with_its_whole_history,
    old_addresses_lead_to_what_came,
    what_was_closed_there_is_for_members,
    coming_again_adds_what_is_new_and_leaves_what_was_edited_here,
    a_wiki_is_taken_back_in_one_act_and_comes_again,
    what_is_erased_is_erased_from_the_wikis_own_text_too,
    what_came_is_carried_to_the_other_database_and_is_the_same,
);

pub fn packed(words: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(words.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

pub fn lays(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

const FIRST: &str = "====== Filters ======\n\nThe //filter// blocks **all**.";
const NOW: &str = "====== Filters ======\n\nThe filter blocks [[.:consent|consent]], see [[Nobody Wrote]] and {{:sign.png|the sign}}.";

/// The wiki of Northshire: five pages, one of them deleted, one closed.
pub fn northshire() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let conf =
        "<?php $conf['title']='Northshire notes'; $conf['license']='cc-by-sa'; $conf['useacl']=1;";
    lays(at, "conf/local.php", conf.as_bytes());
    lays(
        at,
        "conf/users.auth.php",
        b"ann:$2y$10$NOTREAL:Ann Example:ann@example.org:user\n",
    );
    lays(
        at,
        "conf/acl.auth.php",
        b"*\t@ALL\t1\nprivate:*\t@ALL\t0\nprivate:*\t@editors\t2\n",
    );
    lays(
        at,
        "data/pages/start.txt",
        b"====== Welcome ======\n\nSee [[hurdles:filters]].",
    );
    lays(at, "data/pages/hurdles/filters.txt", NOW.as_bytes());
    lays(
        at,
        "data/pages/hurdles/consent.txt",
        b"No heading, <html><b>raw</b></html>.",
    );
    lays(
        at,
        "data/pages/private/plan.txt",
        b"====== The hidden plan ======\n\nxylophone",
    );
    let log = "1200000000\t192.0.2.7\tC\thurdles:filters\tann\tcreated\t\t9\n\
               1200000100\t192.0.2.8\te\thurdles:filters\t\ttypo\n\
               1200000200\t192.0.2.7\tR\thurdles:filters\tann\tback\t1200000000\t1\n\
               1200000300\t192.0.2.7\tE\thurdles:filters\tann\tlinks\t\t1\n";
    lays(at, "data/meta/hurdles/filters.changes", log.as_bytes());
    for (second, words) in [(0, FIRST), (100, "Typo."), (200, FIRST), (300, NOW)] {
        let path = format!(
            "data/attic/hurdles/filters.{}.txt.gz",
            1_200_000_000 + second
        );
        lays(at, &path, &packed(words));
    }
    let log = "1200000000\t192.0.2.7\tC\tgone\tann\tcreated\n1200000400\t192.0.2.7\tD\tgone\tann\ta duplicate\n";
    lays(at, "data/meta/gone.changes", log.as_bytes());
    for second in [0, 400] {
        let path = format!("data/attic/gone.{}.txt.gz", 1_200_000_000 + second);
        lays(at, &path, &packed("Was here."));
    }
    lays(
        at,
        "data/attic/start.1100000000.txt.gz",
        &packed("cut off")[..12],
    );
    lays(at, "data/media/sign.png", &png());
    folder
}

pub fn comes(world: &World, folder: &Path) -> Report {
    let app = world.app();
    let asked = Asked {
        name: "a folder".to_owned(),
        ..Asked::default()
    };
    let source = Folder::at(folder);
    let now = app.clock.now();
    // Reading holds what cannot go to another thread: as on the site, it has one of its own.
    tokio::task::block_in_place(|| {
        let mut quiet = |_, _| {};
        let came = coming::bring(&app.db, &app.settings, &source, &asked, now, &mut quiet);
        tokio::runtime::Handle::current().block_on(came)
    })
    .unwrap()
    .1
}

pub async fn guide(browser: &Browser, old: &str) -> Page {
    let leads = browser.get(&format!("/doku.php?id={old}")).await;
    leads.is(301);
    browser.follow(&leads).await
}

async fn a_wiki_comes_with_its_whole_history(world: World) {
    let report = comes(&world, northshire().path());
    assert_eq!((report.pages, report.deleted, report.files), (4, 1, 1));
    assert!(
        report
            .lines
            .iter()
            .any(|line| line.page == "start" && line.what == "damaged")
    );
    let visitor = world.as_visitor();
    let page = guide(&visitor, "hurdles:filters").await;
    page.is(200)
        .says("Filters")
        .says("CC BY-SA 4.0")
        .says("Northshire notes");
    assert!(
        page.has("a", "consent"),
        "links lead to the pages that came"
    );
    assert!(page.has("a", "Nobody Wrote"), "what nobody wrote is wanted");
    assert!(page.body.contains("alt=\"the sign\""));
    let address = page.address.clone();
    let history = visitor.get(&format!("{address}/history")).await;
    for words in [
        "Ann Example",
        "Anonymous",
        "typo",
        "links",
        "10 January 2008",
    ] {
        history.says(words);
    }
    assert_eq!(history.body.matches("192.0.2").count(), 0);
    let old = visitor.get(&format!("{address}/revisions/1")).await;
    old.says("blocks").says("Ann Example");
    let consent = guide(&visitor, "hurdles:consent").await;
    consent.says("Consent").says("<b>raw</b>");
    visitor.get("/doku.php?id=gone").await.is(301);
    guide(&visitor, "gone")
        .await
        .is(410)
        .keeps_quiet_of("Was here.");
    world.waits_for_its_index().await;
    visitor.get("/search?q=filter+blocks").await.says("Filters");
    visitor.get("/wanted").await.says("Nobody wrote");
}

async fn old_addresses_lead_to_what_came(world: World) {
    comes(&world, northshire().path());
    let visitor = world.as_visitor();
    let here = guide(&visitor, "hurdles:filters").await.address;
    for old in [
        "/hurdles:filters",
        "/doku.php?id=Hurdles:Filters",
        "/doku.php?id=hurdles/filters",
    ] {
        assert_eq!(visitor.get(old).await.is(301).leads_to(), here, "{old}");
    }
    let revision = visitor
        .get("/doku.php?id=hurdles:filters&rev=1200000100")
        .await;
    assert_eq!(revision.leads_to(), format!("{here}/revisions/2"));
    let raw = fetched(
        &visitor,
        "/doku.php?id=hurdles:filters&do=export_raw&rev=1200000000",
    )
    .await;
    assert!(raw.header("content-type").starts_with("text/plain"));
    let text = visitor
        .get("/doku.php?id=hurdles:filters&do=export_raw")
        .await;
    assert_eq!(text.body, NOW);
    for old in ["/_media/sign.png", "/lib/exe/fetch.php?media=sign.png&w=30"] {
        let leads = visitor.get(old).await.is(301).leads_to();
        let picture = fetched(&visitor, &leads).await;
        assert_eq!(picture.header("content-type"), "image/png", "{old}");
    }
    assert_eq!(visitor.get("/feed.php").await.leads_to(), "/changes.atom");
    for nothing in [
        "/no/such/page",
        "/doku.php?id=nothing",
        "/_media/no.png",
        "/doku.php?id=../x",
    ] {
        visitor.get(nothing).await.is(404);
    }
    visitor.post("/hurdles:filters", &[]).await.is(404);
}

async fn what_was_closed_there_is_for_members(world: World) {
    let report = comes(&world, northshire().path());
    assert_eq!(report.closed, 1);
    world.waits_for_its_index().await;
    let (visitor, tom) = (world.as_visitor(), world.as_tom());
    for old in [
        "/doku.php?id=private:plan",
        "/private/plan",
        "/doku.php?id=private:plan&do=export_raw",
    ] {
        visitor.get(old).await.is(404).keeps_quiet_of("xylophone");
        assert!(tom.get(old).await.status < 400, "{old}");
    }
    for list in [
        "/guides",
        "/changes",
        "/search?q=xylophone",
        "/changes.atom",
    ] {
        visitor.get(list).await.keeps_quiet_of("hidden plan");
    }
    guide(&tom, "private:plan").await.says("xylophone");
    for (browser, status) in [(visitor, 403), (tom, 403), (world.as_amina(), 403)] {
        let page = browser.get("/place/wikis/1").await;
        assert!(
            page.status == status || page.status == 303 || page.status == 401,
            "{}",
            page.status
        );
    }
    world
        .as_ruth()
        .get("/place/wikis/1")
        .await
        .is(200)
        .says("@editors");
}

async fn coming_again_adds_what_is_new_and_leaves_what_was_edited_here(world: World) {
    let folder = northshire();
    comes(&world, folder.path());
    let again = comes(&world, folder.path());
    assert_eq!(
        (again.revisions, again.pages),
        (0, 4),
        "nothing comes twice"
    );
    let tom = world.as_tom();
    let edited = guide(&tom, "hurdles:consent").await.address;
    tom.changed(&edited, &[("text", "Edited here.")]).await;
    let at = folder.path();
    let log = "1300000000\t-\tE\tstart\tann\tlater\n";
    lays(at, "data/meta/start.changes", log.as_bytes());
    lays(
        at,
        "data/attic/start.1300000000.txt.gz",
        &packed("====== Later ======\nNew words."),
    );
    lays(
        at,
        "data/pages/start.txt",
        b"====== Later ======\nNew words.",
    );
    lays(at, "data/pages/hurdles/consent.txt", b"Edited there.");
    lays(at, "data/pages/added.txt", b"Added.");
    let third = comes(&world, at);
    let edited_here = third.lines.iter().find(|line| line.what == "edited-here");
    assert_eq!(
        edited_here.map(|line| line.page.as_str()),
        Some("hurdles:consent")
    );
    guide(&tom, "hurdles:consent").await.says("Edited here.");
    guide(&tom, "added").await.says("Added.");
    let files: (i64,) = world
        .app()
        .db
        .query("SELECT count(*) FROM attachment")
        .one()
        .await
        .unwrap();
    assert_eq!(files.0, 1);
}

async fn a_wiki_is_taken_back_in_one_act_and_comes_again(world: World) {
    let folder = northshire();
    comes(&world, folder.path());
    let (ruth, tom) = (world.as_ruth(), world.as_tom());
    let edited = guide(&tom, "hurdles:consent").await.address;
    tom.changed(&edited, &[("text", "Edited here.")]).await;
    let form = ruth
        .get("/place/wikis/1")
        .await
        .form("/place/wikis/1/undoings");
    let done = ruth.submit(&form).await;
    ruth.follow(&done).await.says("was taken back");
    let visitor = world.as_visitor();
    guide(&visitor, "hurdles:filters").await.is(410);
    guide(&visitor, "hurdles:consent")
        .await
        .is(200)
        .says("Edited here.");
    comes(&world, folder.path());
    guide(&visitor, "hurdles:filters")
        .await
        .is(200)
        .says("consent");
    guide(&visitor, "gone").await.is(410);
}

async fn what_is_erased_is_erased_from_the_wikis_own_text_too(world: World) {
    comes(&world, northshire().path());
    let ruth = world.as_ruth();
    let address = guide(&ruth, "hurdles:filters").await.address;
    let old = "/doku.php?id=hurdles:filters&do=export_raw&rev=1200000100";
    ruth.get(old).await.is(200).says("Typo.");
    let why = [("revision", "2"), ("why", "a name")];
    ruth.post(&format!("{address}/erasures"), &why)
        .await
        .is(303);
    ruth.get(old).await.is(404);
    let left: (i64,) = world
        .app()
        .db
        .query("SELECT count(*) FROM wiki_text WHERE words LIKE '%Typo.%'")
        .one()
        .await
        .unwrap();
    assert_eq!(left.0, 0);
}

async fn what_came_is_carried_to_the_other_database_and_is_the_same(world: World) {
    comes(&world, northshire().path());
    let other = match world.app().db.engine_name() {
        "SQLite" => Engine::Postgres,
        _ => Engine::Sqlite,
    };
    let Some(there) = Elsewhere::new(&world, other).await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("export");
    let one = exports(&world.app().db, &world.app().settings, &first).await;
    there.imports(&first).await.unwrap();
    let (_, two) = there.exports().await;
    assert_eq!(
        (&one.tables, &one.attachments),
        (&two.tables, &two.attachments)
    );
    for (table, rows) in [
        ("wiki", 1),
        ("wiki_page", 5),
        ("wiki_text", 9),
        ("wiki_file", 1),
    ] {
        let found = one.tables.iter().find(|carried| carried.name == table);
        assert_eq!(found.unwrap().rows, rows, "{table}");
    }
    there.goes_away().await;
}
