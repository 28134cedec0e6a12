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
    let names = packages.join(" ");
    let told =
        |what: &str| format!("apt-get {what} failed: install {names} by hand and run this again.");
    quietly(&mut apt(&["update"]), &told("update"))?;
    let mut install = apt(&["install", "--yes", "--no-install-recommends"]);
    quietly(install.args(packages), &told("install"))?;
    Ok(())
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
