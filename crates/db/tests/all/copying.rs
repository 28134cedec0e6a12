//! Moving house: every row, verified, in little memory, to either engine and back.

use db::{Copied, Db, Error, Reads, copy_all};

use crate::places::{TABLES, count, file, keep, named, with_tables};

async fn copied(from: &Db, to: &Db) -> Vec<Copied> {
    let mut told = 0;
    let copied = copy_all(from, to, &TABLES.schema(), |_| told += 1)
        .await
        .unwrap();
    assert_eq!(told, copied.len());
    copied
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
