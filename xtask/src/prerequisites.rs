//! Making sure that the machine has what the tests need.

use crate::Result;
use crate::apt;
use crate::program::{PROGRAMS, Program};
use crate::step::Run;
use crate::tally::Tally;

/// Finds every program, installing with apt what is missing where we may; otherwise the error is
/// the sentence that says what to install.
pub fn ensure(_: &mut Run) -> Result<Tally> {
    let missing = missing();
    if !missing.is_empty() && apt::may_install() {
        let packages: Vec<&str> = missing.iter().flat_map(|it| it.packages).copied().collect();
        apt::install(&packages)?;
    }
    match told(&self::missing()) {
        None => Ok(Tally::ONE),
        Some(sentence) => Err(sentence),
    }
}

fn missing() -> Vec<&'static Program> {
    PROGRAMS
        .iter()
        .filter(|program| (program.find)().is_none())
        .collect()
}

fn told(missing: &[&Program]) -> Option<String> {
    if missing.is_empty() {
        return None;
    }
    let names: Vec<&str> = missing.iter().map(|it| it.name).collect();
    let packages: Vec<&str> = missing.iter().flat_map(|it| it.packages).copied().collect();
    Some(format!(
        "This machine lacks {}. On Debian or Ubuntu: sudo apt-get install --no-install-recommends {}",
        names.join(", "),
        packages.join(" ")
    ))
}

#[cfg(test)]
#[path = "prerequisites_tests.rs"]
mod tests;
