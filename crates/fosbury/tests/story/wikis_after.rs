//! After a wiki came: its pages become what they are, its authors are found, and it leaves and comes
//! again as the same.

use std::path::Path;

use db::{Db, Reads};
use dokuwiki::Folder;
use fosbury::people::signing_in::newcomer;
use fosbury::people::store as people;
use fosbury::viewer::Role;
use fosbury::wikis::coming::{self, Asked};
use fosbury::wikis::leaving;

use crate::elsewhere::{Elsewhere, WHEN};
use crate::signing_in::asks;
use crate::wikis::{comes, guide, lays, northshire};
use crate::wikis_files::with_older_files;
use crate::world::{Engine, World, both};

both!(
    an_owner_turns_pages_with_one_press_each_and_takes_it_back,
    only_an_owner_looks_through_a_wiki_that_came,
    who_wrote_there_says_so_and_a_steward_confirms_it,
    the_address_that_a_wiki_knew_is_proof_enough,
    who_leaves_is_no_author_any_more,
    what_leaves_as_a_wiki_comes_again_as_the_same,
);

/// Northshire's wiki with pages that are more than guides.
fn with_notes() -> tempfile::TempDir {
    let folder = northshire();
    lays_notes(folder.path());
    folder
}

fn lays_notes(folder: &Path) {
    let notes = "====== Workshop ======\n\n===== Priya Nair's notes =====\n\n  * IT says no\n  * we asked HR\n";
    lays(folder, "data/pages/camp/room_a.txt", notes.as_bytes());
}

const PAGES: &str = "/place/wikis/1/pages";

async fn an_owner_turns_pages_with_one_press_each_and_takes_it_back(world: World) {
    let tom = world.as_tom();
    for title in ["The filter blocks consent", "Nobody answers letters"] {
        tom.writes_hurdle(title, &[]).await;
    }
    comes(&world, with_notes().path());
    let (ruth, visitor) = (world.as_ruth(), world.as_visitor());
    let came = ruth.get("/place/wikis/1").await;
    came.is(200).says("Look through its pages");
    let page = ruth.get(PAGES).await;
    page.is(200)
        .says("It stood in “hurdles”.")
        .says("It begins: “The filter blocks consent")
        .says("Priya Nair")
        .says("Hurdle 1: The filter blocks consent");
    page.keeps_quiet_of("Welcome");
    let of = |page: &crate::page::Page, number: &str| {
        let forms = page.forms().into_iter();
        let mut of = forms.filter(|form| form.get("page") == number);
        of.next().unwrap()
    };
    let filters = guide(&visitor, "hurdles:filters").await;
    let number = filters.address.split(['/', '-']).nth(2).unwrap().to_owned();
    let done = ruth.submit(&of(&page, &number).with("as", "hurdle")).await;
    let page = ruth.follow(&done).await;
    page.is(200)
        .says("The next page waits")
        .says("is a hurdle now");
    let leads = visitor.get("/doku.php?id=hurdles:filters").await;
    let mut leads = visitor.follow(&leads).await;
    while leads.status == 301 {
        leads = visitor.follow(&leads).await;
    }
    assert_eq!(leads.is(200).address, "/hurdles/3-filters");
    let raw = "/doku.php?id=hurdles:filters&do=export_raw";
    visitor.get(raw).await.is(200);
    // It comes again: what was turned stays so.
    let again = comes(&world, with_notes().path());
    assert!(again.lines.iter().any(|line| line.what == "edited-here"));
    visitor.get("/hurdles/3-filters").await.is(200);
    let undo = page.forms().into_iter();
    let mut undo = undo.filter(|form| form.action.ends_with("/1/returns"));
    let done = ruth.submit(&undo.next().unwrap()).await;
    ruth.follow(&done).await.says("It stood in “hurdles”.");
    guide(&visitor, "hurdles:filters").await.is(200);
    let page = ruth.get(PAGES).await;
    let left = ruth.submit(&of(&page, &number).with("as", "guide")).await;
    let page = ruth.follow(&left).await;
    page.says("left as a guide");
    assert!(
        page.forms()
            .iter()
            .all(|form| form.get("as") != "hurdle" || form.get("page") != number)
    );
    let undo = page.forms().into_iter();
    let mut undo = undo.filter(|form| form.action.ends_with("/1/returns"));
    ruth.submit(&undo.next().unwrap()).await.is(303);
    let twin = [("page", number.as_str()), ("into", "hurdle-1")];
    ruth.post("/place/wikis/1/turnings", &twin).await.is(303);
    visitor
        .get("/hurdles/1-the-filter-blocks-consent")
        .await
        .says("Made of")
        .says("sign.png");
    let wrong = [("page", number.as_str()), ("as", "hurdle")];
    ruth.post("/place/wikis/1/turnings", &wrong).await.is(410);
}

async fn only_an_owner_looks_through_a_wiki_that_came(world: World) {
    comes(&world, with_notes().path());
    for other in [world.as_tom(), world.as_amina()] {
        other.get(PAGES).await.is(403);
        let sent = [("page", "1"), ("as", "hurdle")];
        other.post("/place/wikis/1/turnings", &sent).await.is(403);
        other.post("/place/wikis/1/returns", &sent).await.is(403);
    }
    world.as_ruth().get("/place/wikis/9/pages").await.is(404);
    let wrong = [("page", "1"), ("as", "unicorn")];
    let page = world
        .as_ruth()
        .post("/place/wikis/1/turnings", &wrong)
        .await;
    page.is(422).says("Choose what it is to become");
}

async fn who_wrote_there_says_so_and_a_steward_confirms_it(world: World) {
    comes(&world, northshire().path());
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let history = guide(&visitor, "hurdles:filters").await.address + "/history";
    let account = tom.get("/account").await;
    account.is(200).says("You went by another name there");
    account.says("Revisions by Ann Example in Northshire notes");
    let claimed = tom
        .submit(
            &account
                .form("/account/authors")
                .with("author", "1:Ann Example"),
        )
        .await;
    tom.follow(&claimed).await.says("A steward confirms it");
    visitor.get(&history).await.says("Ann Example");
    let second = [("author", "1:Ann Example")];
    amina.post("/account/authors", &second).await.is(303);
    amina
        .get("/account")
        .await
        .keeps_quiet_of("Revisions by Ann Example");
    tom.get("/desk/authors").await.is(403);
    let desk = amina.get("/desk/authors").await;
    desk.is(200).says("Tom : Revisions by Ann Example");
    let yes = desk.form("/confirmations").with("author", "1:Ann Example");
    amina.submit(&yes).await.is(303);
    visitor
        .get(&history)
        .await
        .says("Tom")
        .keeps_quiet_of("Ann Example");
    visitor.get("/changes").await.keeps_quiet_of("Ann Example");
    world.chains_hold().await;
    let account = tom.get("/account").await;
    account.says("They stand under your name.");
    let given_up = account
        .form("/authors/removal")
        .with("author", "1:Ann Example");
    tom.submit(&given_up).await.is(303);
    visitor.get(&history).await.says("Ann Example");
    // Nobody takes what no wiki has, nor confirms what nobody said.
    let nobody = [("author", "1:Nobody"), ("person", "x")];
    tom.post("/account/authors", &nobody).await.is(404);
    tom.post("/account/authors", &[]).await.is(404);
    amina
        .post("/desk/authors/confirmations", &nobody)
        .await
        .is(303);
    amina.post("/account/authors", &second).await.is(303);
    let desk = amina.get("/desk/authors").await;
    assert!(
        desk.forms()
            .iter()
            .all(|form| !form.action.ends_with("/confirmations"))
    );
    let own = desk.form("/desk/authors/removal");
    let own = [("author", "1:Ann Example"), ("person", own.get("person"))];
    amina
        .post("/desk/authors/confirmations", &own)
        .await
        .is(403);
}

async fn the_address_that_a_wiki_knew_is_proof_enough(world: World) {
    let folder = northshire();
    lays(
        folder.path(),
        "conf/users.auth.php",
        b"ann:$2y$10$NOTREAL:Ann Example:Newcomer@Council.example:user\n",
    );
    comes(&world, folder.path());
    let kept = "SELECT count(*) FROM wiki_author WHERE address_hash LIKE '%council%'";
    assert_eq!(world.number(kept).await, 0, "no address is kept in clear");
    let visitor = world.as_visitor();
    let history = guide(&visitor, "hurdles:filters").await.address + "/history";
    let ann = world.as_visitor();
    let letter = asks(&world, &ann, "newcomer@council.example", 1).await;
    let landing = ann.get(&letter.link()).await;
    ann.submit(&landing.forms().pop().unwrap()).await.is(303);
    let account = ann.get("/account").await;
    account.is(200).says("They stand under your name.");
    let named = account.form("/account/name").with("name", "Ann Moor");
    ann.submit(&named).await.is(303);
    visitor
        .get(&history)
        .await
        .says("Ann Moor")
        .keeps_quiet_of("Ann Example");
    // Given up, it does not come again by itself.
    let given_up = account
        .form("/authors/removal")
        .with("author", "1:Ann Example");
    ann.submit(&given_up).await.is(303);
    let letter = asks(&world, &ann, "newcomer@council.example", 2).await;
    let landing = ann.get(&letter.link()).await;
    ann.submit(&landing.forms().pop().unwrap()).await.is(303);
    visitor.get(&history).await.says("Ann Example");
    comes(&world, folder.path());
    visitor.get(&history).await.says("Ann Example");
}

async fn who_leaves_is_no_author_any_more(world: World) {
    let folder = northshire();
    lays(
        folder.path(),
        "conf/users.auth.php",
        b"ann:$2y$10$NOTREAL:Ann Example:tom@council.example:user\n",
    );
    comes(&world, folder.path());
    let (ruth, visitor) = (world.as_ruth(), world.as_visitor());
    let history = guide(&visitor, "hurdles:filters").await.address + "/history";
    // That an invitation named the address proves nothing: a letter to it does.
    visitor.get(&history).await.says("Ann Example");
    let tom = world.as_visitor();
    let letter = asks(&world, &tom, "tom@council.example", 1).await;
    let landing = tom.get(&letter.link()).await;
    tom.submit(&landing.forms().pop().unwrap()).await.is(303);
    visitor.get(&history).await.says("Tom");
    let people = ruth.get("/people").await;
    let tom = people.link("Tom");
    let form = ruth.get(&tom).await.form("/departure");
    ruth.submit(&form).await.is(303);
    visitor
        .get(&history)
        .await
        .says("Ann Example")
        .keeps_quiet_of("Tom");
    let tied =
        "SELECT count(*) FROM wiki_author WHERE person_id IS NOT NULL OR address_hash IS NOT NULL";
    assert_eq!(world.number(tied).await, 0);
}

/// Every revision of every page that came, as a place holds it.
async fn held(db: &Db) -> Vec<(String, i64, String, String, String, String)> {
    let rows: Vec<(String, i64, String, Option<String>, String, String)> = db
        .query(
            "SELECT p.page, t.second, v.act, t.words, v.author_name, v.summary
             FROM wiki_page p
             JOIN revision v ON v.record_id = p.record_id
             JOIN wiki_text t ON t.record_id = v.record_id AND t.seq = v.seq
             ORDER BY p.page, v.seq",
        )
        .all()
        .await
        .unwrap();
    let rows = rows.into_iter();
    rows.map(|(page, second, act, words, author, summary)| {
        (
            page,
            second,
            act,
            words.unwrap_or_default(),
            author,
            summary,
        )
    })
    .collect()
}

/// The same with what pages show: their parts, state, visibility and licence.
async fn shown(db: &Db) -> Vec<(String, String, String, String, String)> {
    db.query(
        "SELECT p.page, v.parts, r.state, r.visibility, r.licence
         FROM wiki_page p
         JOIN record r ON r.id = p.record_id
         JOIN revision v ON v.record_id = r.id AND v.seq = r.head
         ORDER BY p.page",
    )
    .all()
    .await
    .unwrap()
}

async fn comes_there(there: &Elsewhere, folder: &Path) -> Db {
    let db = there.db().await;
    fosbury::migrations::MIGRATIONS
        .run(&db, WHEN.0)
        .await
        .unwrap();
    let owner = newcomer("owner@council.example", "Olwen", Role::Owner, WHEN);
    let tx = db.begin().await.unwrap();
    people::insert(&tx, &owner, false).await.unwrap();
    tx.commit().await.unwrap();
    let asked = Asked {
        name: "again".to_owned(),
        ..Asked::default()
    };
    let source = Folder::at(folder);
    tokio::task::block_in_place(|| {
        let mut quiet = |_, _| {};
        let came = coming::bring(&db, &there.settings, &source, &asked, WHEN, &mut quiet);
        tokio::runtime::Handle::current().block_on(came)
    })
    .unwrap();
    db
}

async fn what_leaves_as_a_wiki_comes_again_as_the_same(world: World) {
    let folder = with_older_files();
    lays_notes(folder.path());
    comes(&world, folder.path());
    let here = &world.app().db;
    let out = folder.path().join("out");
    leaving::leave(here, &world.app().settings, &out)
        .await
        .unwrap();
    let engine = match here.engine_name() {
        "SQLite" => Engine::Postgres,
        _ => Engine::Sqlite,
    };
    let Some(there) = Elsewhere::new(&world, engine).await else {
        return;
    };
    let db = comes_there(&there, &out).await;
    let (before, after) = (held(here).await, held(&db).await);
    assert!(before.len() > 9, "{before:?}");
    assert_eq!(before, after, "pages, dates, acts, texts, authors, reasons");
    assert_eq!(shown(here).await, shown(&db).await);
    // And once more: what leaves there is what left here.
    let second = folder.path().join("second");
    leaving::leave(&db, &there.settings, &second).await.unwrap();
    let listed = |folder: &Path| {
        let mut found = Vec::new();
        fosbury::interchange::files::below(folder, &mut |name, path| {
            found.push((name.to_owned(), std::fs::read(path).unwrap()));
            Ok(())
        })
        .unwrap();
        found.retain(|(name, _)| name.starts_with("data/pages") || name.starts_with("data/media"));
        found.sort();
        found
    };
    let (first, again) = (listed(&out), listed(&second));
    let older = first
        .iter()
        .filter(|(name, _)| name.contains("media_attic"));
    assert_eq!(older.count(), 3, "what files were leaves as well");
    assert_eq!(first, again);
    drop(db);
    there.goes_away().await;
}
