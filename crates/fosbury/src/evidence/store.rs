//! Evidence in the database, as a viewer may read it: both it and what it is about.

use db::{Db, Filter, Reads, Result, Tx};

use super::model::{Item, KINDS_OF_EVIDENCE, STRENGTHS, ties, weight};
use super::store_ties;
use crate::history::model::{Parts, RecordId};
use crate::history::store::{Listed, VISIBLE, seen_by};
use crate::viewer::Viewer;

/// Items that may be told twice, looked at in one go.
const TWINS: i64 = 500;
/// The condition that an item `e` is about a record: its kind and number, or the number of one that
/// was merged into it, directly or in turn. `CROSS JOIN` begins with the record, not with all ties.
const ABOUT: &str = "e.number IN (
         WITH RECURSIVE led (number) AS (
             SELECT CAST(? AS BIGINT)
             UNION
             SELECT f.number FROM record f
             JOIN led ON f.into_number = led.number
             WHERE f.kind = ? AND f.state = 'merged'
         )
         SELECT t.evidence FROM led
         CROSS JOIN evidence_tie t
         WHERE t.number = led.number AND t.kind = ?)";

/// Brings an item's facts up to date, and what it is about.
pub async fn keep(tx: &Tx, id: &RecordId, number: i64, parts: &Parts) -> Result<()> {
    tx.query(
        "INSERT INTO evidence (
             record_id, number, kind, strength, weight, points, source, link, told_on, quote
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (record_id) DO UPDATE SET
             kind = excluded.kind, strength = excluded.strength, weight = excluded.weight,
             points = excluded.points, source = excluded.source, link = excluded.link,
             told_on = excluded.told_on, quote = excluded.quote",
    )
    .bind(id)
    .bind(number)
    .bind(parts.get("kind"))
    .bind(parts.get("strength"))
    .bind(weight(parts.get("strength")))
    .bind(parts.get("points"))
    .bind(parts.get("source"))
    .bind(parts.get("link"))
    .bind(parts.get("date"))
    .bind(parts.get("quote"))
    .run()
    .await?;
    store_ties::keep(tx, number, parts).await
}

/// Which items to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which<'a> {
    /// Only those about this: a kind of record or `trial`, and its number. Whether the viewer may
    /// see that is asked before.
    pub about: Option<(&'a str, i64)>,
    /// Only those of this strength.
    pub strength: Option<&'a str>,
    /// Only those of this kind.
    pub kind: Option<&'a str>,
    /// Only that with this number.
    pub number: Option<i64>,
    /// So many of them are passed over.
    pub after: i64,
}

impl Which<'_> {
    fn added_to(&self, filter: Filter, viewer: &Viewer) -> Filter {
        let mut filter = filter
            .and("r.id = e.record_id AND r.state = 'live'", Vec::new())
            .and(VISIBLE, seen_by(viewer));
        if let Some((kind, number)) = self.about {
            filter = filter.and(ABOUT, vec![number.into(), kind.into(), kind.into()]);
        }
        if let Some(strength) = self.strength {
            filter = filter.and("e.strength = ?", vec![strength.into()]);
        }
        if let Some(kind) = self.kind {
            filter = filter.and("e.kind = ?", vec![kind.into()]);
        }
        if let Some(number) = self.number {
            filter = filter.and("e.number = ?", vec![number.into()]);
        }
        filter
    }
}

/// Live items, the strongest first and of these the newest.
pub async fn listed(
    db: &impl Reads,
    viewer: &Viewer,
    which: &Which<'_>,
    at_most: i64,
) -> Result<Vec<Item>> {
    if let Some((kind, number)) = which.about
        && !has_merged(db, kind, number).await?
    {
        return about_one(db, viewer, which, (kind, number), at_most).await;
    }
    let filter = Filter::new(
        "SELECT e.number, r.title, r.slug, r.summary, r.is_unfinished, r.visibility, e.kind,
                e.strength, e.points, e.source, e.link, e.told_on, e.quote
         FROM evidence e
         CROSS JOIN record r",
    );
    let filter = which.added_to(filter, viewer).then(
        "ORDER BY e.weight DESC, e.told_on DESC, e.number DESC LIMIT ? OFFSET ?",
        vec![at_most.into(), which.after.into()],
    );
    db.filtered(filter).all().await
}

/// Whether another record of this kind was merged into this one: its items are shown here as well.
async fn has_merged(db: &impl Reads, kind: &str, number: i64) -> Result<bool> {
    let row: Option<(i64,)> = db
        .query(
            "SELECT number FROM record
             WHERE kind = $1 AND into_number = $2 AND state = 'merged'
             LIMIT 1",
        )
        .bind(kind)
        .bind(number)
        .one_or_none()
        .await?;
    Ok(row.is_some())
}

/// Items about one thing in the same order, read from the index of ties until the page is full:
/// `CROSS JOIN` begins with it.
async fn about_one(
    db: &impl Reads,
    viewer: &Viewer,
    which: &Which<'_>,
    (kind, number): (&str, i64),
    at_most: i64,
) -> Result<Vec<Item>> {
    let filter = Filter::new(
        "SELECT e.number, r.title, r.slug, r.summary, r.is_unfinished, r.visibility, e.kind,
                e.strength, e.points, e.source, e.link, e.told_on, e.quote
         FROM evidence_tie t
         CROSS JOIN evidence e
         CROSS JOIN record r",
    )
    .and(
        "t.kind = ? AND t.number = ? AND e.number = t.evidence",
        vec![kind.into(), number.into()],
    );
    let others = Which {
        about: None,
        ..*which
    };
    let filter = others.added_to(filter, viewer).then(
        "ORDER BY t.weight DESC, t.told_on DESC, t.evidence DESC LIMIT ? OFFSET ?",
        vec![at_most.into(), which.after.into()],
    );
    db.filtered(filter).all().await
}

/// The facts of a live item.
pub async fn item(db: &impl Reads, viewer: &Viewer, number: i64) -> Result<Option<Item>> {
    let which = Which {
        number: Some(number),
        ..Which::default()
    };
    Ok(listed(db, viewer, &which, 1).await?.pop())
}

/// How many items there are of each strength.
pub async fn by_strength(
    db: &impl Reads,
    viewer: &Viewer,
    which: &Which<'_>,
) -> Result<Vec<(&'static str, i64)>> {
    let filter = Filter::new(
        "SELECT count(*) FILTER (WHERE e.strength = 'told'),
                count(*) FILTER (WHERE e.strength = 'observed'),
                count(*) FILTER (WHERE e.strength = 'measured'),
                count(*) FILTER (WHERE e.strength = 'compared'),
                count(*) FILTER (WHERE e.strength = 'repeated')
         FROM evidence e
         CROSS JOIN record r",
    );
    let counts: (i64, i64, i64, i64, i64) =
        db.filtered(which.added_to(filter, viewer)).one().await?;
    let counts = [counts.0, counts.1, counts.2, counts.3, counts.4];
    Ok(STRENGTHS.into_iter().zip(counts).collect())
}

/// How many items there are of each kind.
pub async fn by_kind(
    db: &impl Reads,
    viewer: &Viewer,
    which: &Which<'_>,
) -> Result<Vec<(&'static str, i64)>> {
    let filter = Filter::new(
        "SELECT count(*) FILTER (WHERE e.kind = 'study'),
                count(*) FILTER (WHERE e.kind = 'figures'),
                count(*) FILTER (WHERE e.kind = 'document'),
                count(*) FILTER (WHERE e.kind = 'story'),
                count(*) FILTER (WHERE e.kind = 'recording'),
                count(*) FILTER (WHERE e.kind = 'picture'),
                count(*) FILTER (WHERE e.kind = 'other')
         FROM evidence e
         CROSS JOIN record r",
    );
    let counts: (i64, i64, i64, i64, i64, i64, i64) =
        db.filtered(which.added_to(filter, viewer)).one().await?;
    let counts = [
        counts.0, counts.1, counts.2, counts.3, counts.4, counts.5, counts.6,
    ];
    Ok(KINDS_OF_EVIDENCE.into_iter().zip(counts).collect())
}

/// The live records that an item is about; one that was merged is the one it was merged into.
pub async fn records_of(db: &impl Reads, viewer: &Viewer, evidence: i64) -> Result<Vec<Listed>> {
    db.query(
        "WITH RECURSIVE led (kind, number) AS (
             SELECT kind, number FROM evidence_tie WHERE evidence = $3
             UNION
             SELECT f.kind, f.into_number FROM record f
             JOIN led ON f.kind = led.kind AND f.number = led.number
             WHERE f.state = 'merged' AND f.into_number IS NOT NULL
         )
         SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM led
         JOIN record r ON r.kind = led.kind AND r.number = led.number
         WHERE r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.kind, r.number",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(evidence)
    .all()
    .await
}

/// Items that the viewer may read, about one of the same things, that tell what these parts tell.
pub async fn twins(db: &Db, viewer: &Viewer, parts: &Parts) -> Result<Vec<Listed>> {
    let mut found: Vec<Item> = Vec::new();
    for (kind, number) in ties(parts) {
        let which = Which {
            about: Some((kind, number)),
            ..Which::default()
        };
        let items = listed(db, viewer, &which, TWINS).await?.into_iter();
        found.extend(items.filter(|item| item.is_told_by(parts)));
    }
    found.sort_by_key(|item| item.number);
    found.dedup_by_key(|item| item.number);
    let as_listed = |item: Item| Listed {
        kind: "evidence".to_owned(),
        number: item.number,
        title: item.title,
        slug: item.slug,
        summary: item.summary,
        is_unfinished: item.is_unfinished,
    };
    Ok(found.into_iter().map(as_listed).collect())
}
