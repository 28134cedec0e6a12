//! What goes wrong is told in words that say what to do.

use std::fs;

use db::{Db, Error, Reads, Value};

use crate::places::{count, everywhere, file, keep, named, server, with_database, with_tables};

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_twice_is_a_duplicate() {
    everywhere(async |db| {
        keep(&db, vec![named(1, "a")]).await;
        for (id, name) in [(1, "other"), (2, "a")] {
            let tx = db.begin().await.unwrap();
            let twice = tx.insert_many(
                "thing (id, name)",
                2,
                vec![vec![Value::Int(id), name.into()]],
            );
            assert!(matches!(twice.await, Err(Error::Duplicate)), "{id} {name}");
        }
        assert_eq!(count(&db).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_to_nobody_is_refused_and_is_no_duplicate() {
    everywhere(async |db| {
        let tx = db.begin().await.unwrap();
        let text = "INSERT INTO thing (id, owner_id) VALUES ($1, $2)";
        let refused = tx.query(text).bind(1_i64).bind("nobody").run().await;
        let ended = match refused {
            Ok(_) => tx.commit().await,
            Err(error) => Err(error),
        };
        assert!(matches!(ended, Err(Error::Statement(_))), "{ended:?}");
        assert_eq!(count(&db).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_with_a_mistake_is_ours() {
    everywhere(async |db| {
        assert!(matches!(
            db.prepare("SELEKT 1").await,
            Err(Error::Statement(_))
        ));
        assert!(matches!(
            db.prepare("SELECT no FROM thing").await,
            Err(Error::Statement(_))
        ));
        db.prepare("SELECT id FROM thing WHERE name = $1")
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nul_in_a_text_never_cuts_it_short() {
    everywhere(async |db| {
        let tx = db.begin().await.unwrap();
        let text = "INSERT INTO thing (id, name) VALUES ($1, $2)";
        let kept = tx.query(text).bind(1_i64).bind("a\0b").run().await;
        if db.engine_name() == "PostgreSQL" {
            assert!(kept.is_err(), "PostgreSQL holds no NUL");
            return;
        }
        kept.unwrap();
        tx.commit().await.unwrap();
        let name: (String,) = db.query("SELECT name FROM thing").one().await.unwrap();
        assert_eq!(name.0, "a\0b");
    })
    .await;
}

async fn opening(address: &str) -> Error {
    match Db::open(address).await {
        Ok(_) => panic!("{address} opens"),
        Err(error) => error,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_no_database_is_told() {
    for address in ["", "mysql://localhost/x", "fosbury.db", "http://localhost"] {
        let error = opening(address).await;
        assert!(matches!(error, Error::Address), "{address}: {error}");
        assert!(error.to_string().contains("sqlite: or postgres://"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_does_not_answer() {
    let error = opening("postgres://nobody@127.0.0.1:1/nothing").await;
    assert!(matches!(error, Error::Unavailable(_)), "{error}");
    if let Some(server) = server() {
        let error = opening(&with_database(&server, "no_such_database")).await;
        assert!(matches!(error, Error::Unavailable(_)), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_folder_is_made_and_a_file_in_its_way_is_told() {
    let folder = tempfile::tempdir().unwrap();
    with_tables(&file(&folder, "new/and/deep/one.db")).await;
    fs::write(folder.path().join("plain"), "a file").unwrap();
    let error = opening(&file(&folder, "plain/one.db")).await;
    assert!(matches!(error, Error::Unavailable(_)), "{error}");
    let error = opening(&format!("sqlite:{}", folder.path().display())).await;
    assert!(matches!(error, Error::Unavailable(_)), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_database_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("letter.db"), "Dear Sir, ".repeat(500)).unwrap();
    let error = opening(&file(&folder, "letter.db")).await;
    assert!(matches!(error, Error::Damaged(_)), "{error}");
    assert!(error.to_string().contains("Restore a backup"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_with_flipped_pages_is_never_read_as_if_whole() {
    let folder = tempfile::tempdir().unwrap();
    let address = file(&folder, "one.db");
    let db = with_tables(&address).await;
    keep(
        &db,
        (0..2_000)
            .map(|at| named(at, &format!("thing {at}")))
            .collect(),
    )
    .await;
    drop(db);
    let path = folder.path().join("one.db");
    let mut bytes = fs::read(&path).unwrap();
    assert!(bytes.len() > 20_000);
    for at in (8_192..bytes.len()).step_by(4_096) {
        bytes[at..at + 64].fill(0xA5);
    }
    fs::write(&path, bytes).unwrap();
    let read = async {
        let db = Db::open(&address).await?;
        db.query("SELECT id, name FROM thing ORDER BY id")
            .all::<(i64, Option<String>)>()
            .await
    };
    let error = read.await.unwrap_err();
    assert!(matches!(error, Error::Damaged(_)), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.db");
    drop(with_tables(&file(&folder, "one.db")).await);
    let mut rights = fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&path, rights).unwrap();
    let written = async {
        let db = Db::open(&file(&folder, "one.db")).await?;
        let tx = db.begin().await?;
        tx.insert_many("thing (id)", 1, vec![vec![1_i64.into()]])
            .await?;
        tx.commit().await
    };
    match written.await {
        Ok(()) => println!("skipped: this user may write everywhere"),
        Err(error) => assert!(matches!(error, Error::Unavailable(_)), "{error}"),
    }
}
