//! Optional conditions and lists, and nothing of theirs read as SQL.

use db::{Db, Filter, Reads, Value};

use crate::places::{everywhere, keep, named};

async fn ids(db: &Db, filter: Filter) -> Vec<i64> {
    let filter = filter.then("ORDER BY id", Vec::new());
    let rows: Vec<(i64,)> = db.filtered(filter).all().await.unwrap();
    rows.into_iter().map(|row| row.0).collect()
}

fn things() -> Filter {
    Filter::new("SELECT id FROM thing")
}

#[tokio::test(flavor = "multi_thread")]
async fn without_conditions_everything_is_found() {
    everywhere(async |db| {
        keep(&db, (1..=3).map(|at| named(at, &format!("{at}"))).collect()).await;
        assert_eq!(ids(&db, things()).await, [1, 2, 3]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn conditions_are_joined_and_each_stands_alone() {
    everywhere(async |db| {
        keep(&db, (1..=9).map(|at| named(at, &format!("{at}"))).collect()).await;
        let filter = things()
            .and("id < ? OR id > ?", vec![3_i64.into(), 7_i64.into()])
            .and("name <> ?", vec!["9".into()])
            .and_in("id", vec![1_i64, 2, 5, 8, 9]);
        assert_eq!(ids(&db, filter).await, [1, 2, 8]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_list_matches_nothing() {
    everywhere(async |db| {
        keep(&db, vec![named(1, "a")]).await;
        assert!(
            ids(&db, things().and_in("id", Vec::<i64>::new()))
                .await
                .is_empty()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_searched_whole() {
    everywhere(async |db| {
        keep(&db, (0..50).map(|at| named(at, &format!("{at}"))).collect()).await;
        let long: Vec<i64> = (40..5_000).collect();
        let found = ids(&db, things().and_in("id", long)).await;
        assert_eq!(found, (40..50).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_never_read_as_sql() {
    everywhere(async |db| {
        let sly = "x'; DELETE FROM thing; -- ? $1";
        keep(&db, vec![named(1, sly), named(2, "b")]).await;
        let filter = things()
            .and("name = ?", vec![sly.into()])
            .and_in("name", vec![sly, "it's"]);
        assert_eq!(ids(&db, filter).await, [1]);
        assert_eq!(ids(&db, things()).await, [1, 2]);
    })
    .await;
}

#[test]
fn the_text_shows_placeholders_and_never_values() {
    let filter = things()
        .and("id = ?", vec![7_i64.into()])
        .and_in("name", vec!["secret"])
        .then("LIMIT ?", vec![Value::Int(9)]);
    let text = filter.text();
    assert!(!text.contains("secret"), "{text}");
    assert!(
        text.contains("$1") && text.contains("$2") && text.contains("$3"),
        "{text}"
    );
}
