//! Another place, on either engine, with nothing in it yet: where a site can be brought.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use db::Db;
use fosbury::interchange::archive::{Key, Lock};
use fosbury::interchange::bringing::{self, Restore};
use fosbury::interchange::model::Manifest;
use fosbury::interchange::refused::Told;
use fosbury::interchange::restoring::Old;
use fosbury::interchange::staging::Teller;
use fosbury::interchange::{backups, exporting};
use fosbury::settings::Settings;
use fosbury::time::Moment;

use crate::database::{Engine, Place};
use crate::world::World;

/// When things leave and come back: the same for all, so that equal is equal.
pub const WHEN: Moment = Moment(1_777_900_000_000);

pub struct Elsewhere {
    pub settings: Settings,
    place: Place,
    folder: tempfile::TempDir,
}

impl Elsewhere {
    /// An empty place; none where the engine is not there.
    pub async fn new(world: &World, engine: Engine) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::fresh(engine, folder.path()).await?;
        let mut settings = world.app().settings.clone();
        settings.data = folder.path().join("data");
        settings.database.clone_from(&place.address);
        Some(Self {
            settings,
            place,
            folder,
        })
    }

    pub async fn imports(&self, export: &Path) -> Told<()> {
        bringing::site(&self.settings, export, WHEN, &quietly()).await
    }

    pub async fn restores(&self, backup: &Path, erasures: Option<&Path>) -> Told<()> {
        let asked = Restore {
            file: backup,
            key: Key::None,
            old: Old::MustBeNone,
            erasures,
        };
        bringing::restore(&self.settings, asked, WHEN, &quietly()).await
    }

    pub async fn db(&self) -> Db {
        Db::open(&self.settings.database).await.unwrap()
    }

    /// Takes everything away from here, into a folder of this place.
    pub async fn exports(&self) -> (PathBuf, Manifest) {
        let folder = self.folder.path().join("export");
        let manifest = exports(&self.db().await, &self.settings, &folder).await;
        (folder, manifest)
    }

    pub async fn backs_up(&self) -> (PathBuf, Manifest) {
        let file = self.folder.path().join("backup.tar.gz");
        let manifest = backs_up(&self.db().await, &self.settings, &file).await;
        (file, manifest)
    }

    pub async fn goes_away(self) {
        self.place.remove().await;
    }
}

/// Hears how far it is, and says nothing.
pub fn quietly() -> Teller {
    Arc::new(|_| {})
}

pub async fn exports(db: &Db, settings: &Settings, folder: &Path) -> Manifest {
    exported(db, settings, folder).await.unwrap()
}

pub async fn exported(db: &Db, settings: &Settings, folder: &Path) -> Told<Manifest> {
    exporting::export(db, settings, folder, WHEN, &mut |_| {}).await
}

pub async fn backs_up(db: &Db, settings: &Settings, file: &Path) -> Manifest {
    let attachments = settings.attachments_folder();
    backups::make(db, &attachments, file, &Lock::Open, WHEN, &mut |_| {})
        .await
        .unwrap()
}
