//! What the owner decides about mail: which server sends it, and where answers go.

use serde::Deserialize;

use crate::settings::{Settings, Wrong};

/// The mail server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Smtp {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The account there.
    pub user: Option<String>,
    /// Its password; the environment's `FOSBURY_SMTP_PASSWORD` comes first.
    pub password: Option<String>,
    /// Whom letters come from.
    pub from: String,
    /// Where answers to letters about sessions go, such as `reply@hurdles.example.gov.uk`: the mail
    /// server hands what comes in for `reply+…@` to `fosbury receive-mail`.
    #[serde(default)]
    pub answers: Option<String>,
    /// `tls`, `start-tls` or `plain`.
    #[serde(default)]
    pub security: Security,
}

/// How the way to the mail server is kept private.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Security {
    /// From the first byte.
    Tls,
    /// After a greeting.
    #[default]
    StartTls,
    /// Not at all: for a relay on this machine.
    Plain,
}

impl Settings {
    /// The address for answers to the letter with this secret, where answers are taken.
    pub fn answers_to(&self, secret: &str) -> Option<mail::Address> {
        let own = self.smtp.as_ref()?.answers.as_ref()?;
        let (name, domain) = own.trim().rsplit_once('@')?;
        mail::Address::parse(&format!("{name}+{secret}@{domain}")).ok()
    }

    /// The secret of the letter that is answered at this address, if it is one for answers.
    pub fn answered(&self, address: &mail::Address) -> Option<String> {
        let own = self.smtp.as_ref()?.answers.as_ref()?.to_lowercase();
        let (name, domain) = own.trim().rsplit_once('@')?;
        let (sent, to) = address.as_str().rsplit_once('@')?;
        let secret = sent.strip_prefix(name)?.strip_prefix('+')?;
        (to == domain && !secret.is_empty()).then(|| secret.to_owned())
    }
}

/// Whether answers can come in at the address that the owner gave.
pub fn check_answers(smtp: Option<&Smtp>) -> Result<(), Wrong> {
    /// Letters that stand before the `@` of an address at the most, less those of a secret.
    const LONGEST: usize = 23;
    let Some(answers) = smtp.and_then(|smtp| smtp.answers.as_ref()) else {
        return Ok(());
    };
    let is_right = mail::Address::parse(answers)
        .is_ok_and(|address| address.name().len() <= LONGEST && !address.name().contains('+'));
    if is_right {
        return Ok(());
    }
    Err(Wrong::Answers(answers.clone()))
}
