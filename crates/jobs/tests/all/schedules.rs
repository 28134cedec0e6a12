//! What happens every so often, and clocks that go wrong.

use crate::world::{DAY, MINUTE, Running, World, everywhere};
use jobs::{Ended, Schedules, Worker};

async fn digest_worker(world: &World) -> Running {
    let worker = world
        .worker(Worker::new(Schedules::new().every("digest", DAY)))
        .await;
    let known = async || !jobs::scheduled(&world.db).await.unwrap().is_empty();
    world.until("the schedule is known", known).await;
    worker
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_three_nodes_sends_the_digest() {
    everywhere(async |world| {
        let mut nodes = Vec::new();
        for _ in 0..3 {
            nodes.push(digest_worker(&world).await);
        }
        world.a_while().await;
        assert!(world.diary.begun().is_empty(), "a period must pass first");
        for day in 1..=3 {
            world.leap(DAY);
            world.until_begun(day).await;
            world.a_while().await;
            assert_eq!(world.diary.begun().len(), day);
        }
        let digest = &jobs::scheduled(&world.db).await.unwrap()[0];
        assert!(digest.last_ended_at.unwrap() > world.now() - MINUTE);
        for node in nodes {
            node.stop().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_missed_days_are_one_digest() {
    everywhere(async |world| {
        digest_worker(&world).await.stop().await;
        world.leap(10 * DAY);
        let worker = digest_worker(&world).await;
        world.until_begun(1).await;
        world.a_while().await;
        assert_eq!(world.diary.begun().len(), 1);
        worker.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_put_back_a_week_costs_one_period_at_the_most() {
    everywhere(async |world| {
        let worker = digest_worker(&world).await;
        world.leap(-7 * DAY);
        world.a_while().await;
        assert!(world.diary.begun().is_empty());
        world.leap(DAY);
        world.until_begun(1).await;
        world.a_while().await;
        assert_eq!(world.diary.begun().len(), 1);
        worker.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_years_ahead_and_back_again_neither_bursts_nor_starves() {
    everywhere(async |world| {
        let worker = digest_worker(&world).await;
        world.leap(3_000 * DAY);
        world.until_begun(1).await;
        world.a_while().await;
        world.leap(-3_000 * DAY);
        world.a_while().await;
        assert_eq!(world.diary.begun().len(), 1);
        world.leap(DAY);
        world.until_begun(2).await;
        world.a_while().await;
        assert_eq!(world.diary.begun().len(), 2);
        worker.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_made_before_the_clock_was_put_back_keep_their_delays() {
    everywhere(async |world| {
        world.enqueue("welcome", "mail").await;
        let mut reminder = world.job("reminder", "mail");
        reminder.due_at += 2 * DAY;
        let tx = world.db.begin().await.unwrap();
        jobs::enqueue(&tx, &reminder).await.unwrap();
        tx.commit().await.unwrap();
        world.leap(-7 * DAY);
        let worker = world.plain_worker().await;
        world.until_begun(1).await;
        world.a_while().await;
        assert_eq!(world.diary.begun(), [("welcome".to_owned(), 1)]);
        world.leap(2 * DAY);
        world.until_begun(2).await;
        worker.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leap_of_the_clock_takes_no_job_from_a_worker_that_is_at_it() {
    everywhere(async |world| {
        world.enqueue("welcome", "stuck").await;
        let at_it = world.plain_worker().await;
        world.until_begun(1).await;
        let idle = world.plain_worker().await;
        world.a_while().await;
        for leap in [3_000 * DAY, -3_000 * DAY, -7 * DAY] {
            world.leap(leap);
            world.a_while().await;
            assert_eq!(world.diary.begun().len(), 1, "after {leap}");
        }
        idle.stop().await;
        at_it.kill().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_digest_does_not_pile_up_and_stays_listed() {
    everywhere(async |world| {
        world
            .diary
            .ends("digest", Ended::Never("no template".to_owned()));
        let worker = digest_worker(&world).await;
        for day in 1..=2 {
            world.leap(DAY);
            world.until_begun(day).await;
            world.until_empty().await;
            let failed = jobs::failed(&world.db).await.unwrap();
            assert_eq!(
                (failed.len(), failed[0].id.as_str()),
                (1, "schedule-digest")
            );
        }
        world.diary.ends("digest", Ended::Done);
        world.leap(DAY);
        world.until_begun(3).await;
        world.until_empty().await;
        assert_eq!(jobs::failed_count(&world.db).await.unwrap(), 0);
        worker.stop().await;
    })
    .await;
}
