//! A damaged SQLite file is never read as if it were whole: it is refused, or `fosbury check` says
//! so, in a sentence that names the restore command; or every row is as it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use db::Db;
use fosbury::migrations::MIGRATIONS;

use crate::chance::{Chance, asked};
use crate::running::{Request, Site};
use crate::upgrading::tells;

/// Databases damaged in every run of the tests; a measured run asks for more.
const SEEDS: u64 = 40;
const PAGE: usize = 4096;

/// What a database holds: each table with its rows and their hash.
type Sums = BTreeMap<String, (u64, String)>;

/// A place that was closed in order, and one that was killed with changes still in its log.
struct Before {
    folder: tempfile::TempDir,
    sums: Sums,
    sums_killed: Sums,
}

impl Before {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let database = format!("sqlite:{}", data.join("fosbury.db").display());
        let site = Site::new(data.clone(), &database);
        let mut running = site.start(&["--demo"]);
        let amina = running.sign_in_as_owner();
        saves(&site, &amina, 4);
        running.kill();
        assert!(said(&site.run(&["check"])).0);
        let closed = folder.path().join("closed");
        fs::create_dir(&closed).unwrap();
        fs::copy(data.join("fosbury.db"), closed.join("fosbury.db")).unwrap();
        copy(&data.join("attachments"), &closed.join("attachments"));
        let mut running = site.start(&[]);
        saves(&site, &amina, 12);
        running.kill();
        let killed = folder.path().join("killed");
        fs::create_dir(&killed).unwrap();
        for name in ["fosbury.db", "fosbury.db-wal"] {
            fs::copy(data.join(name), killed.join(name)).unwrap();
        }
        copy(&data.join("attachments"), &killed.join("attachments"));
        let sums = sums(&closed, folder.path()).await;
        let sums_killed = sums_of_copy(&killed, folder.path()).await;
        assert_ne!(sums, sums_killed, "the log holds something");
        Self {
            folder,
            sums,
            sums_killed,
        }
    }
}

fn saves(site: &Site, amina: &str, times: usize) {
    for time in 0..times {
        let title = format!("Gate {time}");
        let form = [
            ("title", title.as_str()),
            ("heading", "access"),
            ("problem", "Somebody pulls the plug while we write."),
            ("visibility", "public"),
            ("do", "save"),
        ];
        let answer = site.send(&Request::post("/hurdles", &form).with(amina));
        assert_eq!(answer.unwrap().status, 303);
    }
}

/// Counts and hashes every table, by copying it into a place of its own.
async fn sums(data: &Path, scratch: &Path) -> Sums {
    let folder = tempfile::tempdir_in(scratch).unwrap();
    let into = format!("sqlite:{}", folder.path().join("sums.db").display());
    let into = Db::open(&into).await.unwrap();
    MIGRATIONS.run(&into, 0).await.unwrap();
    let from = format!("sqlite:{}", data.join("fosbury.db").display());
    let from = Db::open(&from).await.unwrap();
    let schema = MIGRATIONS.schema();
    let copied = db::copy_all(&from, &into, &schema, |_| {}).await.unwrap();
    let sums = copied.into_iter();
    sums.map(|one| (one.table, (one.rows, one.hash))).collect()
}

/// The same, leaving the log as it is.
async fn sums_of_copy(data: &Path, scratch: &Path) -> Sums {
    let folder = tempfile::tempdir_in(scratch).unwrap();
    copy(data, folder.path());
    sums(folder.path(), scratch).await
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let into = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &into);
        } else {
            fs::copy(entry.path(), into).unwrap();
        }
    }
}

/// Whether it went well, and what was said.
fn said(done: &Output) -> (bool, String) {
    let out = String::from_utf8_lossy(&done.stdout);
    let error = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.code() != Some(101), "it panicked: {error}");
    assert!(done.status.code().is_some(), "it was killed: {error}");
    assert!(!error.contains("panicked"), "{error}");
    (done.status.success(), format!("{out}{error}"))
}

/// What a seed damages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Where {
    Header,
    Index,
    Log,
}

/// Bytes that may be flipped: the header, the pages of indexes, or the log.
fn places(bytes: &[u8], whence: Where) -> Vec<usize> {
    match whence {
        Where::Header => (0..100).collect(),
        Where::Log => (0..bytes.len()).collect(),
        Where::Index => (1..bytes.len() / PAGE)
            .filter(|page| [0x02, 0x0A].contains(&bytes[page * PAGE]))
            .flat_map(|page| page * PAGE..(page + 1) * PAGE)
            .collect(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_is_never_silently_wrong() {
    let before = Before::new().await;
    let seeds = asked("FOSBURY_DAMAGE_SEEDS").and_then(|seeds| seeds.parse().ok());
    let mut told: BTreeMap<(Where, &str), u64> = BTreeMap::new();
    for seed in 1..=seeds.unwrap_or(SEEDS) {
        let whence = [Where::Header, Where::Index, Where::Log, Where::Index][(seed % 4) as usize];
        let (from, file, sums) = match whence {
            Where::Log => ("killed", "fosbury.db-wal", &before.sums_killed),
            _ => ("closed", "fosbury.db", &before.sums),
        };
        let data = tempfile::tempdir_in(before.folder.path()).unwrap();
        copy(&before.folder.path().join(from), data.path());
        let path = data.path().join(file);
        let mut bytes = fs::read(&path).unwrap();
        flip(&mut bytes, whence, seed);
        fs::write(&path, bytes).unwrap();
        let outcome = judge(data.path(), sums, before.folder.path(), seed).await;
        *told.entry((whence, outcome)).or_default() += 1;
    }
    println!("{told:?}");
    let seen = |outcome| told.keys().any(|(_, one)| *one == outcome);
    assert!(seen("refused"), "{told:?}");
}

/// Flips 1 to 64 bytes, each to another one.
fn flip(bytes: &mut [u8], whence: Where, seed: u64) {
    let (places, mut chance) = (places(bytes, whence), Chance(seed));
    assert!(places.len() >= 100, "{whence:?} has nothing to damage");
    for _ in 0..chance.between(1, 64) {
        let at = chance.between(0, places.len() as u64 - 1);
        let at = places[usize::try_from(at).unwrap()];
        bytes[at] ^= u8::try_from(chance.between(1, 255)).unwrap();
    }
}

async fn judge(data: &Path, sums: &Sums, scratch: &Path, seed: u64) -> &'static str {
    let database = format!("sqlite:{}", data.join("fosbury.db").display());
    let site = Site::new(data.to_owned(), &database);
    let (is_good, words) = said(&site.run(&["check"]));
    if !is_good {
        assert!(words.contains("fosbury restore FILE"), "{seed}: {words}");
        return "refused";
    }
    assert_eq!(&sums_of_copy(data, scratch).await, sums, "{seed}: {words}");
    "harmless"
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_is_not_carried_away_as_if_it_were_whole() {
    let before = Before::new().await;
    let data = tempfile::tempdir_in(before.folder.path()).unwrap();
    copy(&before.folder.path().join("closed"), data.path());
    let path = data.path().join("fosbury.db");
    let mut bytes = fs::read(&path).unwrap();
    for at in places(&bytes, Where::Index).into_iter().step_by(64) {
        bytes[at] ^= 0x55;
    }
    fs::write(&path, bytes).unwrap();
    let database = format!("sqlite:{}", path.display());
    let site = Site::new(data.path().to_owned(), &database);
    let (file, folder) = (data.path().join("b.tar.gz"), data.path().join("everything"));
    for command in [
        ["backup", file.to_str().unwrap()],
        ["export", folder.to_str().unwrap()],
    ] {
        let (is_good, words) = said(&site.run(&command));
        assert!(!is_good, "{words}");
        assert!(words.contains("The database is damaged"), "{words}");
        assert!(words.contains("fosbury restore FILE"), "{words}");
    }
    let left = fs::read_dir(data.path()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    let is_ours = |name: &&std::ffi::OsString| !name.to_string_lossy().starts_with("fosbury.db");
    let mut others: Vec<_> = left.iter().filter(is_ours).collect();
    others.sort();
    assert_eq!(others, ["attachments", "in-use"], "nothing half-written");
}

#[tokio::test(flavor = "multi_thread")]
async fn saved_changes_in_a_damaged_log_are_not_dropped_without_a_word() {
    let before = Before::new().await;
    let data = tempfile::tempdir_in(before.folder.path()).unwrap();
    copy(&before.folder.path().join("killed"), data.path());
    let (log, database) = (
        data.path().join("fosbury.db-wal"),
        format!("sqlite:{}", data.path().join("fosbury.db").display()),
    );
    let whole = fs::read(&log).unwrap();
    assert_eq!(db::log_of(&database).unwrap(), db::Log::Whole);
    let mut bytes = whole.clone();
    bytes[32 + 24 + 100] ^= 1;
    fs::write(&log, &bytes).unwrap();
    assert_eq!(db::log_of(&database).unwrap(), db::Log::Damaged);
    let site = Site::new(data.path().to_owned(), &database);
    for command in ["serve", "check", "export"] {
        let more = data.path().join("everything");
        let more: &[&str] = match command {
            "export" => &[command, more.to_str().unwrap()],
            _ => &[command],
        };
        let (is_good, words) = said(&site.run(more));
        assert!(
            !is_good && words.contains("fosbury restore FILE"),
            "{words}"
        );
        assert!(words.contains("would be lost without a word"), "{words}");
        assert_eq!(fs::read(&log).unwrap(), bytes, "the log is left as it is");
    }
    // The last record alone: the power may have failed while it was written.
    let mut bytes = whole.clone();
    let last = bytes.len() - 100;
    bytes[last] ^= 1;
    fs::write(&log, &bytes).unwrap();
    assert_eq!(db::log_of(&database).unwrap(), db::Log::LastChange);
    let (is_good, words) = said(&site.run(&["check"]));
    assert!(
        !is_good && words.contains("fosbury restore FILE"),
        "{words}"
    );
    let running = site.start(&[]);
    tells(&running, "The last change before the crash is not whole");
}
