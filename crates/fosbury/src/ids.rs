//! Ids and secrets, and where they come from.

use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};
use uuid::{Timestamp, Uuid};

use crate::time::Moment;

/// A new id: a version 7 UUID (time first, then 74 random bits) as 32 hexadecimal digits.
pub fn new_id(now: Moment) -> String {
    let random = random_bytes::<16>();
    let milliseconds = u64::try_from(now.0).unwrap_or_default();
    let mut bytes = *Uuid::new_v7(Timestamp::from_unix_time(
        milliseconds / 1000,
        u32::try_from(milliseconds % 1000).unwrap_or_default() * 1_000_000,
        0,
        0,
    ))
    .as_bytes();
    for (at, byte) in random.iter().enumerate().skip(6) {
        let kept = match at {
            6 => 0xF0,
            8 => 0xC0,
            _ => 0,
        };
        bytes[at] = (bytes[at] & kept) | (byte & !kept);
    }
    Uuid::from_bytes(bytes).simple().to_string()
}

/// A secret of 256 random bits, for links and cookies.
pub fn new_secret() -> String {
    hex(&random_bytes::<32>())
}

/// A secret of 60 random bits that a person can type from a screen: three groups of four letters and
/// digits, none of which is taken for another. Whoever guesses is stopped long before.
pub fn new_short_secret() -> String {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
    let random = random_bytes::<12>();
    let signs = random
        .iter()
        .map(|byte| char::from(SIGNS[usize::from(byte & 31)]));
    let signs: Vec<char> = signs.collect();
    let groups: Vec<String> = signs.chunks(4).map(|four| four.iter().collect()).collect();
    groups.join("-")
}

/// Six digits that a person can type.
pub fn new_code() -> String {
    let number = u32::from_be_bytes(random_bytes::<4>());
    format!("{:06}", number % 1_000_000)
}

/// What is stored of a secret: its SHA-256, so that a stolen database opens nothing.
pub fn hashed(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0_u8; N];
    // Without randomness there are no secrets: stopping is the only safe answer.
    if OsRng.try_fill_bytes(&mut bytes).is_err() {
        tracing::error!("The machine gives no random numbers; stopping");
        std::process::exit(70);
    }
    bytes
}
