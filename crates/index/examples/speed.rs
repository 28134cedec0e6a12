//! How fast it finds and how much memory it holds: `speed DOCUMENTS [VOCABULARY]`.
//!
//! Documents of about 5 kB from a seed, in words as unevenly common as English ones.
#![expect(clippy::print_stdout, reason = "an example that prints figures")]

use std::error::Error;
use std::time::{Duration, Instant};

use index::{Batch, Change, Document, Index, Question, Vocabulary};

type Outcome<T> = Result<T, Box<dyn Error>>;

const WORDS_OF_A_BODY: usize = 800;
const DIFFERENT_WORDS: usize = 20_000;
const AT_ONCE: usize = 500;

/// Xorshift, so that every run writes the same documents.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() >> 11).unwrap_or(0) % end
    }

    /// The word of rank r comes about 1/r as often as the first (Zipf).
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a throw of dice"
    )]
    fn word(&mut self) -> String {
        let share = self.below(1_000_000) as f64 / 1_000_000.0;
        spell((DIFFERENT_WORDS as f64).powf(share) as usize)
    }

    fn words(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| self.word())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn document(&mut self, number: usize) -> Document {
        Document {
            id: format!("page:{number}"),
            kind: "page".to_owned(),
            number: i64::try_from(number).unwrap_or(0),
            title: self.words(6),
            phrases: (0..8).map(|_| self.words(5)).collect(),
            summary: self.words(30),
            body: self.words(WORDS_OF_A_BODY),
            tags: vec![self.word(), self.word()],
            facets: vec![("heading".to_owned(), format!("h{}", number % 7))],
            seen_by: vec!["public".to_owned()],
        }
    }

    /// Three to eight words, one in four with two letters swapped.
    fn question(&mut self) -> String {
        let count = 3 + self.below(6);
        let mut words: Vec<String> = (0..count).map(|_| self.word()).collect();
        let slip = self.below(words.len() * 4);
        if let Some(word) = words.get_mut(slip).filter(|word| word.len() > 3) {
            let last = word.pop();
            word.insert(word.len() - 1, last.unwrap_or('x'));
        }
        words.join(" ")
    }
}

/// A word for each number, of four letters or more.
fn spell(mut number: usize) -> String {
    let syllables = [
        "ba", "ke", "li", "mo", "nu", "pra", "ste", "fi", "go", "ru", "tal", "wen",
    ];
    let mut word = String::new();
    for _ in 0..2 {
        word.push_str(syllables.get(number % syllables.len()).unwrap_or(&"za"));
        number /= syllables.len();
    }
    while number > 0 {
        word.push_str(syllables.get(number % syllables.len()).unwrap_or(&"za"));
        number /= syllables.len();
    }
    word
}

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let documents: usize = arguments
        .next()
        .ok_or("speed DOCUMENTS [VOCABULARY]")?
        .parse()?;
    let vocabulary = match arguments.next() {
        Some(file) => Vocabulary::parse(&std::fs::read_to_string(file)?)?,
        None => Vocabulary::default(),
    };
    let folder = tempfile::tempdir()?;
    let index = Index::open(&folder.path().join("index"), vocabulary)?;
    let mut dice = Dice(88_172_645_463_325_252);
    println!("at start            {}", memory());
    fill(&index, documents, &mut dice)?;
    println!("filled              {}", memory());
    measure("find", 4_000, || {
        let words = dice.question();
        let seen_by = vec!["public".to_owned()];
        index
            .find(&Question {
                words,
                seen_by,
                ..Question::default()
            })
            .map(|_| ())
    })?;
    let mut dice = Dice(7);
    measure("suggest", 2_000, || {
        let words = dice.question();
        index.suggest(&words, &["public".to_owned()], 8).map(|_| ())
    })?;
    println!("after questions     {}", memory());
    let mut position = i64::try_from(documents)?;
    measure("save one", 60, || {
        position += 1;
        let number = dice.below(documents);
        index.apply(&Batch {
            changes: vec![Change::put(dice.document(number))],
            position,
        })
    })?;
    let start = Instant::now();
    let purged = index.purge_deleted()?;
    println!("purge               {:?} {purged:?}", start.elapsed());
    drop(index);
    let start = Instant::now();
    let index = Index::open(&folder.path().join("index"), Vocabulary::default())?;
    println!(
        "open again          {:?}, at {}",
        start.elapsed(),
        index.position()
    );
    println!("at the end          {}", memory());
    Ok(())
}

fn fill(index: &Index, documents: usize, dice: &mut Dice) -> Outcome<()> {
    let start = Instant::now();
    for first in (0..documents).step_by(AT_ONCE) {
        let numbers = first..(first + AT_ONCE).min(documents);
        let position = i64::try_from(numbers.end)?;
        let changes = numbers
            .map(|number| Change::put(dice.document(number)))
            .collect();
        index.apply(&Batch { changes, position })?;
    }
    println!("{documents} documents in {:?}", start.elapsed());
    Ok(())
}

fn measure(
    what: &str,
    times: usize,
    mut one: impl FnMut() -> Result<(), index::Error>,
) -> Outcome<()> {
    let mut took: Vec<Duration> = Vec::with_capacity(times);
    let before = busy();
    for _ in 0..times {
        let start = Instant::now();
        one()?;
        took.push(start.elapsed());
    }
    let each = busy().saturating_sub(before) / u32::try_from(times)?;
    took.sort_unstable();
    let at = |share: usize| {
        took.get(took.len() * share / 1_000)
            .copied()
            .unwrap_or_default()
    };
    let (half, most, all) = (at(500), at(990), at(999));
    println!("{what:<12} p50 {half:?}  p99 {most:?}  p99.9 {all:?}  processor {each:?} each");
    Ok(())
}

/// How long this thread has had a processor, where the system tells: on a busy machine the only
/// time that compares.
fn busy() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// The resident memory of this process, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    line.unwrap_or("unknown memory").to_owned()
}
