//! A DokuWiki comes along twice, and leaves again as one that Debian's DokuWiki serves with the same
//! pages and the same history.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use crate::command::{cargo, on_path, quietly};
use crate::folder::Folder;
use crate::http::Connection;
use crate::postgres::free_port;
use crate::server::{Server, Wish};
use crate::step::Run;
use crate::tally::Tally;
use crate::{Result, apt, place};

const WHAT: &str = "a wiki could not be brought along, see above.";
const DEBIANS: &str = "/usr/share/dokuwiki";
/// What lays Debian's wiki out beside our data: its farm's beginning is left out, and every page is
/// open to whoever compares.
const LAY_OUT: &str = r#"set -e
cp -aL /usr/share/dokuwiki "$1/wiki" && rm -f "$1/wiki/inc/preload.php"
rm -rf "$1/wiki/conf" "$1/wiki/data" && mkdir "$1/wiki/conf"
for f in /etc/dokuwiki/*; do case $f in *.auth.php|*local.php|*apache.conf|*lighttpd.conf|*htaccess) ;;
  *) cp -aL "$f" "$1/wiki/conf/";; esac; done
cp -a "$1/out/conf/." "$1/wiki/conf/" && cp -a "$1/out/data" "$1/wiki/data" && mkdir -p "$1/wiki/data/meta"
printf '\n$conf["useacl"] = 0; $conf["savedir"] = "./data";\n' >> "$1/wiki/conf/local.php"
"#;

/// Pages of the sample say here what the wiki itself showed: its own renderings lie beside it.
fn rendered(archive: &Path) -> Result<Tally> {
    let folder = Folder::new("rendered")?;
    let mut unpack = Command::new("tar");
    unpack.arg("xzf").arg(archive).arg("-C").arg(folder.path());
    quietly(&mut unpack, "the sample cannot be unpacked.")?;
    let test = "wikis_rendered::pages_say_what_the_wiki_showed";
    let mut compare = cargo(&["test", "--workspace", "--test", "story", "--", test]);
    compare.env("FOSBURY_WIKI_SAMPLE", folder.join("dokuwiki-sample"));
    let told = quietly(
        &mut compare,
        "a page says something else than the wiki showed.",
    )?;
    if told.contains("1 passed") {
        println!("   The sample's pages say what the wiki showed.");
        return Ok(Tally::ONE);
    }
    Err(told)
}

/// Brings each wiki along on both databases, twice, and lets it leave again.
pub fn there_and_back(run: &mut Run) -> Result<Tally> {
    let data = place::root().with_file_name("shared").join("data/dokuwiki");
    let mut tally = Tally::default();
    let sample = data.join("sample.tar.gz");
    if sample.is_file() {
        tally += rendered(&sample)?;
    }
    for (wiki, came) in [
        (
            "sample.tar.gz",
            ["8 pages came", "2 files, 2 older versions of files"],
        ),
        (
            "bristol-hackspace-dokuwiki.tar.gz",
            ["87 pages came", "files"],
        ),
    ] {
        let archive = data.join(wiki);
        if !archive.is_file() {
            println!("   {} is not here.", archive.display());
            continue;
        }
        let postgres = run.postgres()?.fresh_database()?;
        for (kind, database) in [("SQLite", None), ("PostgreSQL", Some(postgres))] {
            let folder = Folder::new("wiki")?;
            let place = Place {
                data: folder.join("data"),
                database,
            };
            place.has_an_owner()?;
            println!("   {wiki}, {kind}:");
            place.imports("dokuwiki", &archive, &came)?;
            place.imports("dokuwiki", &archive, &[" 0 revisions"])?;
            tally += Tally::ONE;
            place.leaves(folder.path())?;
            // What leaves either database is the same: the second large wiki need not be served too.
            if kind == "SQLite" || wiki.starts_with("sample") {
                tally += served(folder.path())?;
            }
        }
    }
    tally += others(run)?;
    Ok(tally)
}

/// Wikis of other kinds, invented: each comes twice on both databases.
fn others(run: &mut Run) -> Result<Tally> {
    let samples = place::root().join("crates/dokuwiki/tests/samples");
    let mut tally = Tally::default();
    let postgres = run.postgres()?.fresh_database()?;
    for (kind, database) in [("SQLite", None), ("PostgreSQL", Some(postgres))] {
        let folder = Folder::new("others")?;
        let place = Place {
            data: folder.join("data"),
            database,
        };
        place.has_an_owner()?;
        for (written_in, sample, pages) in [
            ("mediawiki", "northshire.xml", "2 pages came"),
            ("markdown", "notes", "3 pages came"),
        ] {
            println!("   {sample}, {kind}:");
            let sample = samples.join(sample);
            place.imports(written_in, &sample, &[pages])?;
            place.imports(written_in, &sample, &[" 0 revisions"])?;
            tally += Tally::ONE;
        }
    }
    Ok(tally)
}

/// A place of our own.
struct Place {
    data: PathBuf,
    database: Option<String>,
}

impl Place {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(place::product());
        command.args(words).arg("--data").arg(&self.data);
        if let Some(database) = &self.database {
            command.args(["--database", database]);
        }
        command
    }

    /// Somebody in whose name files come.
    fn has_an_owner(&self) -> Result<()> {
        let program = place::product();
        let server = Server::start(&Wish {
            program: &program,
            database: self.database.clone(),
            arguments: Vec::new(),
            settings: String::new(),
            data: Some(self.data.clone()),
            cores: None,
        })?;
        let link = server.owner_link()?;
        let path = link.strip_prefix(&server.base()).unwrap_or_default();
        let mut connection = Connection::open(server.address)?;
        connection.post(path, "name=Ruth&address=ruth%40example.org", "")?;
        Ok(())
    }

    fn imports(&self, written_in: &str, from: &Path, expected: &[&str]) -> Result<()> {
        let from = from.display().to_string();
        let told = quietly(&mut self.command(&["import", written_in, &from]), WHAT)?;
        for line in told.lines().rev().take(2).collect::<Vec<_>>().iter().rev() {
            println!("     {line}");
        }
        match expected.iter().find(|words| !told.contains(**words)) {
            None => Ok(()),
            Some(words) => Err(format!("It should have told “{words}”: {told}")),
        }
    }

    fn leaves(&self, folder: &Path) -> Result<()> {
        let out = folder.join("out").display().to_string();
        quietly(&mut self.command(&["export", "dokuwiki", &out]), WHAT).map(drop)
    }
}

/// Every revision of every page as Debian's DokuWiki answers with it.
fn served(folder: &Path) -> Result<Tally> {
    let is_here = || Path::new(DEBIANS).is_dir() && on_path("php").is_some();
    if !is_here() && apt::may_install() {
        apt::install(&["dokuwiki", "php-cli", "php-xml"])?;
    }
    if !is_here() {
        println!("     Debian's dokuwiki is not here: nothing serves what left.");
        return Ok(Tally::default());
    }
    let mut lay_out = Command::new("sh");
    lay_out.args(["-c", LAY_OUT, "sh"]).arg(folder);
    quietly(&mut lay_out, "Debian's DokuWiki could not be laid out.")?;
    let wiki = Wiki::start(&folder.join("wiki"))?;
    let mut logs = Vec::new();
    collect(&folder.join("out/data/meta"), &mut logs)?;
    let mut compared = 0;
    for log in logs {
        let text = std::fs::read_to_string(&log).map_err(|error| error.to_string())?;
        for line in text.lines() {
            compared += wiki.compares(folder, line)?;
        }
    }
    let mut logs = Vec::new();
    collect(&folder.join("out/data/media_meta"), &mut logs)?;
    let mut files = 0;
    for log in logs {
        let text = std::fs::read_to_string(&log).map_err(|error| error.to_string())?;
        for line in text.lines() {
            files += wiki.compares_file(folder, line)?;
        }
    }
    println!(
        "     {compared} revisions are served as they left, and {files} files and older versions of files."
    );
    Ok(Tally::ONE)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "changes") {
            found.push(path);
        }
    }
    Ok(())
}

/// Debian's DokuWiki, served by PHP itself.
struct Wiki {
    php: Child,
    address: SocketAddr,
}

impl Drop for Wiki {
    fn drop(&mut self) {
        // Whatever happens to it now, nobody waits for it any more.
        let _ = self.php.kill();
        let _ = self.php.wait();
    }
}

impl Wiki {
    fn start(folder: &Path) -> Result<Self> {
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()?));
        let mut serve = Command::new("php");
        serve.args(["-d", "error_reporting=0", "-S", &address.to_string(), "-t"]);
        serve.arg(folder).current_dir(folder);
        serve
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        let php = serve.spawn().map_err(|error| error.to_string())?;
        let wiki = Self { php, address };
        for _ in 0..200 {
            if Connection::open(address).is_ok() {
                return Ok(wiki);
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        Err("PHP does not answer.".to_owned())
    }

    /// One line of a log: the text of its revision, and the page's history, which tells of it.
    fn compares(&self, folder: &Path, line: &str) -> Result<u64> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [second, _, kind, page, _, summary, ..] = columns.as_slice() else {
            return Err(format!("A log has the line {line:?}."));
        };
        let attic = page_path(page);
        let attic = folder.join(format!("out/data/attic/{attic}.{second}.txt.gz"));
        let expected = quietly(Command::new("gzip").arg("-dc").arg(&attic), "no text left.")?;
        let page = &encoded(page);
        let raw = self.answer(&format!("/doku.php?id={page}&do=export_raw&rev={second}"))?;
        if *kind != "D" && raw.trim() != expected.trim() {
            return Err(format!("{page} at {second} is served otherwise: {raw}"));
        }
        self.tells(page, &format!("id={page}&do=revisions"), summary)?;
        Ok(1)
    }

    /// Whether a page of histories shows the reason of a change.
    fn tells(&self, of: &str, query: &str, summary: &str) -> Result<()> {
        let history = self.answer(&format!("/doku.php?{query}"))?;
        let summary = summary
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let summary = summary.replace('"', "&quot;").replace('\'', "&#039;");
        if history.contains(&summary) {
            return Ok(());
        }
        Err(format!("The history of {of} does not tell “{summary}”."))
    }

    /// One line of a file's log: the bytes of what it was then, where they left, and its history.
    fn compares_file(&self, folder: &Path, line: &str) -> Result<u64> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [second, _, _, file, _, summary, ..] = columns.as_slice() else {
            return Err(format!("A log has the line {line:?}."));
        };
        let path = page_path(file);
        let (stem, ending) = path.rsplit_once('.').unwrap_or((&path, ""));
        let older = folder.join(format!("out/data/media_attic/{stem}.{second}.{ending}"));
        let now = folder.join("out/data/media").join(&path);
        let at = |file: &Path| {
            let changed = std::fs::metadata(file).and_then(|it| it.modified()).ok()?;
            let since = changed.duration_since(std::time::UNIX_EPOCH).ok()?;
            Some(since.as_secs().to_string())
        };
        let file = &encoded(file);
        let (left, asked) = if older.is_file() {
            (Some(older), format!("media={file}&rev={second}"))
        } else if at(&now).as_deref() == Some(*second) {
            (Some(now), format!("media={file}"))
        } else {
            (None, String::new())
        };
        let query = format!("id=start&do=media&image={file}&tab_details=history");
        self.tells(file, &query, summary)?;
        let Some(left) = left else { return Ok(0) };
        let mut sum = Command::new("php");
        sum.args([
            "-r",
            "foreach ([$argv[1], $argv[2]] as $one) echo sha1(file_get_contents($one)), PHP_EOL;",
        ]);
        sum.arg(&left);
        sum.arg(format!("http://{}/lib/exe/fetch.php?{asked}", self.address));
        let sums = quietly(&mut sum, "Debian's DokuWiki does not answer.")?;
        let sums: Vec<&str> = sums.split_whitespace().collect();
        match sums.as_slice() {
            [left, served] if left == served => Ok(1),
            _ => Err(format!("{file} at {second} is served otherwise.")),
        }
    }

    /// PHP's own server says no length: PHP itself reads what it answers.
    fn answer(&self, path: &str) -> Result<String> {
        let mut ask = Command::new("php");
        ask.args(["-r", "echo file_get_contents($argv[1]);"]);
        ask.arg(format!("http://{}{path}", self.address));
        quietly(&mut ask, "Debian's DokuWiki does not answer.")
    }
}

fn page_path(page: &str) -> String {
    encoded(page).replace("%3A", "/")
}

fn encoded(page: &str) -> String {
    let letters = page.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    letters.collect()
}
