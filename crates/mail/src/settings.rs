//! Which mail server to use, and how.

use std::fmt;
use std::net::IpAddr;

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Encrypted from the first byte, usually on port 465.
    Tls,
    /// Encrypted before anything is said, usually on port 587; never without.
    StartTls,
    /// Not at all: for a mail server on this machine or a private relay only. Everybody on the
    /// way could read the letters, with the sign-in links in them, and the password.
    Plain,
}

/// The mail server and who we are to it.
#[derive(Clone)]
pub struct Settings {
    /// The mail server's name or number.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Who signs in there, if anybody must.
    pub user: Option<String>,
    /// The password that goes with it.
    pub password: Option<String>,
    /// The sender: `wiki@example.org` or `Fosbury <wiki@example.org>`.
    pub from: String,
    /// How the connection is protected.
    pub security: Security,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("user", &self.user)
            .field("password", &self.password.as_ref().map(|_| "(hidden)"))
            .field("from", &self.from)
            .field("security", &self.security)
            .finish()
    }
}

/// What is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The host is empty or has a character that no name has.
    #[error("the mail server's name is empty or has a character that no name has")]
    Host,
    /// One of user and password is there without the other.
    #[error("the mail server's user and password belong together: give both or neither")]
    HalfSignIn,
    /// The sender cannot be used.
    #[error("the sender {0:?} is not like wiki@example.org or Fosbury <wiki@example.org>")]
    From(String),
    /// Letters would cross the Internet for everybody to read.
    #[error("{0} is a public address: mail goes there with tls or starttls, never plain")]
    PlainInPublic(IpAddr),
    /// Encryption cannot be set up for this host.
    #[error("no encryption is possible: {0}")]
    Encryption(String),
}

impl Settings {
    pub(crate) fn check(&self) -> Result<(), Wrong> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-._:".contains(c);
        if self.host.is_empty() || !self.host.chars().all(is_name) {
            return Err(Wrong::Host);
        }
        if self.user.is_some() != self.password.is_some() {
            return Err(Wrong::HalfSignIn);
        }
        match self.host.parse::<IpAddr>() {
            Ok(number) if self.security == Security::Plain && !is_private(number) => {
                Err(Wrong::PlainInPublic(number))
            }
            _ => Ok(()),
        }
    }
}

fn is_private(number: IpAddr) -> bool {
    match number.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}
