//! Our own rules about the source: sizes, attributes, names, nothing left to do.

use std::fs;
use std::path::{Path, PathBuf};

use crate::step::Run;
use crate::tally::Tally;
use crate::{Result, place};

const WARN_OVER: usize = 400;
const FAIL_OVER: usize = 600;
const WRITTEN_BY_US: [&str; 9] = ["rs", "mjs", "js", "css", "html", "ftl", "sql", "toml", "sh"];
const FOLDERS: [&str; 5] = [".ci", "crates", "docs", "migrations", "xtask"];
/// Others' code, what is built, and texts rather than source.
const NOT_SOURCE: [&str; 3] = ["node_modules", "target", "starter"];
const NAMES_THAT_SAY_NOTHING: [&str; 9] = [
    "util", "utils", "helper", "helpers", "common", "manager", "managers", "handler", "service",
];

/// What one file has to hear.
#[derive(Debug, PartialEq, Eq)]
pub enum Finding {
    /// To be mended when somebody is there next.
    Warning(String),
    /// To be mended now.
    Fault(String),
}

/// Reads every file we wrote and says all that is wrong with them at once.
pub fn check(_: &mut Run) -> Result<Tally> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        collect(&place::root().join(folder), &mut files)?;
    }
    let mut tally = Tally::default();
    for file in &files {
        let text = fs::read(file).map_err(|wrong| unreadable(file, &wrong))?;
        let name = file.strip_prefix(place::root()).unwrap_or(file);
        let findings = findings(name, &String::from_utf8_lossy(&text));
        let faulty = findings
            .iter()
            .any(|finding| matches!(finding, Finding::Fault(_)));
        tally += Tally {
            passed: u64::from(!faulty),
            failed: u64::from(faulty),
        };
        for finding in findings {
            match finding {
                Finding::Warning(about) => println!("warning: {}: {about}", name.display()),
                Finding::Fault(about) => println!("fault: {}: {about}", name.display()),
            }
        }
    }
    println!("   {} files read.", files.len());
    if tally.failed == 0 {
        Ok(Tally::ONE)
    } else {
        Err(format!("{} files break a rule.", tally.failed))
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let entries = fs::read_dir(folder).map_err(|wrong| unreadable(folder, &wrong))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let called = |name: &str| path.file_name().is_some_and(|it| it == name);
        if path.is_dir() {
            if !NOT_SOURCE.iter().any(|name| called(name)) {
                collect(&path, files)?;
            }
        } else if WRITTEN_BY_US
            .iter()
            .any(|kind| path.extension().is_some_and(|it| it == *kind))
        {
            files.push(path);
        }
    }
    Ok(())
}

/// All that one file has to hear.
pub fn findings(name: &Path, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(size(text));
    findings.extend(module_name(name));
    for (number, line) in (1..).zip(text.lines()) {
        findings.extend(
            forbidden(name, line).map(|about| Finding::Fault(format!("line {number}: {about}"))),
        );
    }
    findings
}

fn size(text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    let excused = text.lines().take(10).any(has_reason_for_its_size);
    let about =
        format!("{lines} lines. Split it, or say why not in its first lines: // size: REASON");
    match lines {
        _ if excused => None,
        over if over > FAIL_OVER => Some(Finding::Fault(about)),
        over if over > WARN_OVER => Some(Finding::Warning(about)),
        _ => None,
    }
}

fn has_reason_for_its_size(line: &str) -> bool {
    let line = line.trim_start();
    ["//", "/*", "#", "--", "<!--"].iter().any(|mark| {
        let said = line
            .strip_prefix(mark)
            .and_then(|rest| rest.trim_start().strip_prefix("size:"));
        said.is_some_and(|reason| reason.trim().len() > 3)
    })
}

fn module_name(name: &Path) -> Option<Finding> {
    let folders_and_stem = name.with_extension("");
    let word = folders_and_stem
        .components()
        .filter_map(|part| part.as_os_str().to_str())
        .find(|part| NAMES_THAT_SAY_NOTHING.contains(part))?;
    Some(Finding::Fault(format!(
        "“{word}” says nothing about what is in it: name it for its words."
    )))
}

fn forbidden(name: &Path, line: &str) -> Option<&'static str> {
    let is_rust = name.extension().is_some_and(|kind| kind == "rs");
    let code = line.trim_start();
    // The words are put together here so that this file may speak of them.
    if is_rust
        && (code.starts_with(concat!("#[", "allow")) || code.starts_with(concat!("#![", "allow")))
    {
        return Some(
            "say #[expect(…, reason = \"…\")] instead, so that it goes when it is no longer needed.",
        );
    }
    let unfinished = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    if words.any(|word| unfinished.contains(&word)) {
        return Some("finish it, or make it an issue.");
    }
    let inline = code.trim_start_matches("pub ").strip_prefix("mod ")?;
    let module = inline.split([' ', ';', '{']).next()?;
    (is_rust && NAMES_THAT_SAY_NOTHING.contains(&module))
        .then_some("this module's name says nothing about what is in it.")
}

fn unreadable(file: &Path, wrong: &std::io::Error) -> String {
    format!("Cannot read {}: {wrong}.", file.display())
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
