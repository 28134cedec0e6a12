//! Moving house both ways: nothing is lost, and the new place serves the same page.

use std::collections::BTreeMap;
use std::path::Path;

use db::{Db, Reads, Value};
use fosbury::migrations::MIGRATIONS;

use crate::engines::Place;
use crate::running::{Request, Running, Site};

/// A place with the starter register, a person, a change and a draft.
fn lived_in(folder: &std::path::Path) -> (Site, String) {
    let address = format!("sqlite:{}", folder.join("first.db").display());
    let site = Site::new(folder.join("first"), &address);
    let running: Running = site.start(&["--demo"]);
    let amina = running.sign_in_as_owner();
    let form = [
        ("base", "0"),
        ("title", "Żółć — “quoted” <b>27</b> 🌉"),
        ("heading", "policy"),
        ("problem", "Line one.\n\nLine two with a tab\tand 'quotes'."),
        ("visibility", "members"),
        ("do", "save"),
    ];
    let request = Request::post("/hurdles", &form).with(&amina);
    let answer = site.send(&request).unwrap();
    assert_eq!(answer.status, 303, "{}", answer.body);
    let draft = [("base", "1"), ("problem", "Not yet.")];
    let request = Request::post("/hurdles/1-any/draft", &draft).with(&amina);
    let answer = site.send(&request).unwrap();
    assert!(answer.status < 400, "{}", answer.body);
    (site, amina)
}

/// Every table, counted and hashed, by copying it into a place of its own.
async fn sums(db: &Db) -> BTreeMap<String, (u64, String)> {
    let place = Place::sqlite();
    let into = place.migrated().await;
    let copied = db::copy_all(db, &into, &MIGRATIONS.schema(), |_| {})
        .await
        .unwrap();
    let sums = copied
        .into_iter()
        .map(|one| (one.table, (one.rows, one.hash)));
    sums.collect()
}

fn copy(site: &Site, from: &str, to: &str) {
    let done = site.run(&["copy-database", "--from", from, "--to", to]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{from} to {to}: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_comes_back_as_it_went() {
    let folder = tempfile::tempdir().unwrap();
    let (first, amina) = lived_in(folder.path());
    let back = format!("sqlite:{}", folder.path().join("back.db").display());
    let between = Place::postgres().await;
    let other = format!("sqlite:{}", folder.path().join("between.db").display());
    let way = between
        .as_ref()
        .map_or(other, |place| place.address.clone());
    copy(&first, &first.database, &way);
    copy(&first, &way, &back);
    let before = sums(&Db::open(&first.database).await.unwrap()).await;
    let after = sums(&Db::open(&back).await.unwrap()).await;
    assert_eq!(before, after);
    for (table, least) in [
        ("record", 100),
        ("revision", 100),
        ("person", 2),
        ("draft", 1),
    ] {
        assert!(before[table].0 >= least, "{table}: {:?}", before[table]);
    }
    for (name, address) in [("there", &way), ("back", &back)] {
        serves_the_same(
            &first,
            &Site::new(folder.path().join(name), address),
            &amina,
        );
    }
    if let Some(place) = between {
        place.remove().await;
    }
}

/// What lies beside a database is copied as files are.
fn copies_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, into) = {
            let entry = entry.unwrap();
            (entry.path(), to.join(entry.file_name()))
        };
        if path.is_dir() {
            copies_files(&path, &into);
        } else {
            std::fs::copy(path, into).unwrap();
        }
    }
}

fn serves_the_same(first: &Site, second: &Site, amina: &str) {
    let beside = |site: &Site| site.data.join("attachments");
    copies_files(&beside(first), &beside(second));
    let checked = second.run(&["check"]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success(), "{said}");
    let pages = ["/hurdles/1/history", "/hurdles", "/solutions"];
    let read = |site: &Site| {
        let _running = site.start(&[]);
        let page = |path| {
            let request = Request::get(path).with(amina);
            let answer = site.send(&request).unwrap();
            assert!(answer.status < 400, "{path}: {}", answer.status);
            answer.body
        };
        pages.map(page)
    };
    assert_eq!(read(first), read(second));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_place_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (first, _) = lived_in(folder.path());
    let own = first.database.clone();
    let done = first.run(&["copy-database", "--from", &own, "--to", &own]);
    assert!(!done.status.success());
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("not empty"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nul_is_refused_by_the_engine_that_cannot_hold_it() {
    let from = Place::sqlite();
    let db = from.migrated().await;
    let tx = db.begin().await.unwrap();
    let row: Vec<Value> = vec!["with\0nul".into(), 1_i64.into(), 1_i64.into()];
    tx.insert_many("empty_search (words, times, last_at)", 3, vec![row])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let Some(to) = Place::postgres().await else {
        return;
    };
    let into = to.migrated().await;
    let refused = db::copy_all(&db, &into, &MIGRATIONS.schema(), |_| {}).await;
    assert!(refused.is_err(), "{refused:?}");
    let text = "SELECT count(*) FROM empty_search";
    let left: (i64,) = into.query(text).one().await.unwrap();
    assert_eq!(left.0, 0, "nothing of a copy that was given up stays");
    drop(into);
    to.remove().await;
}
