//! One small world: a few pages of an invented council's wiki.
#![expect(dead_code, reason = "each test binary uses its part of the world")]

use index::{Batch, Change, Document, Found, Index, Question, Vocabulary};
use tempfile::TempDir;

pub mod diary;

pub const VOCABULARY: &str = "
boss, manager, line manager
facebook, youtube -> social media, site
wont let me -> block
~ the, a, is, to, at, on, my, me, i, it, its, we, of, thinks, think
";

pub struct World {
    pub folder: TempDir,
    pub index: Index,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = open(&folder);
        index
            .apply(&Batch {
                changes: pages(),
                position: 10,
            })
            .unwrap();
        Self { folder, index }
    }

    pub fn find(&self, words: &str) -> Found {
        self.index.find(&question(words)).unwrap()
    }

    pub fn first(&self, words: &str) -> i64 {
        self.find(words).hits.first().map_or(0, |hit| hit.number)
    }
}

pub fn open(folder: &TempDir) -> Index {
    Index::open(
        &folder.path().join("index"),
        Vocabulary::parse(VOCABULARY).unwrap(),
    )
    .unwrap()
}

pub fn question(words: &str) -> Question {
    Question {
        words: words.to_owned(),
        seen_by: vec!["public".to_owned()],
        ..Question::default()
    }
}

pub fn page(
    number: i64,
    title: &str,
    phrases: &[&str],
    summary: &str,
    facets: &[(&str, &str)],
) -> Document {
    Document {
        id: format!("hurdle:{number}"),
        kind: "hurdle".to_owned(),
        number,
        title: title.to_owned(),
        phrases: phrases.iter().map(|phrase| (*phrase).to_owned()).collect(),
        summary: summary.to_owned(),
        body: format!("{summary} There is more to say about it, in a council such as ours."),
        tags: vec![],
        facets: facets
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        seen_by: vec!["public".to_owned()],
    }
}

pub fn pages() -> Vec<Change> {
    let access = [("heading", "access"), ("tag", "filters")];
    let mut secret = page(
        9,
        "Blocked sites of the secret plan zanzibar",
        &[],
        "Zanzibar.",
        &access,
    );
    secret.seen_by = vec!["members".to_owned()];
    let mut solution = page(
        1,
        "Ask with a reason to unblock a site",
        &[],
        "A form helps.",
        &access,
    );
    solution.id = "solution:1".into();
    solution.kind = "solution".into();
    [
        page(
            1,
            "Sites are blocked by the filter",
            &["youtube is blocked at work"],
            "The filter stops pages that staff need for their work.",
            &access,
        ),
        page(
            2,
            "It is seen as one more job",
            &["no time for this", "the boss says it wastes time"],
            "Managers see it as a waste of time in a full day.",
            &[("heading", "skills")],
        ),
        page(
            3,
            "Small tools cannot be installed",
            &["cant install anything"],
            "Installing needs an administrator.",
            &[("heading", "access")],
        ),
        page(
            4,
            "Our organisation speaks in jargon",
            &["nobody understands our letters"],
            "Plain words help.",
            &[("heading", "skills")],
        ),
        secret,
        solution,
    ]
    .map(Change::put)
    .to_vec()
}
