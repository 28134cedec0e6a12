//! A guide that says what a hurdle or a solution says already becomes a part of it, or is told of
//! in its discussion.

use web::{OrNotFound, Trouble};

use super::doing::{Acting, changed, is_protected};
use super::model::{Becomes, mapped};
use super::store::Turned;
use crate::discussion::going_along::may_go_along;
use crate::discussion::model::What;
use crate::discussion::saying;
use crate::harvesting::making;
use crate::history::forms::called;
use crate::history::model::{Parts, Record};
use crate::history::saving::{self, Author, Note};
use crate::history::store as texts;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::subjects::kind_called;

/// Letters of a guide that a comment repeats.
const REPEATED: usize = 600;

/// The part in which a guide's words go on.
fn goes_on_in(kind: &str) -> Option<(&'static str, Becomes)> {
    match kind {
        "hurdle" => Some(("detail", Becomes::Hurdle)),
        "solution" => Some(("steps", Becomes::Solution)),
        _ => None,
    }
}

/// The hurdle or solution of this number that may take in a guide.
async fn target(
    v: &Visit,
    app: &App,
    guide: &Record,
    (kind, number): (&str, i64),
) -> Answer<Option<Record>> {
    if goes_on_in(kind).is_none() {
        return Ok(None);
    }
    let page = texts::record(&app.db, &v.viewer, kind, number).await?;
    match page.filter(Record::is_live) {
        Some(page) if may_go_along(&app.db, guide, &page).await? => Ok(Some(page)),
        _ => Ok(None),
    }
}

/// Merges a guide into a hurdle or a solution: its words go on under its title, its title is what
/// people also say. Nothing where it cannot be.
pub async fn merged(
    v: &Visit,
    app: &App,
    guide: &Record,
    into: (&str, i64),
) -> Answer<Option<Record>> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let Some(mut page) = target(v, app, guide, into).await? else {
        return Ok(None);
    };
    if is_protected(v, app, guide).await? || is_protected(v, app, &page).await? {
        return Ok(None);
    }
    let kind = kind_called(&page.kind).or_not_found()?;
    let (part, becomes) = goes_on_in(&page.kind).or_not_found()?;
    let of = |record: &Record| (record.id.clone(), record.head);
    let (own, theirs) = (of(guide), of(&page));
    let tx = app.db.begin().await?;
    let own = texts::revision(&tx, &own.0, own.1).await?.or_not_found()?;
    let theirs = texts::revision(&tx, &theirs.0, theirs.1).await?;
    let (own, theirs) = (own.parts(), theirs.or_not_found()?.parts());
    let joined = joined(&own, &theirs, part, becomes);
    let longest = kind.part(part).map_or(0, |part| part.longest);
    if joined.get(part).chars().count() > longest {
        return Ok(None);
    }
    let acting = Acting {
        v,
        tx: &tx,
        guide,
        parts: &own,
        person,
    };
    let mut note = Note::of("absorb", Author::of(person), v.now());
    let (named, title) = (called(v, guide), &guide.title);
    note.summary = v.with_two("merge-summary", ("page", &named), ("title", title));
    if !saving::advance(&tx, kind, &mut page, &theirs, &joined, &note).await? {
        return Err(changed().into());
    }
    let turned = Turned {
        to_id: page.id.clone(),
        session: None,
        seq: page.head,
        is_made: false,
    };
    acting.leads_to(&page, &turned).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(Some(page))
}

/// The parts of a page with a guide's words in them.
fn joined(own: &Parts, theirs: &Parts, part: &str, becomes: Becomes) -> Parts {
    let mut joined = theirs.clone();
    let title = own.get("title");
    let words = own.get("text");
    if !words.is_empty() {
        let before = theirs.get(part);
        let gap = if before.is_empty() { "" } else { "\n\n" };
        joined.set(part, &format!("{before}{gap}## {title}\n\n{words}"));
    }
    let mapped = mapped(becomes, own);
    for key in ["phrases", "tags"] {
        let mut lines = theirs.list(key);
        lines.extend(mapped.list(key));
        if key == "phrases" && title != theirs.get("title") {
            lines.push(title.to_owned());
        }
        let mut seen = std::collections::BTreeSet::new();
        lines.retain(|line| seen.insert(line.clone()));
        joined.set(key, &lines.join("\n"));
    }
    joined
}

/// Tells of a guide in the discussion of a hurdle or a solution; the guide stays as it is. Nothing
/// where its words may not stand there.
pub async fn repeated(
    v: &Visit,
    app: &App,
    guide: &Record,
    (there, what): ((&str, i64), What),
) -> Answer<Option<Record>> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let Some(page) = target(v, app, guide, there).await? else {
        return Ok(None);
    };
    let head = texts::revision(&app.db, &guide.id, guide.head).await?;
    let parts = head.or_not_found()?.parts();
    let opening = saving::in_short(parts.get("text"), REPEATED);
    let title = guide.title.replace(['[', ']'], "");
    let words = format!("> {opening}\n\n[{title}]({})", guide.address());
    let is_held = saying::is_held(v, app, &words).await?;
    let tx = app.db.begin().await?;
    making::repeat(&tx, (&page, what), (&words, is_held), person, v.now()).await?;
    texts::index_changed(&tx, &page.id).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(Some(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_takes_in_all_words_of_a_guide_and_keeps_its_own() {
        let mut own = Parts::default();
        own.set("title", "Filters");
        own.set("text", "All is blocked.");
        own.set("tags", "it\nweb");
        let mut theirs = Parts::default();
        theirs.set("title", "Blocked");
        theirs.set("detail", "Since 2009.");
        theirs.set("tags", "web");
        let both = joined(&own, &theirs, "detail", Becomes::Hurdle);
        assert_eq!(
            both.get("detail"),
            "Since 2009.\n\n## Filters\n\nAll is blocked."
        );
        assert_eq!(both.get("tags"), "web\nit");
        assert_eq!(both.get("phrases"), "Filters");
        assert_eq!(both.get("title"), "Blocked");
    }
}
