//! How well questions find what they mean, over a folder of hurdles, solutions and guides.
//!
//! `quality STARTER VOCABULARY PHRASES.tsv [--misses]` asks each phrase of the file
//! (`phrase<TAB>number`); `quality STARTER VOCABULARY --leave-one-out [--misses]` asks each phrase
//! of each hurdle after taking it out of the register.
#![expect(clippy::print_stdout, reason = "an example that prints figures")]

use std::error::Error;
use std::path::Path;

use index::{Batch, Change, Document, Index, Question, Vocabulary};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(serde::Deserialize)]
struct Front {
    number: i64,
    title: String,
    heading: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    people_also_say: Vec<String>,
}

#[derive(Clone)]
struct Asked {
    words: String,
    number: i64,
}

#[derive(Default)]
struct Figures {
    asked: usize,
    first: usize,
    three: usize,
    ten: usize,
    first_of_all_kinds: usize,
    reciprocal: f64,
    misses: Vec<String>,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [starter, vocabulary, asked, ..] = arguments.as_slice() else {
        return Err("quality STARTER VOCABULARY PHRASES.tsv|--leave-one-out [--misses]".into());
    };
    let documents = read_all(Path::new(starter))?;
    let vocabulary = Vocabulary::parse(&std::fs::read_to_string(vocabulary)?)?;
    let figures = if asked == "--leave-one-out" {
        leave_one_out(&documents, &vocabulary)?
    } else {
        ask_file(&documents, &vocabulary, asked)?
    };
    if arguments.iter().any(|argument| argument == "--misses") {
        figures.misses.iter().for_each(|miss| println!("{miss}"));
    }
    figures.print();
    Ok(())
}

fn ask_file(documents: &[Document], vocabulary: &Vocabulary, file: &str) -> Outcome<Figures> {
    let mut asked = Vec::new();
    for line in std::fs::read_to_string(file)?.lines() {
        if let Some((words, number)) = line.split_once('\t') {
            asked.push(Asked {
                words: words.to_owned(),
                number: number.trim().parse()?,
            });
        }
    }
    let mut figures = Figures::default();
    figures.ask(documents, vocabulary, &asked)?;
    Ok(figures)
}

fn leave_one_out(documents: &[Document], vocabulary: &Vocabulary) -> Outcome<Figures> {
    let mut figures = Figures::default();
    let most = documents
        .iter()
        .map(|document| document.phrases.len())
        .max()
        .unwrap_or(0);
    for left_out in 0..most {
        let mut asked = Vec::new();
        let mut without = documents.to_vec();
        for document in without
            .iter_mut()
            .filter(|document| document.kind == "hurdle")
        {
            if left_out < document.phrases.len() {
                let words = document.phrases.remove(left_out);
                asked.push(Asked {
                    words,
                    number: document.number,
                });
            }
        }
        figures.ask(&without, vocabulary, &asked)?;
    }
    Ok(figures)
}

impl Figures {
    fn ask(
        &mut self,
        documents: &[Document],
        vocabulary: &Vocabulary,
        asked: &[Asked],
    ) -> Outcome<()> {
        let folder = tempfile::tempdir()?;
        let index = Index::open(&folder.path().join("index"), vocabulary.clone())?;
        let changes = documents.iter().cloned().map(Change::put).collect();
        index.apply(&Batch {
            changes,
            position: 1,
        })?;
        for one in asked {
            self.ask_one(&index, one)?;
        }
        Ok(())
    }

    fn ask_one(&mut self, index: &Index, asked: &Asked) -> Outcome<()> {
        let mut question = Question {
            words: asked.words.clone(),
            seen_by: vec!["public".to_owned()],
            ..Question::default()
        };
        let all = index.find(&question)?;
        let right = |hit: &index::Hit| hit.kind == "hurdle" && hit.number == asked.number;
        self.first_of_all_kinds += usize::from(all.hits.first().is_some_and(right));
        question.kinds = vec!["hurdle".to_owned()];
        let found = index.find(&question)?;
        let place = found.hits.iter().position(right);
        self.asked += 1;
        self.first += usize::from(place == Some(0));
        self.three += usize::from(place.is_some_and(|place| place < 3));
        self.ten += usize::from(place.is_some_and(|place| place < 10));
        #[expect(clippy::cast_precision_loss, reason = "a place among a few")]
        let reciprocal = place.map_or(0.0, |place| 1.0 / (place + 1) as f64);
        self.reciprocal += reciprocal;
        if place != Some(0) {
            let shown = found.hits.iter().take(4);
            let shown: Vec<String> = shown
                .map(|hit| format!("{}:{:.3}", hit.number, hit.score))
                .collect();
            let place = place.map_or("-".to_owned(), |place| (place + 1).to_string());
            let Asked { words, number } = asked;
            self.misses.push(format!(
                "{number:>3} at {place:>2}  {words}   [{}]",
                shown.join(" ")
            ));
        }
        Ok(())
    }

    #[expect(clippy::cast_precision_loss, reason = "shares of a few hundred")]
    fn print(&self) {
        let of = |part: usize| 100.0 * part as f64 / self.asked.max(1) as f64;
        println!(
            "{} asked: first {:.1} %, among three {:.1} %, among ten {:.1} %, mean reciprocal rank \
             {:.3}; first among all kinds {:.1} %",
            self.asked,
            of(self.first),
            of(self.three),
            of(self.ten),
            self.reciprocal / self.asked.max(1) as f64,
            of(self.first_of_all_kinds)
        );
    }
}

fn read_all(starter: &Path) -> Outcome<Vec<Document>> {
    let mut documents = Vec::new();
    for (folder, kind) in [
        ("hurdles", "hurdle"),
        ("solutions", "solution"),
        ("guides", "guide"),
    ] {
        let Ok(files) = std::fs::read_dir(starter.join(folder)) else {
            continue;
        };
        for file in files {
            let text = std::fs::read_to_string(file?.path())?;
            documents.push(read_document(kind, &text)?);
        }
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(documents)
}

fn read_document(kind: &str, text: &str) -> Outcome<Document> {
    let mut parts = text.splitn(3, "+++");
    let front = parts.nth(1).ok_or("no front matter")?;
    let front: Front = toml::from_str(front)?;
    let body = parts.next().unwrap_or_default().trim();
    let mut paragraphs = body
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(Document {
        id: format!("{kind}:{}", front.number),
        kind: kind.to_owned(),
        number: front.number,
        title: front.title,
        phrases: front.people_also_say,
        summary: paragraphs.next().unwrap_or_default().to_owned(),
        body: body
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect::<Vec<_>>()
            .join("\n"),
        tags: front.tags,
        facets: front
            .heading
            .map(|heading| ("heading".to_owned(), heading))
            .into_iter()
            .collect(),
        seen_by: vec!["public".to_owned()],
    })
}
