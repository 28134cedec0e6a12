//! A small place, its backup, and that backup's entries to meddle with.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use db::Db;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use fosbury::interchange::archive::{Key, Lock};
use fosbury::interchange::{backups, bringing, exporting};
use fosbury::migrations::MIGRATIONS;
use fosbury::settings::{Attachments, Settings, SignUp, Site};
use fosbury::starting::demo;
use fosbury::time::Moment;
use tar::{EntryType, Header};

pub const WHEN: Moment = Moment(1_777_900_000_000);

/// A folder with a place in it, and an empty one beside.
pub struct Kept {
    pub folder: tempfile::TempDir,
    pub settings: Settings,
}

impl Kept {
    /// An invented county, and a file.
    pub async fn filled() -> Self {
        let kept = Self::empty();
        let db = kept.db().await;
        MIGRATIONS.run(&db, WHEN.0).await.unwrap();
        demo::fill(&db, WHEN).await.unwrap();
        let bytes = b"%PDF-1.7 a letter";
        let name = hash(bytes);
        let place = kept.settings.attachments_folder().join(&name[..2]);
        std::fs::create_dir_all(&place).unwrap();
        std::fs::write(place.join(name), bytes).unwrap();
        kept
    }

    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let settings = Settings {
            listen: ([127, 0, 0, 1], 0).into(),
            database: format!("sqlite:{}", data.join("fosbury.db").display()),
            data,
            base_url: "https://hurdles.example.org".to_owned(),
            insecure_http: false,
            trusted_proxies: Vec::new(),
            held_at_most: 10,
            sign_up: SignUp::Open,
            site: Site::default(),
            smtp: None,
            backup: None,
            attachments: Attachments::default(),
        };
        Self { folder, settings }
    }

    pub async fn db(&self) -> Db {
        Db::open(&self.settings.database).await.unwrap()
    }

    pub async fn backup(&self, name: &str, lock: &Lock) -> PathBuf {
        let file = self.folder.path().join(name);
        let own = self.settings.attachments_folder();
        backups::make(&self.db().await, &own, &file, lock, WHEN, &mut |_| {})
            .await
            .unwrap();
        file
    }

    pub async fn export(&self) -> PathBuf {
        let folder = self.folder.path().join("export");
        let db = self.db().await;
        exporting::export(&db, &self.settings, &folder, WHEN, &mut |_| {})
            .await
            .unwrap();
        folder
    }

    /// Restores into this place what must not be restored; the sentence that says why.
    pub async fn refuses(&self, file: &Path, key: Key) -> String {
        let teller: Arc<dyn Fn(String) + Send + Sync> = Arc::new(|_| {});
        let verified = bringing::verify(&self.settings, file, key, WHEN, &teller).await;
        self.is_untouched();
        verified.unwrap_err().to_string()
    }

    /// Imports into this place what must not be imported; the sentence that says why.
    pub async fn refuses_export(&self, folder: &Path) -> String {
        let teller: Arc<dyn Fn(String) + Send + Sync> = Arc::new(|_| {});
        let imported = bringing::site(&self.settings, folder, WHEN, &teller).await;
        self.is_untouched();
        imported.unwrap_err().to_string()
    }

    /// Nothing was written here, half or whole.
    pub fn is_untouched(&self) {
        let found = std::fs::read_dir(&self.settings.data).into_iter().flatten();
        for entry in found {
            let name = entry.unwrap().file_name();
            assert_eq!(name, "in-use", "left behind");
        }
        let beside: Vec<_> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .filter(|name| name != "data")
            .collect();
        assert!(beside.is_empty(), "written outside: {beside:?}");
    }
}

/// An entry of a tar archive, as it is.
#[derive(Clone)]
pub struct Entry {
    pub kind: EntryType,
    pub name: Vec<u8>,
    pub link: Vec<u8>,
    /// What the header says, whatever the truth.
    pub size: u64,
    pub bytes: Vec<u8>,
}

impl Entry {
    pub fn file(name: &str, bytes: &[u8]) -> Self {
        Self {
            kind: EntryType::Regular,
            name: name.as_bytes().to_vec(),
            link: Vec::new(),
            size: bytes.len() as u64,
            bytes: bytes.to_vec(),
        }
    }

    pub fn of(kind: EntryType, name: &str, link: &str) -> Self {
        Self {
            kind,
            link: link.as_bytes().to_vec(),
            ..Self::file(name, b"")
        }
    }
}

pub fn entries(file: &Path) -> Vec<Entry> {
    let mut tar = tar::Archive::new(GzDecoder::new(std::fs::File::open(file).unwrap()));
    let mut found = Vec::new();
    for entry in tar.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = String::from_utf8(entry.path_bytes().to_vec()).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        found.push(Entry::file(&name, &bytes));
    }
    found
}

/// Writes entries as they are, without the care that the library takes.
pub fn packed(entries: &[Entry]) -> Vec<u8> {
    let mut tar = Vec::new();
    for entry in entries {
        let mut header = Header::new_gnu();
        let raw = header.as_gnu_mut().unwrap();
        raw.name[..entry.name.len()].copy_from_slice(&entry.name);
        raw.linkname[..entry.link.len()].copy_from_slice(&entry.link);
        header.set_size(entry.size);
        header.set_mode(0o600);
        header.set_entry_type(entry.kind);
        header.set_cksum();
        tar.extend(header.as_bytes());
        tar.extend(&entry.bytes);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    zipped(&tar)
}

pub fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    std::io::Write::write_all(&mut gz, bytes).unwrap();
    gz.finish().unwrap()
}

pub fn hash(bytes: &[u8]) -> String {
    fosbury::interchange::files::pass_on(&mut &*bytes, &mut std::io::sink())
        .unwrap()
        .1
}
