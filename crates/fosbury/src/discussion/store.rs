//! What was said, as this viewer may read it.

use db::{Filter, Reads, Result};

use super::model::Said;
use super::places::PlaceId;
use super::store_places::about;
use crate::time::Moment;
use crate::viewer::Viewer;

pub use super::store_held::{
    Act, NewAct, acts, every_held, held, held_counts, is_full, note_act, take, to_decide,
};
pub use super::store_places::{
    LIVE, READABLE, note_shown, readers, session_number, slug_of, trial_number,
};
pub use super::store_saying::{
    NewSaid, edit, erase, forget_settled, forget_thanks, forget_trial, insert, let_go,
    publish_revision, remove, settle, thank,
};
pub use super::store_waiting::{
    Changed, News, Whom, changes_watched, names, news, read_until, seen_until, set_seen, tell,
    unread, voices,
};
pub use super::store_watching::{
    Watched, concerned, is_watched, unwatch, watch, watched, watchers,
};

/// What was said, of whatever page; the first value is the viewer's id.
pub(super) const SAID_ANYWHERE: &str =
    "SELECT s.id, s.number, s.what, s.state, s.thread, s.base, s.became, s.made_at,
            s.settled_at, s.edited_at, s.author_id, coalesce(p.name, s.author_name), s.note,
            s.why, s.words,
            coalesce(r.kind, CASE WHEN s.trial_id IS NOT NULL THEN 'trial'
                                  WHEN s.session_id IS NOT NULL THEN 'session'
                                  ELSE 'organisation' END),
            coalesce(r.number, t.number, g.number, 0), coalesce(r.title, h.title, g.title, o.short_name, ''),
            coalesce(r.slug, g.slug, o.slug, ''), coalesce(s.record_id, s.trial_id, s.session_id, s.organisation_id),
            coalesce(t.hurdle, CASE WHEN r.kind = 'hurdle' THEN r.number ELSE 0 END),
            (SELECT count(*) FROM thanks k WHERE k.said_id = s.id),
            EXISTS (SELECT 1 FROM thanks k WHERE k.said_id = s.id AND k.person_id = ?),
            coalesce(e.is_young, false)
     FROM said s
     LEFT JOIN record r ON r.id = s.record_id
     LEFT JOIN trial t ON t.id = s.trial_id
     LEFT JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
     LEFT JOIN record w ON w.kind = 'solution' AND w.number = t.solution
     LEFT JOIN session g ON g.id = s.session_id
     LEFT JOIN event e ON e.number = g.event
     LEFT JOIN record y ON y.id = e.record_id
     LEFT JOIN organisation o ON o.id = s.organisation_id
     LEFT JOIN person p ON p.id = s.author_id";
/// Comments, ways over and calls for help.
const IS_SPOKEN: &str = "s.what IN ('comment', 'way', 'help')";
/// Those that stand in a discussion; the author sees their own that wait.
const IS_STANDING: &str = "s.state IN ('published', 'removed', 'taken', 'erased')
     OR (s.state = 'held' AND s.author_id = ?)";

/// The threads of a page that begin before this number, newest first: their first comments.
pub async fn threads(
    db: &impl Reads,
    viewer: &Viewer,
    place: &PlaceId,
    before: i64,
    at_most: i64,
) -> Result<Vec<Said>> {
    let filter = Filter::with(SAID_ANYWHERE, vec![viewer.id().into()])
        .and("s.thread = s.number AND s.number < ?", vec![before.into()])
        .and(IS_SPOKEN, Vec::new())
        .and(IS_STANDING, vec![viewer.id().into()])
        .and(READABLE, readers(viewer));
    let filter = about(filter, place).then("ORDER BY s.number DESC LIMIT ?", vec![at_most.into()]);
    known(db, filter).await
}

/// The answers in the threads from `first` to `last`, in their order.
pub async fn answers(
    db: &impl Reads,
    viewer: &Viewer,
    place: &PlaceId,
    first: i64,
    last: i64,
) -> Result<Vec<Said>> {
    let filter = Filter::with(SAID_ANYWHERE, vec![viewer.id().into()])
        .and(
            "s.thread BETWEEN ? AND ? AND s.thread <> s.number",
            vec![first.into(), last.into()],
        )
        .and(IS_SPOKEN, Vec::new())
        .and(IS_STANDING, vec![viewer.id().into()])
        .and(READABLE, readers(viewer));
    let filter = about(filter, place).then("ORDER BY s.number LIMIT 1000", Vec::new());
    known(db, filter).await
}

/// The newest published comments of a page, for its feed and for programs: those before a number.
pub async fn newest(
    db: &impl Reads,
    viewer: &Viewer,
    place: &PlaceId,
    before: i64,
    at_most: i64,
) -> Result<Vec<Said>> {
    let filter = Filter::with(SAID_ANYWHERE, vec![viewer.id().into()])
        .and(
            "s.state = 'published' AND s.number < ?",
            vec![before.into()],
        )
        .and(IS_SPOKEN, Vec::new())
        .and(READABLE, readers(viewer));
    let filter = about(filter, place).then("ORDER BY s.number DESC LIMIT ?", vec![at_most.into()]);
    known(db, filter).await
}

/// How many comments of a page this viewer can read, answers included.
pub async fn count(db: &impl Reads, viewer: &Viewer, place: &PlaceId) -> Result<i64> {
    let filter = Filter::new(
        "SELECT count(*)
         FROM said s
         LEFT JOIN record r ON r.id = s.record_id
         LEFT JOIN trial t ON t.id = s.trial_id
         LEFT JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record w ON w.kind = 'solution' AND w.number = t.solution
         LEFT JOIN session g ON g.id = s.session_id
         LEFT JOIN event e ON e.number = g.event
         LEFT JOIN record y ON y.id = e.record_id",
    )
    .and("s.state = 'published'", Vec::new())
    .and(IS_SPOKEN, Vec::new())
    .and(READABLE, readers(viewer));
    let row: (i64,) = db.filtered(about(filter, place)).one().await?;
    Ok(row.0)
}

/// What has this number, whatever became of it: the page at hand decides who reads on.
pub async fn numbered(db: &impl Reads, viewer: &Viewer, number: i64) -> Result<Option<Said>> {
    let filter = Filter::with(SAID_ANYWHERE, vec![viewer.id().into()])
        .and("s.number = ?", vec![number.into()])
        .and(LIVE, Vec::new())
        .and(READABLE, readers(viewer));
    let found: Option<Said> = db.filtered(filter).one_or_none().await?;
    Ok(found.map(Said::known))
}

/// What was said, initials in place of names where young people were.
pub(super) async fn known(db: &impl Reads, filter: Filter) -> Result<Vec<Said>> {
    let found: Vec<Said> = db.filtered(filter).all().await?;
    Ok(found.into_iter().map(Said::known).collect())
}

/// What was said under a private link: who has the link is its author. The page's title is not told:
/// it may have been hidden since.
pub async fn by_secret(db: &impl Reads, secret_hash: &str) -> Result<Option<Said>> {
    let filter = Filter::with(SAID_ANYWHERE, vec!["".into()])
        .and("s.secret_hash = ?", vec![secret_hash.into()]);
    let found: Option<Said> = db.filtered(filter).one_or_none().await?;
    Ok(found.map(Said::without_title))
}

/// The number and the state of what this viewer said under this id.
pub async fn said_by(db: &impl Reads, viewer: &Viewer, id: &str) -> Result<Option<(i64, String)>> {
    db.query("SELECT number, state FROM said WHERE id = $1 AND author_id = $2")
        .bind(id)
        .bind(viewer.id())
        .one_or_none()
        .await
}

/// The thread and the words of a comment; of nothing else.
pub async fn spoken(db: &impl Reads, id: &str) -> Result<Option<(i64, String)>> {
    db.query("SELECT thread, words FROM said WHERE id = $1 AND what IN ('comment', 'way', 'help')")
        .bind(id)
        .one_or_none()
        .await
}

/// What somebody has published so far, and when they joined.
pub async fn standing(db: &impl Reads, person: &str) -> Result<(i64, Moment)> {
    db.query(
        "SELECT (SELECT count(*) FROM said s WHERE s.author_id = p.id AND s.state = 'published'),
                p.joined_at
         FROM person p
         WHERE p.id = $1",
    )
    .bind(person)
    .one()
    .await
}
