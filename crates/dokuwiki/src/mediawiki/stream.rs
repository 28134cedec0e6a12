//! XML as a stream of few words: what opens, what closes, what stands between.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Bytes of one run of words or one tag at the most.
const LONGEST: u64 = 32 << 20;

/// Where a dump's bytes are; they can be read from any place on.
pub trait Bytes {
    /// Everything from a byte on.
    fn after(&self, at: u64) -> io::Result<Box<dyn BufRead + '_>>;
}

impl Bytes for Vec<u8> {
    fn after(&self, at: u64) -> io::Result<Box<dyn BufRead + '_>> {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(self.len());
        Ok(Box::new(&self[at..]))
    }
}

impl<B: Bytes> Bytes for &B {
    fn after(&self, at: u64) -> io::Result<Box<dyn BufRead + '_>> {
        (**self).after(at)
    }
}

impl Bytes for PathBuf {
    fn after(&self, at: u64) -> io::Result<Box<dyn BufRead + '_>> {
        let mut file = File::open(self)?;
        file.seek(SeekFrom::Start(at))?;
        Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
    }
}

/// One step through a dump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// An element opens: its name, and the one attribute that says something.
    Open(String, String),
    /// It closes.
    Close(String),
    /// Words between, if they were wanted.
    Words(String),
    /// Nothing more.
    End,
}

/// A stream that is no longer one: what is wrong, and where.
#[derive(Debug)]
pub struct Broken {
    pub why: String,
    pub at: u64,
}

pub struct Stream<'b> {
    reader: Reader<Guarded<'b>>,
    used: Rc<Cell<u64>>,
    buffer: Vec<u8>,
    from: u64,
    /// Where the last step began.
    pub began: u64,
    closes: Option<String>,
}

impl<'b> Stream<'b> {
    pub fn open(bytes: &'b dyn Bytes, from: u64) -> io::Result<Self> {
        let used = Rc::new(Cell::new(0));
        let guarded = Guarded {
            inner: bytes.after(from)?,
            used: Rc::clone(&used),
        };
        let mut reader = Reader::from_reader(guarded);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        Ok(Self {
            reader,
            used,
            buffer: Vec::new(),
            from,
            began: from,
            closes: None,
        })
    }

    /// The next step; words only where they are wanted.
    pub fn step(&mut self, wants_words: bool) -> Result<Step, Broken> {
        if let Some(name) = self.closes.take() {
            return Ok(Step::Close(name));
        }
        loop {
            self.buffer.clear();
            self.used.set(0);
            self.began = self.from + self.reader.buffer_position();
            let event = self.reader.read_event_into(&mut self.buffer);
            return Ok(match event {
                Ok(Event::Start(tag)) => Step::Open(name(&tag), said(&tag)),
                Ok(Event::Empty(tag)) => {
                    self.closes = Some(name(&tag));
                    Step::Open(name(&tag), said(&tag))
                }
                Ok(Event::End(tag)) => Step::Close(lossy(tag.local_name().as_ref())),
                Ok(Event::Text(words)) if wants_words => Step::Words(lossy(&words)),
                Ok(Event::CData(words)) if wants_words => Step::Words(lossy(&words)),
                Ok(Event::GeneralRef(entity)) if wants_words => Step::Words(letter(&entity)),
                Ok(Event::Eof) => Step::End,
                Ok(_) => continue,
                Err(error) => {
                    return Err(Broken {
                        why: error.to_string(),
                        at: self.began,
                    });
                }
            });
        }
    }

    /// The words of the element that just opened, up to a length; whether there were more.
    pub fn words(&mut self, of: &str, longest: usize) -> Result<(String, bool), Broken> {
        let (mut words, mut is_more) = (String::new(), false);
        loop {
            match self.step(true)? {
                Step::Words(more) if words.len() + more.len() <= longest => words.push_str(&more),
                Step::Words(_) => is_more = true,
                Step::Close(name) if name == of => return Ok((words, is_more)),
                Step::End => {
                    return Err(Broken {
                        why: "it ends early".to_owned(),
                        at: self.began,
                    });
                }
                _ => {}
            }
        }
    }
}

/// Where these bytes stand next, from a place on.
pub fn next(bytes: &dyn Bytes, from: u64, sign: &[u8]) -> io::Result<Option<u64>> {
    let mut reader = bytes.after(from)?;
    let (mut at, mut held): (u64, Vec<u8>) = (from, Vec::new());
    loop {
        let read = {
            let more = reader.fill_buf()?;
            held.extend_from_slice(more);
            more.len()
        };
        if let Some(found) = held.windows(sign.len()).position(|window| window == sign) {
            return Ok(Some(at + found as u64));
        }
        if read == 0 {
            return Ok(None);
        }
        reader.consume(read);
        let kept = held.len().min(sign.len() - 1);
        at += (held.len() - kept) as u64;
        held.drain(..held.len() - kept);
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\0', "\u{FFFD}")
}

fn name(tag: &BytesStart<'_>) -> String {
    lossy(tag.local_name().as_ref())
}

/// Of each element at most one attribute says something.
fn said(tag: &BytesStart<'_>) -> String {
    let wanted: &[u8] = match tag.local_name().as_ref() {
        b"redirect" => b"title",
        b"namespace" => b"key",
        b"text" | b"contributor" | b"comment" => b"deleted",
        _ => return String::new(),
    };
    let mut attributes = tag.attributes();
    let mut known = attributes.with_checks(false).flatten();
    known
        .find(|one| one.key.as_ref() == wanted)
        .map(|one| {
            one.unescape_value()
                .map_or_else(|_| lossy(&one.value), std::borrow::Cow::into_owned)
        })
        .unwrap_or_default()
}

/// Only the five letters that XML itself names, and letters by number: nothing is ever expanded.
fn letter(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = entity.resolve_char_ref() {
        return letter.to_string();
    }
    let name = lossy(entity);
    let known = match name.as_str() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return format!("&{name};"),
    };
    known.to_owned()
}

/// Ends where one step reads more than it may.
struct Guarded<'b> {
    inner: Box<dyn BufRead + 'b>,
    used: Rc<Cell<u64>>,
}

impl Read for Guarded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl BufRead for Guarded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used.get() > LONGEST {
            return Err(io::Error::other("more than 32 MB in one piece"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.used.set(self.used.get() + amount as u64);
        self.inner.consume(amount);
    }
}
