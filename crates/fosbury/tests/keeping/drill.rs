//! Backups and restores as the handbook tells them, by commands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::running::{Request, Running, Site};

struct Drill {
    folder: tempfile::TempDir,
    site: Site,
}

impl Drill {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = place(folder.path(), "data");
        Self { folder, site }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn beside(&self, name: &str) -> Site {
        place(self.folder.path(), name)
    }
}

fn place(folder: &Path, name: &str) -> Site {
    let data = folder.join(name);
    let database = format!("sqlite:{}", data.join("fosbury.db").display());
    Site::new(data, &database)
}

fn words(done: &Output) -> String {
    let out = String::from_utf8_lossy(&done.stdout);
    format!("{out}{}", String::from_utf8_lossy(&done.stderr))
}

fn does(site: &Site, command: &[&str]) -> String {
    let done = site.run(command);
    assert!(done.status.success(), "{command:?}: {}", words(&done));
    words(&done)
}

fn refuses(site: &Site, command: &[&str]) -> String {
    let done = site.run(command);
    assert!(!done.status.success(), "{command:?}: {}", words(&done));
    let words = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(words.trim().lines().count(), 1, "one sentence: {words}");
    words
}

fn writes(running: &Running, amina: &str, title: &str) {
    let form = [
        ("title", title),
        ("heading", "access"),
        ("problem", "Words."),
        ("visibility", "public"),
        ("do", "save"),
    ];
    let answer = running
        .site
        .send(&Request::post("/hurdles", &form).with(amina));
    assert_eq!(answer.unwrap().status, 303);
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_place_comes_back_from_its_backup_made_while_it_was_served() {
    let drill = Drill::new();
    let (site, file) = (&drill.site, drill.file("b.tar.gz"));
    let mut running = site.start(&["--empty"]);
    let amina = running.sign_in_as_owner();
    writes(&running, &amina, "The gate was open");
    let told = does(site, &["backup", text(&file)]);
    assert!(told.contains("It is not encrypted"), "{told}");
    assert!(told.contains("fosbury backup verify"), "{told}");
    let told = does(site, &["backup", "verify", text(&file)]);
    assert!(told.contains("every count and hash agrees"), "{told}");
    assert!(drill.file("b.tar.gz.verified").exists());
    let told = refuses(site, &["backup", text(&file)]);
    assert!(told.contains("is there already"), "{told}");
    writes(&running, &amina, "The gate fell off");

    let told = refuses(site, &["restore", text(&file), "--replace"]);
    assert!(told.contains("A server is using"), "{told}");
    running.kill();
    let told = refuses(site, &["restore", text(&file)]);
    assert!(told.contains("nothing was changed"), "{told}");
    assert!(told.contains("--replace"), "{told}");
    let told = does(site, &["restore", text(&file), "--replace"]);
    let aside = told.split("put aside in ").nth(1).unwrap();
    let aside = PathBuf::from(aside.split(".\n").next().unwrap());
    assert!(aside.join("fosbury.db").exists(), "{}", aside.display());
    does(site, &["check"]);
    let running = site.start(&[]);
    let answer = site.get("/hurdles").unwrap();
    assert!(answer.body.contains("The gate was open"));
    assert!(!answer.body.contains("The gate fell off"));
    drop(running);
    // What was put aside is whole, and a place.
    let old = drill.beside("old");
    fs::create_dir(&old.data).unwrap();
    fs::copy(aside.join("fosbury.db"), old.data.join("fosbury.db")).unwrap();
    does(&old, &["check"]);
    let _running = old.start(&[]);
    let answer = old.get("/hurdles").unwrap();
    assert!(answer.body.contains("The gate fell off"));
}

#[test]
fn a_site_is_imported_into_an_empty_place_only() {
    let drill = Drill::new();
    let (site, folder) = (&drill.site, drill.file("everything"));
    drop(site.start(&[]));
    does(site, &["export", text(&folder)]);
    let told = refuses(site, &["import", "site", text(&folder)]);
    assert!(told.starts_with("Nothing was imported."), "{told}");
    assert!(told.contains("not empty"), "{told}");
    let new = drill.beside("new");
    let told = does(&new, &["import", "site", text(&folder)]);
    assert!(told.contains("counted and compared by hash"), "{told}");
    does(&new, &["check"]);
    let told = refuses(&new, &["import", "site", text(&drill.file("nowhere"))]);
    assert!(told.starts_with("Nothing was imported."), "{told}");
}

#[test]
fn a_broken_place_is_mended_by_the_command_it_names() {
    let drill = Drill::new();
    let (site, file) = (&drill.site, drill.file("b.tar.gz"));
    let mut running = site.start(&[]);
    running.sign_in_as_owner();
    does(site, &["backup", text(&file)]);
    running.kill();
    // Puts what is still in the log into the file.
    does(site, &["check"]);
    let database = site.data.join("fosbury.db");
    let bytes = fs::read(&database).unwrap();
    fs::write(&database, vec![0xA5; bytes.len()]).unwrap();
    for command in [&["check"][..], &["serve"]] {
        let told = refuses(site, command);
        assert!(told.contains("fosbury restore FILE --replace"), "{told}");
    }
    let told = does(site, &["restore", text(&file), "--replace"]);
    assert!(
        told.contains("could not be asked what was erased"),
        "{told}"
    );
    does(site, &["check"]);
    let running = site.start(&[]);
    assert_eq!(site.get("/hurdles/1-any").unwrap().status, 301);
    drop(running);
}

#[test]
fn a_restore_that_broke_off_is_told_until_it_is_done_again() {
    let drill = Drill::new();
    let (site, file) = (&drill.site, drill.file("b.tar.gz"));
    drop(site.start(&[]));
    does(site, &["backup", text(&file)]);
    // As a restore leaves it that was killed after it had put the old place aside.
    let aside = site.data.join("before-the-end");
    fs::create_dir(&aside).unwrap();
    fs::rename(site.data.join("fosbury.db"), aside.join("fosbury.db")).unwrap();
    fs::write(site.data.join("restoring"), text(&aside)).unwrap();
    for command in [&["serve"][..], &["check"], &["export", "x"]] {
        let told = refuses(site, command);
        assert!(told.contains("broke off"), "{told}");
        assert!(told.contains("before-the-end"), "{told}");
    }
    assert!(
        !site.data.join("fosbury.db").exists(),
        "no empty one in its place"
    );
    does(site, &["restore", text(&file), "--replace"]);
    does(site, &["check"]);
    drop(site.start(&[]));
}

fn with_words<'a>(command: &[&'a str], words: &'a Path) -> Vec<&'a str> {
    [command, &["--passphrase-file", text(words)]].concat()
}

#[test]
fn an_encrypted_backup_opens_with_its_words_and_no_others() {
    let drill = Drill::new();
    let (site, file) = (&drill.site, drill.file("b.tar.gz.age"));
    drop(site.start(&["--empty"]));
    let (right, wrong) = (drill.file("right"), drill.file("wrong"));
    fs::write(&right, "# for the safe\ncorrect horse\n").unwrap();
    fs::write(&wrong, "battery staple\n").unwrap();
    let locked = ["backup", text(&file), "--passphrase-file", text(&right)];
    let told = does(site, &locked);
    assert!(!told.contains("It is not encrypted"), "{told}");
    let verify = ["backup", "verify", text(&file)];
    let told = refuses(site, &verify);
    assert!(
        told.contains("is not good. This backup is encrypted"),
        "{told}"
    );
    let told = refuses(site, &with_words(&verify, &wrong));
    assert!(
        told.contains("does not open with that passphrase"),
        "{told}"
    );
    does(site, &with_words(&verify, &right));
    let new = drill.beside("new");
    let restore = ["restore", text(&file)];
    let told = refuses(&new, &with_words(&restore, &wrong));
    assert!(told.starts_with("Nothing was restored."), "{told}");
    assert!(!new.data.join("fosbury.db").exists());
    does(&new, &with_words(&restore, &right));
    does(&new, &["check"]);
}
