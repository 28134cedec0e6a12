//! Whether everything fits together: histories, heads, references, attachments, the file itself.

use std::iter;
use std::path::Path;

use db::Db;

use super::files;
use super::refused::{Told, waiting};
use crate::attachments::store as attachments_store;
use crate::cases::store_ties;
use crate::evidence::store_check as evidence_check;
use crate::history::chain::fault;
use crate::history::model::RecordId;
use crate::history::store_check;
use crate::migrations::MIGRATIONS;
use crate::peers::store_writing as groups_store;
use crate::sessions::store_captures;
use crate::trials::{store_tallies, store_versions};

/// What was looked at, and what is wrong.
#[derive(Debug, Default)]
pub struct Report {
    /// A line for each kind of thing.
    pub seen: Vec<String>,
    /// A line for each fault.
    pub faults: Vec<String>,
}

impl Report {
    fn add(&mut self, seen: String, faults: Vec<String>) {
        self.seen.push(seen);
        self.faults.extend(faults);
    }
}

/// Looks at everything a database and its attachments must fulfil.
pub async fn look(db: &Db, attachments: &Path) -> Told<Report> {
    let mut report = Report::default();
    let damage = db.damage().await?;
    report.add(
        format!("The database's file: {} faults.", damage.len()),
        damage,
    );
    if !report.faults.is_empty() {
        // What a damaged file says of itself is worth nothing.
        return Ok(report);
    }
    let misshapen = db.misshapen(&MIGRATIONS).await?;
    let misshapen = misshapen.into_iter();
    let misshapen = misshapen.map(|name| format!("{name} is not as this program makes it"));
    let misshapen: Vec<String> = misshapen.collect();
    report.add(
        format!("Tables and indexes: {} faults.", misshapen.len()),
        misshapen,
    );
    histories(db, &mut report).await?;
    versions(db, &mut report).await?;
    tallies(db, &mut report).await?;
    stories(db, &mut report).await?;
    evidence(db, &mut report).await?;
    groups(db, &mut report).await?;
    captures(db, &mut report).await?;
    let schema = MIGRATIONS.schema();
    let dangling: Vec<String> = db
        .dangling(&schema)
        .await?
        .into_iter()
        .map(|(table, column, rows)| format!("{table}.{column}: {rows} rows refer to nothing"))
        .collect();
    let references: usize = schema.carried().map(|table| table.references.len()).sum();
    report.add(
        format!(
            "{references} kinds of reference checked, {} with faults.",
            dangling.len()
        ),
        dangling,
    );
    let expected = attachments_store::expected(db).await?;
    let hashes =
        |(_, whole, reading): (i64, String, Option<String>)| iter::once(whole).chain(reading);
    let named = expected.into_iter().flat_map(hashes).collect();
    waiting(|| stored(attachments, named, &mut report))?;
    Ok(report)
}

async fn histories(db: &Db, report: &mut Report) -> Told<()> {
    let records = store_check::records(db).await?;
    let (count, mut faults) = (records.len(), Vec::new());
    for (id, name, head) in records {
        let links = store_check::chain(db, &RecordId(id)).await?;
        faults.extend(fault(&links, head).map(|fault| format!("{name}: {fault}")));
    }
    let seen = format!("{count} pages checked, {} with faults.", faults.len());
    report.add(seen, faults);
    Ok(())
}

/// Every trial that was changed has all its versions.
async fn versions(db: &Db, report: &mut Report) -> Told<()> {
    let trials = store_versions::changed(db).await?;
    let (count, mut faults) = (trials.len(), Vec::new());
    for (id, number, version) in trials {
        let links = store_versions::chain(db, &id).await?;
        faults.extend(fault(&links, version).map(|fault| format!("trial {number}: {fault}")));
    }
    let seen = format!(
        "{count} changed trials checked, {} with faults.",
        faults.len()
    );
    report.add(seen, faults);
    Ok(())
}

/// Every tally is what the trials themselves say.
async fn tallies(db: &Db, report: &mut Report) -> Told<()> {
    let found = store_tallies::faults(db).await?.into_iter();
    let faults: Vec<String> = found
        .map(|(hurdle, solution, audience, body)| {
            format!("the tally of hurdle {hurdle}, solution {solution}, {audience}, body {body} is not what its trials say")
        })
        .collect();
    let count = store_tallies::count(db).await?;
    let seen = format!(
        "{count} tallies of trials checked, {} with faults.",
        faults.len()
    );
    report.add(seen, faults);
    Ok(())
}

/// Every item of evidence is about what its text says.
async fn evidence(db: &Db, report: &mut Report) -> Told<()> {
    let (count, faults) = evidence_check::faults(db).await?;
    let seen = format!(
        "{count} items of evidence checked, {} with faults.",
        faults.len()
    );
    report.add(seen, faults);
    Ok(())
}

/// Every case tells of trials that are there.
async fn stories(db: &Db, report: &mut Report) -> Told<()> {
    let found = store_ties::faults(db).await?.into_iter();
    let faults: Vec<String> = found
        .map(|(case, trial)| format!("case {case} or its trial {trial} is not there"))
        .collect();
    let count = store_ties::count(db).await?;
    let seen = format!(
        "{count} trials told in cases checked, {} with faults.",
        faults.len()
    );
    report.add(seen, faults);
    Ok(())
}

/// Every group has the bodies that its newest change left it with.
async fn groups(db: &Db, report: &mut Report) -> Told<()> {
    let found = groups_store::faults(db).await?.into_iter();
    let faults: Vec<String> = found
        .map(|number| format!("group {number} is not what its changes say"))
        .collect();
    let count = groups_store::count(db).await?;
    let seen = format!("{count} groups checked, {} with faults.", faults.len());
    report.add(seen, faults);
    Ok(())
}

/// Every locked capture is what was locked.
async fn captures(db: &Db, report: &mut Report) -> Told<()> {
    let (count, faults) = store_captures::faults(db).await?;
    let seen = format!("{count} locked captures checked, {} faults.", faults.len());
    report.add(seen, faults);
    Ok(())
}

/// Every file is what its name says, and every attachment has its file.
fn stored(folder: &Path, named: Vec<String>, report: &mut Report) -> Told<()> {
    let mut missing: std::collections::BTreeSet<String> = named.into_iter().collect();
    let (mut count, mut faults) = (0, Vec::new());
    files::below(folder, &mut |name, path| {
        count += 1;
        let stem = name.rsplit('/').next().unwrap_or_default();
        let stem = stem.split('.').next().unwrap_or_default();
        missing.remove(stem);
        let is_hash = stem.len() == 64 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hash && files::hash_of(path)? != stem {
            faults.push(format!("attachments/{name} is not what was stored"));
        }
        Ok(())
    })?;
    faults.extend(
        missing
            .iter()
            .map(|hash| format!("the attachment {hash} is missing")),
    );
    let seen = format!("{count} attachments checked, {} with faults.", faults.len());
    report.add(seen, faults);
    Ok(())
}
