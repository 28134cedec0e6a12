//! A queue of its own for each test, on `SQLite` and on `PostgreSQL` where there is one.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use db::{Db, Migration, Migrations};
use jobs::{Claimed, Ended, Job, Schedules, Work, Worker};
use tokio::sync::{Notify, oneshot};

pub const MINUTE: i64 = 60_000;
pub const DAY: i64 = 1_440 * MINUTE;
static TABLES: &[Migration] = &[Migration {
    version: 1,
    name: "jobs",
    text: include_str!("../jobs.sql"),
}];
static NEXT: AtomicU32 = AtomicU32::new(1);

/// Runs a test once for each engine.
pub async fn everywhere(test: impl AsyncFn(World)) {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("jobs.db").display());
    test(World::open(&address).await).await;
    if let Some(server) = server() {
        let name = fresh_name();
        admin(&server, &format!("CREATE DATABASE {name}")).await;
        test(World::open(&with_database(&server, &name)).await).await;
        admin(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the tests' server is comes from outside"
)]
pub fn server() -> Option<String> {
    std::env::var("FOSBURY_TEST_POSTGRES")
        .ok()
        .filter(|url| url.starts_with("postgres"))
}

fn fresh_name() -> String {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("jobs_test_{}_{number}", std::process::id())
}

fn with_database(server: &str, name: &str) -> String {
    let (place, options) = server.split_once('?').unwrap_or((server, ""));
    let after_scheme = place.find("://").unwrap() + 3;
    let end = place[after_scheme..]
        .find('/')
        .map_or(place.len(), |at| at + after_scheme);
    format!("{}/{name}?{options}", &place[..end])
}

pub async fn admin(server: &str, text: &str) {
    let (client, link) = tokio_postgres::connect(server, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(link);
    client.batch_execute(text).await.unwrap();
}

#[derive(Clone)]
pub struct World {
    pub address: String,
    pub db: Db,
    pub diary: Arc<Diary>,
    pub wake: Arc<Notify>,
    clock: Arc<(Instant, AtomicI64)>,
}

impl World {
    pub async fn open(address: &str) -> Self {
        let db = Db::open(address).await.unwrap();
        let clock = Arc::new((Instant::now(), AtomicI64::new(20_000 * DAY)));
        let (diary, wake) = (Arc::default(), Arc::default());
        let world = Self {
            address: address.to_owned(),
            db,
            diary,
            wake,
            clock,
        };
        world.migrate().await;
        world
    }

    pub async fn migrate(&self) {
        Migrations(TABLES).run(&self.db, 0).await.unwrap();
    }

    pub fn now(&self) -> i64 {
        let passed = i64::try_from(self.clock.0.elapsed().as_millis()).unwrap();
        self.clock.1.load(Ordering::SeqCst) + passed
    }

    pub fn leap(&self, milliseconds: i64) {
        self.clock.1.fetch_add(milliseconds, Ordering::SeqCst);
    }

    pub async fn enqueue(&self, id: &str, kind: &str) {
        let tx = self.db.begin().await.unwrap();
        jobs::enqueue(&tx, &self.job(id, kind)).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub fn job(&self, id: &str, kind: &str) -> Job {
        let (due_at, made_at) = (self.now(), self.now());
        Job {
            id: id.to_owned(),
            kind: kind.to_owned(),
            body: "{}".to_owned(),
            due_at,
            made_at,
        }
    }

    /// Starts a worker as another node would: with its own connections.
    pub async fn worker(&self, worker: Worker) -> Running {
        let (stop, stopped) = oneshot::channel::<()>();
        let (world, db) = (self.clone(), Db::open(&self.address).await.unwrap());
        let task = tokio::spawn(async move {
            let (now, stopped) = (|| world.now(), async { drop(stopped.await) });
            worker
                .run(&db, world.diary.as_ref(), now, &world.wake, stopped)
                .await;
        });
        Running { stop, task }
    }

    pub async fn plain_worker(&self) -> Running {
        self.worker(Worker::new(Schedules::new())).await
    }

    /// Waits, ten seconds at the most, keeping the workers awake.
    pub async fn until(&self, what: &str, is_so: impl AsyncFn() -> bool) {
        for _ in 0..1_000 {
            if is_so().await {
                return;
            }
            self.wake.notify_waiters();
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("waited in vain until {what}: {:?}", self.diary.begun());
    }

    pub async fn until_begun(&self, times: usize) {
        let what = format!("{times} tries began");
        self.until(&what, async || self.diary.begun().len() >= times)
            .await;
    }

    pub async fn until_empty(&self) {
        self.until("the queue is empty", async || {
            jobs::waiting(&self.db).await.unwrap() == 0
        })
        .await;
    }

    /// Time enough for a worker to do what it should not.
    pub async fn a_while(&self) {
        for _ in 0..20 {
            self.wake.notify_waiters();
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

pub struct Running {
    stop: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<()>,
}

impl Running {
    pub async fn stop(self) {
        drop(self.stop);
        self.task.await.unwrap();
    }

    /// As if the machine lost its power.
    pub async fn kill(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }
}

/// Writes down what was tried; each kind ends in its own way.
#[derive(Default)]
pub struct Diary {
    begun: Mutex<Vec<(String, i64)>>,
    busy: Mutex<HashSet<String>>,
    endings: Mutex<HashMap<String, Ended>>,
}

impl Diary {
    pub fn begun(&self) -> Vec<(String, i64)> {
        self.begun.lock().unwrap().clone()
    }

    pub fn ends(&self, kind: &str, ended: Ended) {
        self.endings.lock().unwrap().insert(kind.to_owned(), ended);
    }
}

impl Work for Diary {
    async fn perform(&self, job: &Claimed) -> Ended {
        self.begun.lock().unwrap().push((job.id.clone(), job.tries));
        match job.kind.as_str() {
            "stuck" => return std::future::pending().await,
            "panicking" => panic!("the pen broke"),
            _ => {}
        }
        assert!(
            self.busy.lock().unwrap().insert(job.id.clone()),
            "{} is being done",
            job.id
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
        self.busy.lock().unwrap().remove(&job.id);
        self.endings
            .lock()
            .unwrap()
            .get(&job.kind)
            .cloned()
            .unwrap_or(Ended::Done)
    }
}
