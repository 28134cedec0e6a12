//! The shape in which tantivy keeps our documents.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::card::Card;
use crate::document::Document;
use crate::words::{plain_words, stems};

/// Separates a facet's name from its value where both are one term; nobody types it.
pub(crate) const BETWEEN: char = '\u{1f}';
/// The kind of a document is counted and filtered like any other facet.
pub(crate) const KIND: &str = "kind";
/// The columns read by name.
pub(crate) const FACETS: &str = "facets";
pub(crate) const NUMBER: &str = "number";

/// Tantivy's handles to the fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub id: Field,
    pub kind: Field,
    pub number: Field,
    pub title: Field,
    pub phrases: Field,
    pub summary: Field,
    pub body: Field,
    /// What re-ranking reads, ready made.
    pub card: Field,
    /// Stems of title, phrases, tags and summary: what the document is about.
    pub about: Field,
    /// Stems of everything.
    pub all: Field,
    /// Whole words of everything, to mend typing mistakes by.
    pub written: Field,
    pub facets: Field,
    pub seen_by: Field,
}

impl Fields {
    /// The schema, and the handles into it.
    pub fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let about_words = words_options(IndexRecordOption::WithFreqs);
        let fields = Self {
            id: schema.add_text_field("id", STRING | STORED),
            kind: schema.add_text_field("kind", STORED),
            number: schema.add_i64_field(NUMBER, STORED | FAST),
            title: schema.add_text_field("title", STORED),
            phrases: schema.add_text_field("phrases", STORED),
            summary: schema.add_text_field("summary", STORED),
            body: schema.add_text_field("body", STORED),
            card: schema.add_bytes_field("card", STORED),
            about: schema.add_text_field("about", about_words.clone()),
            all: schema.add_text_field("all", about_words),
            written: schema.add_text_field("written", words_options(IndexRecordOption::Basic)),
            facets: schema.add_text_field(FACETS, STRING | FAST),
            seen_by: schema.add_text_field("seen_by", STRING),
        };
        (schema.build(), fields)
    }

    /// The document as tantivy keeps it.
    pub fn lay_out(&self, document: &Document) -> TantivyDocument {
        let parts = Parts::read(document);
        let mut laid = TantivyDocument::default();
        laid.add_text(self.id, &document.id);
        laid.add_text(self.kind, &document.kind);
        laid.add_i64(self.number, document.number);
        laid.add_text(self.title, &document.title);
        for phrase in &document.phrases {
            laid.add_text(self.phrases, phrase);
        }
        laid.add_text(self.summary, &document.summary);
        laid.add_text(self.body, &document.body);
        laid.add_bytes(self.card, &parts.card().to_bytes());
        laid.add_text(self.about, parts.about().join(" "));
        laid.add_text(self.all, parts.all().join(" "));
        laid.add_text(self.written, parts.written());
        self.lay_out_filters(document, &mut laid);
        laid
    }

    fn lay_out_filters(&self, document: &Document, laid: &mut TantivyDocument) {
        laid.add_text(self.facets, facet_term(KIND, &document.kind));
        for (name, value) in &document.facets {
            laid.add_text(self.facets, facet_term(name, value));
        }
        for reader in &document.seen_by {
            laid.add_text(self.seen_by, reader);
        }
    }
}

/// A facet as one term.
pub(crate) fn facet_term(name: &str, value: &str) -> String {
    format!("{name}{BETWEEN}{value}")
}

/// Our words come stemmed and split already; tantivy only has to cut at spaces.
fn words_options(record: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(record);
    TextOptions::default().set_indexing_options(indexing)
}

/// A document's words, read once for every use.
struct Parts {
    title: Vec<String>,
    phrases: Vec<Vec<String>>,
    summary: Vec<String>,
    tags: Vec<Vec<String>>,
    body: Vec<String>,
}

impl Parts {
    fn read(document: &Document) -> Self {
        let each = |texts: &[String]| texts.iter().map(|text| plain_words(text)).collect();
        Self {
            title: plain_words(&document.title),
            phrases: each(&document.phrases),
            summary: plain_words(&document.summary),
            tags: each(&document.tags),
            body: plain_words(&document.body),
        }
    }

    fn card(&self) -> Card {
        let each = |units: &[Vec<String>]| units.iter().map(|unit| stems(unit)).collect::<Vec<_>>();
        Card::new(
            &stems(&self.title),
            &each(&self.phrases),
            &stems(&self.summary),
            &each(&self.tags),
            &stems(&self.body),
        )
    }

    fn short_words(&self) -> Vec<&str> {
        let lists = [&self.title, &self.summary];
        let units = lists.into_iter().chain(&self.phrases).chain(&self.tags);
        units.flatten().map(String::as_str).collect()
    }

    fn about(&self) -> Vec<String> {
        stems(&self.short_words())
    }

    fn all(&self) -> Vec<String> {
        let mut all = self.about();
        all.extend(stems(&self.body));
        all
    }

    fn written(&self) -> String {
        let mut written = self.short_words();
        written.extend(self.body.iter().map(String::as_str));
        written.sort_unstable();
        written.dedup();
        written.join(" ")
    }
}
