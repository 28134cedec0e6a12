//! Groups as everybody reads them: all of them, one of them, and what was done to it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, Query, Trouble};

use super::model::{Group, Revision, key};
use super::store;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::day_of;
use crate::organisations::store::{self as bodies, Listed};
use crate::state::App;
use crate::trials::table;

/// Groups on one page of the list.
const ON_ONE_PAGE: i64 = 60;
/// Changes shown; older ones stay in the table.
const CHANGES: i64 = 50;

#[derive(Template)]
#[template(path = "peers/groups.html")]
struct ListPage<'v> {
    v: &'v Visit,
    groups: Vec<Group>,
    more: Option<String>,
}

/// All groups by name.
pub async fn list(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let after = query.get("after");
    let mut groups = store::listed(&app.db, after, ON_ONE_PAGE + 1).await?;
    let has_more = groups.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_more {
        groups.pop();
    }
    let last = groups.last().filter(|_| has_more);
    let more = last.map(|last| {
        let mut next = url::form_urlencoded::Serializer::new(String::new());
        next.append_pair("after", &key(&last.name));
        format!("/groups?{}", next.finish())
    });
    v.shared_page(&ListPage {
        v: &v,
        groups,
        more,
    })
}

/// A body in a group, and those that followed it where it is no more.
pub struct Member {
    /// Which.
    pub body: Listed,
    /// Whether it is no more.
    pub has_ended: bool,
    /// Those that followed it and are not in the group.
    pub followed_by: Vec<Listed>,
}

/// The bodies of a group.
pub async fn members(v: &Visit, app: &App, number: i64) -> Answer<Vec<Member>> {
    let today = day_of(v.now());
    let all = store::members(&app.db, number).await?;
    let mut members = Vec::new();
    for body in &all {
        let has_ended = body.has_ended(&today);
        let mut followed_by = Vec::new();
        if has_ended {
            followed_by = bodies::successors(&app.db, &body.id).await?;
            let is_in = |one: &Listed| all.iter().any(|known| known.id == one.id);
            followed_by.retain(|one| !one.has_ended(&today) && !is_in(one));
        }
        members.push(Member {
            body: body.clone(),
            has_ended,
            followed_by,
        });
    }
    Ok(members)
}

#[derive(Template)]
#[template(path = "peers/group.html")]
struct GroupPage<'v> {
    v: &'v Visit,
    group: &'v Group,
    members: Vec<Member>,
    changes: Vec<Revision>,
    errors: &'v FieldErrors,
}

impl GroupPage<'_> {
    fn is_kept(&self) -> bool {
        self.group.removed_at.is_none() && self.group.is_kept_by(&self.v.viewer)
    }

    /// Whether this viewer may take a body of theirs out, without keeping the group.
    fn may_leave(&self, body: &Listed) -> bool {
        !self.is_kept() && self.v.viewer.works_at(&body.id)
    }

    fn may_bring_back(&self, revision: &Revision) -> bool {
        let is_older = revision.seq < self.group.head;
        self.v.viewer.is_steward() && is_older && revision.act != "removed"
    }

    /// What was done, in a sentence.
    fn said(&self, revision: &Revision) -> String {
        let what = match revision.act.as_str() {
            "begun" | "renamed" => &revision.name,
            _ => &revision.detail,
        };
        self.v.with_of("group-was", &revision.act, "what", what)
    }

    fn last_changed(&self) -> String {
        let (who, day) = (&self.group.changed_by, self.group.changed_at.day());
        if who.is_empty() {
            return self.v.with("group-changed-on", "day", day);
        }
        self.v
            .with_two("group-changed-by", ("who", who), ("day", &day))
    }
}

/// The group with this number, if it is there; one that was removed is shown to stewards alone.
pub async fn found(v: &Visit, app: &App, number: &str) -> Answer<Group> {
    let number = number.parse().ok().or_not_found()?;
    let group = store::numbered(&app.db, number).await?.or_not_found()?;
    if group.removed_at.is_some() && !v.viewer.is_steward() {
        return Err(Trouble::Gone.into());
    }
    Ok(group)
}

/// A group.
pub async fn page(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let group = found(&v, &app, &number).await?;
    shown(&v, &app, &group, StatusCode::OK, &FieldErrors::default()).await
}

/// The page, with what was wrong.
pub async fn shown(
    v: &Visit,
    app: &App,
    group: &Group,
    status: StatusCode,
    errors: &FieldErrors,
) -> Answer {
    let page = GroupPage {
        v,
        group,
        members: members(v, app, group.number).await?,
        changes: store::revisions(&app.db, group.number, CHANGES).await?,
        errors,
    };
    if status == StatusCode::OK {
        v.shared_page(&page)
    } else {
        v.page_with(status, &page)
    }
}

/// The bodies of a group as a table for other programs.
pub async fn csv(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let group = found(&v, &app, &number).await?;
    let today = day_of(v.now());
    let members = store::members(&app.db, group.number).await?;
    let rows = members.into_iter().map(|one| {
        let has_ended = if one.has_ended(&today) { "yes" } else { "no" };
        vec![
            one.slug,
            one.name,
            one.kind_name,
            one.nation,
            has_ended.to_owned(),
        ]
    });
    let columns = ["organisation", "name", "type", "nation", "ended"];
    table::csv(&format!("group-{}", group.number), &columns, rows)
}
