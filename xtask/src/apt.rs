//! Installing what is missing, where we may.

use std::process::Command;

use crate::Result;
use crate::command::{on_path, output, quietly};

/// Whether this is a machine where we may install packages: Debian's kind, and we are root.
pub fn may_install() -> bool {
    is_root() && on_path("apt-get").is_some()
}

/// Whether we run as root.
pub fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|said| said.stdout.trim_ascii() == b"0")
}

/// Installs packages with apt.
pub fn install(packages: &[&str]) -> Result<()> {
    println!("Installing with apt: {}.", packages.join(" "));
    if let Err(told) = quietly(&mut apt(&["update"]), "apt-get update failed, see above.") {
        // What was fetched before may still do.
        println!("{told}");
    }
    let names = packages.join(" ");
    let otherwise = format!("apt-get could not install {names}, see above.");
    let mut install = apt(&["install", "--yes", "--no-install-recommends"]);
    quietly(install.args(packages), &otherwise).map(drop)
}

/// Asks nothing, and starts no service of what it installs.
fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.arg("--quiet").args(arguments);
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("RUNLEVEL", "1");
    command
}
