//! The API against what its own description says: schemathesis makes requests up, right and wrong.

use std::path::PathBuf;
use std::process::Command;

use crate::command::{quietly, succeed};
use crate::http::Connection;
use crate::server::{Server, Wish};
use crate::step::Run;
use crate::tally::Tally;
use crate::{Result, place};

const PACKAGE: &str = "schemathesis==4.32.5";
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,ignored_auth";
/// Seconds that one run may take.
const SECONDS: &str = "75";

/// Asks as a visitor and with a token that may do everything: no fault of ours, and every answer as
/// described.
pub fn api(_: &mut Run) -> Result<Tally> {
    let tool = installed()?;
    let program = place::product();
    let wish = Wish {
        program: &program,
        database: None,
        arguments: Vec::new(),
        settings: String::new(),
        data: None,
        cores: None,
    };
    let server = Server::start(&wish)?;
    let token = owners_token(&server)?;
    let mut tally = Tally::default();
    for (who, header) in [
        ("a visitor", None),
        ("a program", Some(format!("Authorization: Bearer {token}"))),
    ] {
        println!("   As {who}:");
        let mut run = Command::new(&tool);
        // It leaves a folder of its own where it is started.
        run.current_dir(place::target());
        run.arg("--no-color")
            .arg("run")
            .arg(format!("{}/api/v1/openapi.json", server.base()))
            .args(["--url", &server.base(), "--checks", CHECKS])
            .args(["--phases", "coverage,fuzzing", "--max-examples", "15"])
            .args(["--seed", "1", "--max-time", SECONDS])
            .args(["--generation-database", "none"]);
        if let Some(header) = &header {
            run.args(["--header", header]);
        }
        succeed(
            &mut run,
            "the API does not answer as it is described, see above.",
        )?;
        tally += Tally::ONE;
    }
    Ok(tally)
}

/// The tool in a folder of its own below `target`.
fn installed() -> Result<PathBuf> {
    let folder = place::target().join("schemathesis");
    let tool = folder.join("bin").join("schemathesis");
    if !tool.is_file() {
        println!("Installing {PACKAGE} with pip.");
        quietly(
            Command::new("python3").args(["-m", "venv"]).arg(&folder),
            "python3 could not make a folder for schemathesis; install python3-venv.",
        )?;
        quietly(
            Command::new(folder.join("bin").join("pip")).args(["install", "--quiet", PACKAGE]),
            "pip could not install schemathesis, see above.",
        )?;
    }
    Ok(tool)
}

/// Becomes the owner and makes a token that may do everything.
fn owners_token(server: &Server) -> Result<String> {
    let link = server.owner_link()?;
    let path = link.strip_prefix(&server.base()).unwrap_or_default();
    let mut connection = Connection::open(server.address)?;
    let joined = connection.post(path, "name=Ruth&address=ruth%40example.org", "")?;
    let cookie = joined.header("set-cookie").unwrap_or_default();
    let cookie = cookie.split(';').next().unwrap_or_default();
    let form = "name=Made+up&days=30&scope=read&scope=write&scope=say&scope=keep";
    let more = format!("cookie: {cookie}\r\n");
    let page = connection.post("/account/tokens", form, &more)?.text();
    let at = page.find("fosbury_").ok_or("No token was shown.")?;
    let token = page[at..].split('<').next().unwrap_or_default();
    Ok(token.to_owned())
}
