//! The files of the house, as the guards read them.

use std::fs;
use std::path::{Path, PathBuf};

/// A file with its path from the root, slashes forward.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap()
    }

    pub fn lines(&self) -> usize {
        self.text.lines().count()
    }
}

pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap()
}

/// Every file under a folder whose name ends so, in the order of their paths.
pub fn files(under: &str, endings: &[&str]) -> Vec<Source> {
    let (root, mut found) = (root(), Vec::new());
    collect(&root, &root.join(under), endings, &mut found);
    assert!(
        !found.is_empty(),
        "nothing under {under}: a guard went blind"
    );
    found
}

/// The Rust code that runs, tests left out.
pub fn running_code() -> Vec<Source> {
    let mut code = files("crates", &[".rs"]);
    code.retain(|file| file.path.contains("/src/") && !is_test(&file.path));
    code
}

/// The product's own running code.
pub fn product() -> Vec<Source> {
    let mut code = running_code();
    code.retain(|file| file.path.starts_with("crates/fosbury/src/"));
    code
}

/// Pages, parts of pages, letters and feeds.
pub fn templates() -> Vec<Source> {
    files("crates/fosbury/src", &[".html", ".xml"])
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

fn collect(root: &Path, folder: &Path, endings: &[&str], found: &mut Vec<Source>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["node_modules", "target"].contains(&name.as_str()) {
            collect(root, &path, endings, found);
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let short = path.strip_prefix(root).unwrap();
            found.push(Source {
                path: short.to_string_lossy().replace('\\', "/"),
                text: fs::read_to_string(&path).unwrap(),
            });
        }
    }
}

/// Fails with all findings at once.
pub fn assert_none(findings: &[String], promise: &str) {
    assert!(
        findings.is_empty(),
        "{promise}\n  {}\n",
        findings.join("\n  ")
    );
}
