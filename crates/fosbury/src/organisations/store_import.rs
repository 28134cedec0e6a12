//! Everything known of all bodies, and writing down what a list changes.

use std::collections::BTreeMap;

use db::{Reads, Result, Tx, Value};

use super::model::{Alias, Body, Organisation};
use super::planning::Plan;
use crate::time::Moment;
use crate::viewer::PersonId;

/// All bodies by their codes.
pub async fn known(db: &impl Reads) -> Result<BTreeMap<String, Body>> {
    let bodies: Vec<Organisation> = db
        .query(
            "SELECT id, code, slug, name, short_name, sort_key, search_words, gss, kind, kind_name,
                    nation, region, county, combined, population, start_on, end_on, homepage,
                    mail_domain, is_demo
             FROM organisation",
        )
        .all()
        .await?;
    let mut by_id: BTreeMap<String, Body> = BTreeMap::new();
    for organisation in bodies {
        let id = organisation.id.clone();
        let body = Body {
            organisation,
            ..Body::default()
        };
        by_id.insert(id, body);
    }
    let aliases: Vec<(String, String, String, bool)> = db
        .query("SELECT organisation_id, words, alias, is_code FROM organisation_alias")
        .all()
        .await?;
    for (id, words, alias, is_code) in aliases {
        let alias = Alias {
            words,
            alias,
            is_code,
        };
        by_id.entry(id).and_modify(|body| {
            body.aliases.insert(alias);
        });
    }
    let successors: Vec<(String, String)> = db
        .query(
            "SELECT s.organisation_id, o.code
             FROM organisation_successor s
             JOIN organisation o ON o.id = s.successor_id",
        )
        .all()
        .await?;
    for (id, code) in successors {
        by_id.entry(id).and_modify(|body| {
            body.successors.insert(code);
        });
    }
    let figures: Vec<(String, String, f64, String)> = db
        .query("SELECT organisation_id, name, value, source FROM organisation_figure")
        .all()
        .await?;
    for (id, name, value, source) in figures {
        by_id.entry(id).and_modify(|body| {
            body.figures.insert(name, (value, source));
        });
    }
    let bodies = by_id.into_values();
    Ok(bodies
        .map(|body| (body.organisation.code.clone(), body))
        .collect())
}

/// Waits until nobody else adds bodies, on either engine, until this change is over: no other takes
/// a code or an address that was free.
pub async fn alone(tx: &Tx) -> Result<()> {
    tx.query("UPDATE counter SET value = value WHERE name = 'index-position'")
        .run()
        .await?;
    Ok(())
}

/// Writes down what is new and what changed.
pub async fn write(tx: &Tx, plan: &Plan) -> Result<()> {
    let rows = plan.new.iter().map(|body| columns(&body.organisation));
    tx.insert_many(
        "organisation (id, code, slug, name, short_name, sort_key, search_words, gss, kind,
         kind_name, nation, region, county, combined, population, start_on, end_on, homepage,
         mail_domain, is_demo)",
        20,
        rows.collect(),
    )
    .await?;
    for (body, _) in &plan.changed {
        change(tx, &body.organisation).await?;
    }
    belongings(tx, plan).await
}

fn columns(own: &Organisation) -> Vec<Value> {
    let words = [
        &own.id,
        &own.code,
        &own.slug,
        &own.name,
        &own.short_name,
        &own.sort_key,
        &own.search_words,
        &own.gss,
        &own.kind,
        &own.kind_name,
        &own.nation,
        &own.region,
        &own.county,
        &own.combined,
    ];
    let mut row: Vec<Value> = words.into_iter().map(Value::from).collect();
    row.push(own.population.into());
    let words = [&own.start_on, &own.end_on, &own.homepage, &own.mail_domain];
    row.extend(words.into_iter().map(Value::from));
    row.push(own.is_demo.into());
    row
}

/// Writes one body down.
pub async fn insert(tx: &Tx, own: &Organisation) -> Result<()> {
    tx.insert_many(
        "organisation (id, code, slug, name, short_name, sort_key, search_words, gss, kind,
         kind_name, nation, region, county, combined, population, start_on, end_on, homepage,
         mail_domain, is_demo)",
        20,
        vec![columns(own)],
    )
    .await
}

async fn change(tx: &Tx, own: &Organisation) -> Result<()> {
    tx.query(
        "UPDATE organisation
         SET name = $2, short_name = $3, sort_key = $4, search_words = $5, gss = $6, kind = $7,
             kind_name = $8, nation = $9, region = $10, county = $11, combined = $12,
             population = $13, start_on = $14, end_on = $15, homepage = $16, mail_domain = $17
         WHERE id = $1",
    )
    .bind(&own.id)
    .bind(&own.name)
    .bind(&own.short_name)
    .bind(&own.sort_key)
    .bind(&own.search_words)
    .bind(&own.gss)
    .bind(&own.kind)
    .bind(&own.kind_name)
    .bind(&own.nation)
    .bind(&own.region)
    .bind(&own.county)
    .bind(&own.combined)
    .bind(own.population)
    .bind(&own.start_on)
    .bind(&own.end_on)
    .bind(&own.homepage)
    .bind(&own.mail_domain)
    .run()
    .await?;
    Ok(())
}

/// Aliases, successors and figures of all bodies that are new or changed.
async fn belongings(tx: &Tx, plan: &Plan) -> Result<()> {
    for (body, _) in &plan.changed {
        forget_belongings(tx, &body.organisation.id).await?;
    }
    let aliases = plan.bodies().flat_map(|body| {
        let id = &body.organisation.id;
        let row = move |one: &Alias| -> Vec<Value> {
            vec![
                id.into(),
                (&one.words).into(),
                (&one.alias).into(),
                one.is_code.into(),
            ]
        };
        body.aliases.iter().map(row)
    });
    tx.insert_many(
        "organisation_alias (organisation_id, words, alias, is_code)",
        4,
        aliases.collect(),
    )
    .await?;
    let codes: Vec<(String, String)> = tx.query("SELECT code, id FROM organisation").all().await?;
    let ids: BTreeMap<String, String> = codes.into_iter().collect();
    let successors = plan.bodies().flat_map(|body| {
        let id = &body.organisation.id;
        let followed = body.successors.iter().filter_map(|code| ids.get(code));
        followed.map(move |to| vec![Value::from(id), Value::from(to)])
    });
    tx.insert_many(
        "organisation_successor (organisation_id, successor_id)",
        2,
        successors.collect(),
    )
    .await?;
    let figures = plan.bodies().flat_map(|body| {
        let id = &body.organisation.id;
        let figures = body.figures.iter();
        figures.map(move |(name, (value, source))| -> Vec<Value> {
            vec![id.into(), name.into(), (*value).into(), source.into()]
        })
    });
    tx.insert_many(
        "organisation_figure (organisation_id, name, value, source)",
        4,
        figures.collect(),
    )
    .await
}

/// Notes from which file a kind of figure was read, and when last.
pub async fn note_source(
    tx: &Tx,
    figure: &str,
    source: &str,
    now: Moment,
    is_demo: bool,
) -> Result<()> {
    tx.query(
        "INSERT INTO figure_source (name, source, read_at, is_demo) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name, source) DO UPDATE SET read_at = excluded.read_at",
    )
    .bind(figure)
    .bind(source)
    .bind(now)
    .bind(is_demo)
    .run()
    .await?;
    Ok(())
}

async fn forget_belongings(tx: &Tx, id: &str) -> Result<()> {
    for text in [
        "DELETE FROM organisation_alias WHERE organisation_id = $1",
        "DELETE FROM organisation_successor WHERE organisation_id = $1",
        "DELETE FROM organisation_figure WHERE organisation_id = $1",
    ] {
        tx.query(text).bind(id).run().await?;
    }
    Ok(())
}

/// Files that an owner sent and has not imported yet.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The list's name.
    pub list_name: String,
    /// The list.
    pub list: Vec<u8>,
    /// The name of the file of figures; empty where there is none.
    pub deprivation_name: String,
    /// Figures.
    pub deprivation: Vec<u8>,
    /// Homepages; empty where there are none.
    pub homepages: Vec<u8>,
}
db::columns!(Upload {
    list_name,
    list,
    deprivation_name,
    deprivation,
    homepages
});

/// Keeps what an owner sent, in place of what they sent before.
pub async fn keep_upload(tx: &Tx, who: &PersonId, upload: &Upload, now: Moment) -> Result<()> {
    forget_upload(tx, who).await?;
    tx.query(
        "INSERT INTO organisation_upload (
             person_id, list_name, list, deprivation_name, deprivation, homepages, at
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(who)
    .bind(&upload.list_name)
    .bind(upload.list.as_slice())
    .bind(&upload.deprivation_name)
    .bind(upload.deprivation.as_slice())
    .bind(upload.homepages.as_slice())
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// What an owner sent.
pub async fn upload(db: &impl Reads, who: &PersonId) -> Result<Option<Upload>> {
    db.query(
        "SELECT list_name, list, deprivation_name, deprivation, homepages
         FROM organisation_upload
         WHERE person_id = $1",
    )
    .bind(who)
    .one_or_none()
    .await
}

/// Forgets what an owner sent.
pub async fn forget_upload(tx: &Tx, who: &PersonId) -> Result<u64> {
    tx.query("DELETE FROM organisation_upload WHERE person_id = $1")
        .bind(who)
        .run()
        .await
}

/// Forgets what was sent before this moment and never imported.
pub async fn forget_uploads(tx: &Tx, before: Moment) -> Result<u64> {
    tx.query("DELETE FROM organisation_upload WHERE at < $1")
        .bind(before)
        .run()
        .await
}
