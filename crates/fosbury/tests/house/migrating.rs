//! One stream of steps: run once, never backwards, in common words.

use db::{Error, Migration, Migrations};
use fosbury::migrations::MIGRATIONS;

use crate::engines::places;
use crate::schemas_told::told;
use crate::sources::files;

static FOREIGN: Migrations = Migrations(&[Migration {
    version: 1,
    name: "odd",
    text: "CREATE TABLE odd (\n    id SERIAL PRIMARY KEY\n);",
}]);

#[tokio::test(flavor = "multi_thread")]
async fn running_twice_changes_nothing() {
    for place in places().await {
        let db = place.open().await;
        let steps = MIGRATIONS.run(&db, 1).await.unwrap();
        assert_eq!(steps, MIGRATIONS.0.len() as u64);
        let before = told(&db).await;
        assert_eq!(MIGRATIONS.run(&db, 2).await.unwrap(), 0);
        let after = told(&db).await;
        assert_eq!(before.tables, after.tables);
        assert_eq!(before.indexes, after.indexes);
        drop(db);
        place.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_database_is_refused_with_a_sentence() {
    for place in places().await {
        let db = place.migrated().await;
        let tx = db.begin().await.unwrap();
        let step = vec![9_999_i64.into(), "of tomorrow".into(), 3_i64.into()];
        tx.insert_many("migration (version, name, at)", 3, vec![step])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let error = MIGRATIONS.run(&db, 4).await.unwrap_err();
        assert!(
            matches!(error, Error::TooNew { found: 9_999, .. }),
            "{error}"
        );
        let sentence = error.to_string();
        assert!(
            sentence.contains("use a newer program or restore a backup"),
            "{sentence}"
        );
        drop(db);
        place.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_of_one_engine_alone_is_refused() {
    for place in places().await {
        let db = place.open().await;
        let error = FOREIGN.run(&db, 1).await.unwrap_err();
        let sentence = error.to_string();
        assert!(matches!(error, Error::ForeignWord { .. }), "{sentence}");
        assert!(sentence.contains("SERIAL"), "{sentence}");
        assert!(!told(&db).await.tables.contains_key("odd"));
        drop(db);
        place.remove().await;
    }
}

#[test]
fn every_step_is_in_the_stream_once_and_in_order() {
    let written: Vec<String> = files("migrations", &[".sql"])
        .into_iter()
        .map(|file| file.name().to_owned())
        .collect();
    let known: Vec<String> = MIGRATIONS
        .0
        .iter()
        .map(|step| format!("{:04}_{}.sql", step.version, step.name))
        .collect();
    assert_eq!(written, known);
    for (at, step) in (1..).zip(MIGRATIONS.0) {
        assert_eq!(step.version, at, "{}", step.name);
    }
}
