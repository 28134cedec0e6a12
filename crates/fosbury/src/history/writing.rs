//! Writing a text down: the steps that pages and programs share, so that the same rules hold.

use web::{Fields, OrNotFound, Trouble};

use super::drafts::Place;
use super::form_pages::Written;
use super::forms;
use super::kind::Kind;
use super::model::{Parts, Record, RecordId};
use super::opening::{chosen, may_begin, may_open};
use super::saving::{self, Author, Beginning, Change, Note, Opening, Saved};
use super::seen::Seen;
use super::store::Listed;
use super::{store, store_drafts};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::store_readers;
use crate::state::App;
use crate::viewer::{Person, Visibility};

/// A text as somebody wants it, and what is wrong with it.
pub(super) struct Wanted {
    pub(super) parts: Parts,
    pub(super) written: Written,
    pub(super) opening: Option<Opening>,
    pub(super) errors: FieldErrors,
}

/// Reads and checks what was sent for a new text.
pub(super) async fn wanted(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    fields: &Fields,
) -> Answer<Wanted> {
    let parts = forms::read_parts(kind, fields, &Parts::default());
    let mut errors = forms::check(v, kind, &parts).await?;
    let written = Written::sent(fields);
    let may = may_begin(&v.viewer);
    let opening = chosen(v, app, &written, &may, None, &mut errors).await?;
    Ok(Wanted {
        parts,
        written,
        opening,
        errors,
    })
}

/// Writes a new text down, once for each id; and whether it was not there before.
pub(super) async fn write(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    wanted: Wanted,
    id: Option<RecordId>,
    draft: Option<&Place<'_>>,
) -> Answer<(Record, bool)> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    if let Some(record) = written_before(app, person, id.as_ref()).await? {
        return Ok((record, false));
    }
    let mut parts = wanted.parts;
    let tx = app.db.begin().await?;
    super::linking::by_number(&tx, kind, &mut parts).await?;
    let site = v.site();
    let beginning = Beginning {
        kind,
        id: id.clone(),
        number: None,
        parts,
        note: note(v, person, "create", &wanted.written),
        is_unfinished: wanted.written.is_unfinished,
        visibility: wanted
            .opening
            .as_ref()
            .map(|one| one.to)
            .unwrap_or_default(),
        licence: site.licence.clone(),
        credit: site.credit.clone(),
        is_demo: false,
    };
    let record = match saving::begin(&tx, &beginning).await {
        Err(db::Error::Duplicate) => {
            drop(tx);
            let record = written_before(app, person, id.as_ref()).await?;
            return Ok((record.or_not_found()?, false));
        }
        begun => begun?,
    };
    if let Some(readers) = wanted.opening.and_then(|opening| opening.readers) {
        store_readers::replace(&tx, &record.id.0, &readers).await?;
    }
    if let Some(place) = draft {
        store_drafts::remove(&tx, place).await?;
    }
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok((record, true))
}

/// Texts that may be the one being begun; none where this very form or request made it already.
pub(super) async fn twins(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    parts: &Parts,
    id: Option<&RecordId>,
) -> Answer<Vec<Listed>> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    if written_before(app, person, id).await?.is_some() {
        return Ok(Vec::new());
    }
    Ok(kind.twins(&app.db, &v.viewer, parts).await?)
}

/// The text that this very form or request made when it was sent before.
async fn written_before(
    app: &App,
    person: &Person,
    id: Option<&RecordId>,
) -> Answer<Option<Record>> {
    let Some(id) = id else { return Ok(None) };
    let record = store::record_by_id(&app.db, id).await?;
    Ok(record.filter(|record| record.author_id.as_deref() == Some(&person.id.0)))
}

pub(super) fn note(v: &Visit, person: &Person, act: &'static str, written: &Written) -> Note {
    Note {
        act,
        summary: written.summary.clone(),
        is_minor: written.is_minor,
        author: Author::of(person),
        at: v.now(),
        other_seq: None,
    }
}

/// Begins a text as a program sent it: the record and whether it is new, or what is wrong.
pub async fn begin(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    fields: &Fields,
    id: Option<RecordId>,
) -> Answer<Result<(Record, bool), FieldErrors>> {
    let mut wanted = wanted(v, app, kind, fields).await?;
    wanted.written.check(v, &mut wanted.errors);
    if let Some(twin) = twins(v, app, kind, &wanted.parts, id.as_ref())
        .await?
        .first()
    {
        let called = v.called(&twin.kind, twin.number);
        wanted
            .errors
            .add("title", v.with("wrong-twin", "page", called));
    }
    if !wanted.errors.is_empty() {
        return Ok(Err(wanted.errors));
    }
    Ok(Ok(write(v, app, kind, wanted, id, None).await?))
}

/// Changes a text as a program sent it: what became of it, or what is wrong.
pub async fn change(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    record: &Record,
    fields: &Fields,
) -> Answer<Result<Saved, FieldErrors>> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let base = fields.number("base").unwrap_or_default();
    let Some(before) = store::revision(&app.db, &record.id, base).await? else {
        let mut errors = FieldErrors::default();
        errors.add("base", v.say("wrong-base-number"));
        return Ok(Err(errors));
    };
    let before = Seen::of(v, kind, before.parts()).await?;
    let parts = forms::read_parts(kind, fields, &before.parts);
    let mut errors = forms::check(v, kind, &parts).await?;
    let written = Written::sent(fields);
    written.check(v, &mut errors);
    let may = may_open(&v.viewer, record);
    let is_asked = fields.sent("visibility").is_some();
    if is_asked && !Visibility::parse(&written.visibility).is_some_and(|to| may.contains(&to)) {
        errors.add("visibility", v.say("wrong-choice"));
    }
    let opening = if is_asked {
        chosen(v, app, &written, &may, Some(record), &mut errors).await?
    } else {
        None
    };
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let change = Change {
        kind,
        id: &record.id,
        base,
        parts: before.put_back(parts),
        note: note(v, person, "edit", &written),
        is_unfinished: fields.sent("unfinished").map(|_| written.is_unfinished),
        visibility: opening,
    };
    let saved = saving::save(&app.db, &change).await?;
    if matches!(saved, Saved::Done(_) | Saved::Merged(_)) {
        app.index_wake.notify_one();
    }
    Ok(Ok(saved))
}
