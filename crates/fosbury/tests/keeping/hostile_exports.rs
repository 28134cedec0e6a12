//! Exports that were meddled with.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::archives::Kept;

type Meddling = (&'static str, fn(&Path), &'static str);

const MEDDLINGS: [Meddling; 14] = [
    ("no manifest", no_manifest, "is not an export"),
    ("a manifest cut off", cut_manifest, "cannot be read"),
    (
        "a row changed",
        |at| replace(at, "tables/person.jsonl", "officer", "owner!!"),
        "not as it was written",
    ),
    (
        "a row less",
        |at| cut(at, "tables/revision.jsonl"),
        "should have",
    ),
    (
        "half a row",
        |at| halve(at, "tables/revision.jsonl"),
        "is cut off",
    ),
    (
        "a table missing",
        |at| std::fs::remove_file(at.join("tables/person.jsonl")).unwrap(),
        "person.jsonl",
    ),
    (
        "a table that leads elsewhere",
        table_elsewhere,
        "is not a plain file",
    ),
    (
        "a table from elsewhere",
        |at| {
            replace(
                at,
                "manifest.json",
                "\"name\": \"person\"",
                "\"name\": \"../../etc/x\"",
            );
        },
        "It names a table",
    ),
    (
        "an unknown table",
        |at| {
            replace(
                at,
                "manifest.json",
                "\"name\": \"person\"",
                "\"name\": \"migration\"",
            );
        },
        "",
    ),
    (
        "a file more",
        |at| std::fs::write(at.join("attachments/more"), "x").unwrap(),
        "attachments are not as they were",
    ),
    (
        "a file with an odd name",
        |at| std::fs::write(at.join("attachments/a b;c"), "x").unwrap(),
        "is not one of ours",
    ),
    (
        "a file that leads elsewhere",
        file_elsewhere,
        "attachments are not as they were",
    ),
    (
        "a newer one",
        |at| replace(at, "manifest.json", "\"format\": 1", "\"format\": 9"),
        "Use a newer program",
    ),
    (
        "a backup's heading",
        |at| replace(at, "manifest.json", "\"export\"", "\"backup\""),
        "fosbury restore",
    ),
];

fn no_manifest(at: &Path) {
    std::fs::remove_file(at.join("manifest.json")).unwrap();
}

fn cut_manifest(at: &Path) {
    halve(at, "manifest.json");
}

fn read(at: &Path, name: &str) -> String {
    std::fs::read_to_string(at.join(name)).unwrap()
}

fn replace(at: &Path, name: &str, from: &str, to: &str) {
    let text = read(at, name);
    assert!(text.contains(from), "{from} is not in {name}");
    std::fs::write(at.join(name), text.replacen(from, to, 1)).unwrap();
}

fn cut(at: &Path, name: &str) {
    let text = read(at, name);
    let (rest, _) = text.trim_end().rsplit_once('\n').unwrap();
    std::fs::write(at.join(name), format!("{rest}\n")).unwrap();
}

fn halve(at: &Path, name: &str) {
    let bytes = std::fs::read(at.join(name)).unwrap();
    std::fs::write(at.join(name), &bytes[..bytes.len() - 3]).unwrap();
}

fn table_elsewhere(at: &Path) {
    let table = at.join("tables/person.jsonl");
    let elsewhere = at.join("elsewhere");
    std::fs::rename(&table, &elsewhere).unwrap();
    symlink(&elsewhere, &table).unwrap();
}

fn file_elsewhere(at: &Path) {
    let folder = std::fs::read_dir(at.join("attachments")).unwrap().next();
    let folder = folder.unwrap().unwrap().path();
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
    std::fs::rename(file.path(), at.join("elsewhere")).unwrap();
    symlink(at.join("elsewhere"), file.path()).unwrap();
}

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|one| (one.path(), one.file_name())).unwrap();
        if path.is_dir() {
            copied(&path, &to.join(name));
        } else {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_was_meddled_with_is_refused_without_a_trace() {
    let kept = Kept::filled().await;
    let export: PathBuf = kept.export().await;
    for (what, meddle, words) in MEDDLINGS {
        let (place, into) = (tempfile::tempdir().unwrap(), Kept::empty());
        let copy = place.path().join("export");
        copied(&export, &copy);
        meddle(&copy);
        let sentence = into.refuses_export(&copy).await;
        assert!(sentence.contains(words), "{what}: {sentence}");
        assert!(sentence.ends_with('.'), "{what}: {sentence}");
    }
}
