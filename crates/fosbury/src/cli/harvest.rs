//! `fosbury harvest`: what each line of some notes may become.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use harvest::{Format, Found, Notes, Register};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, opening, say};
use crate::harvesting::becoming::entry;
use crate::harvesting::store;
use crate::history::model::Parts;
use crate::settings::{Flags, Settings};
use crate::starting::register;
use crate::subjects::{SubjectRef, kind_called};
use crate::viewer::Viewer;

/// Which notes, and how to tell of them.
#[derive(Args)]
pub struct Harvest {
    /// Notes: plain text, Markdown, DokuWiki, HTML or .docx; `-` reads what is piped in.
    file: PathBuf,
    /// One JSON object for each line, for programs.
    #[arg(long)]
    json: bool,
}

/// Reads notes and tells what each line may become. Twins are of the starter register, or of the
/// site's public records where `--data` or `--database` names a site.
pub async fn run(settings: Settings, flags: &Flags, asked: &Harvest) -> Outcome {
    let notes = read(&asked.file)?;
    let register = if flags.data.is_some() || flags.database.is_some() {
        of_a_site(&settings).await?
    } else {
        of_the_start()?
    };
    let found = harvest::harvest(&notes, &register);
    if asked.json {
        for line in &found {
            let told = serde_json::to_string(&told(line));
            say(&told.map_err(|error| error.to_string())?);
        }
    } else {
        table(&notes, &found);
    }
    Ok(())
}

fn read(file: &Path) -> Result<Notes, String> {
    let name = file.display();
    let mut bytes = Vec::new();
    let at_most = harvest::MOST_BYTES as u64 + 1;
    if file == Path::new("-") {
        std::io::stdin().take(at_most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|open| open.take(at_most).read_to_end(&mut bytes))
    }
    .map_err(|error| format!("{name} cannot be read: {error}."))?;
    let format = Format::of_name(&file.to_string_lossy());
    harvest::read(&bytes, format).map_err(|why| format!("{name}: {why}"))
}

fn of_the_start() -> Result<Register<SubjectRef>, String> {
    let entries = register::entries().map_err(|error| error.to_string())?;
    let entries = entries
        .iter()
        .map(|(kind, it)| entry(*kind, it.number, it.parts.get("title"), &it.parts));
    Ok(Register::new(entries.collect()))
}

async fn of_a_site(settings: &Settings) -> Result<Register<SubjectRef>, String> {
    let db = opening::database(settings).await?;
    let texts = store::texts(&db, &Viewer::Visitor, i64::MAX).await;
    let texts = texts.map_err(|error| format!("The database failed: {error}."))?;
    let entries = texts.iter().filter_map(|text| {
        let parts = Parts::from_json(&text.parts);
        Some(entry(
            kind_called(&text.kind)?,
            text.number,
            &text.title,
            &parts,
        ))
    });
    Ok(Register::new(entries.collect()))
}

/// A line as programs read it, its parts in this order.
#[derive(Serialize)]
struct Told<'f> {
    line: usize,
    text: &'f str,
    kind: &'f str,
    kinds: Vec<(&'f str, f64)>,
    speaker: Option<&'f str>,
    organisation: Option<&'f str>,
    group: Option<usize>,
    twins: Vec<Value>,
}

fn told<'f>(found: &'f Found<'_, SubjectRef>) -> Told<'f> {
    let line = found.line;
    let twin = |(twin, score): &(SubjectRef, f64)| {
        let number = (twin.kind.clone(), json!(twin.number));
        let score = ("score".to_owned(), json!(rounded(*score)));
        Value::Object([number, score].into_iter().collect())
    };
    let kinds = found.kinds.iter();
    Told {
        line: line.number,
        text: &line.text,
        kind: found.kind().name(),
        kinds: kinds
            .map(|(kind, share)| (kind.name(), rounded(*share)))
            .collect(),
        speaker: line.voice(),
        organisation: line.organisation.as_deref(),
        group: found.group,
        twins: found.twins.iter().map(twin).collect(),
    }
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

fn table(notes: &Notes, found: &[Found<'_, SubjectRef>]) {
    for it in found {
        let line = it.line;
        if line.heading.is_some() {
            say(&format!("\n{:>4}  {}", line.number, line.text));
            continue;
        }
        let sure = it.kinds.first().map_or(0.0, |(_, share)| share * 100.0);
        let told = [
            line.voice().map(ToOwned::to_owned),
            line.organisation
                .as_ref()
                .map(|place| format!("at {place}")),
            it.group.map(|group| format!("group {group}")),
            it.twins
                .first()
                .map(|(twin, score)| format!("{} {}? {score:.2}", twin.kind, twin.number)),
        ];
        let told: Vec<String> = told.into_iter().flatten().collect();
        let told = if told.is_empty() {
            String::new()
        } else {
            format!("  ({})", told.join(", "))
        };
        let kind = it.kind().name();
        say(&format!(
            "{:>4}  {kind:<9} {sure:>3.0} %  {}{told}",
            line.number, line.text
        ));
    }
    if !notes.left_out.is_empty() {
        say("\nLeft out, because it belongs to the page and not to the notes:");
        for line in &notes.left_out {
            say(&format!("      {line}"));
        }
    }
}
