//! Outages, slow jobs and stops.

use std::time::Duration;

use crate::world::{Diary, World, admin, everywhere, server};
use db::{Db, Reads};
use jobs::{Claimed, Ended, Schedules, Work, Worker};
use tokio::sync::Notify;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_outlives_a_database_that_cannot_be_used_yet() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("later.db").display());
    let (db, wake) = (Db::open(&address).await.unwrap(), Notify::new());
    let diary = Diary::default();
    let (worker, stop) = (Worker::new(Schedules::new()), Notify::new());
    let running = worker.run(&db, &diary, || 0, &wake, stop.notified());
    let repaired = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let world = World::open(&address).await;
        let job = jobs::Job {
            due_at: 0,
            made_at: 0,
            ..world.job("welcome", "mail")
        };
        let tx = world.db.begin().await.unwrap();
        jobs::enqueue(&tx, &job).await.unwrap();
        tx.commit().await.unwrap();
        world.until_empty().await;
        stop.notify_one();
    };
    tokio::join!(running, repaired);
    assert_eq!(diary.begun().len(), 1);
}

/// Takes the database away while it works, for half a second.
struct Saboteur<'w>(&'w World);

impl Work for Saboteur<'_> {
    async fn perform(&self, job: &Claimed) -> Ended {
        self.0.diary.perform(job).await;
        change(&self.0.db, "ALTER TABLE job RENAME TO away").await;
        let db = self.0.db.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(500)).await;
            change(&db, "ALTER TABLE away RENAME TO job").await;
        });
        if self.0.address.starts_with("postgres") {
            let name = self
                .0
                .address
                .rsplit('/')
                .next()
                .unwrap()
                .trim_end_matches('?');
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ";
            admin(&server().unwrap(), &format!("{cut}'{name}'")).await;
        }
        Ended::Done
    }
}

async fn change(db: &Db, text: &'static str) {
    let tx = db.begin().await.unwrap();
    tx.query(text).run().await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_done_during_an_outage_is_noted_after_it_and_not_done_again() {
    everywhere(async |world| {
        world.enqueue("welcome", "mail").await;
        let (worker, stop) = (Worker::new(Schedules::new()), Notify::new());
        let work = Saboteur(&world);
        let running = worker.run(
            &world.db,
            &work,
            || world.now(),
            &world.wake,
            stop.notified(),
        );
        let watching = async {
            world
                .until("it is noted", async || {
                    matches!(jobs::waiting(&world.db).await, Ok(0))
                })
                .await;
            stop.notify_one();
        };
        tokio::join!(running, watching);
        assert_eq!(world.diary.begun().len(), 1);
    })
    .await;
}

async fn sleeping_world(folder: &tempfile::TempDir) -> World {
    let world = World::open(&format!(
        "sqlite:{}",
        folder.path().join("jobs.db").display()
    ))
    .await;
    world.enqueue("welcome", "stuck").await;
    world
}

#[tokio::test(start_paused = true)]
async fn a_job_that_takes_too_long_is_broken_off_and_tried_later() {
    let folder = tempfile::tempdir().unwrap();
    let world = sleeping_world(&folder).await;
    let worker = world.plain_worker().await;
    tokio::time::sleep(Duration::from_secs(539)).await;
    assert_eq!(reason(&world).await, None);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(
        reason(&world).await.unwrap(),
        "it took longer than 540 seconds"
    );
    worker.kill().await;
}

async fn reason(world: &World) -> Option<String> {
    let row = world
        .db
        .query("SELECT last_error FROM job")
        .one::<(Option<String>,)>()
        .await;
    row.unwrap().0
}

#[tokio::test(start_paused = true)]
async fn a_stopped_worker_lets_go_of_a_job_that_does_not_end() {
    let folder = tempfile::tempdir().unwrap();
    let world = sleeping_world(&folder).await;
    let worker = world.plain_worker().await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    worker.stop().await;
    let next = world.plain_worker().await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(
        world.diary.begun(),
        [("welcome".to_owned(), 1), ("welcome".to_owned(), 1)]
    );
    next.kill().await;
}
