//! A message that came in: who wrote it to whom, and what they say in it.

use mail_parser::{Address as Addresses, Message, MessageParser};

use crate::Address;

/// Addresses of one message that are looked at.
const MOST_ADDRESSES: usize = 200;
/// Headers by which programs say that no person wrote a message.
const BY_A_PROGRAM: [&str; 4] = [
    "x-autoreply",
    "x-autorespond",
    "x-auto-reply",
    "x-loop-detected",
];

/// A message as it is taken in. Whatever is broken in it is read as well as it can be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Who wrote it, by address.
    pub from: Option<Address>,
    /// To whom, by address, copies and the header that servers add among them.
    pub to: Vec<Address>,
    /// Its Message-ID, or nothing.
    pub id: String,
    /// Whether a program wrote it: an absence notice, a bounce, a list.
    pub is_automatic: bool,
    /// Its text; made of its HTML where it has no other.
    pub text: String,
    /// How many files came with it.
    pub files: usize,
}

impl Received {
    /// Reads a message; nothing where it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(bytes)?;
        if message.headers().is_empty() {
            return None;
        }
        let mut to: Vec<Address> = [message.to(), message.cc()]
            .into_iter()
            .flatten()
            .flat_map(addresses)
            .collect();
        for (name, value) in message.headers_raw() {
            if is_one_of(name, &["delivered-to", "x-original-to", "envelope-to"]) {
                let value = value.trim().trim_matches(['<', '>']);
                to.extend(Address::parse(value).ok());
            }
        }
        to.truncate(MOST_ADDRESSES);
        Some(Self {
            from: message
                .from()
                .and_then(|from| addresses(from).into_iter().next()),
            to,
            id: message.message_id().unwrap_or_default().to_owned(),
            is_automatic: is_automatic(&message),
            text: message
                .body_text(0)
                .unwrap_or_default()
                .replace("\r\n", "\n"),
            files: message.attachment_count(),
        })
    }
}

fn addresses(some: &Addresses<'_>) -> Vec<Address> {
    let all = some.iter().filter_map(|one| one.address());
    all.filter_map(|one| Address::parse(one).ok())
        .take(MOST_ADDRESSES)
        .collect()
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|one| name.eq_ignore_ascii_case(one))
}

/// Whether a message says of itself that nobody typed it (RFC 3834, and what came before it).
fn is_automatic(message: &Message<'_>) -> bool {
    message.headers_raw().any(|(name, value)| {
        let value = value.trim().to_ascii_lowercase();
        let begins = |word: &str| value.starts_with(word);
        match name.to_ascii_lowercase().as_str() {
            "auto-submitted" => !begins("no"),
            "precedence" => ["bulk", "junk", "list", "auto"].into_iter().any(begins),
            "return-path" => value == "<>",
            "content-type" => begins("multipart/report"),
            name => BY_A_PROGRAM.contains(&name),
        }
    })
}
