//! The index follows a log, survives what happens to it, and forgets what must go.

#[cfg(test)]
mod world;

use std::time::Duration;

use index::{Batch, Change, Index, Opened, Vocabulary};
use tokio::sync::Notify;
use world::diary::{Diary, caught_up, following, numbered};
use world::{World, open, question};

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_found_once_the_index_has_caught_up() {
    let folder = tempfile::tempdir().unwrap();
    let (index, diary, wake) = (open(&folder), Diary::default(), Notify::new());
    following(&index, &diary, &wake, async {
        for number in 1..=450 {
            diary.note(numbered(number));
        }
        wake.notify_one();
        caught_up(&index, 450).await;
        assert_eq!(index.documents(), 450);
        let position = diary.note(Change::remove("hurdle:7"));
        wake.notify_one();
        caught_up(&index, position).await;
        assert_eq!(index.documents(), 449);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_calls_for_is_found_within_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let (index, diary, wake) = (open(&folder), Diary::default(), Notify::new());
    following(&index, &diary, &wake, async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let position = diary.note(numbered(1));
        tokio::time::timeout(Duration::from_secs(1), index.caught_up(position))
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_fails_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let (index, diary, wake) = (open(&folder), Diary::default(), Notify::new());
    diary.note(numbered(1));
    diary.fail(3);
    following(&index, &diary, &wake, caught_up(&index, 1)).await;
    assert_eq!(index.documents(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_set_back_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (index, diary, wake) = (open(&folder), Diary::default(), Notify::new());
    for number in 1..=5 {
        diary.note(numbered(number));
    }
    following(&index, &diary, &wake, caught_up(&index, 5)).await;
    diary.set_back(2);
    following(&index, &diary, &wake, async {
        while index.position() != 2 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
    assert_eq!(index.documents(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn rebuilding_gives_what_the_log_says_and_nothing_else() {
    let world = World::new();
    let diary = Diary::default();
    for number in 1..=3 {
        diary.note(numbered(number));
    }
    world.index.rebuild(&diary).await.unwrap();
    assert_eq!((world.index.documents(), world.index.position()), (3, 3));
    world
        .index
        .apply(&Batch {
            changes: vec![numbered(4)],
            position: 4,
        })
        .unwrap();
    assert_eq!(world.index.documents(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_that_fails_keeps_the_old_contents() {
    let world = World::new();
    let before = world.index.documents();
    let diary = Diary::default();
    diary.fail(1);
    assert!(world.index.rebuild(&diary).await.is_err());
    assert_eq!(
        (world.index.documents(), world.index.position()),
        (before, 10)
    );
    world
        .index
        .apply(&Batch {
            changes: vec![numbered(77)],
            position: 11,
        })
        .unwrap();
    assert_eq!(world.index.documents(), before + 1);
}

#[test]
fn the_position_is_kept_with_the_contents() {
    let World { folder, index } = World::new();
    assert_eq!(*index.opened(), Opened::Missing);
    drop(index);
    let again = open(&folder);
    assert_eq!(
        (again.opened(), again.position(), again.documents()),
        (&Opened::AsItWas, 10, 6)
    );
}

#[test]
fn a_damaged_index_is_begun_anew() {
    let World { folder, index } = World::new();
    drop(index);
    for file in std::fs::read_dir(folder.path().join("index")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "store") {
            std::fs::write(path, b"nonsense").unwrap();
        }
    }
    let again = open(&folder);
    assert!(
        matches!(again.opened(), Opened::Damaged(_)),
        "{:?}",
        again.opened()
    );
    assert_eq!((again.position(), again.documents()), (0, 0));
}

#[test]
fn files_torn_while_the_machine_stopped_are_noticed_when_it_starts_again() {
    let World { folder, index } = World::new();
    drop(index);
    let path = folder.path().join("index");
    for file in std::fs::read_dir(&path).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "idx") {
            let mut bytes = std::fs::read(&path).unwrap();
            bytes[3] ^= 0xff;
            std::fs::write(&path, bytes).unwrap();
        }
    }
    std::fs::write(path.join("machine-run"), "an earlier one").unwrap();
    let again = open(&folder);
    assert!(
        matches!(again.opened(), Opened::Damaged(_)),
        "{:?}",
        again.opened()
    );
    assert_eq!(again.position(), 0);
}

#[test]
fn an_index_of_somebody_else_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    std::fs::create_dir(&path).unwrap();
    let mut schema = tantivy::schema::Schema::builder();
    schema.add_text_field("other", tantivy::schema::TEXT);
    tantivy::Index::create_in_dir(&path, schema.build()).unwrap();
    let index = Index::open(&path, Vocabulary::default()).unwrap();
    assert_eq!(
        (index.opened(), index.position()),
        (&Opened::OtherVersion, 0)
    );
}

#[test]
fn the_bytes_of_what_was_deleted_are_gone_after_a_purge() {
    let World { folder, index } = World::new();
    index
        .apply(&Batch {
            changes: vec![Change::remove("hurdle:9")],
            position: 11,
        })
        .unwrap();
    let purged = index.purge_deleted().unwrap();
    assert_eq!((purged.segments, purged.documents), (1, 1));
    for file in std::fs::read_dir(folder.path().join("index")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let secret = bytes
            .windows(8)
            .any(|bytes| bytes.eq_ignore_ascii_case(b"zanzibar"));
        assert!(!secret);
    }
    assert_eq!((index.documents(), index.position()), (5, 11));
    assert_eq!(index.find(&question("blocked")).unwrap().hits[0].number, 1);
    assert!(index.damaged_files().unwrap().is_empty());
    drop(index);
    assert_eq!(open(&folder).position(), 11);
}
