//! What leaves a place and comes back: what is carried, what is left out, and how it is counted.

use db::Value;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ids::hex;
use crate::time::Moment;

/// The format that this program writes, and the newest it reads.
pub const FORMAT: u32 = 1;
/// Tables that never leave: who is signed in, links and tokens that let somebody in, letters that
/// wait.
pub const LEFT_OUT: [&str; 8] = [
    "sign_in",
    "entry_link",
    "api_token",
    "event_guest",
    "event_link",
    "event_letter",
    "action_link",
    "job",
];
/// Columns whose names end in `hash` and which are no secret: they prove what was written.
pub const OPEN_HASHES: [&str; 4] = ["content_hash", "chain_hash", "hash", "original_hash"];
/// What stands in an export where a secret's hash stood.
const WITHHELD: &str = "withheld:";
/// Bytes in one entry or one line at the most: what comes in is bounded.
pub const LONGEST: u64 = 64 * 1024 * 1024;
/// Bytes that a backup may unpack to whatever its size, and for each byte of it beyond that: what
/// people write packs to a tenth, a bomb to a thousandth.
const ROOM: u64 = 64 * 1024 * 1024;
const ROOM_FOR_A_BYTE: u64 = 200;
/// Letters of an attachment's name at the most: with more, tar needs entries of another kind.
const LONGEST_NAME: usize = 80;

/// What a parcel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// A folder to read, keep and take elsewhere.
    Export,
    /// One file to come back to.
    Backup,
}

/// What is said of a parcel before its contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The format's version.
    pub format: u32,
    /// Export or backup.
    pub what: What,
    /// The program that wrote it.
    pub program: String,
    /// The version of the database's tables.
    pub schema: i64,
    /// When, in words of a computer.
    pub made: String,
}

/// What was carried of one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The table.
    pub name: String,
    /// Its rows.
    pub rows: u64,
    /// The SHA-256 of its lines, each with its line feed.
    pub sha256: String,
}

/// What was carried of the attachments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The SHA-256 of a line for each file: its content's SHA-256, two spaces, its name.
    pub sha256: String,
}

/// What a parcel holds, counted and hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What is said first.
    #[serde(flatten)]
    pub heading: Heading,
    /// Every table that was carried, in the order in which rows may be written.
    pub tables: Vec<Carried>,
    /// The attachments.
    pub attachments: Attached,
}

impl Heading {
    /// The heading of a parcel made now.
    pub fn new(what: What, schema: i64, now: Moment) -> Self {
        Self {
            format: FORMAT,
            what,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema,
            made: now.iso(),
        }
    }

    /// Why this program cannot read the parcel, if it cannot.
    pub fn refusal(&self, expected: What, newest_schema: i64) -> Option<String> {
        if self.what != expected {
            let way = match self.what {
                What::Export => "fosbury import site",
                What::Backup => "fosbury restore",
            };
            return Some(format!("This is for “{way}”."));
        }
        (self.format > FORMAT || self.schema > newest_schema || self.schema < 1).then(|| {
            format!(
                "It was written by Fosbury {} and is newer than this program (tables of version {}, known {newest_schema}). Use a newer program.",
                self.program, self.schema
            )
        })
    }
}

/// Counts and hashes lines as they pass.
#[derive(Clone, Default)]
pub struct Tally {
    count: u64,
    bytes: u64,
    hash: Sha256,
}

impl Tally {
    /// Counts a line of a table, which has its line feed.
    pub fn line(&mut self, line: &str) {
        self.count += 1;
        self.hash.update(line.as_bytes());
    }

    /// How many were counted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Counts a file.
    pub fn file(&mut self, name: &str, bytes: u64, sha256: &str) {
        self.line(&format!("{sha256}  {name}\n"));
        self.bytes += bytes;
    }

    /// What was counted of a table.
    pub fn of_table(self, name: &str) -> Carried {
        Carried {
            name: name.to_owned(),
            rows: self.count,
            sha256: hex(&self.hash.finalize()),
        }
    }

    /// What was counted of attachments.
    pub fn of_files(self) -> Attached {
        Attached {
            files: self.count,
            bytes: self.bytes,
            sha256: hex(&self.hash.finalize()),
        }
    }
}

/// Whether a table leaves the place at all.
pub fn is_carried(table: &str) -> bool {
    !LEFT_OUT.contains(&table)
}

/// Whether a column holds what opens something: exports say nothing of it.
pub fn is_secret(column: &str) -> bool {
    let is_hash = column == "hash" || column.ends_with("_hash");
    let is_word = ["secret", "token", "password"]
        .iter()
        .any(|word| column.contains(word));
    (is_hash || is_word) && !OPEN_HASHES.contains(&column)
}

/// What an export says in place of a secret: different for each, so that rows stay different.
pub fn withheld(value: &Value) -> Value {
    match value {
        Value::Text(words) if words.starts_with(WITHHELD) => value.clone(),
        Value::Text(words) => {
            let digest = hex(&Sha256::digest(format!("export {words}").as_bytes()));
            Value::Text(format!("{WITHHELD}{}", &digest[..32]))
        }
        Value::Bytes(bytes) => Value::Bytes(Sha256::digest(bytes).to_vec()),
        other => other.clone(),
    }
}

/// What an entry of a backup is, by its name.
#[derive(Debug, PartialEq, Eq)]
pub enum Entry {
    /// What is said first.
    Heading,
    /// Some lines of a table.
    Lines(String),
    /// A file of the attachments, by its name below them.
    File(String),
    /// What is said last.
    Manifest,
}

impl Entry {
    /// The entry of this name; none for a name that we would never write.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "fosbury.json" => return Some(Self::Heading),
            "manifest.json" => return Some(Self::Manifest),
            _ => {}
        }
        if let Some(file) = name.strip_prefix("attachments/") {
            return is_safe_name(file).then(|| Self::File(file.to_owned()));
        }
        let (table, part) = name.strip_prefix("tables/")?.split_once('/')?;
        let number = part.strip_suffix(".jsonl")?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let is_table = !table.is_empty() && table.bytes().all(is_plain);
        (is_number && is_table).then(|| Self::Lines(table.to_owned()))
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
}

/// Whether a file of this name can only lie below the folder it is put in.
pub fn is_safe_name(name: &str) -> bool {
    let is_safe = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    name.len() <= LONGEST_NAME && name.split('/').count() <= 6 && name.split('/').all(is_safe)
}

/// How much a backup may still unpack to.
pub struct Room(u64);

impl Room {
    /// For a backup of so many bytes.
    pub fn of(packed: u64) -> Self {
        Self(packed.saturating_mul(ROOM_FOR_A_BYTE).saturating_add(ROOM))
    }

    /// Whether an entry of this size fits in still.
    pub fn has(&mut self, bytes: u64) -> bool {
        let left = self.0.checked_sub(bytes).filter(|_| bytes < LONGEST);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

/// A backup that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its file's name.
    pub name: String,
    /// When it was made.
    pub at: Moment,
    /// Its size.
    pub bytes: u64,
    /// Whether it was restored into a temporary place and found good, as it is now.
    pub is_proved: bool,
}

impl Kept {
    /// Its size for people: "3.4 MB".
    pub fn size(&self) -> String {
        let (unit, name) = match self.bytes {
            0..1_000_000 => (1_000, "kB"),
            1_000_000..1_000_000_000 => (1_000_000, "MB"),
            _ => (1_000_000_000, "GB"),
        };
        let tenths = self.bytes.div_ceil(unit / 10);
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    }
}

/// The name of a backup that is made by itself, its moment inside.
pub fn backup_name(now: Moment, is_encrypted: bool) -> String {
    let day = now.iso().replace(':', "-");
    let ending = if is_encrypted { ".age" } else { "" };
    format!("fosbury-{day}.tar.gz{ending}")
}

/// When the backup of this name was made; none for a name that we did not give.
pub fn backup_time(name: &str) -> Option<Moment> {
    let stem = name.strip_suffix(".age").unwrap_or(name);
    let written = stem.strip_prefix("fosbury-")?.strip_suffix(".tar.gz")?;
    let (day, time) = written.split_once('T')?;
    Moment::parse_iso(&format!("{day}T{}", time.replace('-', ":")))
}

/// The names of the backups beyond the newest so many.
pub fn superfluous(mut names: Vec<String>, keep: usize) -> Vec<String> {
    names.retain(|name| backup_time(name).is_some());
    names.sort_by_key(|name| std::cmp::Reverse(backup_time(name)));
    names.split_off(keep.min(names.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_we_write_are_entries() {
        assert_eq!(
            Entry::parse("tables/record/00001.jsonl"),
            Some(Entry::Lines("record".to_owned()))
        );
        assert_eq!(
            Entry::parse("attachments/ab/abcdef.webp"),
            Some(Entry::File("ab/abcdef.webp".to_owned()))
        );
        for name in [
            "../etc/passwd",
            "/etc/passwd",
            "attachments/../../x",
            "attachments//x",
            "attachments/.hidden",
            "attachments/a\\..\\b",
            "attachments/a\0b",
            "tables/../x/1.jsonl",
            "tables/record/.jsonl",
            "tables/Record/1.jsonl",
            "tables/record/1.jsonl/x",
            "",
            &format!("attachments/{}", "a".repeat(81)),
        ] {
            assert_eq!(Entry::parse(name), None, "{name:?}");
        }
    }

    #[test]
    fn a_backup_unpacks_to_so_much_and_no_more() {
        let mut room = Room::of(1_000_000);
        assert!(room.has(LONGEST - 1) && room.has(0));
        assert!((0..4).all(|_| room.has(50_000_000)));
        assert!(!room.has(10_000_000), "more than 200 times as much");
        assert!(!Room::of(u64::MAX).has(LONGEST), "in one piece");
    }

    #[test]
    fn the_oldest_backups_go_and_nothing_else() {
        let name = |at| backup_name(Moment(at), false);
        let (old, middle) = (name(1_000), backup_name(Moment(5_000), true));
        assert_eq!(backup_time(&middle), Some(Moment(5_000)));
        let names = vec![
            name(9_000),
            old.clone(),
            "letter.txt".to_owned(),
            middle.clone(),
        ];
        assert_eq!(superfluous(names.clone(), 1), [middle, old]);
        assert!(superfluous(names, 5).is_empty());
        assert_eq!(backup_time("fosbury-x.tar.gz"), None);
    }

    #[test]
    fn what_is_withheld_stays_as_it_is_and_differs() {
        let once = withheld(&"abc".into());
        assert_ne!(once, "abc".into());
        assert_eq!(withheld(&once), once);
        assert_ne!(withheld(&"abd".into()), once);
        assert_eq!(withheld(&Value::Null), Value::Null);
        assert!(is_secret("secret_hash") && is_secret("browser_hash") && is_secret("link_hash"));
        assert!(!is_secret("content_hash") && !is_secret("chain_hash") && !is_secret("title"));
    }
}
