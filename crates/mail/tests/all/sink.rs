//! A mail server that speaks just enough, and writes down what it hears.

use std::sync::{Arc, Mutex};

use mail::{Mailer, Security, Settings};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How the server behaves.
#[derive(Clone, Copy, Default)]
pub struct Manners {
    pub greeting: Option<&'static str>,
    pub auth: Option<&'static str>,
    pub rcpt: Option<&'static str>,
    pub end: Option<&'static str>,
    pub hangs_up_at_data: bool,
    pub is_silent: bool,
}

pub struct Sink {
    pub port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    pub async fn with(manners: Manners) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, heard) = (listener.local_addr().unwrap().port(), Arc::default());
        let sink = Self {
            port,
            heard: Arc::clone(&heard),
        };
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(talk(stream, manners, Arc::clone(&heard)));
            }
        });
        sink
    }

    pub fn settings(&self) -> Settings {
        Settings {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            user: None,
            password: None,
            from: "Fosbury <Wiki@example.org>".to_owned(),
            security: Security::Plain,
        }
    }

    pub fn mailer(&self) -> Mailer {
        Mailer::new(self.settings()).unwrap()
    }

    /// All lines said to the server, with the letters' lines.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    pub fn header(&self, name: &str) -> Vec<String> {
        let start = format!("{name}: ");
        self.heard()
            .iter()
            .filter_map(|line| line.strip_prefix(&start))
            .map(str::to_owned)
            .collect()
    }
}

async fn talk(stream: TcpStream, manners: Manners, heard: Arc<Mutex<Vec<String>>>) {
    if manners.is_silent {
        return std::future::pending().await;
    }
    let mut stream = BufReader::new(stream);
    say(&mut stream, manners.greeting.unwrap_or("220 sink")).await;
    let mut is_letter = false;
    let mut line = String::new();
    while matches!(stream.read_line(&mut line).await, Ok(1..)) {
        let said = line.strip_suffix("\r\n").expect("a whole line").to_owned();
        heard.lock().unwrap().push(said.clone());
        line.clear();
        if is_letter && said != "." {
            continue;
        }
        let answer = match said.split([' ', ':']).next().unwrap() {
            "." => manners.end.unwrap_or("250 thanks"),
            "EHLO" => "250-sink\r\n250 AUTH PLAIN",
            "AUTH" => manners.auth.unwrap_or("235 welcome"),
            "RCPT" => manners.rcpt.unwrap_or("250 fine"),
            "DATA" if manners.hangs_up_at_data => return,
            "DATA" => "354 go on",
            "MAIL" => "250 fine",
            "QUIT" => "221 bye",
            _ => "500 what",
        };
        is_letter = answer.starts_with("354");
        say(&mut stream, answer).await;
    }
}

async fn say(stream: &mut BufReader<TcpStream>, words: &str) {
    let _ = stream.write_all(format!("{words}\r\n").as_bytes()).await;
}
