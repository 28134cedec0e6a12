//! `fosbury import dokuwiki`, `mediawiki`, `markdown`: a wiki with its history, from where it lies.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use dokuwiki::read::{OneFile, lay_down};
use dokuwiki::{Folder, Limits, Source};

use super::{Outcome, opening, say};
use crate::history::saving::Author;
use crate::settings::Settings;
use crate::time::Clock;
use crate::wikis::coming::{self, Asked};
use crate::wikis::model::{Line, Report};
use crate::wikis::there::Kind;
use crate::wikis::{store, undoing};
use crate::words::Words;

/// Lines told at the most; the owner's page has the others.
const MOST_TOLD: usize = 200;

/// Which wiki, and how.
#[derive(Args)]
pub struct Wiki {
    /// The wiki's folder, an archive of it, or its dump.
    path: PathBuf,
    /// The licence of its words, where the wiki does not say so itself.
    #[arg(long, value_name = "LICENCE", default_value = "No licence stated")]
    licence: String,
    /// Says what would come and what cannot be read, and changes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Takes the wiki back that came from here: pages that nobody edited since are deleted.
    #[arg(long, conflicts_with = "dry_run")]
    undo: bool,
}

/// Brings it in, looks at it, or takes it back.
pub async fn run(settings: Settings, asked: &Wiki, kind: Kind) -> Outcome {
    let began = began();
    let (folder, unpacked) = laid_out(&asked.path)?;
    let source = &*folder;
    let wanted = Asked {
        name: name_of(&asked.path),
        licence: asked.licence.clone(),
        by: None,
        kind: Some(kind),
    };
    let words = Words::english();
    if asked.dry_run {
        let report = coming::look(source, &wanted).map_err(|error| error.to_string())?;
        tell(&words, &report, "would come");
        return Ok(());
    }
    let db = opening::database(&settings).await?;
    let now = Clock::Machine.now();
    if asked.undo {
        return undo(&db, source, &wanted, &words).await;
    }
    let mut told = 0;
    let mut tell_pages = |done: usize, all: usize| {
        if done == all || done >= told + 500 {
            told = done;
            say(&format!("{done} of {all} pages"));
        }
    };
    let came = coming::bring(&db, &settings, source, &wanted, now, &mut tell_pages).await;
    let (number, report) = came.map_err(|error| error.to_string())?;
    drop(unpacked);
    tell(&words, &report, "came");
    let took = began.elapsed().as_secs_f64();
    say(&format!(
        "Took {took:.2} s. The owner's page about it: /place/wikis/{number}"
    ));
    Ok(())
}

async fn undo(db: &db::Db, source: &dyn Source, asked: &Asked, words: &Words) -> Outcome {
    let told = |error: db::Error| format!("The database failed: {error}.");
    let found = coming::title_of(source, asked).map_err(|error| error.to_string())?;
    let (title, key) = found;
    let wiki = store::by_key(db, &key).await.map_err(told)?;
    let wiki = wiki.ok_or_else(|| format!("No wiki called “{title}” came here."))?;
    let author = Author {
        id: None,
        name: wiki.title.clone(),
        is_steward: true,
    };
    let summary = words.fill("wiki-undo-summary", &[("title", &wiki.title)]);
    let done = undoing::undo(db, &wiki, author, &summary, Clock::Machine.now())
        .await
        .map_err(told)?;
    say(&format!(
        "{} pages were taken back; {} stay because somebody edited them here.",
        done.gone, done.stay
    ));
    Ok(())
}

/// Where a wiki's files are; an archive is laid out in a folder that goes when it is dropped.
type Laid = (Box<dyn Source>, Option<tempfile::TempDir>);

fn laid_out(path: &Path) -> Result<Laid, String> {
    let cannot = |error: std::io::Error| format!("{} cannot be read: {error}.", path.display());
    if path.is_dir() {
        return Ok((Box::new(Folder::at(path)), None));
    }
    let is_dump = path.extension().is_some_and(|ending| ending == "xml");
    let file = File::open(path).map_err(cannot)?;
    if is_dump {
        // It may be larger than what is free on the disk: it is read where it lies.
        return Ok((Box::new(OneFile(path.to_owned())), None));
    }
    let folder = tempfile::tempdir().map_err(cannot)?;
    let mut told = |line: String| say(&line);
    lay_down(file, folder.path(), Limits::default(), &mut told).map_err(cannot)?;
    Ok((Box::new(Folder::at(folder.path())), Some(folder)))
}

/// What a wiki without a title of its own is called.
fn name_of(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let name = whole
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let endings = [".tar", ".tgz", ".zip", ".xml"];
    let ends = endings.into_iter().filter_map(|ending| name.find(ending));
    name[..ends.min().unwrap_or(name.len())].to_owned()
}

/// Only a duration is measured with it.
fn began() -> Instant {
    Instant::now()
}

fn tell(words: &Words, report: &Report, how: &str) {
    for line in report.lines.iter().take(MOST_TOLD) {
        say(&format!("{}: {}", line.page, said(words, line)));
    }
    if report.lines.len() > MOST_TOLD {
        say(&format!(
            "… and {} more of these.",
            report.lines.len() - MOST_TOLD
        ));
    }
    let closed = match report.closed {
        0 => String::new(),
        some => format!(", {some} for members only"),
    };
    let older = match report.older_files {
        0 => String::new(),
        some => format!(", {} of files", counted(some, "older version")),
    };
    say(&format!(
        "“{}” ({}): {} {how}, {} deleted there, {}, {}{older}{closed}.",
        report.title,
        report.licence,
        counted(report.pages, "page"),
        report.deleted,
        counted(report.revisions, "revision"),
        counted(report.files, "file"),
    ));
}

/// A number and what it counts.
fn counted(n: usize, what: &str) -> String {
    let ending = if n == 1 { "" } else { "s" };
    format!("{n} {what}{ending}")
}

fn said(words: &Words, line: &Line) -> String {
    let value = match line.what.as_str() {
        "refused-file" | "refused-older" => {
            words.say(&format!("refused-{}", line.value)).into_owned()
        }
        _ => line.value.clone(),
    };
    words.fill(&format!("wiki-line-{}", line.what), &[("value", &value)])
}
