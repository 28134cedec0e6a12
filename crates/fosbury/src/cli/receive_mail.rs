//! `fosbury receive-mail`: one message from a mail server, an answer to a letter.

use std::io::Read;
use std::process::ExitCode;

use clap::Args;

use super::{opening, say};
use crate::look::memory::Looks;
use crate::sessions::after::receiving::{self, LARGEST, Refused, Taken};
use crate::settings::Settings;
use crate::time::Clock;

/// To try again, as a mail server's pipe understands it (sysexits.h).
const TRY_AGAIN: u8 = 75;

/// For whom the message is.
#[derive(Args)]
pub struct ReceiveMail {
    /// The address that the message came in for; without it the message's own headers name it.
    #[arg(long = "for", value_name = "ADDRESS")]
    to: Option<String>,
}

/// Reads one message from standard input and says in its discussion what it says. The exit code tells
/// the mail server whether to return the message or to try again.
pub async fn run(settings: Settings, asked: &ReceiveMail) -> ExitCode {
    match received(settings, asked).await {
        Ok(sentence) => {
            say(&sentence);
            ExitCode::SUCCESS
        }
        Err((code, sentence)) => {
            eprintln!("{sentence}");
            ExitCode::from(code)
        }
    }
}

/// Says why nothing can be taken just now; the mail server tries again.
pub fn not_now(why: &str) -> ExitCode {
    eprintln!("{why}");
    ExitCode::from(TRY_AGAIN)
}

async fn received(settings: Settings, asked: &ReceiveMail) -> Result<String, (u8, String)> {
    let mut bytes = Vec::new();
    // What is larger is known by one byte more.
    std::io::stdin()
        .take(LARGEST as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| (TRY_AGAIN, format!("The message cannot be read: {error}.")))?;
    let db = opening::database(&settings)
        .await
        .map_err(|sentence| (TRY_AGAIN, sentence))?;
    let told = |refused: Refused| (refused.code(), refused.to_string());
    let looks = Looks::new(&settings.site);
    let look = looks.today(&db).await.map_err(|error| told(error.into()))?;
    let mark = look.words.fill("letter-mark", &[]);
    let to = (asked.to.as_deref(), mark.as_str());
    let taken = receiving::receive(&db, &settings, &bytes, to, Clock::Machine.now()).await;
    Ok(match taken.map_err(told)? {
        Taken::Said {
            number,
            is_held,
            files,
        } => {
            let kept = if is_held {
                format!("Comment {number} waits for a steward.")
            } else {
                format!("Comment {number} is said.")
            };
            match files {
                0 => kept,
                _ => format!("{kept} Files that came with it were left out."),
            }
        }
        Taken::Before => "This message was taken before.".to_owned(),
        Taken::Automatic => "A program wrote this: nothing is done.".to_owned(),
    })
}
