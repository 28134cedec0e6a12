//! How often somebody may try: counted in memory under salted hashes, never on disk.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::Clock;
use governor::{DefaultKeyedRateLimiter, Quota};
use web::Trouble;

/// Letters to one address in an hour.
const LETTERS_AN_HOUR: u32 = 6;
/// Tries to sign in from one network in an hour: an office may sit behind one address.
const TRIES_AN_HOUR: u32 = 60;
/// Things said from one network, or by one person, in an hour.
const SAID_AN_HOUR: u32 = 60;

/// Counters of tries.
pub struct Limits {
    salt: RandomState,
    letters: DefaultKeyedRateLimiter<u64>,
    tries: DefaultKeyedRateLimiter<u64>,
    said: DefaultKeyedRateLimiter<u64>,
}

impl Limits {
    /// Fresh counters with a salt of their own.
    pub fn new() -> Self {
        let an_hour = |n: u32| Quota::per_hour(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN));
        Self {
            salt: RandomState::new(),
            letters: DefaultKeyedRateLimiter::keyed(an_hour(LETTERS_AN_HOUR)),
            tries: DefaultKeyedRateLimiter::keyed(an_hour(TRIES_AN_HOUR)),
            said: DefaultKeyedRateLimiter::keyed(an_hour(SAID_AN_HOUR)),
        }
    }

    /// Counts a letter to this address.
    pub fn letter_to(&self, address: &str) -> Result<(), Trouble> {
        checked(&self.letters, self.salt.hash_one(address))
    }

    /// Counts a try from this address.
    pub fn try_from(&self, from: Option<IpAddr>) -> Result<(), Trouble> {
        let Some(from) = from else { return Ok(()) };
        checked(&self.tries, self.salt.hash_one(network(from)))
    }

    /// Counts something said: by a person, or from this address.
    pub fn say(&self, person: &str, from: Option<IpAddr>) -> Result<(), Trouble> {
        let key = match (person, from) {
            ("", None) => return Ok(()),
            ("", Some(from)) => self.salt.hash_one(network(from)),
            (person, _) => self.salt.hash_one(person),
        };
        checked(&self.said, key)
    }

    /// Forgets counters that have filled up again.
    pub fn forget_idle(&self) {
        self.letters.retain_recent();
        self.tries.retain_recent();
        self.said.retain_recent();
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

fn checked(limiter: &DefaultKeyedRateLimiter<u64>, key: u64) -> Result<(), Trouble> {
    limiter.check_key(&key).map_err(|not_until| {
        let wait = not_until.wait_time_from(limiter.clock().now()).as_secs();
        Trouble::TooMany(u32::try_from(wait).unwrap_or(u32::MAX).saturating_add(1))
    })
}

/// A whole IPv6 network counts as one: its owner has billions of addresses.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => IpAddr::V4(four),
            None => IpAddr::V6((six.to_bits() & !(u128::MAX >> 56)).into()),
        },
    }
}
