//! A script that drives the running product, and how it wants the server to be.
//!
//! Its first lines may say so:
//! `// serve: --demo` (words after `serve`), `// settings: sign-up = "invited"` (a line of the
//! settings file), `// mail: yes` (a mail server that the script can read), `// looks: yes` (what it
//! proves is about looks, the same on every database, so it runs on one).

use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::postgres::free_port;

/// One script.
pub struct Script {
    /// Where it is.
    pub file: PathBuf,
    /// Words after `serve`.
    pub arguments: Vec<String>,
    /// Whether one database is enough.
    pub is_about_looks: bool,
    /// The port where it reads letters, or 0.
    pub mail_port: u16,
    lines: Vec<String>,
}

impl Script {
    /// All scripts of a folder, by name.
    pub fn all_in(folder: &Path) -> Result<Vec<Self>> {
        let entries = fs::read_dir(folder)
            .map_err(|wrong| format!("Cannot read {}: {wrong}.", folder.display()))?;
        let mut files: Vec<PathBuf> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|file| file.extension().is_some_and(|kind| kind == "mjs"))
            .collect();
        files.sort();
        files.iter().map(|file| Self::read(file)).collect()
    }

    /// Reads what a script wants from its first ten lines.
    pub fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file)
            .map_err(|wrong| format!("Cannot read {}: {wrong}.", file.display()))?;
        let mut script = Self::of_text(&text);
        file.clone_into(&mut script.file);
        if text
            .lines()
            .take(10)
            .any(|line| line.trim() == "// mail: yes")
        {
            script.mail_port = free_port()?;
        }
        Ok(script)
    }

    fn of_text(text: &str) -> Self {
        let said = |what: &str| {
            let lines = text
                .lines()
                .take(10)
                .filter_map(|line| line.strip_prefix("// "));
            lines
                .filter_map(|line| line.strip_prefix(what))
                .map(str::trim)
                .collect::<Vec<_>>()
        };
        let words = said("serve:").into_iter().flat_map(str::split_whitespace);
        Self {
            file: PathBuf::new(),
            arguments: words.map(str::to_owned).collect(),
            is_about_looks: said("looks:").contains(&"yes"),
            mail_port: 0,
            lines: said("settings:").into_iter().map(str::to_owned).collect(),
        }
    }

    /// The settings file it wants.
    pub fn settings(&self) -> String {
        let mut settings = self.lines.join("\n");
        if self.mail_port > 0 {
            settings.push_str("\n[smtp]\nhost = \"127.0.0.1\"\nport = ");
            settings.push_str(&self.mail_port.to_string());
            settings.push_str("\nsecurity = \"plain\"\nfrom = \"Fosbury <fosbury@example.org>\"\n");
        }
        settings
    }
}

#[cfg(test)]
#[path = "script_tests.rs"]
mod tests;
