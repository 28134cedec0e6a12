//! People who save, each on a page of their own, as fast as they are answered.

use std::io::ErrorKind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::ledger::{Saved, Unanswered};
use crate::running::{Answer, Request, Site};

/// How many write at once.
pub const WRITERS: usize = 4;

/// Numbers titles, so that each is one of a kind.
static TITLES: AtomicU64 = AtomicU64::new(1);

/// A page and the revision its writer last saw.
#[derive(Clone, Debug)]
pub struct Page {
    pub number: i64,
    pub seq: i64,
}

/// What came of a round of writing.
#[derive(Default)]
pub struct Round {
    pub saved: Mutex<Vec<Saved>>,
    pub unanswered: Mutex<Vec<Unanswered>>,
    /// Answers that were no success: status and page.
    pub refused: Mutex<Vec<Answer>>,
}

/// A word that no other title has and that no typing mistake leads to.
fn title() -> String {
    let number = TITLES.fetch_add(1, Ordering::Relaxed);
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let letters =
        (0..12).map(|at| char::from(b'a' + u8::try_from((mixed >> (at * 5)) & 15).unwrap()));
    format!("Gate {number} {}", letters.collect::<String>())
}

/// Writes a new page down.
pub fn begin(site: &Site, cookie: &str) -> (Page, Saved) {
    let title = title();
    let form = [
        ("title", title.as_str()),
        ("heading", "access"),
        ("problem", "Somebody pulls the plug while we write."),
        ("visibility", "public"),
        ("do", "save"),
    ];
    let answer = site
        .send(&Request::post("/hurdles", &form).with(cookie))
        .unwrap();
    assert_eq!(answer.status, 303, "{}", answer.body);
    let address = answer.header("location").unwrap();
    let number = address.strip_prefix("/hurdles/").unwrap();
    let number = number.split('-').next().unwrap().parse().unwrap();
    (
        Page { number, seq: 1 },
        Saved {
            page: number,
            seq: 1,
            title,
        },
    )
}

/// Saves again and again, until told to stop or, when `ends_on_silence`, nobody answers.
pub fn write(
    site: &Site,
    cookie: &str,
    page: &mut Page,
    round: &Round,
    stop: &AtomicBool,
    ends_on_silence: bool,
) {
    while !stop.load(Ordering::Relaxed) {
        let title = title();
        match save(site, cookie, page, &title) {
            Ok(answer) if answer.status == 303 => {
                page.seq = seq_of(&answer);
                round.saved.lock().unwrap().push(Saved {
                    page: page.number,
                    seq: page.seq,
                    title,
                });
            }
            Ok(answer) => {
                round.refused.lock().unwrap().push(answer);
                while !learn(site, cookie, page) && !stop.load(Ordering::Relaxed) {}
            }
            Err(error) => {
                if error.kind() != ErrorKind::ConnectionRefused {
                    let page = page.number;
                    let one = Unanswered { page, title };
                    round.unanswered.lock().unwrap().push(one);
                }
                if ends_on_silence {
                    return;
                }
            }
        }
    }
}

/// Saves one change of the title.
pub fn save(site: &Site, cookie: &str, page: &Page, title: &str) -> std::io::Result<Answer> {
    let base = page.seq.to_string();
    let form = [
        ("base", base.as_str()),
        ("part", "title"),
        ("title", title),
        ("do", "save"),
    ];
    let path = format!("/hurdles/{}/revisions", page.number);
    site.send(&Request::post(&path, &form).with(cookie))
}

/// `/hurdles/7-gate?told=saved&revision=12`
fn seq_of(answer: &Answer) -> i64 {
    let address = answer.header("location").unwrap();
    let (_, rest) = address
        .split_once("revision=")
        .unwrap_or_else(|| panic!("no revision in {address}"));
    rest.split('&').next().unwrap().parse().unwrap()
}

/// Asks which revision is the newest: after silence, one more may have been kept than was said.
pub fn learn(site: &Site, cookie: &str, page: &mut Page) -> bool {
    let path = format!("/api/v1/hurdles/{}", page.number);
    if let Ok(answer) = site.send(&Request::get(&path).with(cookie))
        && let Ok(told) = serde_json::from_str::<serde_json::Value>(&answer.body)
        && let Some(seq) = told["revision"].as_i64()
    {
        page.seq = seq;
        return true;
    }
    false
}
