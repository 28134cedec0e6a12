//! Every statement of every store, prepared on both engines.

use std::collections::BTreeMap;

use db::Filter;
use proc_macro2::TokenTree;

use crate::engines::places;
use crate::sources::{Source, assert_none, running_code};
use crate::tokens::{self, Call};

const BEGINNINGS: &[&str] = &["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];
/// Fewer than this and the guard went blind.
const AT_LEAST: usize = 100;
const FILTERS_AT_LEAST: usize = 4;

/// A statement and where it stands.
struct Statement {
    path: String,
    text: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_is_understood_by_both_engines() {
    let mut statements = Vec::new();
    for file in stores() {
        statements.extend(written_out(&file));
    }
    assert!(statements.len() >= AT_LEAST, "{} found", statements.len());
    let filters: Vec<Statement> = put_together(&stores());
    assert!(filters.len() >= FILTERS_AT_LEAST, "{} found", filters.len());
    println!("{} statements, {} filters", statements.len(), filters.len());
    statements.extend(filters);
    let mut found = Vec::new();
    for place in places().await {
        let db = place.migrated().await;
        for Statement { path, text } in &statements {
            if let Err(error) = db.prepare(text).await {
                found.push(format!("{path}, {}: {error}\n{text}", db.engine_name()));
            }
        }
        drop(db);
        place.remove().await;
    }
    assert_none(&found, "Statements that an engine does not understand:");
}

fn stores() -> Vec<Source> {
    let mut stores = running_code();
    stores.retain(|file| file.name().starts_with("store") && !file.path.starts_with("crates/db/"));
    stores
}

fn written_out(file: &Source) -> Vec<Statement> {
    let texts = tokens::literals(&file.text).into_iter();
    let is_sql = |text: &String| {
        BEGINNINGS
            .iter()
            .any(|word| text.trim_start().starts_with(word))
    };
    texts
        .filter(is_sql)
        .map(|text| Statement {
            path: file.path.clone(),
            // Where a filter begins, values are asked for by a question mark.
            text: Filter::with(Box::leak(text.into_boxed_str()), Vec::new())
                .text()
                .to_owned(),
        })
        .collect()
}

/// The longest statement each filter can become: all its conditions, in their order.
fn put_together(files: &[Source]) -> Vec<Statement> {
    let constants = files.iter().flat_map(constants).collect();
    let mut statements = Vec::new();
    for file in files {
        for body in tokens::bodies(&file.text) {
            let filter = filter_of(&body, &constants);
            statements.extend(filter.map(|filter| Statement {
                path: file.path.clone(),
                text: filter.text().to_owned(),
            }));
        }
    }
    statements
}

fn filter_of(body: &[TokenTree], constants: &BTreeMap<String, String>) -> Option<Filter> {
    let mut open: Option<Filter> = None;
    for call in tokens::calls(body) {
        let Some(text) = text_of(&call, constants) else {
            continue;
        };
        match (call.name.as_str(), open.take()) {
            ("new", _) if text.trim_start().starts_with("SELECT ") => {
                open = Some(Filter::new(text));
            }
            ("with", _) if text.trim_start().starts_with("SELECT ") => {
                open = Some(Filter::with(text, Vec::new()));
            }
            ("and", Some(filter)) => open = Some(filter.and(text, Vec::new())),
            ("and_in", Some(filter)) => open = Some(filter.and_in(text, vec![1_i64, 2])),
            ("then", Some(filter)) => open = Some(filter.then(text, Vec::new())),
            (_, before) => open = before,
        }
    }
    open
}

fn text_of(call: &Call, constants: &BTreeMap<String, String>) -> Option<&'static str> {
    let text = call.text(0).or_else(|| {
        let [only] = call.arguments.first()?.as_slice() else {
            return None;
        };
        constants.get(&tokens::identifier(only)?).cloned()
    })?;
    // A filter takes constant texts only; a test may make some.
    Some(Box::leak(text.into_boxed_str()))
}

/// `const NAME: &str = "…";`
fn constants(file: &Source) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    tokens::each_run(&tokens::of(&file.text), &mut |run| {
        for (at, token) in run.iter().enumerate() {
            if tokens::identifier(token).as_deref() != Some("const") {
                continue;
            }
            let name = run.get(at + 1).and_then(tokens::identifier);
            let value = run[at..].iter().take(8).find_map(tokens::literal);
            found.extend(name.zip(value));
        }
    });
    found
}
