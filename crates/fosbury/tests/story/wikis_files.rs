//! A wiki's files come with what they were before, and leave with it.

use std::path::Path;

use dokuwiki::Folder;
use fosbury::wikis::coming::{self, Asked};
use image::ImageFormat;

use crate::attachments::{encoded, fetched, picture, png};
use crate::browser::Browser;
use crate::elsewhere::{Elsewhere, exports};
use crate::page::Page;
use crate::wikis::{comes, guide, lays, northshire};
use crate::world::{Engine, World, both};

both!(
    a_file_comes_with_what_it_was,
    what_files_of_a_closed_page_were_is_for_members,
    a_newer_file_takes_the_place_of_what_it_was,
    a_file_that_was_deleted_there_and_added_again_is_one_file,
    what_files_were_is_carried_to_the_other_database,
    notes_keep_what_their_files_were,
);

/// A picture that is another for each width.
pub fn sign(width: u32) -> Vec<u8> {
    encoded(&picture(width, 20), ImageFormat::Png)
}

/// Northshire's wiki, whose sign was drawn twice before, and lost once; its map was deleted.
pub fn with_older_files() -> tempfile::TempDir {
    let folder = northshire();
    let at = folder.path();
    let log = "1200000010\t192.0.2.7\tC\tsign.png\tann\tfirst drawing\n\
               1200000020\t192.0.2.7\tE\tsign.png\tann\tlost on the way\n\
               1200000030\t192.0.2.8\tE\tsign.png\t\tlarger\n\
               1200000040\t192.0.2.7\tE\tsign.png\tann\tas it hangs\n";
    lays(at, "data/media_meta/sign.png.changes", log.as_bytes());
    lays(at, "data/media_attic/sign.1200000010.png", &sign(30));
    lays(at, "data/media_attic/sign.1200000030.png", &sign(31));
    let log = "1200000010\t192.0.2.7\tC\tmap.png\tann\tcreated\n\
               1200000050\t192.0.2.7\tD\tmap.png\tann\tout of date\n";
    lays(at, "data/media_meta/map.png.changes", log.as_bytes());
    lays(at, "data/media_attic/map.1200000010.png", &sign(32));
    folder
}

/// Gives a file another time.
pub fn touched(path: &Path, seconds: u64) {
    let file = std::fs::File::open(path).unwrap();
    let at = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    file.set_modified(at).unwrap();
}

pub async fn width_of(browser: &Browser, address: &str) -> u32 {
    let file = fetched(browser, address).await;
    assert_eq!(
        (file.status, file.header("content-type")),
        (200, "image/png")
    );
    image::load_from_memory(&file.bytes).unwrap().width()
}

pub async fn files_of(browser: &Browser, old: &str) -> Page {
    let address = guide(browser, old).await.address;
    browser.get(&format!("{address}/attachments")).await
}

/// Where an old address leads: for ever, or for as long as it is what the file is.
pub async fn leads(browser: &Browser, old: &str) -> String {
    let leads = browser.get(old).await;
    assert!(
        [301, 302].contains(&leads.status),
        "{old}: {}",
        leads.status
    );
    leads.leads_to()
}

fn now_on(page: &Page) -> String {
    let shown = page.body.split("src=\"/attachments/").nth(1).unwrap();
    format!("/attachments/{}", shown.split('"').next().unwrap())
}

async fn a_file_comes_with_what_it_was(world: World) {
    let folder = with_older_files();
    let seen = coming::look(&Folder::at(folder.path()), &Asked::default()).unwrap();
    assert_eq!((seen.files, seen.older_files), (1, 3));
    let report = comes(&world, folder.path());
    assert_eq!((report.files, report.older_files), (1, 3));
    let told = |page: &str, what: &str| {
        let mut lines = report.lines.iter();
        lines.any(|line| line.page == page && line.what == what)
    };
    assert!(told("sign.png", "lost-file") && told("map.png", "deleted-file"));
    let visitor = world.as_visitor();
    let files = files_of(&visitor, "hurdles:filters").await;
    for words in [
        "History of sign.png",
        "Ann Example",
        "Anonymous",
        "first drawing",
        "larger",
        "as it is now",
        "this version is not here",
        "10 January 2008",
    ] {
        files.says(words);
    }
    files.keeps_quiet_of("192.0.2");
    let entries = files.body.matches("id=\"file-").count();
    assert_eq!(entries, 1, "what it was is no file of its own");
    for (second, width) in [
        (1_200_000_010, 30),
        (1_200_000_030, 31),
        (1_200_000_040, 64),
    ] {
        for old in ["/lib/exe/fetch.php?media=sign.png&", "/_media/sign.png?"] {
            let address = leads(&visitor, &format!("{old}rev={second}")).await;
            assert_eq!(width_of(&visitor, &address).await, width, "{second}");
        }
    }
    let now = leads(&visitor, "/_media/sign.png").await;
    assert_eq!(width_of(&visitor, &now).await, 64);
    // Lost, never there, and deleted.
    for nothing in ["sign.png?rev=1200000020", "sign.png?rev=7", "map.png"] {
        visitor.get(&format!("/_media/{nothing}")).await.is(404);
    }
    let map = leads(&visitor, "/_media/map.png?rev=1200000010").await;
    assert_eq!(width_of(&visitor, &map).await, 32);
    let first = files_of(&visitor, "start").await;
    first
        .says("Deleted where they came from")
        .says("map.png")
        .says("out of date");
    let number = first
        .address
        .split('/')
        .nth(2)
        .unwrap()
        .split('-')
        .next()
        .unwrap();
    let filters = guide(&visitor, "hurdles:filters").await.address;
    let filters = filters
        .split('/')
        .nth(2)
        .unwrap()
        .split('-')
        .next()
        .unwrap();
    let api = |number: &str| format!("/api/v1/guides/{number}/attachments");
    let told = visitor.get(&api(filters)).await.json();
    let versions = told["results"][0]["versions"].as_array().unwrap();
    let acts: Vec<_> = versions
        .iter()
        .map(|one| one["act"].as_str().unwrap())
        .collect();
    assert_eq!(acts, ["edit", "edit", "edit", "create"]);
    assert!(versions[2]["url"].is_null() && versions[3]["url"].is_string());
    let told = visitor.get(&api(number)).await.json();
    assert_eq!(
        told["results"].as_array().unwrap().len(),
        0,
        "a deleted file is on no page"
    );
    world
        .as_ruth()
        .get("/place/wikis/1")
        .await
        .says("3 older versions of files.")
        .says("What this file was is lost there");
}

async fn what_files_of_a_closed_page_were_is_for_members(world: World) {
    let folder = northshire();
    let at = folder.path();
    lays(
        at,
        "data/pages/private/plan.txt",
        b"====== The hidden plan ======\n\n{{:private:plan.png|the plan}}",
    );
    lays(at, "data/media/private/plan.png", &png());
    lays(
        at,
        "data/media_attic/private/plan.1200000010.png",
        &sign(30),
    );
    comes(&world, at);
    let (visitor, tom) = (world.as_visitor(), world.as_tom());
    let old = "/_media/private/plan.png?rev=1200000010";
    let address = leads(&tom, old).await;
    assert_eq!(width_of(&tom, &address).await, 30);
    visitor.get(old).await.is(404);
    visitor.get(&address).await.is(404);
    let page = guide(&tom, "private:plan").await.address;
    tom.get(&format!("{page}/attachments"))
        .await
        .says("History of plan.png");
    // It changes there, and no page with it.
    lays(at, "data/media_attic/private/plan.1200000020.png", &png());
    lays(at, "data/media/private/plan.png", &sign(33));
    touched(&at.join("data/media/private/plan.png"), 2_000_000_000);
    let again = comes(&world, at);
    let closed = again.lines.iter().filter(|line| line.what == "closed-file");
    assert_eq!(closed.count(), 0);
    let now = leads(&tom, "/_media/private/plan.png").await;
    assert_eq!(width_of(&tom, &now).await, 33);
    visitor.get(&now).await.is(404);
    visitor.get(&format!("{page}/attachments")).await.is(404);
}

async fn a_newer_file_takes_the_place_of_what_it_was(world: World) {
    let folder = with_older_files();
    let at = folder.path();
    comes(&world, at);
    let visitor = world.as_visitor();
    let before = now_on(&guide(&visitor, "hurdles:filters").await);
    repainted(at);
    let report = comes(&world, at);
    assert_eq!(
        (report.revisions, report.files, report.older_files),
        (0, 1, 4)
    );
    let page = guide(&visitor, "hurdles:filters").await;
    let shown = visitor.get(&now_on(&page)).await;
    let shown = if shown.status == 302 {
        shown.leads_to()
    } else {
        now_on(&page)
    };
    assert_eq!(
        width_of(&visitor, &shown).await,
        33,
        "the page shows what the file is now"
    );
    assert_eq!(number(&before), number(&shown), "under the same number");
    let old = leads(&visitor, "/_media/sign.png?rev=1200000040").await;
    assert_eq!(width_of(&visitor, &old).await, 64);
    files_of(&visitor, "hurdles:filters")
        .await
        .says("repainted");
    let count = "SELECT count(*) FROM attachment";
    assert_eq!(world.number(count).await, 5);
    comes(&world, at);
    assert_eq!(world.number(count).await, 5, "nothing comes twice");
    // Deleted there, it is in no list of files any more, and what it was is still there.
    std::fs::rename(
        at.join("data/media/sign.png"),
        at.join("data/media_attic/sign.1200000060.png"),
    )
    .unwrap();
    let log = at.join("data/media_meta/sign.png.changes");
    let log = std::fs::read_to_string(log).unwrap();
    let more = format!("{log}1200000070\t-\tD\tsign.png\tann\ttaken down\n");
    lays(at, "data/media_meta/sign.png.changes", more.as_bytes());
    comes(&world, at);
    visitor.get("/_media/sign.png").await.is(404);
    let files = files_of(&visitor, "hurdles:filters").await;
    files
        .says("Deleted where they came from")
        .says("taken down");
    let old = leads(&visitor, "/_media/sign.png?rev=1200000060").await;
    assert_eq!(width_of(&visitor, &old).await, 33);
}

/// The sign is drawn anew there, as the wiki does it: what was there goes to the attic, under its own
/// second.
pub fn repainted(at: &Path) {
    let now = std::fs::read(at.join("data/media/sign.png")).unwrap();
    lays(at, "data/media_attic/sign.1200000040.png", &now);
    lays(at, "data/media/sign.png", &sign(33));
    let path = at.join("data/media_meta/sign.png.changes");
    let log = std::fs::read_to_string(&path).unwrap();
    let more = format!("{log}1200000060\t-\tE\tsign.png\tann\trepainted\n");
    lays(at, "data/media_meta/sign.png.changes", more.as_bytes());
}

pub fn number(address: &str) -> &str {
    address.split('/').nth(2).unwrap()
}

async fn a_file_that_was_deleted_there_and_added_again_is_one_file(world: World) {
    let folder = with_older_files();
    let at = folder.path();
    comes(&world, at);
    let log = "data/media_meta/map.png.changes";
    let before = std::fs::read_to_string(at.join(log)).unwrap();
    let more = format!("{before}1200000090\t-\tC\tmap.png\tann\tup to date\n");
    lays(at, log, more.as_bytes());
    lays(at, "data/media/map.png", &sign(34));
    comes(&world, at);
    let visitor = world.as_visitor();
    let now = leads(&visitor, "/_media/map.png").await;
    assert_eq!(width_of(&visitor, &now).await, 34);
    let files = files_of(&visitor, "start").await;
    files
        .says("History of map.png")
        .says("added again")
        .says("out of date")
        .keeps_quiet_of("Deleted where they came from");
}

async fn what_files_were_is_carried_to_the_other_database(world: World) {
    comes(&world, with_older_files().path());
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
    let table = one.tables.iter().find(|one| one.name == "file_version");
    assert_eq!((table.unwrap().rows, one.attachments.files), (6, 4));
    there.goes_away().await;
}

async fn notes_keep_what_their_files_were(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    lays(at, "Start.md", b"# Start\n\n![](sign.png)");
    lays(at, "sign.png", &sign(30));
    comes(&world, at);
    // A fresh copy has other times and the same bytes.
    touched(&at.join("sign.png"), 2_000_000_000);
    comes(&world, at);
    let count = "SELECT count(*) FROM attachment";
    assert_eq!(world.number(count).await, 1);
    lays(at, "sign.png", &sign(31));
    touched(&at.join("sign.png"), 2_000_000_100);
    comes(&world, at);
    assert_eq!(world.number(count).await, 2);
    let visitor = world.as_visitor();
    let page = visitor.get("/guides/1").await;
    let page = if page.status == 200 {
        page
    } else {
        visitor.follow(&page).await
    };
    let files = visitor.get(&format!("{}/attachments", page.address)).await;
    files.says("History of sign.png").says("Not known");
}
