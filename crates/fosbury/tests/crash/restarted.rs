//! PostgreSQL goes away under Fosbury and comes back.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::chance::asked;
use crate::ledger::Ledger;
use crate::running::{Running, Site, wait_for};
use crate::writers::{Page, Round, WRITERS, begin, learn, save, write};

/// Restarts in every run; a measured run asks for more.
const ROUNDS: usize = 2;
const PATIENCE: Duration = Duration::from_secs(30);

/// Needs a server of the tests' own: `FOSBURY_TEST_PG_CTL` names a script that takes the words
/// of `pg_ctl`.
#[test]
fn nothing_acknowledged_is_lost_when_postgresql_restarts() {
    let (Some(server), Some(script)) =
        (asked("FOSBURY_TEST_POSTGRES"), asked("FOSBURY_TEST_PG_CTL"))
    else {
        println!("skipped: FOSBURY_TEST_PG_CTL names no script that restarts PostgreSQL");
        return;
    };
    let database = database(&server);
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new(folder.path().to_owned(), &database);
    let mut running = site.start(&["--empty"]);
    let cookie = running.sign_in_as_owner();
    let rounds = asked("FOSBURY_CRASH_ROUNDS").and_then(|rounds| rounds.parse().ok());
    let mut ledger = Ledger::default();
    let mut pages = Vec::new();
    for _ in 0..WRITERS {
        let (page, saved) = begin(&site, &cookie);
        pages.push(page);
        ledger.saved.push(saved);
    }
    for _ in 0..rounds.unwrap_or(ROUNDS) {
        restart_under(&site, &cookie, &mut pages, &script, &mut ledger);
        assert!(running.ended().is_none(), "Fosbury stopped");
        comes_back(&site, &cookie, &mut pages, &mut ledger);
    }
    everything_is_there(&site, &ledger);
    ledger.tell_restarts();
    remove(running, &server, &database);
}

/// Writes go on while the server is taken away; what is answered is a page.
fn restart_under(site: &Site, cookie: &str, pages: &mut [Page], script: &str, ledger: &mut Ledger) {
    let (round, stop) = (Round::default(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for page in pages {
            scope.spawn(|| write(site, cookie, page, &round, &stop, false));
        }
        wait_for("some writing", PATIENCE, || {
            (round.saved.lock().unwrap().len() > 10).then_some(())
        });
        pg_ctl(script, &["stop", "-m", "immediate"]);
        wait_for("a page that says so", PATIENCE, || {
            (!round.refused.lock().unwrap().is_empty()).then_some(())
        });
        pg_ctl(script, &["start"]);
        stop.store(true, Ordering::Relaxed);
    });
    let refused = round.refused.into_inner().unwrap();
    ledger.put_off += refused.len();
    for answer in refused {
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert!(answer.body.contains("<h1>"), "a page: {}", answer.body);
        assert!(answer.header("retry-after").is_some());
    }
    let silent = round.unanswered.into_inner().unwrap();
    assert!(silent.is_empty(), "Fosbury always answers: {silent:?}");
    ledger.kills += 1;
    ledger.saved.extend(round.saved.into_inner().unwrap());
}

fn comes_back(site: &Site, cookie: &str, pages: &mut [Page], ledger: &mut Ledger) {
    let began = Instant::now();
    for page in pages {
        let title = format!("Back {} {}", page.number, ledger.saved.len());
        let answer = wait_for("a save after the restart", PATIENCE, || {
            learn(site, cookie, page);
            let answer = save(site, cookie, page, &title).ok()?;
            (answer.status == 303).then_some(answer)
        });
        assert!(answer.header("location").is_some());
        learn(site, cookie, page);
        ledger.saved.push(crate::ledger::Saved {
            page: page.number,
            seq: page.seq,
            title,
        });
    }
    ledger.starts.push(began.elapsed().as_millis());
}

fn everything_is_there(site: &Site, ledger: &Ledger) {
    let checked = site.run(&["check"]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success(), "{said}");
    for saved in &ledger.saved {
        let path = format!("/hurdles/{}/revisions/{}", saved.page, saved.seq);
        let answer = site.get(&path).unwrap();
        assert!(
            answer.body.contains(&saved.title),
            "{saved:?} is not at {path}"
        );
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the harness's own script restarts the harness's own server"
)]
fn pg_ctl(script: &str, words: &[&str]) {
    // A server that starts keeps what it was given: no pipe of ours.
    let mut command = Command::new(script);
    command
        .args(words)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    assert!(command.status().unwrap().success(), "{script} {words:?}");
}

/// A database of this test's own.
fn database(server: &str) -> String {
    let name = format!("crash_test_{}", std::process::id());
    admin(server, &format!("CREATE DATABASE {name}"));
    let place = server.split('?').next().unwrap();
    let (place, _) = place.rsplit_once('/').unwrap();
    format!("{place}/{name}")
}

fn remove(running: Running, server: &str, database: &str) {
    drop(running);
    let name = database.rsplit('/').next().unwrap();
    admin(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
}

fn admin(server: &str, text: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (client, link) = tokio_postgres::connect(server, tokio_postgres::NoTls)
            .await
            .unwrap();
        tokio::spawn(link);
        client.batch_execute(text).await.unwrap();
    });
}
