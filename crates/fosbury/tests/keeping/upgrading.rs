//! An upgrade backs up first, and no program goes backwards.

use std::fs;
use std::time::Duration;

use db::{Db, Reads};
use fosbury::interchange::archive::Key;
use fosbury::interchange::bringing;
use fosbury::migrations::MIGRATIONS;

use crate::archives::{Kept, WHEN};
use crate::running::{Running, Site, wait_for};

/// Asserts that a program says this when it starts.
pub fn tells(running: &Running, words: &str) {
    wait_for(words, Duration::from_secs(30), || {
        let said = running.said.lock().unwrap();
        said.iter().any(|line| line.contains(words)).then_some(())
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn before_tables_change_a_backup_is_made_that_can_be_restored() {
    let kept = Kept::empty();
    let old = MIGRATIONS.until(3);
    let db = kept.db().await;
    old.run(&db, 1).await.unwrap();
    let tx = db.begin().await.unwrap();
    let words = vec!["what they looked for".into(), 2_i64.into(), 3_i64.into()];
    let into = "empty_search (words, times, last_at)";
    tx.insert_many(into, 3, vec![words]).await.unwrap();
    tx.commit().await.unwrap();
    drop(db);
    let site = Site::new(kept.settings.data.clone(), &kept.settings.database);
    let running = site.start(&["--empty"]);
    let newest = MIGRATIONS.newest();
    tells(
        &running,
        &format!("has tables of version 3; version {newest} comes next"),
    );
    drop(running);
    let backups = fs::read_dir(kept.settings.data.join("backups")).unwrap();
    let backups: Vec<_> = backups.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(backups.len(), 1, "{backups:?}");
    drop(site.start(&["--empty"]));
    let again = fs::read_dir(kept.settings.data.join("backups")).unwrap();
    assert_eq!(again.count(), 1, "there is nothing to upgrade any more");

    let new = Kept::empty();
    let asked = bringing::Restore {
        file: &backups[0],
        key: Key::None,
        old: fosbury::interchange::restoring::Old::MustBeNone,
        erasures: None,
    };
    let teller: std::sync::Arc<dyn Fn(String) + Send + Sync> = std::sync::Arc::new(|_| {});
    bringing::restore(&new.settings, asked, WHEN, &teller)
        .await
        .unwrap();
    let db = new.db().await;
    let text = "SELECT times FROM empty_search WHERE words = 'what they looked for'";
    let found: (i64,) = db.query(text).one().await.unwrap();
    assert_eq!(found.0, 2);
    assert_eq!(db::Migrations::version_of(&db).await.unwrap(), newest);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_program_refuses_a_newer_place_and_leaves_it_alone() {
    let kept = Kept::empty();
    let db = kept.db().await;
    MIGRATIONS.run(&db, 1).await.unwrap();
    let tx = db.begin().await.unwrap();
    let step = vec![9_999_i64.into(), "of tomorrow".into(), 3_i64.into()];
    tx.insert_many("migration (version, name, at)", 3, vec![step])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    drop(db);
    let site = Site::new(kept.settings.data.clone(), &kept.settings.database);
    for command in [
        &["serve"][..],
        &["check"],
        &["export", "x"],
        &["backup", "y"],
    ] {
        let done = site.run(command);
        let words = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success(), "{command:?}");
        assert!(words.contains("newer than this program"), "{words}");
        assert!(
            words.contains("use a newer program or restore a backup"),
            "{words}"
        );
    }
    assert!(!kept.settings.data.join("backups").exists());
    let db = Db::open(&kept.settings.database).await.unwrap();
    assert_eq!(db::Migrations::version_of(&db).await.unwrap(), 9_999);
}
