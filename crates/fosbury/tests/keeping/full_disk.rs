//! A full disk: reads go on, writes are put off in a sentence, nothing is half-written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::running::{Request, Site};

/// A small disk of its own; dropped, it goes away.
struct Disk(PathBuf);

impl Disk {
    /// Mounts one, where this user may.
    #[expect(clippy::disallowed_methods, reason = "a disk is mounted by mount")]
    fn mounted(at: &Path, size: &str) -> Option<Self> {
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(at)
            .output();
        match done {
            Ok(done) if done.status.success() => Some(Self(at.to_owned())),
            Ok(done) => {
                println!("skipped: {}", String::from_utf8_lossy(&done.stderr).trim());
                None
            }
            Err(error) => {
                println!("skipped: mount: {error}");
                None
            }
        }
    }

    /// Fills what is left with one file.
    fn fill(&self) -> PathBuf {
        let path = self.0.join("filler");
        let mut file = fs::File::create(&path).unwrap();
        for size in [64 * 1024, 4096, 512, 1] {
            let block = vec![b'x'; size];
            while std::io::Write::write_all(&mut file, &block).is_ok() {}
        }
        path
    }
}

impl Drop for Disk {
    #[expect(clippy::disallowed_methods, reason = "a disk is unmounted by umount")]
    fn drop(&mut self) {
        // What is still open goes away with its program.
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

fn form<'a>(title: &'a str, problem: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("title", title),
        ("heading", "access"),
        ("problem", problem),
        ("visibility", "public"),
        ("do", "save"),
    ]
}

#[test]
fn reads_go_on_and_nothing_is_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("disk");
    fs::create_dir(&data).unwrap();
    let Some(disk) = Disk::mounted(&data, "24m") else {
        return;
    };
    let database = format!("sqlite:{}", data.join("fosbury.db").display());
    let site = Site::new(data.clone(), &database);
    let mut running = site.start(&[]);
    let amina = running.sign_in_as_owner();
    let problem = "There is no room left. ".repeat(100);
    let post = |title: &str| {
        let form = form(title, &problem);
        site.send(&Request::post("/hurdles", &form).with(&amina))
            .unwrap()
    };
    assert_eq!(post("Before").status, 303);
    let filler = disk.fill();
    let mut put_off = None;
    // The files that are there already have a little room left in them.
    for number in 0..2_000 {
        let title = format!("Full {number}");
        let answer = post(&title);
        if answer.status != 303 {
            put_off = Some((title, answer));
            break;
        }
    }
    let (title, answer) = put_off.unwrap();
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(
        answer.body.contains("Nothing was half-saved"),
        "{}",
        answer.body
    );
    for path in [
        "/",
        "/hurdles",
        "/hurdles/1",
        "/changes",
        "/api/v1/hurdles/1",
    ] {
        let answer = site.get(path).unwrap();
        assert!(answer.status < 400, "{path}: {}", answer.status);
    }
    let (file, everything) = (data.join("b.tar.gz"), data.join("everything"));
    for command in [
        ["backup", file.to_str().unwrap()],
        ["export", everything.to_str().unwrap()],
    ] {
        let done = site.run(&command);
        let words = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success(), "{command:?}");
        assert!(!words.contains("panicked"), "{words}");
        assert!(words.trim().ends_with('.'), "{words}");
    }
    let left = fs::read_dir(&data).unwrap();
    let left: Vec<String> = left
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("partial") || name.contains("everything"))
        .collect();
    assert!(left.is_empty(), "half-written: {left:?}");
    fs::remove_file(filler).unwrap();
    assert!(running.ended().is_none(), "it goes on");
    let again = post(&title);
    assert_eq!(again.status, 303, "{}", again.body);
    running.kill();
    let done = site.run(&["check"]);
    let words = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{words}");
    drop(disk);
}
