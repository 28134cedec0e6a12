//! Saves, as a person signed in makes them: durable on return, found at once, never stale.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::time::{Duration, Instant};

use super::figures::Times;
use super::form::{encoded, fields};
use super::site::Site;
use crate::Result;
use crate::http::Connection;
use crate::server::Server;

const SAVES: u32 = 200;
/// Every tenth save is searched for.
const LOOKED_FOR: u32 = 10;

/// What was measured.
#[derive(Default)]
pub struct Saves {
    /// From sending the form until it is answered.
    pub saved: Times,
    /// From that answer until searching finds the new word.
    pub found: Times,
    /// How often recent changes or the feed did not show the save.
    pub stale: u32,
}

/// Edits different pages one after the other.
pub fn measure(server: &Server) -> Result<Saves> {
    let mut connection = Connection::open(server.address)?;
    let cookie = sign_in(server, &mut connection)?;
    let mut saves = Saves::default();
    for number in 1..=SAVES {
        save(&mut connection, &cookie, number, &mut saves)?;
        if number % LOOKED_FOR == 0 {
            look_for(&mut connection, number, &mut saves)?;
        }
    }
    Ok(saves)
}

/// The disk's own pace: 4 kB appended and brought to the disk.
pub fn disk(site: &Site) -> Result<Times> {
    let path = site.scratch();
    let written = || -> std::io::Result<Times> {
        let mut file = File::create(&path)?;
        let mut times = Times::default();
        for _ in 0..SAVES {
            let began = Instant::now();
            file.seek(SeekFrom::End(0))?;
            file.write_all(&[7; 4096])?;
            file.sync_data()?;
            times.add(began.elapsed());
        }
        Ok(times)
    };
    let times = written().map_err(|wrong| format!("Cannot write {}: {wrong}.", path.display()));
    let _ = std::fs::remove_file(&path);
    times
}

fn save(connection: &mut Connection, cookie: &str, number: u32, saves: &mut Saves) -> Result<()> {
    let page = connection.get(&format!("/hurdles/{number}/edit"), cookie)?;
    let (action, mut form) = fields(&page.text(), "/revisions")
        .ok_or_else(|| format!("/hurdles/{number}/edit shows no form ({}).", page.status))?;
    let word = word(number);
    for (name, value) in &mut form {
        match name.as_str() {
            "summary" => *value = format!("measured {word}"),
            "problem" => *value = format!("{value}\n\nA paragraph about {word}."),
            _ => {}
        }
    }
    let form = encoded(&form);
    let began = Instant::now();
    let answer = connection.post(&action, &form, cookie)?;
    saves.saved.add(began.elapsed());
    if answer.status != 303 {
        return Err(format!(
            "Saving hurdle {number} was answered {}.",
            answer.status
        ));
    }
    Ok(())
}

fn look_for(connection: &mut Connection, number: u32, saves: &mut Saves) -> Result<()> {
    let (began, word) = (Instant::now(), word(number));
    for address in ["/changes", "/changes.atom"] {
        saves.stale += u32::from(!connection.get(address, "")?.text().contains(&word));
    }
    let query = format!("/api/v1/search?q={word}");
    while !connection.get(&query, "")?.text().contains("\"number\"") {
        if began.elapsed() > Duration::from_secs(30) {
            return Err(format!(
                "Searching does not find {word} half a minute after it was saved."
            ));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    saves.found.add(began.elapsed());
    Ok(())
}

/// A word that no other page has, and that typing errors do not reach from another one.
fn word(number: u32) -> String {
    let letter = |at: u32| char::from(b'a' + u8::try_from(number / at % 26).unwrap_or_default());
    let (one, two) = (letter(1), letter(26));
    format!("zq{one}{one}{one}x{two}{two}{two}w")
}

/// Follows the owner's link and returns the header line that says who we are.
fn sign_in(server: &Server, connection: &mut Connection) -> Result<String> {
    let link = server.owner_link()?;
    let path = link.strip_prefix(&server.base()).unwrap_or(&link);
    let page = connection.get(path, "")?;
    let (action, mut form) = fields(&page.text(), path).ok_or("The owner's link shows no form.")?;
    for (name, value) in &mut form {
        *value = if name.contains("address") {
            "olwen@example.org"
        } else {
            "Olwen Prys"
        }
        .into();
    }
    let answer = connection.post(&action, &encoded(&form), "")?;
    let cookies: Vec<&str> = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie")
        .filter_map(|(_, value)| value.split(';').next())
        .collect();
    if cookies.is_empty() {
        return Err(format!(
            "The owner's link signed nobody in ({}).",
            answer.status
        ));
    }
    Ok(format!("cookie: {}\r\n", cookies.join("; ")))
}
