//! One stream of steps: run once, never backwards, in common words.

use db::{Error, Migration, Migrations, Reads};
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

/// What was said before trials and organisations could be talked about: one row of each table that
/// step 14 makes anew, and what they refer to.
const SAID_BEFORE: &[&str] = &[
    "INSERT INTO person (id, address, name, role, joined_at, is_demo)
     VALUES ('p', 'tom@council.example', 'Tom', 'officer', 1, FALSE)",
    "INSERT INTO record (id, kind, number, title, slug, sort_key, summary, visibility, author_id,
             is_unfinished, state, head, made_at, changed_at, licence, credit, is_demo)
     VALUES ('r', 'hurdle', 1, 'Blocked', 'blocked', 'blocked', '', 'public', 'p', FALSE, 'live',
             1, 1, 1, '', '', FALSE)",
    "INSERT INTO said (id, number, record_id, what, state, thread, base, became, size, made_at,
             settled_at, edited_at, author_id, author_name, secret_hash, note, why, words)
     VALUES ('s', 1, 'r', 'way', 'published', 1, 2, 3, 4, 5, 6, 7, 'p', 'Tom', 'hash', 'note', 'why',
             'words')",
    "INSERT INTO thanks (said_id, person_id, at) VALUES ('s', 'p', 8)",
    "INSERT INTO waiting (id, person_id, said_id, why, at, read_at)
     VALUES ('w', 'p', 's', 'mention', 9, 10)",
    "INSERT INTO moderation (id, at, act, what, number, times, record_id, reason, person_id)
     VALUES ('m', 11, 'accept', 'way', 1, 1, 'r', 'because', 'p')",
];

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_about_pages_is_there_after_trials_can_be_talked_about() {
    for place in places().await {
        let db = place.open().await;
        MIGRATIONS.until(13).run(&db, 1).await.unwrap();
        let tx = db.begin().await.unwrap();
        for text in SAID_BEFORE {
            tx.query(text).run().await.unwrap();
        }
        tx.commit().await.unwrap();
        MIGRATIONS.run(&db, 2).await.unwrap();
        let said: (String, i64, String, i64, i64, String, String) = db
            .query(
                "SELECT s.record_id, s.became, s.secret_hash, t.at, w.read_at, m.reason, s.words
                 FROM said s
                 JOIN thanks t ON t.said_id = s.id
                 JOIN waiting w ON w.said_id = s.id
                 JOIN moderation m ON m.record_id = s.record_id
                 WHERE s.trial_id IS NULL AND s.organisation_id IS NULL",
            )
            .one()
            .await
            .unwrap();
        let expected = (
            "r".into(),
            3,
            "hash".into(),
            8,
            10,
            "because".into(),
            "words".into(),
        );
        assert_eq!(said, expected);
        // Something is said about exactly one page.
        let tx = db.begin().await.unwrap();
        let nowhere = tx.query("UPDATE said SET record_id = NULL").run().await;
        assert!(nowhere.is_err(), "{}", db.engine_name());
        drop(tx);
        drop(db);
        place.remove().await;
    }
}
