//! The owner sees whether there are backups, how old they are, and what to do.

use std::path::PathBuf;

use fosbury::interchange::scheduled;
use fosbury::settings::{Backups, Every, Settings};
use fosbury::time::DAY;

use crate::world::{Engine, World, both, tell_with};

both!(without_a_folder_the_owner_is_told_how_to_get_one);

async fn without_a_folder_the_owner_is_told_how_to_get_one(world: World) {
    let (ruth, amina) = (world.as_ruth(), world.as_amina());
    let link = ruth.get("/desk").await.link("Backups");
    let page = ruth.get(&link).await;
    page.is(200)
        .says("This place makes no backups by itself")
        .says("[backup]")
        .says("fosbury export everything")
        .keeps_quiet_of("Make a backup now");
    ruth.post("/place/backups", &[]).await.is(404);
    amina.get("/desk").await.keeps_quiet_of("Backups");
    amina.get("/place/backups").await.is(403);
    amina.post("/place/backups", &[]).await.is(403);
}

async fn backups_are_made_proved_and_thinned_out(world: World) {
    let ruth = world.as_ruth();
    let folder = world.app().settings.backup.clone().unwrap().folder;
    let page = ruth.get("/place/backups").await;
    page.is(200)
        .says("No backup has been made yet")
        .says("One comes by itself every day");
    for _ in 0..3 {
        world.minutes_pass(60);
        scheduled::make(world.app().clone()).await;
    }
    let kept = scheduled::kept(&folder);
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(kept.iter().all(|one| one.is_proved), "{kept:?}");
    let page = ruth.get("/place/backups").await;
    page.says("Backups are made by themselves")
        .says("The newest is 0 minutes old")
        .says("2 backups")
        .says("Yes: restored elsewhere, every page compared")
        .says("3 May 2026")
        .says(&kept[0].name);
    world.minutes_pass(60 * 49);
    ruth.get("/place/backups")
        .await
        .says("The newest backup is too old")
        .says("It is 2 days old, and one should come every day");
    let begun = ruth.submit(&page.form("/place/backups")).await;
    ruth.follow(&begun)
        .await
        .is(200)
        .says("The backup is being made");
}

async fn a_try_that_failed_is_told_until_one_is_good(world: World) {
    let ruth = world.as_ruth();
    let settings = world.app().settings.backup.clone().unwrap();
    let words = settings.passphrase_file.unwrap();
    scheduled::make(world.app().clone()).await;
    ruth.get("/place/backups")
        .await
        .says("The last try failed")
        .says("words.txt cannot be read or written");
    std::fs::write(&words, "correct horse battery staple\n").unwrap();
    scheduled::make(world.app().clone()).await;
    let page = ruth.get("/place/backups").await;
    page.says("Backups are made by themselves")
        .says(".tar.gz.age");
    let kept = scheduled::kept(&settings.folder);
    assert!(kept.len() == 1 && kept[0].is_proved, "{kept:?}");
    let bytes = std::fs::read(settings.folder.join(&kept[0].name)).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
}

/// Backups are kept in the world's own folder, which goes away with it.
fn keeping(own: &mut Settings, passphrase_file: Option<PathBuf>) {
    own.backup = Some(Backups {
        folder: own.data.join("kept"),
        every: Every(DAY),
        keep: 2,
        encrypt_for: None,
        passphrase_file,
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backups_on_sqlite() {
    let story = backups_are_made_proved_and_thinned_out;
    tell_with(Engine::Sqlite, |own| keeping(own, None), story).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backups_on_postgres() {
    let story = backups_are_made_proved_and_thinned_out;
    tell_with(Engine::Postgres, |own| keeping(own, None), story).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_try() {
    let decide = |own: &mut Settings| keeping(own, Some(own.data.join("words.txt")));
    let story = a_try_that_failed_is_told_until_one_is_good;
    tell_with(Engine::Sqlite, decide, story).await;
}
