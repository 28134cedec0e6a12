//! What lies beside an `SQLite` file after a crash: its log of committed changes.
//!
//! The engine reads that log up to the first record whose checksum is wrong and says nothing of
//! what comes after. So it is looked at before the file is opened.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;

use crate::Result;

/// What became of the changes in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
    /// Every committed change is there.
    Whole,
    /// The last change is not whole: the machine lost its power while it was written, and nobody
    /// was told that it was kept, or the disk damaged it.
    LastChange,
    /// Changes that were committed are damaged.
    Damaged,
}

/// Lengths of the log's own header and of that of each record.
const HEADING: usize = 32;
const RECORD: usize = 24;
const MAGIC: u32 = 0x377f_0682;

/// Looks at the log beside a database's file, which nobody may have open.
pub fn log_of(address: &str) -> Result<Log> {
    let Some(path) = crate::file_of(address) else {
        return Ok(Log::Whole);
    };
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    let unreadable =
        |error: std::io::Error| crate::Error::Unavailable(format!("{}: {error}", path.display()));
    match File::open(Path::new(&name)) {
        Ok(file) => read(&mut BufReader::new(file)).map_err(unreadable),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Log::Whole),
        Err(error) => Err(unreadable(error)),
    }
}

fn read(log: &mut impl Read) -> std::io::Result<Log> {
    let mut heading = [0_u8; HEADING];
    if !filled(log, &mut heading)? {
        return Ok(Log::Whole);
    }
    let is_big = word(&heading, 0) & 1 == 1;
    let page = word(&heading, 8) as usize;
    let sum = checksum((0, 0), &heading[..RECORD], is_big);
    let is_ours = word(&heading, 0) & !1 == MAGIC
        && sum == (word(&heading, 24), word(&heading, 28))
        && page.is_power_of_two()
        && (512..=65_536).contains(&page);
    if !is_ours {
        let mut smallest = [0_u8; RECORD + 512];
        let has_records = filled(log, &mut smallest)?;
        return Ok(if has_records {
            Log::Damaged
        } else {
            Log::Whole
        });
    }
    let mut judged = Judged {
        heading,
        is_big,
        before: sum,
        is_broken: false,
        is_lost: false,
    };
    let mut record = vec![0_u8; RECORD + page];
    while filled(log, &mut record)? {
        if judged.is_beyond(&record) {
            return Ok(Log::Damaged);
        }
    }
    Ok(if judged.is_lost {
        Log::LastChange
    } else {
        Log::Whole
    })
}

/// How far the log was read, and what was seen.
struct Judged {
    heading: [u8; HEADING],
    is_big: bool,
    /// The checksum of the record before.
    before: (u32, u32),
    /// Whether the engine stopped reading before this.
    is_broken: bool,
    /// Whether the end of a change was seen that the engine does not read.
    is_lost: bool,
}

impl Judged {
    /// Whether this record belongs to a change that began after one that is lost.
    fn is_beyond(&mut self, record: &[u8]) -> bool {
        let (head, page) = record.split_at(RECORD);
        let said = (word(head, 16), word(head, 20));
        let sum = checksum(self.before, &head[..8], self.is_big);
        let is_linked = checksum(sum, page, self.is_big) == said;
        self.before = said;
        // Records of an older log, which this one wrote over, differ in both salts.
        let salts = [8, 12].map(|at| word(head, at) == word(&self.heading, at + 8));
        if !self.is_broken && is_linked && salts == [true, true] {
            return false;
        }
        let is_of_this_log = salts.contains(&true) || (!self.is_broken && is_linked);
        self.is_broken = true;
        if is_of_this_log && self.is_lost {
            return true;
        }
        // Only the last record of a change says how long the file is then. Without it, this is
        // what a change left that was given up.
        if is_of_this_log && word(head, 4) != 0 {
            self.is_lost = true;
        }
        false
    }
}

/// Reads as much as fits, or says that there is less.
fn filled(from: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<bool> {
    match from.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0_u8; 4];
    word.copy_from_slice(bytes.get(at..at + 4).unwrap_or(&[0; 4]));
    u32::from_be_bytes(word)
}

fn checksum((mut one, mut two): (u32, u32), bytes: &[u8], is_big: bool) -> (u32, u32) {
    let number = |at: usize, half: &[u8]| {
        let number = word(half, at);
        if is_big { number } else { number.swap_bytes() }
    };
    for half in bytes.chunks_exact(8) {
        one = one.wrapping_add(number(0, half)).wrapping_add(two);
        two = two.wrapping_add(number(4, half)).wrapping_add(one);
    }
    (one, two)
}
