//! A PostgreSQL server for one run: made, used, stopped and removed.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::command::{output, quietly};
use crate::folder::Folder;
use crate::kept::{Kept, Stop};
use crate::{Result, apt, program};

const OWNER: &str = "fosbury";

/// Both in one, so that whoever keeps the server keeps its making too.
const MAKE_AND_RUN: &str = r#"
data=$1 initdb=$2 server=$3
shift 3
"$initdb" --auth=trust --encoding=UTF8 --locale=C --no-sync --username="$0" --pgdata="$data" &&
exec "$server" -D "$data" "$@"
"#;

static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Whether what is saved must survive the machine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Faster, for tests: nothing waits for the disk.
    Forgetful,
    /// As people run it, for figures.
    Durable,
}

/// The running server.
pub struct Postgres {
    kept: Kept,
    programs: PathBuf,
    port: u16,
}

impl Postgres {
    /// Makes a cluster in a temporary folder and starts it on a free port of 127.0.0.1.
    pub fn start(durability: Durability) -> Result<Self> {
        let initdb = program::initdb().ok_or(
            "There is no PostgreSQL server here: install the package postgresql and run this again.",
        )?;
        let programs = initdb.parent().unwrap_or(Path::new("/")).to_owned();
        let user = OrdinaryUser::find()?;
        let folder = Folder::new("postgres")?;
        user.own(folder.path())?;
        let port = free_port()?;
        let mut server = user.command(Path::new("sh"));
        server
            .args(["-c", MAKE_AND_RUN, OWNER])
            .arg(folder.join("data"))
            .arg(&initdb);
        server
            .arg(programs.join("postgres"))
            .arg("-p")
            .arg(port.to_string());
        for setting in settings(folder.path(), durability) {
            server.args(["-c", &setting]);
        }
        let kept = Kept::start(&server, folder, Stop::Fast)?;
        let running = Self {
            kept,
            programs,
            port,
        };
        running
            .kept
            .wait_until("PostgreSQL", |_| running.answers())?;
        Ok(running)
    }

    /// The address of the database `postgres` in it.
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// Makes a fresh, empty database and tells its address.
    pub fn fresh_database(&self) -> Result<String> {
        let name = format!("fresh_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        quietly(
            self.client("createdb").arg(&name),
            "PostgreSQL's createdb failed.",
        )?;
        Ok(self.url_of(&name))
    }

    fn url_of(&self, database: &str) -> String {
        format!("postgres://{OWNER}@127.0.0.1:{}/{database}", self.port)
    }

    fn answers(&self) -> bool {
        output(&mut self.client("pg_isready")).is_ok_and(|said| said.status.success())
    }

    fn client(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.args(["--host=127.0.0.1", "--username", OWNER, "--port"]);
        command.arg(self.port.to_string()).stdin(Stdio::null());
        command
    }
}

/// A port of 127.0.0.1 that nobody listens on now.
pub fn free_port() -> Result<u16> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|wrong| format!("There is no free port on 127.0.0.1: {wrong}."))
}

fn settings(folder: &Path, durability: Durability) -> Vec<String> {
    let mut settings = vec![
        "listen_addresses=127.0.0.1".to_owned(),
        format!("unix_socket_directories={}", folder.display()),
        "max_connections=300".to_owned(),
    ];
    if durability == Durability::Forgetful {
        let fast = [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
        ];
        settings.extend(fast.map(str::to_owned));
    }
    settings
}

/// PostgreSQL refuses to run as root: then somebody else runs it.
struct OrdinaryUser {
    name_and_group: Option<(&'static str, &'static str)>,
}

impl OrdinaryUser {
    fn find() -> Result<Self> {
        if !apt::is_root() {
            return Ok(Self {
                name_and_group: None,
            });
        }
        let known = |name: &str| {
            output(Command::new("id").args(["-u", name])).is_ok_and(|said| said.status.success())
        };
        [("postgres", "postgres"), ("nobody", "nogroup")]
            .into_iter()
            .find(|(name, _)| known(name))
            .map(|user| Self {
                name_and_group: Some(user),
            })
            .ok_or_else(|| "PostgreSQL does not run as root, and there is no user nobody.".into())
    }

    fn own(&self, folder: &Path) -> Result<()> {
        let Some((name, group)) = self.name_and_group else {
            return Ok(());
        };
        let mut give = Command::new("chown");
        quietly(
            give.arg(format!("{name}:{group}")).arg(folder),
            "chown failed.",
        )
        .map(drop)
    }

    fn command(&self, program: &Path) -> Command {
        let Some((name, group)) = self.name_and_group else {
            return Command::new(program);
        };
        let mut command = Command::new("setpriv");
        command
            .arg(format!("--reuid={name}"))
            .arg(format!("--regid={group}"));
        command.args(["--clear-groups", "--"]).arg(program);
        command
    }
}
