//! A letter, and the message that it becomes.

use lettre::Message;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0, MessageId,
};
use lettre::message::{Body, Mailbox};
use sha2::{Digest, Sha256};

use crate::{Address, Failure};

/// The longest subject, in characters: mail programs show some sixty.
const LONGEST_SUBJECT: usize = 250;

/// What somebody is to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Who is to read it.
    pub to: Address,
    /// One line, 250 characters at the most.
    pub subject: String,
    /// The text, in plain words and lines.
    pub text: String,
}

/// How a letter is answered, and how its reader gets no more of its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// Where answers go.
    pub answers: Option<Address>,
    /// The page that ends such letters.
    pub leave: Option<String>,
    /// A word that is the same for all letters of one conversation.
    pub thread: Option<String>,
}

impl Letter {
    /// The message; letters with the same key are the same letter to mail servers.
    pub(crate) fn message(
        &self,
        from: &Mailbox,
        key: Option<&str>,
        ways: &Ways,
    ) -> Result<Message, Failure> {
        check_subject(&self.subject)?;
        let body = Body::new_with_encoding(self.text.clone(), encoding(&self.text))
            .map_err(|_| Failure::Refused("the text cannot be encoded".to_owned()))?;
        let mut message = Message::builder();
        if let Some(answers) = &ways.answers {
            message = message.reply_to(Mailbox::new(None, for_lettre(answers)?));
        }
        if let Some(leave) = &ways.leave {
            message = message.raw_header(raw("List-Unsubscribe", format!("<{leave}>"))?);
        }
        if let Some(thread) = &ways.thread {
            let thread = format!("<{thread}@{}>", from.email.domain());
            message = message.raw_header(raw("References", thread)?);
        }
        let mut message = message
            .from(from.clone())
            .to(Mailbox::new(None, for_lettre(&self.to)?))
            .subject(&*self.subject)
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .raw_header(raw("Auto-Submitted", "auto-generated".to_owned())?)
            .body(body)
            .map_err(|error| Failure::Refused(error.to_string()))?;
        let sent_at = message
            .headers()
            .get_raw("Date")
            .unwrap_or_default()
            .to_owned();
        let id = self.id(key.unwrap_or(&sent_at), from.email.domain());
        message.headers_mut().set(MessageId::from(id));
        Ok(message)
    }

    /// An id that tells nothing of the machine: made of the letter and its key alone.
    fn id(&self, key: &str, domain: &str) -> String {
        let mut hash = Sha256::new();
        for part in [key, self.to.as_str(), &self.subject, &self.text] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        format!("<{:.32}@{domain}>", format!("{:x}", hash.finalize()))
    }
}

/// A header of our own; nothing can be smuggled into it.
fn raw(name: &'static str, value: String) -> Result<HeaderValue, Failure> {
    if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Failure::Refused(format!(
            "{name} has a sign that no header has"
        )));
    }
    Ok(HeaderValue::new(
        HeaderName::new_from_ascii_str(name),
        value,
    ))
}

/// An address as the library below wants it.
pub(crate) fn for_lettre(address: &Address) -> Result<lettre::Address, Failure> {
    lettre::Address::new(address.name(), address.domain())
        .map_err(|error| Failure::Refused(format!("{address}: {error}")))
}

fn check_subject(subject: &str) -> Result<(), Failure> {
    let breaks = |c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}';
    if subject.contains(breaks) {
        return Err(Failure::Refused(
            "the subject has a line break or control character".to_owned(),
        ));
    }
    if subject.chars().count() > LONGEST_SUBJECT {
        return Err(Failure::Refused(
            "the subject is longer than 250 characters".to_owned(),
        ));
    }
    Ok(())
}

/// Whichever is shorter: quoted-printable makes three bytes of one that is not ASCII, base64 four
/// of three.
fn encoding(text: &str) -> ContentTransferEncoding {
    let foreign = text.bytes().filter(|byte| !byte.is_ascii()).count();
    if foreign * 6 > text.len() {
        ContentTransferEncoding::Base64
    } else {
        ContentTransferEncoding::QuotedPrintable
    }
}
