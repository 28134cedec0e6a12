//! Running other programs to their end.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Output, Stdio};

use crate::tally::Tally;
use crate::{Result, place};

/// Cargo, as it called us, in the project's root.
pub fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.args(arguments).current_dir(place::root());
    command
}

/// Runs to the end, showing what it prints; anything but success is `otherwise`.
pub fn succeed(command: &mut Command, otherwise: &str) -> Result<()> {
    let status = command
        .status()
        .map_err(|wrong| not_started(command, &wrong))?;
    if status.success() {
        Ok(())
    } else {
        Err(otherwise.to_owned())
    }
}

/// Runs to the end silently; what it printed is shown only when it fails.
pub fn quietly(command: &mut Command, otherwise: &str) -> Result<String> {
    let output = output(command)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    print!("{}", String::from_utf8_lossy(&output.stdout));
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    Err(otherwise.to_owned())
}

/// Runs to the end and keeps all it printed.
pub fn output(command: &mut Command) -> Result<Output> {
    command
        .stdin(Stdio::null())
        .output()
        .map_err(|wrong| not_started(command, &wrong))
}

/// Runs cargo's tests, showing what they print, and adds up their counts.
pub fn counted(command: &mut Command) -> Result<(ExitStatus, Tally)> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|wrong| not_started(command, &wrong))?;
    let mut tally = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout)
            .split(b'\n')
            .map_while(std::io::Result::ok)
        {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            tally += Tally::of_cargo_line(&line).unwrap_or_default();
        }
    }
    let status = child.wait().map_err(|wrong| not_started(command, &wrong))?;
    Ok((status, tally))
}

/// Where a program lies on the search path, if it does.
pub fn on_path(name: &str) -> Option<std::path::PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths)
        .map(|folder| folder.join(name))
        .find(|file| is_program(file))
}

/// Whether there is a file to run.
pub fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

fn not_started(command: &Command, wrong: &std::io::Error) -> String {
    format!("Cannot run {}: {wrong}.", command.get_program().display())
}
