//! Moving house: every row, verified, in little memory, to either engine and back.

use db::{Copied, Db, Error, Reads, Value, copy_all};

use crate::places::{
    TABLES, THING, admin, count, file, fresh, keep, named, server, with_database, with_tables,
};

const MANY: i64 = 20_000;
/// A row's text: twenty thousand of them are 30 MB, which a copy must not hold at once.
const LONG: usize = 1_500;
/// A table that warms everything up: pools, caches, buffers.
const FEW: i64 = 4_000;
/// What the long table may add to what the short one took, in kilobytes: half of its texts.
const MORE_MEMORY: u64 = 15_000;

fn rows(from: i64, to: i64, long: &str) -> Vec<Vec<Value>> {
    let row = |at: i64| {
        let weight = f64::from(i32::try_from(at).unwrap()) / 7.0;
        vec![
            at.into(),
            format!("{at} {long}").into(),
            (at % 2 == 0).into(),
            (at % 3 != 0).then_some(weight).into(),
            (at % 5 == 0).then(|| at.to_be_bytes().to_vec()).into(),
            "amina".into(),
        ]
    };
    (from..to).map(row).collect()
}

async fn filled(address: &str, many: i64) -> Db {
    let db = with_tables(address).await;
    let long = "x".repeat(LONG);
    let tx = db.begin().await.unwrap();
    tx.insert_many("owner (id)", 1, vec![vec!["amina".into()]])
        .await
        .unwrap();
    for from in (0..many).step_by(500) {
        tx.insert_many(THING, 6, rows(from, from + 500, &long))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    db
}

async fn copied(from: &Db, to: &Db) -> Vec<Copied> {
    let mut told = 0;
    let copied = copy_all(from, to, &TABLES.schema(), |_| told += 1)
        .await
        .unwrap();
    assert_eq!(told, copied.len());
    copied
}

/// The most memory this process ever held, in kilobytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// From a file to a file, to a server where there is one, and back.
async fn there_and_back(many: i64) {
    let folder = tempfile::tempdir().unwrap();
    let first = filled(&file(&folder, "first.db"), many).await;
    let second = with_tables(&file(&folder, "second.db")).await;
    let there = copied(&first, &second).await;
    assert_eq!(
        there.iter().map(|one| one.rows).sum::<u64>(),
        many.cast_unsigned() + 1
    );
    assert_eq!(count(&second).await, many);
    if let Some(server) = server() {
        let name = fresh(&server).await;
        let middle = with_tables(&with_database(&server, &name)).await;
        assert_eq!(copied(&first, &middle).await, there);
        let back = with_tables(&file(&folder, "back.db")).await;
        assert_eq!(copied(&middle, &back).await, there);
        drop(middle);
        admin(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_table_takes_no_more_memory_than_a_short_one() {
    there_and_back(FEW).await;
    let before = peak();
    there_and_back(MANY).await;
    if let Some((before, after)) = before.zip(peak()) {
        let more = after.saturating_sub(before);
        println!("16,000 rows and 24 MB more took {more} kB more");
        assert!(more < MORE_MEMORY, "{more} kB more");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_into_a_place_that_has_rows_is_given_up_whole() {
    let folder = tempfile::tempdir().unwrap();
    let first = with_tables(&file(&folder, "first.db")).await;
    keep(
        &first,
        (0..700).map(|at| named(at, &format!("{at}"))).collect(),
    )
    .await;
    let second = with_tables(&file(&folder, "second.db")).await;
    keep(&second, vec![named(650, "in the way")]).await;
    let refused = copy_all(&first, &second, &TABLES.schema(), |_| {}).await;
    assert!(matches!(refused, Err(Error::Duplicate)), "{refused:?}");
    assert_eq!(count(&second).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hash_tells_a_changed_row() {
    let folder = tempfile::tempdir().unwrap();
    let first = with_tables(&file(&folder, "first.db")).await;
    keep(&first, vec![named(1, "a"), named(2, "b")]).await;
    let second = with_tables(&file(&folder, "second.db")).await;
    let before = copied(&first, &second).await;
    let tx = second.begin().await.unwrap();
    let text = "UPDATE thing SET name = 'c' WHERE id = 2";
    tx.query(text).run().await.unwrap();
    tx.commit().await.unwrap();
    let third = with_tables(&file(&folder, "third.db")).await;
    assert_ne!(copied(&second, &third).await, before);
}
