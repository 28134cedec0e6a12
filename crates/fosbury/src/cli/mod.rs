//! The commands.

mod backup;
mod check;
mod copy;
mod export;
mod harvest;
mod import;
mod import_organisations;
mod import_site;
mod import_wiki;
mod notes_load;
mod opening;
mod peers;
mod people;
mod quality;
mod receive_mail;
mod seed;
mod seed_files;
mod seed_trials;
mod seed_words;
mod serve;

use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::interchange::staging::Teller;
use crate::settings::{Flags, Settings};

/// Fosbury: see how others got over it.
#[derive(Parser)]
#[command(name = "fosbury", version, about, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the site (what happens without a command).
    Serve(serve::Serve),
    /// People: invite somebody, let somebody in again.
    #[command(subcommand)]
    People(people::People),
    /// Copies everything into an empty database of either kind, and compares both sides.
    CopyDatabase(copy::CopyDatabase),
    /// Takes everything away: a folder to read, keep and take elsewhere.
    Export(export::Export),
    /// Brings something in: a list of public bodies, a whole site, a wiki.
    #[command(subcommand)]
    Import(import::Import),
    /// Makes a backup in one file while the site is in use, or verifies one.
    Backup(backup::Backup),
    /// Brings a backup back into an empty place.
    Restore(backup::Restore),
    /// Checks that everything fits together.
    Check(check::Check),
    /// The invented county: take it away.
    #[command(subcommand)]
    Demo(check::Demo),
    /// Which public bodies are like which, by their figures.
    Peers(peers::Peers),
    /// Reads the notes of a session and tells what each line may become.
    Harvest(harvest::Harvest),
    /// Takes one message from a mail server: an answer to a letter.
    ReceiveMail(receive_mail::ReceiveMail),
    /// Lists every route: method, address, who may use it.
    Routes,
    /// Measures how well searching finds the right hurdle.
    SearchQuality(quality::SearchQuality),
    /// Fills an empty place with made-up pages, for measurements.
    Seed(seed::Seed),
    /// Measures how soon lines are seen that many people write in one session, in an empty place.
    NotesLoad(notes_load::NotesLoad),
}

/// What went wrong, in a sentence.
type Outcome = Result<(), String>;

/// Runs the command that was asked for.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match obeyed(cli) {
        Ok(code) => code,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn obeyed(cli: Cli) -> Result<ExitCode, String> {
    let settings = match Settings::read(&cli.flags) {
        Ok(settings) => settings,
        Err(wrong) if matches!(cli.command, Some(Command::ReceiveMail(_))) => {
            return Ok(receive_mail::not_now(&wrong.to_string()));
        }
        Err(wrong) => return Err(wrong.to_string()),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("The program cannot start: {error}"))?;
    let command = cli
        .command
        .unwrap_or(Command::Serve(serve::Serve::default()));
    if let Command::ReceiveMail(asked) = &command {
        return Ok(runtime.block_on(receive_mail::run(settings, asked)));
    }
    let done: Outcome = runtime.block_on(async {
        match command {
            Command::Serve(serve) => serve::run(settings, &serve).await,
            Command::People(people) => people::run(settings, people).await,
            Command::CopyDatabase(copy) => copy::run(&copy).await,
            Command::Export(export) => export::run(settings, &export).await,
            Command::Import(import) => import::run(settings, import).await,
            Command::Backup(backup) => backup::run(settings, backup).await,
            Command::Restore(restore) => backup::restore(settings, &restore).await,
            Command::Check(check) => check::run(settings, &check).await,
            Command::Demo(demo) => check::demo(settings, &demo).await,
            Command::Peers(peers) => peers::run(settings, &peers).await,
            Command::Harvest(asked) => harvest::run(settings, &cli.flags, &asked).await,
            // Answered above: a mail server reads its exit code.
            Command::ReceiveMail(_) => Ok(()),
            Command::Routes => {
                routes();
                Ok(())
            }
            Command::SearchQuality(quality) => quality::run(&quality),
            Command::Seed(seed) => seed::run(settings, &seed).await,
            Command::NotesLoad(load) => notes_load::run(settings, &load).await,
        }
    });
    done.map(|()| ExitCode::SUCCESS)
}

fn routes() {
    for route in crate::router::listed() {
        say(&format!(
            "{}\t{}\t{:?}",
            route.method, route.path, route.access
        ));
    }
}

/// Tells whoever typed the command how far it is.
fn teller() -> Teller {
    Arc::new(|line| say(&line))
}

/// A line for whoever typed the command.
#[expect(
    clippy::print_stdout,
    reason = "the one place that speaks to the terminal"
)]
fn say(line: &str) {
    println!("{line}");
}
