//! What becomes of a job.

use std::collections::HashSet;
use std::time::Duration;

use crate::world::{MINUTE, World, everywhere};
use jobs::{Ended, Schedules, Worker};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_is_enqueued_with_its_change_or_not_at_all() {
    everywhere(async |world| {
        let tx = world.db.begin().await.unwrap();
        jobs::enqueue(&tx, &world.job("welcome", "mail"))
            .await
            .unwrap();
        drop(tx);
        assert_eq!(jobs::waiting(&world.db).await.unwrap(), 0);
        world.enqueue("welcome", "mail").await;
        let tx = world.db.begin().await.unwrap();
        let twice = jobs::enqueue(&tx, &world.job("welcome", "mail")).await;
        assert!(matches!(twice, Err(db::Error::Duplicate)));
        drop(tx);
        assert_eq!(jobs::waiting(&world.db).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sleeping_worker_is_woken_for_a_new_job() {
    everywhere(async |world| {
        let worker = world.plain_worker().await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        world.enqueue("welcome", "mail").await;
        world.wake.notify_one();
        let began = tokio::time::Instant::now();
        while jobs::waiting(&world.db).await.unwrap() > 0 {
            assert!(began.elapsed() < Duration::from_secs(5));
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(world.diary.begun(), [("welcome".to_owned(), 1)]);
        worker.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_workers_never_do_one_job_twice() {
    everywhere(async |world| {
        for number in 0..80 {
            world.enqueue(&format!("letter-{number}"), "mail").await;
        }
        let mut workers = Vec::new();
        for _ in 0..4 {
            workers.push(world.plain_worker().await);
        }
        world.until_empty().await;
        for worker in workers {
            worker.stop().await;
        }
        let begun = world.diary.begun();
        let different: HashSet<_> = begun.iter().collect();
        assert_eq!((begun.len(), different.len()), (80, 80));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_workers_job_is_taken_over_when_its_lock_ends() {
    everywhere(async |world| {
        let quick = Worker::new(Schedules::new()).with_lock(1_500);
        world.enqueue("welcome", "stuck").await;
        let first = world.worker(quick.clone()).await;
        world.until_begun(1).await;
        let begun_at = world.now();
        first.kill().await;
        let second = world.worker(quick).await;
        world.a_while().await;
        assert_eq!(world.diary.begun().len(), 1);
        world.until_begun(2).await;
        assert!(
            world.now() - begun_at >= 1_300,
            "after {} ms",
            world.now() - begun_at
        );
        assert_eq!(world.diary.begun()[1], ("welcome".to_owned(), 2));
        second.kill().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_kills_every_worker_is_given_up() {
    everywhere(async |world| {
        world.enqueue("bomb", "stuck").await;
        for tries in 1..=6 {
            let worker = world
                .worker(Worker::new(Schedules::new()).with_lock(50))
                .await;
            world.until_begun(tries).await;
            worker.kill().await;
        }
        let last = world
            .worker(Worker::new(Schedules::new()).with_lock(50))
            .await;
        world.until_empty().await;
        last.stop().await;
        let failed = jobs::failed(&world.db).await.unwrap();
        assert!(failed[0].last_error.contains("cut off"), "{failed:?}");
        assert_eq!(world.diary.begun().len(), 6);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_job_is_tried_six_times_ever_later_and_then_listed() {
    everywhere(async |world| {
        world
            .diary
            .ends("mail", Ended::Again("451 come back\0 later".to_owned()));
        world.enqueue("welcome", "mail").await;
        let worker = world.plain_worker().await;
        for (tries, delay) in (1..).zip([1, 5, 30, 120, 360]) {
            world.until_begun(tries).await;
            world.a_while().await;
            world.leap((delay - 1) * MINUTE + MINUTE / 2);
            world.a_while().await;
            assert_eq!(world.diary.begun().len(), tries, "too early");
            world.leap(MINUTE / 2);
        }
        world.until_empty().await;
        let failed = jobs::failed(&world.db).await.unwrap();
        assert_eq!((failed.len(), failed[0].tries), (1, 6));
        assert_eq!(failed[0].last_error, "451 come back  later");
        assert_eq!(jobs::failed_count(&world.db).await.unwrap(), 1);
        worker.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hopeless_job_is_given_up_at_once_until_the_owner_retries_or_discards_it() {
    everywhere(async |world| {
        world
            .diary
            .ends("mail", Ended::Never("550 no such person".to_owned()));
        world.enqueue("welcome", "mail").await;
        let worker = world.plain_worker().await;
        world.until_empty().await;
        assert_eq!(
            jobs::failed(&world.db).await.unwrap()[0].last_error,
            "550 no such person"
        );
        world.diary.ends("mail", Ended::Done);
        assert!(retried(&world, "welcome").await);
        assert!(!retried(&world, "welcome").await);
        world.until_empty().await;
        assert_eq!(
            world.diary.begun(),
            [("welcome".to_owned(), 1), ("welcome".to_owned(), 1)]
        );
        world
            .diary
            .ends("mail", Ended::Never("550 no such person".to_owned()));
        world.enqueue("again", "mail").await;
        world.until_empty().await;
        let tx = world.db.begin().await.unwrap();
        assert!(jobs::discard(&tx, "again").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(jobs::failed_count(&world.db).await.unwrap(), 0);
        worker.stop().await;
    })
    .await;
}

async fn retried(world: &World, id: &str) -> bool {
    let tx = world.db.begin().await.unwrap();
    let was_failed = jobs::retry(&tx, id).await.unwrap();
    tx.commit().await.unwrap();
    was_failed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panicking_job_harms_neither_the_worker_nor_the_next_job() {
    everywhere(async |world| {
        world.enqueue("broken", "panicking").await;
        world.enqueue("welcome", "mail").await;
        let worker = world.plain_worker().await;
        world.until_begun(2).await;
        world
            .until("one waits", async || {
                jobs::waiting(&world.db).await.unwrap() == 1
            })
            .await;
        worker.stop().await;
    })
    .await;
}
