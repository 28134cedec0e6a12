//! The browser journeys: a fresh server for each script, on each database.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{cargo, quietly, succeed};
use crate::script::Script;
use crate::server::{Server, Wish};
use crate::step::Run;
use crate::tally::Tally;
use crate::{Result, place, program};

/// Where the scripts leave reports, pages and pictures.
pub fn out() -> PathBuf {
    place::target().join("browser")
}

/// Builds the product as people develop it.
pub fn build_product() -> Result<()> {
    succeed(
        &mut cargo(&["build", "--workspace"]),
        "the product could not be built, see above.",
    )
}

/// Every journey and the walk, on `SQLite` and on PostgreSQL, then all HTML at once.
pub fn journeys(run: &mut Run) -> Result<Tally> {
    build_product()?;
    let tools = install_tools()?;
    let _ = fs::remove_dir_all(out());
    let mut scripts = Script::all_in(&place::browser_scripts().join("journeys"))?;
    scripts.push(Script::read(&place::browser_scripts().join("walk.mjs"))?);
    let mut tally = Tally::default();
    for kind in ["SQLite", "PostgreSQL"] {
        let is_second = kind == "PostgreSQL";
        let wanted = |script: &&Script| !(is_second && script.is_about_looks);
        for script in scripts.iter().filter(wanted) {
            let database = if is_second {
                Some(run.postgres()?.fresh_database()?)
            } else {
                None
            };
            let mut node = runner();
            node.arg(&script.file);
            tally += against_a_server(node, script, kind, database, &tools)?;
        }
    }
    let mut validate = runner();
    tell(&mut validate, &tools, "HTML", &out());
    tally += report_of(validate.arg("--validate"), &out())?;
    if tally.failed == 0 {
        return Ok(tally);
    }
    run.tally += tally;
    Err(format!(
        "{} findings in the browser, see above and {}.",
        tally.failed,
        out().display()
    ))
}

/// Runs `node` with its script against a server of its own.
fn against_a_server(
    node: Command,
    script: &Script,
    kind: &str,
    database: Option<String>,
    tools: &Path,
) -> Result<Tally> {
    Visit::begin(node, script, kind, database, tools, out())?.end()
}

/// A script about to run against a server of its own.
pub struct Visit {
    server: Server,
    node: Command,
    out: PathBuf,
}

impl Visit {
    /// Starts the server; what the script finds is left in `out`.
    pub fn begin(
        mut node: Command,
        script: &Script,
        kind: &str,
        database: Option<String>,
        tools: &Path,
        out: PathBuf,
    ) -> Result<Self> {
        let program = place::product();
        let wish = Wish {
            program: &program,
            database,
            arguments: script.arguments.clone(),
            settings: script.settings(),
            data: None,
            cores: None,
        };
        let server = Server::start(&wish)?;
        tell(&mut node, tools, kind, &out);
        node.env("FOSBURY_PROGRAM", &program)
            .env("FOSBURY_CONFIG", server.config());
        node.env("FOSBURY_BASE", server.base())
            .env("FOSBURY_OWNER_LINK", server.owner_link()?);
        node.env("FOSBURY_MAIL_PORT", script.mail_port.to_string());
        Ok(Self { server, node, out })
    }

    /// Runs the script to its end.
    pub fn end(mut self) -> Result<Tally> {
        let tally = report_of(&mut self.node, &self.out)?;
        if tally.failed > 0 {
            let lines = self.server.last_lines();
            println!("     The server's last lines:\n{lines}");
        }
        Ok(tally)
    }
}

/// Installs the packages of `package.json` into the target folder, once for each lock file.
pub fn install_tools() -> Result<PathBuf> {
    let (from, to) = (
        place::browser_scripts(),
        place::target().join("browser-tools"),
    );
    let wrong = |wrong: std::io::Error| format!("Cannot prepare {}: {wrong}.", to.display());
    let lock = fs::read(from.join("package-lock.json")).map_err(wrong)?;
    let installed = to.join("installed");
    if fs::read(&installed).is_ok_and(|it| it == lock) {
        return Ok(to);
    }
    fs::create_dir_all(&to).map_err(wrong)?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(from.join(file), to.join(file)).map_err(wrong)?;
    }
    println!("Installing the browser tools with npm.");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&to);
    quietly(
        &mut npm,
        "npm could not install the tools that drive the browser, see above.",
    )?;
    fs::write(&installed, lock).map_err(wrong)?;
    Ok(to)
}

/// Node with the script that runs other scripts in a browser.
fn runner() -> Command {
    let mut node = Command::new("node");
    node.arg(place::browser_scripts().join("run.mjs"));
    node
}

fn tell(node: &mut Command, tools: &Path, kind: &str, out: &Path) {
    node.env("FOSBURY_TOOLS", tools)
        .env("FOSBURY_OUT", out)
        .env("FOSBURY_DATABASE_KIND", kind);
    if let Some(chromium) = program::chromium() {
        node.env("FOSBURY_CHROMIUM", chromium);
    }
}

fn report_of(node: &mut Command, out: &Path) -> Result<Tally> {
    let report = out.join("report.txt");
    let _ = fs::remove_file(&report);
    let ended = succeed(node, "node ended without a report, see above.");
    match fs::read_to_string(&report)
        .ok()
        .and_then(|it| Tally::of_report(&it))
    {
        Some(tally) => Ok(tally),
        None => ended.and(Err("node ended without a report, see above.".into())),
    }
}
