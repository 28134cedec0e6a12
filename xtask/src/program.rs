//! The programs a full test run needs, and where to find them.

use std::path::{Path, PathBuf};

use crate::command::{is_program, on_path};

/// Something that must be on the machine.
pub struct Program {
    /// What people call it.
    pub name: &'static str,
    /// The Debian packages that bring it.
    pub packages: &'static [&'static str],
    /// Where it is, if it is there.
    pub find: fn() -> Option<PathBuf>,
}

/// All of them.
pub const PROGRAMS: &[Program] = &[
    Program {
        name: "the PostgreSQL server's programs (initdb)",
        packages: &["postgresql"],
        find: initdb,
    },
    Program {
        name: "Chromium",
        packages: &["chromium"],
        find: chromium,
    },
    Program {
        name: "Java",
        packages: &["default-jre-headless"],
        find: java,
    },
    Program {
        name: "Node.js",
        packages: &["nodejs"],
        find: || on_path("node"),
    },
    Program {
        name: "npm",
        packages: &["npm"],
        find: || on_path("npm"),
    },
];

/// PostgreSQL's `initdb`, the newest there is; Debian keeps it off the search path.
pub fn initdb() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin/initdb")))
        })
        .filter(|(_, file)| is_program(file))
        .collect();
    found.sort();
    found
        .pop()
        .map(|(_, file)| file)
        .or_else(|| on_path("initdb"))
}

/// Chromium under one of its names, or where `FOSBURY_CHROMIUM` says.
pub fn chromium() -> Option<PathBuf> {
    if let Some(file) = std::env::var_os("FOSBURY_CHROMIUM") {
        return Some(PathBuf::from(file));
    }
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(on_path)
}

/// Java; macOS has a stand-in of that name that only says there is none.
pub fn java() -> Option<PathBuf> {
    on_path("java").filter(|file| !cfg!(target_os = "macos") || file != Path::new("/usr/bin/java"))
}
