//! Where things are: the project's root, its target folder, what lies beside it.

use std::path::{Path, PathBuf};

/// The project's root folder.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |at| root().join(at))
}

/// The product as `cargo build` leaves it.
pub fn product() -> PathBuf {
    target().join("debug/fosbury")
}

/// The scripts that drive a browser.
pub fn browser_scripts() -> PathBuf {
    root().join("crates/fosbury/tests/browser")
}
