//! An address that a letter can be sent to.

use std::fmt;

/// The longest address that mail servers must take, in bytes.
const LONGEST: usize = 254;
/// The longest part before the `@`, in bytes.
const LONGEST_LOCAL_PART: usize = 64;

/// One mail address, in lower case, such as `amina@example.org`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    text: String,
    at: usize,
}

/// Why a text is not an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongAddress {
    /// There is nothing.
    #[error("there is no address")]
    Empty,
    /// It is longer than mail servers take.
    #[error("the address is longer than 254 characters")]
    TooLong,
    /// There is no `@`.
    #[error("an address has an @, as in name@example.org")]
    NoAt,
    /// There is more than one.
    #[error("this looks like more than one address")]
    Several,
    /// It has letters that not every mail server takes.
    #[error("the address has a character outside a–z, 0–9 and the usual signs")]
    Foreign,
    /// It has a line break, a space or another character that no address has.
    #[error("the address has a space, a line break or a sign that no address has")]
    Forbidden,
    /// What stands before the `@` cannot.
    #[error("what stands before the @ is not complete")]
    Name,
    /// What stands after the `@` is not a domain.
    #[error("what stands after the @ is not a domain such as example.org")]
    Domain,
}

impl Address {
    /// Reads one address, without a name, quotes or brackets; spaces around it are dropped.
    ///
    /// All of it becomes lower case: no mail server in use tells `Amina` from `amina`.
    pub fn parse(text: &str) -> Result<Self, WrongAddress> {
        if text.chars().any(char::is_control) {
            return Err(WrongAddress::Forbidden);
        }
        let text = text.trim();
        if text.is_empty() {
            return Err(WrongAddress::Empty);
        }
        if text.len() > LONGEST {
            return Err(WrongAddress::TooLong);
        }
        let (name, domain) = text.split_once('@').ok_or(WrongAddress::NoAt)?;
        if text.contains([',', ';']) || domain.contains('@') {
            return Err(WrongAddress::Several);
        }
        if !text.is_ascii() {
            return Err(WrongAddress::Foreign);
        }
        check_name(name)?;
        check_domain(domain)?;
        Ok(Self {
            text: text.to_ascii_lowercase(),
            at: name.len(),
        })
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands after the `@`.
    pub fn domain(&self) -> &str {
        self.text.get(self.at + 1..).unwrap_or_default()
    }

    /// What stands before the `@`.
    pub fn name(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// An atom with dots between (RFC 5322, 3.2.3): no quoted names, which hardly anybody has.
fn check_name(name: &str) -> Result<(), WrongAddress> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(c);
    if !name.chars().all(allowed) {
        return Err(WrongAddress::Forbidden);
    }
    if name.len() > LONGEST_LOCAL_PART || name.split('.').any(str::is_empty) {
        return Err(WrongAddress::Name);
    }
    Ok(())
}

/// Letters, digits and hyphens between dots; a machine's own `localhost` is the one exception.
fn check_domain(domain: &str) -> Result<(), WrongAddress> {
    if !domain
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
    {
        return Err(WrongAddress::Forbidden);
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    let is_number = |label: &str| label.chars().all(|c| c.is_ascii_digit());
    let last = domain.rsplit('.').next().unwrap_or_default();
    let is_named = domain.contains('.') || domain.eq_ignore_ascii_case("localhost");
    if is_named && domain.split('.').all(is_label) && !is_number(last) {
        return Ok(());
    }
    Err(WrongAddress::Domain)
}
