//! One small world: an empty wiki and five people.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::http::HeaderMap;
use db::{Db, Reads};
use fosbury::history::model::RecordId;
use fosbury::history::store_check;
use fosbury::layout::kept::KeptPages;
use fosbury::look::memory::Looks;
use fosbury::migrations::MIGRATIONS;
use fosbury::people::{limits::Limits, signing_in, store as people_store};
use fosbury::search::VOCABULARY;
use fosbury::search::documents::ChangeLog;
use fosbury::sessions::live::Live;
use fosbury::settings::{Attachments, HELD_AT_MOST, Settings, SignUp, Site, Smtp};
use fosbury::state::{App, Parts};
use fosbury::stewards::readings::Readings;
use fosbury::time::{Clock, MINUTE, Moment};
use fosbury::trials::memory::Memory;
use fosbury::viewer::Role;
use index::{Index, Vocabulary};
use mail::{Mailer, Security};
use tokio::sync::{Notify, watch};

use crate::browser::Browser;
pub use crate::database::Engine;
use crate::database::Place;
use crate::sink::Sink;

pub const HOST: &str = "hurdles.example.org";
pub const BASE: &str = "https://hurdles.example.org";
/// 3 May 2026, 13:00 in London.
const NOON: i64 = 1_777_809_600_000;
const PEOPLE: [(&str, &str, Role); 4] = [
    ("Amina", "amina@council.example", Role::Steward),
    ("Ruth", "ruth@council.example", Role::Owner),
    ("Tom", "tom@council.example", Role::Contributor),
    ("Dafydd", "dafydd@council.example", Role::Officer),
];

/// Makes two tests of each story, one for each engine.
macro_rules! both {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                crate::world::tell(crate::world::Engine::Sqlite, super::$story).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                crate::world::tell(crate::world::Engine::Postgres, super::$story).await;
            })+
        }
    };
}
pub(crate) use both;

/// The world that a story happens in; clones are the same world.
#[derive(Clone)]
pub struct World(Arc<Inside>);

struct Inside {
    app: App,
    router: Router,
    time: Arc<AtomicI64>,
    sink: Sink,
    sign_ins: Vec<(&'static str, String)>,
    folder: tempfile::TempDir,
}

/// Tells a story in a world of its own, which is taken away afterwards whatever happened.
pub async fn tell<F>(engine: Engine, story: impl FnOnce(World) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    tell_with(engine, |_| {}, story).await;
}

/// The same where the owner decided otherwise.
pub async fn tell_with<F>(
    engine: Engine,
    decide: impl FnOnce(&mut Settings),
    story: impl FnOnce(World) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let folder = tempfile::tempdir().unwrap();
    let Some(place) = Place::fresh(engine, folder.path()).await else {
        return;
    };
    let (world, stop, background) = World::open(&place.address, folder, decide).await;
    let told = tokio::spawn(story(world)).await;
    stop.send_replace(true);
    background.await.unwrap();
    place.remove().await;
    if let Err(trouble) = told {
        std::panic::resume_unwind(trouble.into_panic());
    }
}

impl World {
    async fn open(
        address: &str,
        folder: tempfile::TempDir,
        decide: impl FnOnce(&mut Settings),
    ) -> (Self, watch::Sender<bool>, tokio::task::JoinHandle<()>) {
        let time = Arc::new(AtomicI64::new(NOON));
        let db = Db::open(address).await.unwrap();
        MIGRATIONS.run(&db, NOON).await.unwrap();
        let sign_ins = settle(&db).await;
        let sink = Sink::open().await;
        let mut settings = settings(address, folder.path());
        decide(&mut settings);
        let vocabulary = Vocabulary::parse(VOCABULARY).unwrap();
        let app = App::new(Parts {
            db,
            clock: Clock::Standing(Arc::clone(&time)),
            looks: Looks::new(&settings.site),
            index: Index::open(&settings.index_folder(), vocabulary).unwrap(),
            mailer: Some(mailer(sink.port)),
            kept: KeptPages::new(),
            memory: Memory::new(),
            readings: Readings::default(),
            live: Live::default(),
            limits: Limits::new(),
            index_wake: Notify::new(),
            jobs_wake: Notify::new(),
            settings,
        });
        let (stop, stopped) = watch::channel(false);
        let background = tokio::spawn(background(app.clone(), stopped));
        let router = fosbury::router::router(app.clone());
        let inside = Inside {
            app,
            router,
            time,
            sink,
            sign_ins,
            folder,
        };
        (Self(Arc::new(inside)), stop, background)
    }

    /// Somebody who is not signed in.
    pub fn as_visitor(&self) -> Browser {
        Browser::new(self)
    }

    /// The steward.
    pub fn as_amina(&self) -> Browser {
        self.signed_in("Amina")
    }

    /// The owner.
    pub fn as_ruth(&self) -> Browser {
        self.signed_in("Ruth")
    }

    /// A contributor.
    pub fn as_tom(&self) -> Browser {
        self.signed_in("Tom")
    }

    /// An officer.
    pub fn as_dafydd(&self) -> Browser {
        self.signed_in("Dafydd")
    }

    /// Somebody who was away so long that their sign-in ended.
    pub async fn signs_in_anew(&self, name: &str) -> Browser {
        let known = PEOPLE.iter().find(|(known, _, _)| *known == name);
        let app = self.app();
        let tx = app.db.begin().await.unwrap();
        let person = people_store::by_address(&tx, known.unwrap().1).await;
        let id = person.unwrap().unwrap().id;
        let headers = HeaderMap::new();
        let begun = signing_in::begin_sign_in(&tx, &id, &headers, app.clock.now());
        let cookie = begun.await.unwrap();
        tx.commit().await.unwrap();
        self.as_visitor().with_cookie("__Host-fosbury", &cookie)
    }

    fn signed_in(&self, name: &str) -> Browser {
        let known = self.0.sign_ins.iter().find(|(known, _)| *known == name);
        self.as_visitor()
            .with_cookie("__Host-fosbury", &known.unwrap().1)
    }

    pub fn router(&self) -> Router {
        self.0.router.clone()
    }

    pub fn app(&self) -> &App {
        &self.0.app
    }

    pub fn sink(&self) -> &Sink {
        &self.0.sink
    }

    pub fn minutes_pass(&self, minutes: i64) {
        self.0.time.fetch_add(minutes * MINUTE, Ordering::AcqRel);
    }

    /// Waits until the index knows all that was saved.
    pub async fn waits_for_its_index(&self) {
        let app = &self.0.app;
        let newest = fosbury::search::store::newest(&app.db).await.unwrap();
        app.index.caught_up(newest).await;
    }

    /// Whether something was saved that the index does not know yet.
    pub async fn index_is_behind(&self) -> bool {
        let app = &self.0.app;
        app.index.position() < fosbury::search::store::newest(&app.db).await.unwrap()
    }

    /// A number out of the database.
    pub async fn number(&self, query: &'static str) -> i64 {
        let row: (i64,) = self.0.app.db.query(query).one().await.unwrap();
        row.0
    }

    /// The files that lie in the folder of attachments.
    pub fn files_kept(&self) -> Vec<std::path::PathBuf> {
        let inner = |folder: std::path::PathBuf| {
            let entries = std::fs::read_dir(folder).into_iter().flatten();
            entries.map(|entry| entry.unwrap().path())
        };
        let root = self.0.folder.path().join("attachments");
        inner(root).flat_map(inner).collect()
    }

    /// Asserts what `fosbury check` does of every page and its history.
    pub async fn chains_hold(&self) {
        let db = &self.0.app.db;
        for (id, name, head) in store_check::records(db).await.unwrap() {
            let links = store_check::chain(db, &RecordId(id)).await.unwrap();
            assert_eq!(fosbury::history::chain::fault(&links, head), None, "{name}");
        }
    }

    /// All that the database holds: each table with its rows and their hash.
    pub async fn everything(&self) -> Vec<db::Copied> {
        let folder = tempfile::tempdir_in(self.0.folder.path()).unwrap();
        let copy = format!("sqlite:{}", folder.path().join("copy.db").display());
        let copy = Db::open(&copy).await.unwrap();
        MIGRATIONS.run(&copy, NOON).await.unwrap();
        let schema = MIGRATIONS.schema();
        let copied = db::copy_all(&self.0.app.db, &copy, &schema, |_| {});
        copied.await.unwrap()
    }
}

/// Writes four people down and signs them in.
async fn settle(db: &Db) -> Vec<(&'static str, String)> {
    let mut sign_ins = Vec::new();
    let tx = db.begin().await.unwrap();
    for (name, address, role) in PEOPLE {
        let person = signing_in::newcomer(address, name, role, Moment(NOON));
        people_store::insert(&tx, &person, false).await.unwrap();
        let headers = HeaderMap::new();
        let begun = signing_in::begin_sign_in(&tx, &person.id, &headers, Moment(NOON));
        sign_ins.push((name, begun.await.unwrap()));
    }
    tx.commit().await.unwrap();
    sign_ins
}

fn settings(address: &str, folder: &std::path::Path) -> Settings {
    Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        data: folder.to_owned(),
        database: address.to_owned(),
        base_url: BASE.to_owned(),
        insecure_http: false,
        trusted_proxies: Vec::new(),
        held_at_most: HELD_AT_MOST,
        sign_up: SignUp::Open,
        site: Site::default(),
        smtp: Some(Smtp {
            host: "127.0.0.1".to_owned(),
            port: 25,
            user: None,
            password: None,
            from: "wiki@example.org".to_owned(),
            answers: Some("reply@hurdles.example.org".to_owned()),
            security: fosbury::settings::Security::Plain,
        }),
        backup: None,
        attachments: Attachments::default(),
    }
}

fn mailer(port: u16) -> Mailer {
    Mailer::new(mail::Settings {
        host: "127.0.0.1".to_owned(),
        port,
        user: None,
        password: None,
        from: "Fosbury <wiki@example.org>".to_owned(),
        security: Security::Plain,
    })
    .unwrap()
}

/// Follows the log of changes and sends letters until the story is over.
async fn background(app: App, stopped: watch::Receiver<bool>) {
    let until = |mut stopped: watch::Receiver<bool>| async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let log = ChangeLog(app.db.clone());
    let following = app
        .index
        .follow(&log, &app.index_wake, until(stopped.clone()));
    let worker = jobs::Worker::new(jobs::Schedules::new());
    let work = fosbury::schedule::Worker(app.clone());
    let clock = app.clock.clone();
    let working = worker.run(
        &app.db,
        &work,
        move || clock.now().0,
        &app.jobs_wake,
        until(stopped),
    );
    tokio::join!(following, working);
}
