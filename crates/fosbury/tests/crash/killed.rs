//! SIGKILL at random moments, while several people save.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crate::chance::{Chance, asked};
use crate::ledger::{Ledger, Saved, Unanswered};
use crate::running::{Running, Site, wait_for};
use crate::writers::{Page, Round, WRITERS, begin, learn, write};

/// Rounds in every run of the tests; a measured run asks for more.
const ROUNDS: usize = 5;
/// From here on a run is measured: of fifty kills at least twenty must fall inside a transaction.
const MEASURED: usize = 50;
/// How long something may take on a machine that does other things as well.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn nothing_acknowledged_is_lost_when_fosbury_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("crash.db").display());
    let site = Site::new(folder.path().to_owned(), &database);
    let rounds = asked("FOSBURY_CRASH_ROUNDS").and_then(|rounds| rounds.parse().ok());
    let rounds = rounds.unwrap_or(ROUNDS);
    let mut running = site.start(&["--empty"]);
    let cookie = running.sign_in_as_owner();
    let mut ledger = Ledger::default();
    let mut pages = Vec::new();
    for _ in 0..WRITERS {
        let (page, saved) = begin(&site, &cookie);
        pages.push(page);
        ledger.saved.push(saved);
    }
    let mut chance = Chance(27);
    for _ in 0..rounds {
        let after = Duration::from_millis(chance.between(30, 300));
        let round = round(&site, &cookie, &mut running, &mut pages, after);
        ledger.kills += 1;
        let before = ledger.saved.len();
        ledger.saved.extend(round.saved.into_inner().unwrap());
        running = restart(&site, &mut ledger);
        let unanswered = round.unanswered.into_inner().unwrap();
        judge(&site, &mut ledger, &unanswered);
        let newest = ledger.saved[before.min(ledger.saved.len() - 1)..]
            .last()
            .cloned();
        finds(&site, &mut ledger, newest.as_ref());
        for page in &mut pages {
            assert!(learn(&site, &cookie, page));
        }
    }
    drop(running);
    everything_is_there(&site, &ledger);
    ledger.tell_kills();
    if rounds >= MEASURED {
        assert!(
            ledger.inside * 5 >= ledger.kills * 2,
            "{} inside",
            ledger.inside
        );
    }
}

/// Lets everybody write, and kills the program in the middle.
fn round(
    site: &Site,
    cookie: &str,
    running: &mut Running,
    pages: &mut [Page],
    after: Duration,
) -> Round {
    let (round, stop) = (Round::default(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for page in pages {
            scope.spawn(|| write(site, cookie, page, &round, &stop, true));
        }
        // The moment of the kill is the experiment: nothing waits for this.
        std::thread::sleep(after);
        running.kill();
    });
    let refused = round.refused.lock().unwrap();
    assert!(
        refused.is_empty(),
        "{} {}",
        refused[0].status,
        refused[0].body
    );
    drop(refused);
    round
}

fn restart(site: &Site, ledger: &mut Ledger) -> Running {
    let began = Instant::now();
    let running = site.start(&["--empty"]);
    ledger.starts.push(began.elapsed().as_millis());
    running
}

/// Which of the changes not answered were kept? Either is right; neither is half.
fn judge(site: &Site, ledger: &mut Ledger, unanswered: &[Unanswered]) {
    ledger.inside += usize::from(!unanswered.is_empty());
    for one in unanswered {
        let (title, seq) = head(site, one.page);
        if title == one.title {
            ledger.kept_unsaid += 1;
            ledger.saved.push(Saved {
                page: one.page,
                seq,
                title,
            });
        } else {
            ledger.not_kept += 1;
        }
    }
    for (page, saved) in ledger.newest() {
        let (title, seq) = head(site, page);
        assert_eq!((&title, seq), (&saved.title, saved.seq), "page {page}");
    }
}

fn head(site: &Site, page: i64) -> (String, i64) {
    let answer = site.get(&format!("/api/v1/hurdles/{page}")).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let title = told["title"].as_str().unwrap().to_owned();
    (title, told["revision"].as_i64().unwrap())
}

/// The index catches up by itself with what was saved last.
fn finds(site: &Site, ledger: &mut Ledger, newest: Option<&Saved>) {
    let Some(saved) = newest.and_then(|one| ledger.newest().get(&one.page).copied()) else {
        return;
    };
    let word = saved.title.rsplit(' ').next().unwrap().to_owned();
    let (title, began) = (saved.title.clone(), Instant::now());
    wait_for("the newest title in the index", PATIENCE, || {
        let answer = site.get(&format!("/api/v1/search?q={word}")).ok()?;
        let told: serde_json::Value = serde_json::from_str(&answer.body).ok()?;
        (told["results"][0]["title"] == title.as_str()).then_some(())
    });
    ledger.finds.push(began.elapsed().as_millis());
}

/// Every acknowledged revision stands, and every chain holds.
fn everything_is_there(site: &Site, ledger: &Ledger) {
    let checked = site.run(&["check"]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success(), "{said}");
    assert!(said.contains(" 0 with faults"), "{said}");
    let _running = site.start(&["--empty"]);
    for saved in &ledger.saved {
        let path = format!("/hurdles/{}/revisions/{}", saved.page, saved.seq);
        let answer = site.get(&path).unwrap();
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            answer.body.contains(&saved.title),
            "{saved:?} is not at {path}"
        );
    }
}
