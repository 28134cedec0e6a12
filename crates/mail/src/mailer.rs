//! The conversation with the mail server.

use std::future::Future;
use std::time::Duration;

use lettre::Message;
use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::timeout;

use crate::{Address, Letter, Security, Settings, Ways, Wrong};

/// How long the server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long it may take to say goodbye, which nobody waits for.
const GOODBYE: Duration = Duration::from_secs(2);

/// Why a letter was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It may be accepted later: the server is away, busy or does not let us in.
    #[error("not now: {0}")]
    Later(String),
    /// It will never be accepted as it is.
    #[error("refused: {0}")]
    Refused(String),
}

/// Sends letters through one mail server: one connection for each letter.
pub struct Mailer {
    host: String,
    port: u16,
    security: Security,
    sign_in: Option<Credentials>,
    tls: Option<TlsParameters>,
    from: Mailbox,
}

impl Mailer {
    /// Checks the settings; connects to nothing yet.
    pub fn new(settings: Settings) -> Result<Self, Wrong> {
        settings.check()?;
        let from = sender(&settings.from).ok_or(Wrong::From(settings.from))?;
        let tls = match settings.security {
            Security::Plain => None,
            Security::Tls | Security::StartTls => Some(
                TlsParameters::new(settings.host.clone())
                    .map_err(|error| Wrong::Encryption(error.to_string()))?,
            ),
        };
        let sign_in = settings.user.zip(settings.password);
        let sign_in = sign_in.map(|(user, password)| Credentials::new(user, password));
        let Settings {
            host,
            port,
            security,
            ..
        } = settings;
        Ok(Self {
            host,
            port,
            security,
            sign_in,
            tls,
            from,
        })
    }

    /// Sends a letter; when this returns, the mail server has accepted it.
    pub async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        let message = letter.message(&self.from, None, &Ways::default())?;
        self.deliver(message).await
    }

    /// Sends a letter that may have been sent before under the same key, such as a job's id: it
    /// carries the same Message-ID each time, so that mail servers can drop the second.
    pub async fn send_as(&self, key: &str, letter: &Letter) -> Result<(), Failure> {
        self.send_with(key, letter, &Ways::default()).await
    }

    /// The same, and says how it is answered and how such letters end.
    pub async fn send_with(&self, key: &str, letter: &Letter, ways: &Ways) -> Result<(), Failure> {
        self.deliver(letter.message(&self.from, Some(key), ways)?)
            .await
    }

    async fn deliver(&self, message: Message) -> Result<(), Failure> {
        // Whatever happens before the letter is mentioned says nothing against the letter: a
        // wrong password is the owner's to put right.
        let mut server = self
            .connect()
            .await
            .map_err(|why| Failure::Later(why.text()))?;
        let outcome = hand_over(&mut server, &message).await;
        // After the last answer only: its outcome stands, whether or not the server says goodbye.
        if !matches!(outcome, Err(Trouble::Silence)) {
            drop(timeout(GOODBYE, server.abort()).await);
        }
        outcome.map_err(Failure::from)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let place = (self.host.as_str(), self.port);
        // An address says nothing of the machine's name.
        let me = ClientId::default();
        let tls = self.tls.clone().filter(|_| self.security == Security::Tls);
        let connecting = AsyncSmtpConnection::connect_tokio1(place, Some(PATIENCE), &me, tls, None);
        let mut server = step(connecting).await?;
        if self.security == Security::StartTls
            && let Some(tls) = self.tls.clone()
        {
            step(server.starttls(tls, &me)).await?;
        }
        if let Some(sign_in) = &self.sign_in {
            step(server.auth(DEFAULT_MECHANISMS, sign_in)).await?;
        }
        Ok(server)
    }
}

async fn hand_over(server: &mut AsyncSmtpConnection, message: &Message) -> Result<(), Trouble> {
    let envelope = message.envelope();
    step(server.command(Mail::new(envelope.from().cloned(), Vec::new()))).await?;
    for to in envelope.to() {
        step(server.command(Rcpt::new(to.clone(), Vec::new()))).await?;
    }
    step(server.command(Data)).await?;
    step(server.message(&message.formatted())).await?;
    Ok(())
}

async fn step<T>(said: impl Future<Output = Result<T, Error>>) -> Result<T, Trouble> {
    timeout(PATIENCE, said)
        .await
        .map_err(|_| Trouble::Silence)?
        .map_err(Trouble::Said)
}

enum Trouble {
    Silence,
    Said(Error),
}

impl Trouble {
    /// In words; what the server said is bounded and on one line.
    fn text(&self) -> String {
        match self {
            Self::Silence => format!("no answer within {} seconds", PATIENCE.as_secs()),
            Self::Said(error) => {
                let text = error.to_string();
                text.chars()
                    .map(|c| if c.is_control() { ' ' } else { c })
                    .take(300)
                    .collect()
            }
        }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        match &trouble {
            Trouble::Said(error) if error.is_permanent() => Self::Refused(trouble.text()),
            _ => Self::Later(trouble.text()),
        }
    }
}

/// The sender, if it is exactly one, of the kind that every server takes.
fn sender(text: &str) -> Option<Mailbox> {
    let text = text.trim();
    if text.contains(char::is_control) {
        return None;
    }
    let address = text
        .strip_suffix('>')
        .and_then(|open| Some(open.rsplit_once('<')?.1));
    Address::parse(address.unwrap_or(text)).ok()?;
    text.parse().ok()
}
