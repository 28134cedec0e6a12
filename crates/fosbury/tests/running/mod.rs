//! A Fosbury that runs, as its users start it, and the requests they send.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long a start may take on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where a Fosbury keeps what it has, and where it listens.
#[derive(Clone)]
pub struct Site {
    pub data: PathBuf,
    pub database: String,
    pub port: u16,
}

impl Site {
    pub fn new(data: PathBuf, database: &str) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        let database = database.to_owned();
        Self {
            data,
            database,
            port,
        }
    }

    /// Starts it and waits until it answers.
    pub fn start(&self, arguments: &[&str]) -> Running {
        let mut child = self
            .command(&[&["serve"], arguments].concat())
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(Vec::new()));
        let (out, heard) = (child.stdout.take().unwrap(), Arc::clone(&said));
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                heard.lock().unwrap().push(line);
            }
        });
        let running = Running {
            site: self.clone(),
            child,
            said,
        };
        running.wait_until_it_answers();
        running
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "tests start the product as people do"
    )]
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fosbury"));
        command
            .args(arguments)
            .args(["--listen", &format!("127.0.0.1:{}", self.port)])
            .args(["--database", &self.database])
            .arg("--data")
            .arg(&self.data);
        command
    }

    /// Sends a request; an error says that no whole answer came.
    pub fn send(&self, request: &Request<'_>) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let unsent = |_| std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        stream
            .write_all(request.text(self.port).as_bytes())
            .map_err(unsent)?;
        let mut bytes = Vec::new();
        // Once it was sent, whatever goes wrong means: not answered.
        let read = stream.read_to_end(&mut bytes);
        let unanswered = || std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "unanswered");
        read.map_err(|_| unanswered())?;
        Answer::parse(&String::from_utf8_lossy(&bytes)).ok_or_else(unanswered)
    }

    pub fn get(&self, path: &str) -> std::io::Result<Answer> {
        self.send(&Request::get(path))
    }
}

/// A Fosbury that is up; dropped, it is killed.
pub struct Running {
    pub site: Site,
    child: Child,
    pub said: Arc<Mutex<Vec<String>>>,
}

impl Running {
    /// SIGKILL: no time to tidy up.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Makes Amina its owner; the cookie that keeps her signed in.
    pub fn sign_in_as_owner(&self) -> String {
        let link = wait_for("the owner's link", PATIENCE, || {
            let said = self.said.lock().unwrap();
            let line = said.iter().find(|line| line.contains("/join/"))?;
            line.split_once("/join/")
                .map(|(_, token)| token.trim().to_owned())
        });
        let path = format!("/join/{link}");
        let form = [("address", "amina@example.org"), ("name", "Amina")];
        let answer = self.site.send(&Request::post(&path, &form)).unwrap();
        assert_eq!(answer.status, 303, "{}", answer.body);
        let cookie = answer.header("set-cookie").unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    fn wait_until_it_answers(&self) {
        wait_for("an answer at /healthz", PATIENCE, || {
            let answer = self.site.get("/healthz").ok()?;
            (answer.status == 200).then_some(())
        });
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks again until there is something, or the time is over.
pub fn wait_for<T>(what: &str, at_most: Duration, mut ask: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(began.elapsed() < at_most, "waited {at_most:?} for {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A request on its way.
pub struct Request<'a> {
    pub path: &'a str,
    pub form: Option<&'a [(&'a str, &'a str)]>,
    pub cookie: &'a str,
}

impl<'a> Request<'a> {
    pub fn get(path: &'a str) -> Self {
        Self {
            path,
            form: None,
            cookie: "",
        }
    }

    pub fn post(path: &'a str, form: &'a [(&'a str, &'a str)]) -> Self {
        Self {
            path,
            form: Some(form),
            cookie: "",
        }
    }

    pub fn with(mut self, cookie: &'a str) -> Self {
        self.cookie = cookie;
        self
    }

    /// In HTTP/1.0, whose answers end with the connection.
    fn text(&self, port: u16) -> String {
        let form = self.form.map(|form| {
            url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(form)
                .finish()
        });
        let method = if form.is_some() { "POST" } else { "GET" };
        let body = form.unwrap_or_default();
        format!(
            "{method} {} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
             Cookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.path,
            self.cookie,
            body.len()
        )
    }
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: String,
    head: String,
}

impl Answer {
    fn parse(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Self {
            status,
            body: body.to_owned(),
            head: head.to_owned(),
        })
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .next()
    }
}
