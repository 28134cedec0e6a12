//! Bodies and their services in the database. Everybody may read them.

use db::{Filter, Reads, Result, Tx};

use super::model::{Alias, Organisation, Service};
use crate::viewer::OrganisationId;

/// The body with this word in its address.
pub async fn by_slug(db: &impl Reads, slug: &str) -> Result<Option<Organisation>> {
    db.query(
        "SELECT id, code, slug, name, short_name, sort_key, search_words, gss, kind, kind_name,
                nation, region, county, combined, population, start_on, end_on, homepage,
                mail_domain, is_demo
         FROM organisation
         WHERE slug = $1",
    )
    .bind(slug)
    .one_or_none()
    .await
}

/// The body with this code.
pub async fn by_code(db: &impl Reads, code: &str) -> Result<Option<Organisation>> {
    db.query(
        "SELECT id, code, slug, name, short_name, sort_key, search_words, gss, kind, kind_name,
                nation, region, county, combined, population, start_on, end_on, homepage,
                mail_domain, is_demo
         FROM organisation
         WHERE code = $1",
    )
    .bind(code)
    .one_or_none()
    .await
}

/// Bodies that go by these words: a code, a name, another name. Those that are there today first.
pub async fn called(db: &impl Reads, words: &str, code: &str) -> Result<Vec<Organisation>> {
    db.query(
        "SELECT id, code, slug, name, short_name, sort_key, search_words, gss, kind, kind_name,
                nation, region, county, combined, population, start_on, end_on, homepage,
                mail_domain, is_demo
         FROM organisation
         WHERE code = $2 OR (gss <> '' AND gss = $2) OR name = $1 OR short_name = $1 OR id IN (
             SELECT organisation_id FROM organisation_alias WHERE words = $3
         )
         ORDER BY CASE WHEN end_on = '' THEN 0 ELSE 1 END, sort_key
         LIMIT 5",
    )
    .bind(words)
    .bind(code)
    .bind(crate::naming::sort_key(words))
    .all()
    .await
}

/// A body in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: OrganisationId,
    /// Its word in addresses.
    pub slug: String,
    /// What people call it.
    pub short_name: String,
    /// Its official name.
    pub name: String,
    /// Its type in words.
    pub kind_name: String,
    /// Its nation.
    pub nation: String,
    /// The day from which it is no more.
    pub end_on: String,
    /// Where it stands in lists.
    pub sort_key: String,
}
db::columns!(Listed {
    id,
    slug,
    short_name,
    name,
    kind_name,
    nation,
    end_on,
    sort_key
});

impl Listed {
    /// Whether it is no more on this day.
    pub fn has_ended(&self, today: &str) -> bool {
        super::model::has_ended(&self.end_on, today)
    }

    /// Its address.
    pub fn address(&self) -> String {
        super::model::address(&self.slug)
    }
}

/// Which bodies to list.
#[derive(Clone, Debug, Default)]
pub struct Which<'a> {
    /// Only those that may be meant by these words, each plain.
    pub words: Vec<String>,
    /// Only those of this nation.
    pub nation: Option<&'a str>,
    /// Only those of this type.
    pub kind: Option<&'a str>,
    /// Those that are no more as well.
    pub with_ended: bool,
    /// Only those after this one in the order.
    pub after: &'a str,
    /// What day it is.
    pub today: &'a str,
}

/// Bodies by name.
pub async fn listed(db: &impl Reads, which: &Which<'_>, at_most: i64) -> Result<Vec<Listed>> {
    let filter = Filter::new(
        "SELECT id, slug, short_name, name, kind_name, nation, end_on, sort_key
         FROM organisation",
    )
    .and("sort_key > ?", vec![which.after.into()]);
    let filter = narrowed(filter, which);
    let filter = filter.then("ORDER BY sort_key LIMIT ?", vec![at_most.into()]);
    db.filtered(filter).all().await
}

/// How many bodies fit, wherever they stand in the order.
pub async fn counted(db: &impl Reads, which: &Which<'_>) -> Result<i64> {
    let filter = narrowed(Filter::new("SELECT count(*) FROM organisation"), which);
    let row: (i64,) = db.filtered(filter).one().await?;
    Ok(row.0)
}

fn narrowed(mut filter: Filter, which: &Which<'_>) -> Filter {
    if !which.with_ended {
        let today = vec![which.today.into()];
        filter = filter.and("end_on = '' OR end_on > ?", today);
    }
    if let Some(nation) = which.nation {
        filter = filter.and("nation = ?", vec![nation.into()]);
    }
    if let Some(kind) = which.kind {
        filter = filter.and("kind_name = ?", vec![kind.into()]);
    }
    for word in &which.words {
        filter = filter.and("search_words LIKE ?", vec![format!("%{word}%").into()]);
    }
    filter
}

/// Nations and types with the number of bodies that are there today, or ever were.
pub async fn counts(
    db: &impl Reads,
    today: &str,
    with_ended: bool,
) -> Result<Vec<(String, String, i64)>> {
    db.query(
        "SELECT nation, kind_name, count(*)
         FROM organisation
         WHERE $2 OR end_on = '' OR end_on > $1
         GROUP BY nation, kind_name
         ORDER BY nation, kind_name",
    )
    .bind(today)
    .bind(with_ended)
    .all()
    .await
}

/// The bodies that followed this one.
pub async fn successors(db: &impl Reads, id: &OrganisationId) -> Result<Vec<Listed>> {
    db.query(
        "SELECT o.id, o.slug, o.short_name, o.name, o.kind_name, o.nation, o.end_on, o.sort_key
         FROM organisation_successor s
         JOIN organisation o ON o.id = s.successor_id
         WHERE s.organisation_id = $1
         ORDER BY o.sort_key",
    )
    .bind(id)
    .all()
    .await
}

/// The bodies that this one followed.
pub async fn predecessors(db: &impl Reads, id: &OrganisationId) -> Result<Vec<Listed>> {
    db.query(
        "SELECT o.id, o.slug, o.short_name, o.name, o.kind_name, o.nation, o.end_on, o.sort_key
         FROM organisation_successor s
         JOIN organisation o ON o.id = s.organisation_id
         WHERE s.successor_id = $1
         ORDER BY o.sort_key",
    )
    .bind(id)
    .all()
    .await
}

/// Its other names and former codes.
pub async fn aliases(db: &impl Reads, id: &OrganisationId) -> Result<Vec<Alias>> {
    db.query(
        "SELECT words, alias, is_code FROM organisation_alias
         WHERE organisation_id = $1
         ORDER BY words",
    )
    .bind(id)
    .all()
    .await
}

/// Its figures: what, how much, from where.
pub async fn figures(db: &impl Reads, id: &OrganisationId) -> Result<Vec<(String, f64, String)>> {
    db.query(
        "SELECT name, value, source FROM organisation_figure
         WHERE organisation_id = $1
         ORDER BY name",
    )
    .bind(id)
    .all()
    .await
}

/// Gives a body another mail domain.
pub async fn change_mail_domain(tx: &Tx, id: &OrganisationId, domain: &str) -> Result<()> {
    tx.query("UPDATE organisation SET mail_domain = $2 WHERE id = $1")
        .bind(id)
        .bind(domain)
        .run()
        .await?;
    Ok(())
}

/// Its services by name.
pub async fn services(db: &impl Reads, id: &OrganisationId) -> Result<Vec<Service>> {
    db.query(
        "SELECT id, name, note FROM service
         WHERE organisation_id = $1
         ORDER BY sort_key
         LIMIT 500",
    )
    .bind(id)
    .all()
    .await
}

/// Adds a service.
pub async fn add_service(tx: &Tx, of: &OrganisationId, service: &Service, key: &str) -> Result<()> {
    tx.query(
        "INSERT INTO service (id, organisation_id, name, sort_key, note)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&service.id)
    .bind(of)
    .bind(&service.name)
    .bind(key)
    .bind(&service.note)
    .run()
    .await?;
    Ok(())
}

/// Gives a service of this body another name and note.
pub async fn rename_service(
    tx: &Tx,
    of: &OrganisationId,
    service: &Service,
    key: &str,
) -> Result<u64> {
    tx.query(
        "UPDATE service SET name = $3, sort_key = $4, note = $5
         WHERE id = $1 AND organisation_id = $2",
    )
    .bind(&service.id)
    .bind(of)
    .bind(&service.name)
    .bind(key)
    .bind(&service.note)
    .run()
    .await
}

/// Takes a service of this body off its list.
pub async fn remove_service(tx: &Tx, of: &OrganisationId, id: &str) -> Result<u64> {
    tx.query("DELETE FROM service WHERE id = $1 AND organisation_id = $2")
        .bind(id)
        .bind(of)
        .run()
        .await
}
