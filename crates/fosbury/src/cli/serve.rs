//! `fosbury serve`: the site, its index and its worker.

use std::net::SocketAddr;

use axum::serve::ListenerExt;
use clap::Args;
use index::{Index, Vocabulary};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use super::{Outcome, opening, say};
use crate::attachments::files::Folder;
use crate::interchange::{self, in_use};
use crate::layout::kept::KeptPages;
use crate::look::memory::Looks;
use crate::people::invitations;
use crate::people::limits::Limits;
use crate::people::model::Purpose;
use crate::people::store as people_store;
use crate::search::documents::ChangeLog;
use crate::search::{VOCABULARY, store as search_store};
use crate::sessions::live::Live;
use crate::settings::{Security, Settings};
use crate::starting::{demo, demo_pictures, register};
use crate::state::{App, Parts};
use crate::stewards::readings::Readings;
use crate::time::Clock;
use crate::trials::memory::Memory;
use crate::viewer::Role;
use crate::{router, schedule};

/// Serves the site.
#[derive(Args, Default)]
pub struct Serve {
    /// Fills an invented county, plainly marked; `fosbury demo remove` takes it away.
    #[arg(long)]
    demo: bool,
    /// Starts empty, without the starter register.
    #[arg(long)]
    empty: bool,
}

impl Serve {
    /// Serving an empty place.
    pub(super) fn nothing() -> Self {
        Self {
            demo: false,
            empty: true,
        }
    }
}

/// Serves until told to stop.
pub async fn run(settings: Settings, serve: &Serve) -> Outcome {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    if let Some(warning) = opening::log(&settings)? {
        say(&warning);
    }
    let _in_use = in_use::share(&settings.data).map_err(|refused| refused.to_string())?;
    let app = app(settings, serve).await?;
    if let Err(error) = interchange::remember_forgotten(&app).await {
        tracing::warn!(%error, "What was erased could not be written down beside the database");
    }
    let listener = TcpListener::bind(app.settings.listen).await.map_err(|error| {
        format!(
            "Fosbury cannot listen on {}: {error}. Is it running already? Choose another with --listen.",
            app.settings.listen
        )
    })?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let (stop, stopped) = watch::channel(false);
    let background = tokio::spawn(background(app.clone(), stopped.clone()));
    greet(&app, address).await?;
    let service = router::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let listener = listener.tap_io(|stream| {
        // Pages are one write: waiting for more only costs time.
        let _ = stream.set_nodelay(true);
    });
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(asked_to_stop(stop))
        .await;
    served.map_err(|error| format!("Fosbury stopped: {error}"))?;
    background.await.map_err(|error| error.to_string())
}

/// Puts the program together, up to date and with something to read.
pub async fn app(settings: Settings, serve: &Serve) -> Result<App, String> {
    let clock = Clock::Machine;
    let db = opening::database(&settings).await?;
    let told = |error: &dyn std::fmt::Display| format!("Fosbury cannot start: {error}.");
    if !serve.empty {
        register::write(&db, clock.now())
            .await
            .map_err(|error| told(&error))?;
    }
    if serve.demo {
        let filled = demo::fill(&db, clock.now())
            .await
            .map_err(|error| told(&error))?;
        if filled {
            let folder = Folder::of(&settings);
            demo_pictures::hang(&db, &folder, clock.now())
                .await
                .map_err(|error| told(&error))?;
        }
    }
    let vocabulary = Vocabulary::parse(VOCABULARY).map_err(|error| told(&error))?;
    let index = Index::open(&settings.index_folder(), vocabulary).map_err(|error| told(&error))?;
    let mailer = mailer(&settings)?;
    Ok(App::new(Parts {
        db,
        clock,
        looks: Looks::new(&settings.site),
        index,
        mailer,
        kept: KeptPages::new(),
        memory: Memory::new(),
        readings: Readings::default(),
        live: Live::default(),
        limits: Limits::new(),
        index_wake: tokio::sync::Notify::new(),
        jobs_wake: tokio::sync::Notify::new(),
        settings,
    }))
}

fn mailer(settings: &Settings) -> Result<Option<mail::Mailer>, String> {
    let Some(smtp) = &settings.smtp else {
        return Ok(None);
    };
    let security = match smtp.security {
        Security::Tls => mail::Security::Tls,
        Security::StartTls => mail::Security::StartTls,
        Security::Plain => mail::Security::Plain,
    };
    let mailer = mail::Mailer::new(mail::Settings {
        host: smtp.host.clone(),
        port: smtp.port,
        user: smtp.user.clone(),
        password: smtp.password.clone(),
        from: smtp.from.clone(),
        security,
    });
    mailer
        .map(Some)
        .map_err(|wrong| format!("The mail settings are not right: {wrong}."))
}

/// Follows the log of changes, does the jobs, and notices what other programs change.
async fn background(app: App, stopped: watch::Receiver<bool>) {
    let until = |mut stopped: watch::Receiver<bool>| async move {
        // An error means that the sender is gone, which is a stop as well.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let log = ChangeLog(app.db.clone());
    let following = app
        .index
        .follow(&log, &app.index_wake, until(stopped.clone()));
    let worker = jobs::Worker::new(schedule::schedules(&app.settings));
    let work = schedule::Worker(app.clone());
    let clock = app.clock.clone();
    let working = worker.run(
        &app.db,
        &work,
        move || clock.now().0,
        &app.jobs_wake,
        until(stopped.clone()),
    );
    let noticing = notice_others(&app, until(stopped.clone()));
    let closing = async {
        until(stopped).await;
        app.live.close();
    };
    tokio::join!(following, working, noticing, closing);
}

/// Pages kept for visitors are made anew when another program or node changed something.
async fn notice_others(app: &App, stop: impl Future<Output = ()>) {
    let watching = async {
        let mut seen = 0;
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            if let Ok(newest) = search_store::newest(&app.db).await
                && newest != seen
            {
                seen = newest;
                app.db.touched();
            }
        }
    };
    tokio::select! {
        () = watching => {}
        () = stop => {}
    }
}

/// Says where the site is, and hands out the owner's link while there is no owner.
async fn greet(app: &App, address: SocketAddr) -> Outcome {
    let base = &app.settings.base_url;
    say(&format!(
        "Fosbury is at {base}/ (listening on {address}, {})",
        app.db.engine_name()
    ));
    if app.settings.insecure_http {
        say("Warning: plain http. What people send here can be read on the way.");
    }
    let told = |error: db::Error| format!("The database failed: {error}.");
    if people_store::owners(&app.db).await.map_err(told)? > 0 {
        return Ok(());
    }
    let now = app.clock.now();
    let tx = app.db.begin().await.map_err(told)?;
    people_store::forget_links(&tx, Purpose::Owner)
        .await
        .map_err(told)?;
    let secret = invitations::make(&tx, Purpose::Owner, "", Role::Owner, None, now)
        .await
        .map_err(told)?;
    tx.commit_quietly().await.map_err(told)?;
    say(&format!(
        "Nobody owns this place yet. This link makes you its owner, once: {base}/join/{secret}"
    ));
    Ok(())
}

async fn asked_to_stop(stop: watch::Sender<bool>) {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
    let _ = stop.send(true);
}
