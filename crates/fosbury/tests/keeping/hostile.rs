//! Archives that were meddled with: each is refused in a sentence, and nothing of it is written.

use std::path::PathBuf;

use age::secrecy::{ExposeSecret, SecretString};
use fosbury::interchange::archive::{Key, Lock};
use tar::EntryType;

use crate::archives::{Entry, Kept, entries, packed, zipped};

/// Refused, without a trace.
async fn refused(bytes: &[u8], key: Key) -> String {
    let (from, into) = (tempfile::tempdir().unwrap(), Kept::empty());
    let file = from.path().join("backup.tar.gz");
    std::fs::write(&file, bytes).unwrap();
    into.refuses(&file, key).await
}

async fn good() -> (Kept, PathBuf, Vec<Entry>) {
    let kept = Kept::filled().await;
    let file = kept.backup("good.tar.gz", &Lock::Open).await;
    let entries = entries(&file);
    (kept, file, entries)
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_lead_elsewhere_and_what_is_no_file_are_refused() {
    let (_kept, _, good) = good().await;
    let wrong = [
        Entry::file("../escaped", b"x"),
        Entry::file("/tmp/escaped", b"x"),
        Entry::file("attachments/../../escaped", b"x"),
        Entry::file("attachments/..\\escaped", b"x"),
        Entry::file("attachments/.ssh/authorized_keys", b"x"),
        Entry::file("tables/../../escaped/1.jsonl", b"x"),
        Entry::file("extra.sh", b"#!/bin/sh"),
        Entry::of(EntryType::Symlink, "attachments/ab", "/etc"),
        Entry::of(EntryType::Symlink, "attachments/passwd", "/etc/passwd"),
        Entry::of(EntryType::Link, "attachments/passwd", "/etc/passwd"),
        Entry::of(EntryType::Directory, "attachments/dir", ""),
        Entry::of(EntryType::Fifo, "attachments/pipe", ""),
        Entry::of(EntryType::Block, "attachments/disk", ""),
        Entry {
            kind: EntryType::GNULongName,
            ..Entry::file("././@LongLink", b"attachments/../../escaped\0")
        },
        Entry {
            kind: EntryType::XHeader,
            ..Entry::file("attachments/pax", b"30 path=../../../../escaped\n")
        },
        Entry {
            kind: EntryType::GNUSparse,
            ..Entry::file("attachments/sparse", b"x")
        },
    ];
    for entry in wrong {
        let name = String::from_utf8_lossy(&entry.name).into_owned();
        let mut entries = good.clone();
        entries.insert(1, entry);
        let sentence = refused(&packed(&entries), Key::None).await;
        assert!(
            sentence.contains("which is not one of ours"),
            "{name}: {sentence}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_changed_left_out_or_added_is_noticed() {
    let (_kept, _, good) = good().await;
    let at = |name: &str| {
        let has = |entry: &Entry| entry.name.starts_with(name.as_bytes());
        good.iter().position(has).unwrap()
    };
    let (revision, file) = (at("tables/revision/"), at("attachments/"));
    let changed = |at: usize, from: &str, to: &str| {
        let mut entries = good.clone();
        let text = String::from_utf8_lossy(&entries[at].bytes).into_owned();
        assert!(text.contains(from), "{from} is not there");
        let name = String::from_utf8_lossy(&entries[at].name).into_owned();
        entries[at] = Entry::file(&name, text.replacen(from, to, 1).as_bytes());
        entries
    };
    let without = |at: usize| {
        let mut entries = good.clone();
        entries.remove(at);
        entries
    };
    let with = |at: usize, entry: Entry| {
        let mut entries = good.clone();
        entries.insert(at, entry);
        entries
    };
    let last = good.len() - 1;
    let cases = [
        (
            changed(revision, "\"seq\":1", "\"seq\":7"),
            "not as it was written",
        ),
        (
            changed(revision, "{\"record_id\"", "{\"record\""),
            "damaged",
        ),
        (changed(revision, "null}\n", "null,\"x\":1}\n"), "damaged"),
        (changed(revision, "}\n", "}"), "damaged"),
        (
            changed(file, "letter", "better"),
            "attachments are not as they were",
        ),
        (without(revision), "should have"),
        (without(file), "attachments are not as they were"),
        (without(last), "its end is missing"),
        (without(0), "does not begin as ours do"),
        (with(1, good[0].clone()), "begins twice"),
        (
            with(last + 1, good[revision].clone()),
            "which is not one of ours",
        ),
        (with(file, good[file].clone()), "File exists"),
        (with(revision, good[revision].clone()), ""),
        (
            with(1, Entry::file("tables/migration/1.jsonl", b"{}\n")),
            "table migration",
        ),
        (
            with(1, Entry::file("tables/sign_in/1.jsonl", b"{}\n")),
            "table sign_in",
        ),
        (
            with(1, Entry::file("tables/sqlite_master/1.jsonl", b"{}\n")),
            "table sqlite_master",
        ),
        (
            changed(0, "\"format\": 1", "\"format\": 2"),
            "Use a newer program",
        ),
        (
            changed(0, "\"what\": \"backup\"", "\"what\": \"export\""),
            "fosbury import site",
        ),
        (
            changed(0, "\"schema\": ", "\"schema\": 99"),
            "Use a newer program",
        ),
        (
            changed(0, "\"schema\": ", "\"schema\": -"),
            "Use a newer program",
        ),
        (changed(0, "{", "["), "cannot be read"),
        (
            changed(last, "\"made\": \"2", "\"made\": \"3"),
            "do not belong together",
        ),
        (
            changed(last, "\"files\": 1", "\"files\": 2"),
            "attachments are not as they were",
        ),
        (Vec::new(), "its end is missing"),
    ];
    for (number, (entries, words)) in cases.into_iter().enumerate() {
        let sentence = refused(&packed(&entries), Key::None).await;
        assert!(sentence.contains(words), "case {number}: {sentence}");
        assert!(sentence.ends_with('.'), "case {number}: {sentence}");
    }
}

fn unzipped(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut tar = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(bytes), &mut tar)?;
    Ok(tar)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cut_off_or_has_a_changed_byte_is_refused() {
    let (_kept, file, _) = good().await;
    let whole = std::fs::read(&file).unwrap();
    for part in 0..24 {
        let bytes = &whole[..whole.len() * part / 24];
        let sentence = refused(bytes, Key::None).await;
        assert!(sentence.ends_with('.'), "{part}: {sentence}");
    }
    refused(&whole[..whole.len() - 1], Key::None).await;
    for part in 0..24 {
        let mut bytes = whole.clone();
        // The first ten are the heading of gzip, of which little matters.
        let at = 10 + (whole.len() - 10) * part / 24;
        bytes[at] ^= 0x10;
        // A bit that fills up a byte before something kept as it is says nothing.
        if unzipped(&bytes).is_ok_and(|read| read == unzipped(&whole).unwrap()) {
            continue;
        }
        let sentence = refused(&bytes, Key::None).await;
        assert!(sentence.ends_with('.'), "byte {at}: {sentence}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_two_things_at_once_or_another_thing_is_refused() {
    let (kept, file, good) = good().await;
    let whole = std::fs::read(&file).unwrap();
    let and = |more: &[u8]| [&whole, more].concat();
    for added in [
        and(b"PK\x03\x04 and an archive of another kind"),
        and(&zipped(b"a second one")),
        and(b"\0"),
    ] {
        let sentence = refused(&added, Key::None).await;
        assert!(sentence.contains("added after its end"), "{sentence}");
    }
    let tar = unzipped(&whole).unwrap();
    for added in [b"hidden".to_vec(), vec![0; 1024 * 1024]] {
        let bytes = zipped(&[&*tar, &*added].concat());
        let sentence = refused(&bytes, Key::None).await;
        assert!(sentence.contains("added after its end"), "{sentence}");
    }
    for other in [
        Vec::new(),
        b"Dear Sir, this is a letter.".to_vec(),
        b"PK\x03\x04\x14\0\0\0\x08\0".to_vec(),
        std::fs::read(db::file_of(&kept.settings.database).unwrap()).unwrap(),
        zipped(b"not a tar archive, though of some length and quite happy"),
        zipped(&whole),
        packed(&good[..1]),
        b"age-encryption.org/v1\n-> X25519 rubbish\n".to_vec(),
    ] {
        let sentence = refused(&other, Key::None).await;
        assert!(sentence.ends_with('.'), "{sentence}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bombs_are_refused_before_they_go_off() {
    let (_kept, _, good) = good().await;
    let claimed = |kind: EntryType, name: &str, size: u64| Entry {
        kind,
        size,
        ..Entry::file(name, &vec![0; 1024 * 1024])
    };
    for (bomb, words) in [
        (
            claimed(EntryType::Regular, "attachments/ab/bomb", 1 << 40),
            "far more than ours ever do",
        ),
        (
            claimed(EntryType::Regular, "tables/person/1.jsonl", 1 << 40),
            "far more than ours ever do",
        ),
        (
            claimed(EntryType::GNULongName, "././@LongLink", 1 << 40),
            "which is not one of ours",
        ),
        (
            claimed(EntryType::XHeader, "pax", 1 << 40),
            "which is not one of ours",
        ),
    ] {
        let entries = [good[0].clone(), bomb];
        let sentence = refused(&packed(&entries), Key::None).await;
        assert!(sentence.contains(words), "{sentence}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_what_opens_it_an_encrypted_backup_says_so() {
    let kept = Kept::filled().await;
    let (right, wrong) = (
        age::x25519::Identity::generate(),
        age::x25519::Identity::generate(),
    );
    let lock = Lock::Recipient(right.to_public().to_string());
    let file = kept.backup("locked.tar.gz.age", &lock).await;
    let bytes = std::fs::read(&file).unwrap();
    let held = |identity: &age::x25519::Identity| {
        let secret = identity.to_string().expose_secret().to_owned();
        Key::Identity(SecretString::from(secret))
    };
    let words = Key::Passphrase(SecretString::from("guess".to_owned()));
    let odd = Key::Identity(SecretString::from("AGE-SECRET-KEY-ODD".to_owned()));
    for (key, expected) in [
        (Key::None, "This backup is encrypted: say --passphrase-file"),
        (held(&wrong), "does not open with that passphrase or key"),
        (words, "does not open with that passphrase or key"),
        (odd, "The key cannot be used"),
    ] {
        let sentence = refused(&bytes, key).await;
        assert!(sentence.contains(expected), "{sentence}");
    }
    for part in 1..12 {
        let cut = &bytes[..bytes.len() * part / 12];
        let sentence = refused(cut, held(&right)).await;
        assert!(sentence.ends_with('.'), "{sentence}");
        let mut changed = bytes.clone();
        changed[bytes.len() * part / 12] ^= 1;
        let sentence = refused(&changed, held(&right)).await;
        assert!(sentence.ends_with('.'), "{sentence}");
    }
    let teller: std::sync::Arc<dyn Fn(String) + Send + Sync> = std::sync::Arc::new(|_| {});
    let empty = Kept::empty();
    let key = held(&right);
    let now = crate::archives::WHEN;
    fosbury::interchange::bringing::verify(&empty.settings, &file, key, now, &teller)
        .await
        .unwrap();
    let refused = fosbury::interchange::backups::make(
        &kept.db().await,
        &kept.settings.attachments_folder(),
        &kept.folder.path().join("never.tar.gz"),
        &Lock::Recipient("age1nobody".to_owned()),
        now,
        &mut |_| {},
    )
    .await;
    let sentence = refused.unwrap_err().to_string();
    assert!(sentence.contains("is not a recipient"), "{sentence}");
    assert!(!kept.folder.path().join("never.tar.gz.partial").exists());
}
