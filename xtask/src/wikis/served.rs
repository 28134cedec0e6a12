//! What left, served by Debian's DokuWiki and compared.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use crate::command::{on_path, quietly};
use crate::http::Connection;
use crate::postgres::free_port;
use crate::tally::Tally;
use crate::{Result, apt};

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

/// Every revision of every page as Debian's DokuWiki answers with it.
pub fn compared(folder: &Path, least_files: u64) -> Result<Tally> {
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
    if files < least_files {
        return Err(format!(
            "Only {files} files and older versions were compared."
        ));
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

    /// Whether a page of histories shows the reason of a change, if it has one.
    fn tells(&self, of: &str, query: &str, summary: &str) -> Result<()> {
        if summary.is_empty() {
            return Ok(());
        }
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
