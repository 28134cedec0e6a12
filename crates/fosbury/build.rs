//! Lists the files of the starter register, so that a new file needs no line of code.
#![expect(
    clippy::disallowed_methods,
    reason = "cargo tells build scripts what they need through the environment"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut code = String::new();
    for (name, folder) in [
        ("HURDLES", "hurdles"),
        ("SOLUTIONS", "solutions"),
        ("GUIDES", "guides"),
        ("DEMO", "demo"),
    ] {
        let path = Path::new(&root).join("starter").join(folder);
        println!("cargo::rerun-if-changed={}", path.display());
        let mut files: Vec<_> = fs::read_dir(&path)?.collect::<Result<Vec<_>, _>>()?;
        files.sort_by_key(std::fs::DirEntry::path);
        let _ = writeln!(
            code,
            "/// The files of `starter/{folder}`.\npub static {name}: Files = &["
        );
        for file in files {
            let path = file.path().display().to_string();
            let name = file.file_name();
            let _ = writeln!(
                code,
                "    ({:?}, include_str!({path:?})),",
                name.to_string_lossy()
            );
        }
        code.push_str("];\n");
    }
    fs::write(Path::new(&out).join("starter.rs"), code)
}
