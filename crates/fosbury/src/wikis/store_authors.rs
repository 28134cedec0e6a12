//! Who wrote in wikis that came, and whose accounts those are. `$1` and `$2` are the viewer's where
//! revisions are counted.

use std::collections::BTreeSet;

use db::{Reads, Result, Tx};

use crate::ids::hashed;
use crate::time::Moment;
use crate::viewer::{PersonId, Viewer};

/// A mail address as it is kept: nobody reads it out of the hash, and the same address is another in
/// every wiki.
pub fn kept_address(wiki: &str, address: &str) -> String {
    hashed(&format!("{wiki}|{}", address.trim().to_lowercase()))
}

/// Writes down who wrote in a wiki: those whose revisions came and whom nobody wrote down yet, with
/// the addresses that the wiki knew.
pub async fn gather(
    tx: &Tx,
    wiki: &str,
    nameless: &[&str],
    users: &[(String, String)],
) -> Result<()> {
    let rows: Vec<(String,)> = tx
        .query(
            "SELECT wrote.name FROM (
                 SELECT v.author_name AS name
                 FROM wiki_page p
                 JOIN wiki_text t ON t.record_id = p.record_id
                 JOIN revision v ON v.record_id = t.record_id AND v.seq = t.seq
                 WHERE p.wiki_id = $1 AND v.author_id IS NULL
                 UNION
                 SELECT f.author FROM file_version f WHERE f.wiki_id = $1
             ) wrote
             WHERE NOT EXISTS (SELECT 1 FROM wiki_author a
                 WHERE a.wiki_id = $1 AND a.name = wrote.name)
             ORDER BY wrote.name",
        )
        .bind(wiki)
        .all()
        .await?;
    let named = rows.into_iter().map(|row| row.0);
    let named = named.filter(|name| !nameless.contains(&name.as_str()));
    let rows = named.map(|name| {
        let mut known = users.iter().filter(|(user, _)| *user == name);
        // A name that two people share is no proof.
        let address = known.next().filter(|_| known.next().is_none());
        let hash = address
            .filter(|(_, address)| address.contains('@'))
            .map(|(_, address)| kept_address(wiki, address));
        vec![wiki.into(), name.into(), hash.into()]
    });
    tx.insert_many(
        "wiki_author (wiki_id, name, address_hash)",
        3,
        rows.collect(),
    )
    .await
}

async fn tie_known(
    tx: &Tx,
    wiki: &str,
    person: &PersonId,
    address: &str,
    now: Moment,
) -> Result<u64> {
    tx.query(
        "UPDATE wiki_author SET person_id = $3, claimed_at = $4, confirmed_at = $4
         WHERE wiki_id = $1 AND address_hash = $2 AND confirmed_at IS NULL",
    )
    .bind(wiki)
    .bind(kept_address(wiki, address))
    .bind(person)
    .bind(now)
    .run()
    .await
}

/// Ties what somebody wrote in wikis to their account, where the wiki knew the address that they
/// just proved; whether there was anything.
pub async fn recognise(tx: &Tx, person: &PersonId, address: &str, now: Moment) -> Result<bool> {
    let wikis: Vec<(String,)> = tx
        .query(
            "SELECT DISTINCT wiki_id FROM wiki_author
             WHERE address_hash IS NOT NULL AND confirmed_at IS NULL
             ORDER BY wiki_id",
        )
        .all()
        .await?;
    let mut tied = 0;
    for (wiki,) in wikis {
        tied += tie_known(tx, &wiki, person, address, now).await?;
    }
    Ok(tied > 0)
}

/// Somebody who wrote in a wiki.
#[derive(Clone, Debug)]
pub struct Author {
    /// The wiki's number.
    pub wiki: i64,
    /// What the wiki is called.
    pub title: String,
    /// As the wiki named them.
    pub name: String,
    /// Revisions on pages that the viewer may see.
    pub revisions: i64,
    /// Whose account it is said to be.
    pub person_id: Option<PersonId>,
    /// How that person is called.
    pub person: String,
    /// When somebody said so.
    pub claimed_at: Option<Moment>,
    /// When it was confirmed.
    pub confirmed_at: Option<Moment>,
}
db::columns!(Author {
    wiki,
    title,
    name,
    revisions,
    person_id,
    person,
    claimed_at,
    confirmed_at
});

/// Everybody who wrote on a page that the viewer may see, by wiki and name. `CROSS JOIN` looks each
/// revision's author up, not each author's revisions among all.
pub async fn all(db: &impl Reads, viewer: &Viewer) -> Result<Vec<Author>> {
    db.query(
        "SELECT w.number, w.title, a.name, count(*), a.person_id, coalesce(o.name, ''),
                a.claimed_at, a.confirmed_at
         FROM wiki w
         JOIN wiki_page p ON p.wiki_id = w.id
         JOIN record r ON r.id = p.record_id
         JOIN revision v ON v.record_id = r.id AND v.author_id IS NULL
         CROSS JOIN wiki_author a
         LEFT JOIN person o ON o.id = a.person_id
         WHERE a.wiki_id = p.wiki_id AND a.name = v.author_name
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         GROUP BY w.number, w.title, a.name, a.person_id, o.name, a.claimed_at, a.confirmed_at
         ORDER BY w.number, a.name
         LIMIT 2000",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .all()
    .await
}

/// Notes that somebody says they are an author; false where it is somebody's already.
pub async fn claim(
    tx: &Tx,
    (wiki, name): (i64, &str),
    person: &PersonId,
    now: Moment,
) -> Result<bool> {
    let claimed = tx
        .query(
            "UPDATE wiki_author SET person_id = $3, claimed_at = $4
             WHERE wiki_id = (SELECT id FROM wiki WHERE number = $1) AND name = $2
             AND person_id IS NULL",
        )
        .bind(wiki)
        .bind(name)
        .bind(person)
        .bind(now)
        .run()
        .await?;
    Ok(claimed > 0)
}

/// Confirms what somebody said; false where nobody says so any more.
pub async fn confirm(
    tx: &Tx,
    (wiki, name): (i64, &str),
    (person, by): (&str, &PersonId),
    now: Moment,
) -> Result<bool> {
    let confirmed = tx
        .query(
            "UPDATE wiki_author SET confirmed_at = $4, confirmed_by = $5
             WHERE wiki_id = (SELECT id FROM wiki WHERE number = $1) AND name = $2
             AND person_id = $3 AND confirmed_at IS NULL",
        )
        .bind(wiki)
        .bind(name)
        .bind(person)
        .bind(now)
        .bind(by)
        .run()
        .await?;
    Ok(confirmed > 0)
}

/// Takes a tie back. The address is forgotten, so that it does not come again by itself.
pub async fn untie(tx: &Tx, (wiki, name): (i64, &str), person: &str) -> Result<bool> {
    let untied = tx
        .query(
            "UPDATE wiki_author
             SET person_id = NULL, claimed_at = NULL, confirmed_at = NULL, confirmed_by = NULL,
                 address_hash = NULL
             WHERE wiki_id = (SELECT id FROM wiki WHERE number = $1) AND name = $2
             AND person_id = $3",
        )
        .bind(wiki)
        .bind(name)
        .bind(person)
        .run()
        .await?;
    Ok(untied > 0)
}

/// Whether two names may be one person's: the same, or the same first name and initial.
pub fn are_alike(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let plain = crate::naming::sort_key(name);
        plain.split_whitespace().map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    let (Some(first), Some(its)) = (one.first(), other.first()) else {
        return false;
    };
    if one.iter().collect::<BTreeSet<_>>() == other.iter().collect::<BTreeSet<_>>() {
        return true;
    }
    let initial = |name: &[String]| name.get(1..).and_then(<[String]>::last)?.chars().next();
    first == its && (one.len() == 1 || other.len() == 1 || initial(&one) == initial(&other))
}

#[cfg(test)]
mod tests {
    use super::{are_alike, kept_address};

    #[test]
    fn names_are_alike_where_one_person_may_be_called_both() {
        for (one, other) in [
            ("Kit Hughes", "Kit H."),
            ("Kit", "kit hughes"),
            ("Hughes, Kit", "Kit Hughes"),
            ("Zoë Ash", "zoe A"),
        ] {
            assert!(are_alike(one, other), "{one} and {other}");
        }
        for (one, other) in [("Kit Hughes", "Kit Moor"), ("Kit", "Tom"), ("", "Kit")] {
            assert!(!are_alike(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn an_address_is_kept_as_something_that_says_nothing_of_it() {
        let kept = kept_address("w1", " Ann@Example.org ");
        assert_eq!(kept, kept_address("w1", "ann@example.org"));
        assert_ne!(kept, kept_address("w2", "ann@example.org"));
        assert!(!kept.contains("ann"));
    }
}
