//! Killed at any moment, the index is found as its last commit left it.

#[cfg(test)]
mod world;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use index::{Batch, Change, Index, Opened, Vocabulary};
use world::diary::numbered;

const FOLDER: &str = "INDEX_CRASH_FOLDER";
const KILLS: u64 = 12;

/// Each position puts one document in and takes the one five before it out.
fn step(position: i64) -> Batch {
    let changes = vec![
        numbered(position),
        Change::remove(format!("hurdle:{}", position - 5)),
    ];
    Batch { changes, position }
}

/// Not a test of its own: writes without end, to be killed.
#[test]
#[ignore = "run by the test below"]
fn write_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let index = Index::open(&PathBuf::from(folder), Vocabulary::default()).unwrap();
    loop {
        index.apply(&step(index.position() + 1)).unwrap();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "only another process can be killed"
)]
fn writer(folder: &Path) -> std::io::Result<Child> {
    Command::new(std::env::current_exe()?)
        .args(["--exact", "write_until_killed", "--ignored"])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .spawn()
}

/// However slow the machine, each writer is given time to commit something.
fn wait_for_a_commit(path: &Path) {
    let commits = || std::fs::read_to_string(path.join("meta.json")).unwrap_or_default();
    let before = commits();
    for _ in 0..3_000 {
        std::thread::sleep(Duration::from_millis(5));
        let now = commits();
        if now != before && now.contains("payload") {
            return;
        }
    }
}

#[test]
fn position_and_contents_agree_after_each_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    let mut before = 0;
    for kill in 0..KILLS {
        let mut child = writer(&path).unwrap();
        wait_for_a_commit(&path);
        std::thread::sleep(Duration::from_millis(kill * 37 % 90));
        child.kill().unwrap();
        child.wait().unwrap();
        let index = Index::open(&path, Vocabulary::default()).unwrap();
        let position = index.position();
        assert!(position >= before, "what was committed is kept");
        assert!(
            position == 0 || *index.opened() == Opened::AsItWas,
            "{:?}",
            index.opened()
        );
        assert_eq!(index.documents(), position.clamp(0, 5).unsigned_abs());
        assert!(index.damaged_files().unwrap().is_empty());
        before = position;
    }
    assert!(before >= 10, "the writer got on between kills: {before}");
}
