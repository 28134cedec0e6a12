//! Everything can be taken away and brought back, to either database, and is the same.

use std::collections::BTreeMap;
use std::path::Path;

use fosbury::history::store_check;
use fosbury::interchange::archive::Key;
use fosbury::interchange::model::Manifest;
use fosbury::interchange::{backups, erasures, files, replaying};
use fosbury::migrations::MIGRATIONS;
use fosbury::starting::demo;
use fosbury::viewer::Visibility;

use crate::attachments::{brings, png};
use crate::elsewhere::{Elsewhere, WHEN, backs_up, exports, quietly};
use crate::harvest::{NOTES, noted};
use crate::world::{Engine, World, both};

both!(
    an_export_is_an_equal_site_on_the_other_database_and_back,
    a_backup_is_an_equal_site_on_the_other_database_and_back,
    a_backup_made_while_two_people_write_is_whole,
    what_was_erased_stays_erased_when_an_old_backup_comes_back,
    a_later_revision_of_the_same_number_is_not_erased,
    a_place_that_is_not_empty_is_not_written_over,
);

pub const TITLE: &str = "Żółć — “quoted” \\ <b>27</b> 🌉 +++ \"\"\" '''";

/// Pages, an invented county, a comment, thanks, a draft, a file, and words from all over.
pub async fn is_lived_in(world: &World) -> String {
    let filled = demo::fill(&world.app().db, world.app().clock.now()).await;
    filled.unwrap();
    let (tom, amina) = (world.as_tom(), world.as_amina());
    let problem = "Line one.\n\n+++\n\nLine two with a tab\tand 'quotes' & more.";
    let fields = [("problem", problem), ("tags", "gwŷl\nfilters")];
    let address = tom.writes_hurdle(TITLE, &fields).await;
    let address = tom.changed(&address, &[("detail", "More of it.")]).await;
    brings(&tom, &address, "Sign at the door.png", &png()).await;
    let comment = [("words", "We found a way: ask @Amina 🌉.")];
    tom.says(&address, &comment).await.is(303);
    amina.post("/comments/1/thanks", &[]).await.is(303);
    for place in ["/trials/1", "/organisations/northshire", "/sessions/1"] {
        let said = tom.post(&format!("{place}/said"), &comment).await;
        said.is(303);
    }
    let draft = [("base", "2"), ("problem", "Not yet.")];
    let kept = tom.post(&format!("{address}/draft"), &draft).await;
    assert!(kept.status < 400, "{}", kept.status);
    world.as_visitor().get("/search?q=xyzzy").await.is(200);
    is_harvested(world).await;
    for (what, field) in [
        ("tips", "tip"),
        ("outcomes", "outcome"),
        ("actions", "doing"),
    ] {
        let fields = [(field, "Ask who said no"), ("owner", "Tom")];
        let told = tom.post(&format!("/sessions/1/{what}"), &fields).await;
        assert!(told.status == 303, "{what}: {}", told.status);
    }
    assert_ne!(
        world
            .number("SELECT count(*) FROM session_action_step")
            .await,
        0
    );
    address
}

/// Notes of a session, one line made into a hurdle, one kept, one joined to the line above.
async fn is_harvested(world: &World) {
    let number = noted(world, Visibility::Members, false, NOTES).await;
    let line = |line: &'static str, act: &str, kind: &'static str| {
        let to = format!("/sessions/{number}/harvest/{act}");
        let fields = [
            ("line", line),
            ("part", "0"),
            ("seen", "0"),
            ("kind", kind),
            ("title", kind),
        ];
        (to, fields)
    };
    for (to, fields) in [
        line("2", "made", "hurdle"),
        line("6", "made", "action"),
        line("9", "joins", "aside"),
    ] {
        world.as_tom().post(&to, &fields).await.is(303);
    }
}

/// The other engine, and the one a site is on.
fn engines(world: &World) -> (Engine, Engine) {
    match world.app().db.engine_name() {
        "SQLite" => (Engine::Postgres, Engine::Sqlite),
        _ => (Engine::Sqlite, Engine::Postgres),
    }
}

/// Every file below a folder with its bytes.
pub fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    files::below(folder, &mut |name, path| {
        found.insert(name.to_owned(), std::fs::read(path).unwrap());
        Ok(())
    })
    .unwrap();
    found
}

fn says(folder: &Path, words: &str) -> bool {
    files_in(folder)
        .into_values()
        .any(|bytes| String::from_utf8_lossy(&bytes).contains(words))
}

fn rows(manifest: &Manifest, table: &str) -> u64 {
    let found = manifest.tables.iter().find(|one| one.name == table);
    found.unwrap().rows
}

async fn an_export_is_an_equal_site_on_the_other_database_and_back(world: World) {
    is_lived_in(&world).await;
    let (other, own) = engines(&world);
    let Some(there) = Elsewhere::new(&world, other).await else {
        return;
    };
    let back = Elsewhere::new(&world, own).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("export");
    exports(&world.app().db, &world.app().settings, &first).await;
    there.imports(&first).await.unwrap();
    let (second, _) = there.exports().await;
    back.imports(&second).await.unwrap();
    let (third, manifest) = back.exports().await;
    let (first, second, third) = (files_in(&first), files_in(&second), files_in(&third));
    assert_eq!((first.len(), first.len()), (second.len(), third.len()));
    for name in first.keys() {
        assert!(first[name] == second[name], "{name} differs over there");
        assert!(first[name] == third[name], "{name} differs when back");
    }
    for (table, least) in [
        ("record", 5),
        ("revision", 6),
        ("person", 4),
        ("draft", 1),
        ("said", 3),
        ("thanks", 1),
        ("attachment", 1),
        ("organisation", 1),
        ("case_card", 4),
        ("case_trial", 8),
        ("body_group", 2),
        ("harvest", 2),
        ("harvest_line", 4),
        ("body_group_revision", 10),
        ("figure_source", 4),
    ] {
        assert!(rows(&manifest, table) >= least, "{table}");
    }
    assert_eq!(manifest.attachments.files, 1);
    there.goes_away().await;
    back.goes_away().await;
}

async fn a_backup_is_an_equal_site_on_the_other_database_and_back(world: World) {
    is_lived_in(&world).await;
    let (other, own) = engines(&world);
    let Some(there) = Elsewhere::new(&world, other).await else {
        return;
    };
    let back = Elsewhere::new(&world, own).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("backup.tar.gz");
    let one = backs_up(&world.app().db, &world.app().settings, &first).await;
    there.restores(&first, None).await.unwrap();
    let (second, two) = there.backs_up().await;
    back.restores(&second, None).await.unwrap();
    let (_, three) = back.backs_up().await;
    assert_eq!(one, two);
    assert_eq!(two, three);
    for left_out in ["sign_in", "entry_link", "job"] {
        let is_there = one.tables.iter().any(|table| table.name == left_out);
        assert!(!is_there, "{left_out} left the place");
    }
    there.goes_away().await;
    back.goes_away().await;
}

async fn a_backup_made_while_two_people_write_is_whole(world: World) {
    let mut writers = Vec::new();
    for who in [world.as_tom(), world.as_dafydd()] {
        let title = format!("Page {}", writers.len());
        let address = world.as_tom().writes_hurdle(&title, &[]).await;
        writers.push(tokio::spawn(async move {
            for round in 0..30 {
                let words = format!("Round {round}.");
                who.changed(&address, &[("problem", &words)]).await;
            }
        }));
    }
    let folder = tempfile::tempdir().unwrap();
    let (app, mut seen) = (world.app(), Vec::new());
    while seen.len() < 3 || writers.iter().any(|writer| !writer.is_finished()) {
        let file = folder.path().join(format!("{}.tar.gz", seen.len()));
        let manifest = backs_up(&app.db, &app.settings, &file).await;
        let proved = backups::proved(folder.path(), &file, Key::None, &[], WHEN, quietly());
        let (staged, report, _) = proved.await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        assert_eq!(staged.manifest, manifest);
        seen.push(rows(&manifest, "revision"));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert!(seen.is_sorted(), "{seen:?}");
    let file = folder.path().join("last.tar.gz");
    let last = backs_up(&app.db, &app.settings, &file).await;
    assert_eq!(rows(&last, "revision"), 62);
}

const SECRET: &str = "Gwyneth";

async fn what_was_erased_stays_erased_when_an_old_backup_comes_back(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let stays = [("problem", "Mrs Gwyneth of 3 High Street.")];
    let stays = tom.writes_hurdle("Nobody answers", &stays).await;
    tom.writes_hurdle("Gwyneth is angry", &[("tags", "gwyneth")])
        .await;
    brings(&tom, &stays, "Gwyneth at the door.png", &png()).await;
    let comment = [("words", "Gwyneth told me so.")];
    dafydd.says(&stays, &comment).await.is(303);
    let (app, folder) = (world.app(), tempfile::tempdir().unwrap());
    let file = folder.path().join("old.tar.gz");
    backs_up(&app.db, &app.settings, &file).await;

    forgets(&world, &stays).await;
    let list = app.settings.data.join(erasures::LIST);
    let forgotten = erasures::listed(&list);
    assert_eq!(
        forgotten.len(),
        6,
        "three revisions, a comment, a file, a person: {forgotten:?}"
    );
    let words = std::fs::read_to_string(&list).unwrap();
    assert!(
        !words.contains(SECRET) && !words.contains("Dafydd"),
        "{words}"
    );

    let (_, own) = engines(&world);
    let old = Elsewhere::new(&world, own).await.unwrap();
    old.restores(&file, None).await.unwrap();
    let (export, _) = old.exports().await;
    assert!(says(&export, SECRET), "the old backup does hold it");
    old.goes_away().await;

    let new = Elsewhere::new(&world, own).await.unwrap();
    new.restores(&file, Some(&list)).await.unwrap();
    let (export, manifest) = new.exports().await;
    for gone in [SECRET, "gwyneth", "Dafydd", "dafydd@council.example"] {
        assert!(!says(&export, gone), "{gone} is back");
    }
    assert_eq!(manifest.attachments.files, 0, "the file's bytes are back");
    // A backup of what came back has nothing left to forget.
    let (again, _) = new.backs_up().await;
    let scratch = folder.path();
    let proved = backups::proved(scratch, &again, Key::None, &forgotten, WHEN, quietly());
    let (_staged, report, replayed) = proved.await.unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    let told = replayed.iter().filter(|line| !line.contains("left again"));
    assert_eq!(told.count(), 0, "{replayed:?}");
    new.goes_away().await;
}

async fn a_later_revision_of_the_same_number_is_not_erased(world: World) {
    let tom = world.as_tom();
    let address = tom
        .writes_hurdle("Nobody answers", &[("problem", "Words.")])
        .await;
    let (app, now) = (world.app(), world.app().clock.now());
    let (record, ..) = store_check::records(&app.db).await.unwrap().remove(0);
    let at = |at| erasures::Forgotten::Revision {
        record: record.clone(),
        revision: 1,
        at,
    };
    // Erased before a restore to an older state, after which somebody wrote another one.
    let folder = app.settings.attachments_folder();
    let before = [at(now.0 - 1)];
    let told = replaying::replay(&app.db, &folder, &before).await.unwrap();
    assert_eq!(told, Vec::<String>::new());
    tom.get(&address).await.is(200).says("Words.");
    let told = replaying::replay(&app.db, &folder, &[at(now.0)]).await;
    assert_eq!(told.unwrap().len(), 1);
    tom.get(&address).await.is(410).keeps_quiet_of("Words.");
    world.chains_hold().await;
}

/// Erases words, a page, a comment and a file, and lets somebody go.
async fn forgets(world: &World, stays: &str) {
    let (ruth, amina) = (world.as_ruth(), world.as_amina());
    let why = ("why", "names a resident");
    let better = [("problem", "A resident.")];
    world.as_tom().changed(stays, &better).await;
    for (path, fields) in [
        (format!("{stays}/erasures"), vec![("revision", "1"), why]),
        ("/hurdles/2/deletions".to_owned(), vec![why]),
        (
            "/hurdles/2/erasures".to_owned(),
            vec![("revision", "1"), why],
        ),
        (
            "/hurdles/2/erasures".to_owned(),
            vec![("revision", "2"), why],
        ),
        ("/comments/1/erasures".to_owned(), vec![why]),
        ("/attachments/1/erasures".to_owned(), vec![why]),
    ] {
        let who = if path.ends_with("deletions") {
            &amina
        } else {
            &ruth
        };
        who.post(&path, &fields).await.is(303);
    }
    let person = ruth.get("/people").await.link("Dafydd");
    let left = ruth.post(&format!("{person}/departure"), &[]).await;
    left.is(303);
}

async fn a_place_that_is_not_empty_is_not_written_over(world: World) {
    is_lived_in(&world).await;
    let (app, folder) = (world.app(), tempfile::tempdir().unwrap());
    let export = folder.path().join("export");
    exports(&app.db, &app.settings, &export).await;
    let file = folder.path().join("one.tar.gz");
    backs_up(&app.db, &app.settings, &file).await;
    let (_, own) = engines(&world);
    let full = Elsewhere::new(&world, own).await.unwrap();
    // Nobody joined, nobody wrote: one row that somebody cared for.
    let db = full.db().await;
    MIGRATIONS.run(&db, 0).await.unwrap();
    let tx = db.begin().await.unwrap();
    let row = vec!["something".into(), 1_i64.into()];
    let into = "counter (name, value)";
    tx.insert_many(into, 2, vec![row]).await.unwrap();
    tx.commit().await.unwrap();
    drop(db);
    for refused in [
        full.imports(&export).await,
        full.restores(&file, None).await,
    ] {
        let sentence = refused.unwrap_err().to_string();
        assert!(sentence.contains("not empty, and nothing"), "{sentence}");
    }
    let (_, manifest) = full.exports().await;
    let found: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    assert_eq!(found, 1, "nothing else came in");
    assert_eq!(files_in(&full.settings.data).len(), 1, "only the lock");
    full.goes_away().await;
}
