//! Notes as somebody brings them to a site: pasted into a session, then opened for harvest.

use std::fmt::Write;

use crate::http::Connection;
use crate::server::{Server, Wish};
use crate::step::Run;
use crate::tally::Tally;
use crate::{Result, place};

/// An event of our own, for one session.
const EVENT: &str = "title=Northshire+camp&first=2009-06-20&young=no";
const SESSION: &str = "title=Old+notes&day=2009-06-20&starts=11%3A00";

/// Pastes a page on both databases: every line has to stand on the site's page for the harvest, in
/// its order, and nothing of what belongs to the page.
pub fn harvested(run: &mut Run, page: &str, lines: &[&str], furniture: &[&str]) -> Result<Tally> {
    let postgres = run.postgres()?.fresh_database()?;
    let mut tally = Tally::default();
    for (kind, database) in [("SQLite", None), ("PostgreSQL", Some(postgres))] {
        let shown = brought(page, database)?;
        let mut rest = shown.as_str();
        for line in lines {
            let (_, after) = rest
                .split_once(&format!(">{line}<"))
                .ok_or_else(|| format!("{kind}: lost on the way, or out of order: {line}"))?;
            rest = after;
        }
        if let Some(kept) = furniture.iter().find(|line| shown.contains(**line)) {
            return Err(format!("{kind}: not of the notes, and here: {kept}"));
        }
        println!("   Pasted on {kind}: {} lines to decide on.", lines.len());
        tally += Tally::ONE;
    }
    Ok(tally)
}

/// Becomes the owner of a fresh site, plans a session, pastes its notes; what the harvest shows.
fn brought(page: &str, database: Option<String>) -> Result<String> {
    let program = place::product();
    let server = Server::start(&Wish {
        program: &program,
        database,
        arguments: Vec::new(),
        settings: String::new(),
        data: None,
        cores: None,
    })?;
    let link = server.owner_link()?;
    let path = link.strip_prefix(&server.base()).unwrap_or_default();
    let mut connection = Connection::open(server.address)?;
    let joined = connection.post(path, "name=Ruth&address=ruth%40example.org", "")?;
    let cookie = joined.header("set-cookie").unwrap_or_default();
    let cookie = cookie.split(';').next().unwrap_or_default();
    let more = format!("cookie: {cookie}\r\n");
    let mut posted = |path: &str, form: &str| -> Result<String> {
        let answer = connection.post(path, form, &more)?;
        let to = answer.header("location").unwrap_or_default();
        if answer.status != 303 {
            return Err(format!("{path} answered {}.", answer.status));
        }
        Ok(to.split(['?', '#']).next().unwrap_or_default().to_owned())
    };
    let event = posted("/events", EVENT)?;
    posted(&format!("{event}/sessions"), SESSION)?;
    let form = format!("text={}&taker=", encoded(page));
    let session = posted("/sessions/1-old-notes/captures", &form)?;
    let shown = connection.get(&format!("{session}/harvest"), &more)?;
    if shown.status == 200 {
        return Ok(as_written(&shown.text()));
    }
    Err(format!("The harvest answered {}.", shown.status))
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "%{byte:02X}");
        all
    })
}

/// The letters that HTML writes otherwise, as people write them.
fn as_written(html: &str) -> String {
    [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |html, (code, letter)| {
        html.replace(code, letter)
    })
}
