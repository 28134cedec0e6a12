//! A change is whole or it is nothing.

use std::time::Duration;

use db::{Error, Reads};

use crate::places::{count, everywhere, keep, named};

const INSERT: &str = "INSERT INTO thing (id, name) VALUES ($1, $2)";

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_dropped_never_happened() {
    everywhere(async |db| {
        let tx = db.begin().await.unwrap();
        tx.query(INSERT).bind(1_i64).bind("a").run().await.unwrap();
        assert_eq!(count(&tx).await, 1, "a change sees itself");
        assert_eq!(count(&db).await, 0, "others do not");
        drop(tx);
        assert_eq!(count(&db).await, 0);
        keep(&db, vec![named(1, "the next one goes through")]).await;
        assert_eq!(count(&db).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_dropped_changes_leave_room_for_the_next() {
    everywhere(async |db| {
        for at in 0..12_i64 {
            let tx = db.begin().await.unwrap();
            tx.query(INSERT).bind(at).bind("x").run().await.unwrap();
        }
        keep(&db, vec![named(1, "x")]).await;
        assert_eq!(count(&db).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_moves_the_generation_and_a_quiet_one_does_not() {
    everywhere(async |db| {
        let before = db.generation();
        let tx = db.begin().await.unwrap();
        tx.query(INSERT).bind(1_i64).bind("a").run().await.unwrap();
        tx.commit_quietly().await.unwrap();
        assert_eq!(db.generation(), before);
        keep(&db, vec![named(2, "b")]).await;
        assert!(db.generation() > before);
        assert_eq!(count(&db).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_statement_does_not_keep_its_neighbours() {
    everywhere(async |db| {
        let tx = db.begin().await.unwrap();
        tx.query(INSERT).bind(1_i64).bind("a").run().await.unwrap();
        let twice = tx.query(INSERT).bind(1_i64).bind("b").run().await;
        assert!(matches!(twice, Err(Error::Duplicate)), "{twice:?}");
        drop(tx);
        assert_eq!(count(&db).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_changes_nothing() {
    everywhere(async |db| {
        let run = db.query("DELETE FROM thing").run().await;
        assert!(matches!(run, Err(Error::Statement(_))), "{run:?}");
        keep(&db, vec![named(1, "a")]).await;
        let sly: Result<Vec<(i64,)>, Error> =
            db.query("DELETE FROM thing RETURNING id").all().await;
        assert!(sly.is_err(), "{sly:?}");
        assert_eq!(count(&db).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_wait_for_each_other_and_lose_nothing() {
    everywhere(async |db| {
        keep(&db, vec![named(0, "0")]).await;
        let tasks = (1..=40_i64).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                let tx = db.begin().await.unwrap();
                let text = "UPDATE thing SET weight = coalesce(weight, 0) + 1 WHERE id = 0";
                tx.query(text).run().await.unwrap();
                tx.commit().await.unwrap();
            })
        });
        let all = async {
            for task in tasks.collect::<Vec<_>>() {
                task.await.unwrap();
            }
        };
        let in_time = tokio::time::timeout(Duration::from_mins(2), all).await;
        in_time.expect("nobody waits for ever");
        let text = "SELECT weight FROM thing WHERE id = 0";
        let weight: (f64,) = db.query(text).one().await.unwrap();
        assert!((weight.0 - 40.0).abs() < f64::EPSILON, "{weight:?}");
    })
    .await;
}
