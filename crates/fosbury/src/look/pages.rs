//! Looking at a look, keeping it, and going back.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use web::{Fields, Page, Trouble, redirect};

use super::colour::{Colour, DARK, LIGHT, ratio};
use super::memory::Look;
use super::model::Chosen;
use super::store::{self, DRAFT, KEPT, Kept};
use crate::ids::hashed;
use crate::layout::{Answer, Visit};
use crate::people::audit;
use crate::settings::Site;
use crate::state::App;
use crate::store_log;

#[derive(Template)]
#[template(path = "look/preview.html")]
struct PreviewPage<'v> {
    v: &'v Visit,
    mark: String,
    changes: Vec<Change>,
    accent: Option<Accent>,
    papers: [(&'static str, String, &'static str); 2],
}

/// One thing that would be another.
struct Change {
    what: &'static str,
    before: String,
    after: String,
}

/// A colour with how well it is seen.
struct Accent {
    colour: String,
    said: String,
}

/// The page that shows itself in the look that was sent, with what it changes.
pub async fn preview(mut v: Visit, State(app): State<App>) -> Answer {
    let Some(draft) = store::of(&app.db, DRAFT).await? else {
        return Ok(redirect(StatusCode::SEE_OTHER, "/place/look"));
    };
    let Some(look) = app.looks.draft(&app.db).await? else {
        return Ok(redirect(StatusCode::SEE_OTHER, "/place/look"));
    };
    let changes = changes(&v.look, &look);
    let accent = look.site.accent.as_deref().and_then(Colour::parse);
    v.look = look;
    let page = PreviewPage {
        v: &v,
        mark: mark(&draft),
        changes,
        accent: accent.map(|colour| seen(&v, colour)),
        papers: [
            ("light", LIGHT.written(), "#14213d"),
            ("dark", DARK.written(), "#ede8dc"),
        ],
    };
    v.page(&page)
}

fn seen(v: &Visit, colour: Colour) -> Accent {
    let light = ratio(colour.contrast(LIGHT));
    let dark = ratio(colour.contrast(DARK));
    Accent {
        colour: colour.written(),
        said: v.with_two("look-contrast", ("light", &light), ("dark", &dark)),
    }
}

fn changes(before: &Arc<Look>, after: &Arc<Look>) -> Vec<Change> {
    let words = |site: &Site| {
        let pairs = site.words.pairs().iter();
        let said: Vec<String> = pairs
            .map(|(ours, theirs)| format!("{ours} → {theirs}"))
            .collect();
        said.join(", ")
    };
    let values = |look: &Look| {
        let site = &look.site;
        [
            ("name", site.name.clone()),
            ("introduction", site.introduction.clone()),
            ("accent", site.accent.clone().unwrap_or_default()),
            ("licence", site.licence.clone()),
            ("licence-url", site.licence_url.clone()),
            ("credit", site.credit.clone()),
            ("words", words(site)),
            (
                "logo",
                look.logo
                    .as_ref()
                    .map_or_else(String::new, |logo| logo.mark.clone()),
            ),
        ]
    };
    let pairs = values(before).into_iter().zip(values(after));
    let others = pairs.filter(|((_, before), (_, after))| before != after);
    others
        .map(|((what, before), (_, after))| Change {
            what,
            before,
            after,
        })
        .collect()
}

/// What marks the look that was looked at, so that no other is kept.
fn mark(draft: &Kept) -> String {
    hashed(&format!(
        "{} {} {}",
        draft.fields, draft.logo_kind, draft.logo_mark
    ))
}

/// Keeps the look that was looked at: every page shows it at once, on every node.
pub async fn keep(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let tx = app.db.begin().await?;
    let draft = store::of(&tx, DRAFT).await?;
    let Some(draft) = draft.filter(|draft| mark(draft) == fields.get("mark")) else {
        return Ok(back("/place/look/previews", "look-other"));
    };
    let after = Chosen::read(&draft.fields);
    store::turn(&tx, DRAFT, KEPT).await?;
    let is_nothing = after == Chosen::default() && draft.logo_kind.is_empty();
    if is_nothing {
        store::forget(&tx, KEPT).await?;
    }
    let detail = decided(&after, &draft).join(", ");
    audit::note(&tx, v.now(), Some(&person.id), "look", "place", &detail).await?;
    store_log::commit_shown(tx, "look").await?;
    app.index_wake.notify_one();
    Ok(back("/place/look", "look-kept"))
}

/// The names of what a look decides, for the audit.
fn decided(chosen: &Chosen, kept: &Kept) -> Vec<&'static str> {
    let all = [
        ("name", chosen.name.is_some()),
        ("introduction", chosen.introduction.is_some()),
        ("accent", chosen.accent.is_some()),
        ("licence", chosen.licence.is_some()),
        ("licence-url", chosen.licence_url.is_some()),
        ("credit", chosen.credit.is_some()),
        ("words", chosen.words.is_some()),
        ("logo", !kept.logo_kind.is_empty()),
    ];
    let decided = all.into_iter().filter(|(_, is_decided)| *is_decided);
    decided.map(|(name, _)| name).collect()
}

/// Throws away what was looked at.
pub async fn give_up(State(app): State<App>) -> Answer {
    let tx = app.db.begin().await?;
    store::forget(&tx, DRAFT).await?;
    tx.commit_quietly().await?;
    Ok(back("/place/look", "look-given-up"))
}

/// Goes back to what the settings file says. What was decided stays to be looked at, and can be
/// kept again.
pub async fn back_to_file(v: Visit, State(app): State<App>) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let tx = app.db.begin().await?;
    if store::of(&tx, KEPT).await?.is_some() {
        store::turn(&tx, KEPT, DRAFT).await?;
        audit::note(&tx, v.now(), Some(&person.id), "look-removal", "place", "").await?;
    }
    store_log::commit_shown(tx, "look").await?;
    app.index_wake.notify_one();
    Ok(back("/place/look", "look-of-file"))
}

fn back(address: &str, told: &str) -> Page {
    redirect(StatusCode::SEE_OTHER, &format!("{address}?told={told}"))
}
