//! A mail server on this machine that keeps what it is sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A letter that arrived.
#[derive(Clone, Debug)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
    /// Its headers, each on one line.
    pub head: String,
}

impl Letter {
    /// The path of the sign-in link in it.
    pub fn link(&self) -> String {
        let start = self.text.find("/sign-in/").expect("a link in the letter");
        let link = self.text[start..].split_whitespace().next();
        link.unwrap().to_owned()
    }

    /// What a header of it says.
    pub fn header(&self, name: &str) -> &str {
        let begins = format!("{name}: ");
        let found = self
            .head
            .lines()
            .find_map(|line| line.strip_prefix(&begins));
        found.unwrap_or_default()
    }

    /// The path behind these words in it.
    pub fn path(&self, begins: &str) -> String {
        let start = self.text.find(begins).expect("a link in the letter");
        let link = self.text[start..].split_whitespace().next();
        link.unwrap().to_owned()
    }

    /// The six digits in it.
    pub fn code(&self) -> String {
        let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
        let code = self.text.split_whitespace().find(is_code);
        code.expect("a code in the letter").to_owned()
    }
}

/// The mail server.
pub struct Sink {
    pub port: u16,
    letters: Arc<Mutex<Vec<Letter>>>,
    arrived: watch::Receiver<usize>,
}

impl Sink {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let letters: Arc<Mutex<Vec<Letter>>> = Arc::default();
        let (tell, arrived) = watch::channel(0);
        let (kept, tell) = (Arc::clone(&letters), Arc::new(tell));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, Arc::clone(&kept), Arc::clone(&tell)));
            }
        });
        Self {
            port,
            letters,
            arrived,
        }
    }

    /// The newest of at least `count` letters to this address; waits until it is there.
    pub async fn letter(&self, to: &str, count: usize) -> Letter {
        let mut arrived = self.arrived.clone();
        let there = || {
            let letters = self.letters.lock().unwrap();
            let own: Vec<_> = letters.iter().filter(|letter| letter.to == to).collect();
            (own.len() >= count).then(|| own[own.len() - 1].clone())
        };
        let waiting = async {
            loop {
                if let Some(letter) = there() {
                    return letter;
                }
                arrived.changed().await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_mins(1), waiting)
            .await
            .unwrap_or_else(|_| panic!("no letter to {to} arrived"))
    }
}

async fn talk(stream: TcpStream, kept: Arc<Mutex<Vec<Letter>>>, tell: Arc<watch::Sender<usize>>) {
    let mut stream = BufReader::new(stream);
    say(&mut stream, "220 sink").await;
    let (mut line, mut to, mut letter) = (String::new(), String::new(), None::<String>);
    while matches!(stream.read_line(&mut line).await, Ok(1..)) {
        let said = line.trim_end_matches(['\r', '\n']).to_owned();
        line.clear();
        if let Some(words) = &mut letter {
            if said != "." {
                words.push_str(said.strip_prefix('.').unwrap_or(&said));
                words.push('\n');
                continue;
            }
            kept.lock().unwrap().push(read(&to, words));
            letter = None;
            tell.send_modify(|count| *count += 1);
            say(&mut stream, "250 thanks").await;
            continue;
        }
        let answer = match said.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250 sink",
            "RCPT" => {
                let address = said.split(['<', '>']).nth(1);
                address.unwrap_or_default().clone_into(&mut to);
                "250 fine"
            }
            "DATA" => {
                letter = Some(String::new());
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        say(&mut stream, answer).await;
    }
}

async fn say(stream: &mut BufReader<TcpStream>, words: &str) {
    let _ = stream.write_all(format!("{words}\r\n").as_bytes()).await;
}

fn read(to: &str, message: &str) -> Letter {
    let (head, body) = message.split_once("\n\n").unwrap_or((message, ""));
    let subject = head.lines().find_map(|line| line.strip_prefix("Subject: "));
    Letter {
        head: head.replace("\n ", " "),
        to: to.to_owned(),
        subject: subject.unwrap_or_default().to_owned(),
        text: from_quoted_printable(body),
    }
}

fn from_quoted_printable(text: &str) -> String {
    let joined = text.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let [first, others @ ..] = rest {
        let code = others
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok());
        let byte = code.and_then(|two| u8::from_str_radix(two, 16).ok());
        if let (b'=', Some(byte)) = (first, byte) {
            bytes.push(byte);
            rest = &others[2..];
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    String::from_utf8(bytes).unwrap()
}
