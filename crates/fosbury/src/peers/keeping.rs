//! What may be done to a group of bodies, by the same rules for pages and programs.

use db::{Error, Tx};
use web::{OrNotFound, Trouble};

use super::groups::found;
use super::model::{self, Act, Group, MOST_GROUPS, MOST_MEMBERS};
use super::store;
use super::store_writing::{self as writing, Change, New};
use crate::history::one_called;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::{Organisation, day_of};
use crate::organisations::show::{body_at, keeps};
use crate::people::audit;
use crate::state::App;
use crate::store_log;
use crate::trials::choosing::ended;

/// The body in whose name this viewer may begin a group.
pub async fn beginner(v: &Visit, app: &App, slug: &str) -> Answer<Organisation> {
    let body = body_at(app, slug).await?;
    if !keeps(v, &body) {
        return Err(Trouble::Forbidden.into());
    }
    if body.has_ended(&day_of(v.now())) {
        return Err(Trouble::Gone.into());
    }
    Ok(body)
}

/// The group, if it is there and this viewer keeps it.
pub async fn kept(v: &Visit, app: &App, number: &str) -> Answer<Group> {
    let group = found(v, app, number).await?;
    if group.removed_at.is_some() {
        return Err(Trouble::Gone.into());
    }
    if group.is_kept_by(&v.viewer) {
        Ok(group)
    } else {
        Err(Trouble::Forbidden.into())
    }
}

/// A group's name and reason as somebody wrote them, tidied, if they can be.
fn read(
    v: &Visit,
    (name, why): (&str, &str),
    errors: &mut FieldErrors,
) -> Option<(String, String)> {
    let (name, why) = (model::name(name), model::why(why));
    if name.is_none() {
        errors.add(
            "name",
            v.with("wrong-group-name", "most", model::LONGEST_NAME),
        );
    }
    if why.is_none() {
        errors.add("why", v.with("wrong-group-why", "most", model::LONGEST_WHY));
    }
    Some((name?, why?))
}

/// Begins a group with this name and reason, of which this body is the first; its number, or what is
/// wrong.
pub async fn begun(
    v: &Visit,
    app: &App,
    body: &Organisation,
    said: (&str, &str),
) -> Answer<Result<i64, FieldErrors>> {
    let mut errors = FieldErrors::default();
    let told = read(v, said, &mut errors);
    let kept = store::kept_by(&app.db, &body.key()).await?;
    if usize::try_from(kept).is_ok_and(|kept| kept >= MOST_GROUPS) {
        errors.add("name", v.with("wrong-group-many", "most", MOST_GROUPS));
    } else if let Some((name, why)) = told {
        let tx = app.db.begin().await?;
        let new = New {
            keeper: &body.key(),
            name: &name,
            why: &why,
            is_demo: false,
        };
        match writing::begin(&tx, &new).await {
            Err(Error::Duplicate) => errors.add("name", v.with("wrong-group-taken", "name", name)),
            begun => {
                let number = begun?;
                writing::add(&tx, number, &body.key()).await?;
                noted(v, tx, (number, 1), Act::Begun, &body.short_name, &name).await?;
                return Ok(Ok(number));
            }
        }
    }
    Ok(Err(errors))
}

/// Gives a group another name or reason, or says what is wrong with them.
pub async fn renamed(
    v: &Visit,
    app: &App,
    group: &Group,
    said: (&str, &str),
) -> Answer<Result<(), FieldErrors>> {
    let mut errors = FieldErrors::default();
    if let Some((name, why)) = read(v, said, &mut errors) {
        let tx = app.db.begin().await?;
        let seq = next(&tx, group).await?;
        match writing::rename(&tx, group.number, &name, &why).await {
            Err(Error::Duplicate) => errors.add("name", v.with("wrong-group-taken", "name", name)),
            renamed => {
                renamed?;
                noted(v, tx, (group.number, seq), Act::Renamed, "", &name).await?;
                return Ok(Ok(()));
            }
        }
    }
    Ok(Err(errors))
}

/// Takes a group away.
pub async fn removed(v: &Visit, app: &App, group: &Group) -> Answer<()> {
    let tx = app.db.begin().await?;
    let seq = next(&tx, group).await?;
    writing::remove(&tx, group.number, v.now()).await?;
    let which = (group.number, seq);
    noted(v, tx, which, Act::Removed, &group.name, &group.name).await
}

/// Takes the body that these words name into a group, or says why not.
pub async fn added(v: &Visit, app: &App, group: &Group, words: &str) -> Answer<Result<(), String>> {
    let body = match wanted(v, app, group, words).await? {
        Ok(body) => body,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let tx = app.db.begin().await?;
    let seq = next(&tx, group).await?;
    match writing::add(&tx, group.number, &body.key()).await {
        Err(Error::Duplicate) => Ok(Err(v.with("wrong-group-twice", "name", body.short_name))),
        added => {
            added?;
            let (which, name) = ((group.number, seq), &body.short_name);
            noted(v, tx, which, Act::Added, name, &group.name).await?;
            Ok(Ok(()))
        }
    }
}

/// The body that is meant, if it can come in; or a sentence why not.
async fn wanted(
    v: &Visit,
    app: &App,
    group: &Group,
    words: &str,
) -> Answer<Result<Organisation, String>> {
    if words.is_empty() {
        return Ok(Err(v.say("wrong-group-nobody")));
    }
    if usize::try_from(group.members).is_ok_and(|members| members >= MOST_MEMBERS) {
        return Ok(Err(v.with("wrong-group-full", "most", MOST_MEMBERS)));
    }
    Ok(match one_called(app, words).await? {
        Err(key) => Err(v.with(key, "words", words)),
        Ok(body) if body.has_ended(&day_of(v.now())) => Err(ended(v, app, &body).await?),
        Ok(body) => Ok(body),
    })
}

/// Takes a body out of a group: its keepers may, and the people of that body.
pub async fn taken_out(v: &Visit, app: &App, group: &Group, slug: &str) -> Answer<()> {
    let body = body_at(app, slug).await?;
    if !group.may_lose(&body.key(), &v.viewer) {
        return Err(Trouble::Forbidden.into());
    }
    let tx = app.db.begin().await?;
    let seq = next(&tx, group).await?;
    let gone = writing::take_out(&tx, group.number, &body.key()).await?;
    (gone == 1).then_some(()).or_not_found()?;
    let (which, name) = ((group.number, seq), &body.short_name);
    noted(v, tx, which, Act::TakenOut, name, &group.name).await
}

/// The number of the revision that a change of this group makes.
async fn next(tx: &Tx, group: &Group) -> Answer<i64> {
    let seq = writing::next(tx, group.number).await?;
    Ok(seq.ok_or(Trouble::Gone)?)
}

/// Writes a change of a group down, for its history and for the audit, and ends it.
pub async fn noted(
    v: &Visit,
    tx: Tx,
    (number, seq): (i64, i64),
    act: Act,
    detail: &str,
    name: &str,
) -> Answer<()> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let change = Change {
        number,
        seq,
        person: Some(&person.id.0),
        now: v.now(),
        act,
        detail,
    };
    writing::note(&tx, &change).await?;
    let (act, subject) = (format!("group-{}", act.name()), format!("group {number}"));
    audit::note(&tx, v.now(), Some(&person.id), &act, &subject, name).await?;
    store_log::commit_shown(tx, "groups").await?;
    Ok(())
}
