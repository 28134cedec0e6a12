//! Evidence in one list: by strength, by kind, about one thing; as a page and as a table.

use askama::Template;
use axum::extract::State;
use web::{Fields, OrNotFound, Query};

use super::model::{Item, KINDS_OF_EVIDENCE, STRENGTHS};
use super::store::{self, Which};
use crate::history::model::Record;
use crate::history::store as texts_store;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::trials::store as trials_store;
use crate::trials::{model as trials_model, table};

/// Items on one page of the list.
const ON_ONE_PAGE: i64 = 30;
/// Rows of a table at the most.
const ROWS: i64 = 10_000;

/// What the list is about, where it is about one thing.
struct About {
    kind: &'static str,
    number: i64,
    title: String,
    address: String,
}

/// What somebody asks for.
struct Asked {
    about: Option<About>,
    strength: Option<&'static str>,
    kind: Option<&'static str>,
    after: i64,
}

impl Asked {
    fn which(&self) -> Which<'_> {
        Which {
            about: self.about.as_ref().map(|about| (about.kind, about.number)),
            strength: self.strength,
            kind: self.kind,
            number: None,
            after: self.after,
        }
    }

    fn query(&self) -> url::form_urlencoded::Serializer<'static, String> {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let about = self.about.as_ref();
        query.extend_pairs(about.map(|about| (about.kind, about.number.to_string())));
        query.extend_pairs(self.strength.map(|one| ("strength", one)));
        query.extend_pairs(self.kind.map(|one| ("kind", one)));
        query
    }
}

#[derive(Template)]
#[template(path = "evidence/list.html")]
struct ListPage<'v> {
    v: &'v Visit,
    asked: Asked,
    items: Vec<Item>,
    /// Each strength, the strongest first, with how many there are.
    strengths: Vec<(&'static str, i64)>,
    kinds: Vec<(&'static str, i64)>,
    count: i64,
    next: Option<String>,
    table: String,
}

async fn asked(v: &Visit, app: &App, query: &Fields) -> Answer<Asked> {
    let strength = STRENGTHS
        .into_iter()
        .find(|one| *one == query.get("strength"));
    let kind = KINDS_OF_EVIDENCE
        .into_iter()
        .find(|one| *one == query.get("kind"));
    Ok(Asked {
        about: about(v, app, query).await?,
        strength,
        kind,
        after: query.number("after").unwrap_or(0).clamp(0, ROWS),
    })
}

/// The one thing that the list is about; it must be there for this viewer.
async fn about(v: &Visit, app: &App, query: &Fields) -> Answer<Option<About>> {
    for kind in ["hurdle", "solution"] {
        let Some(sent) = query.sent(kind) else {
            continue;
        };
        let number = sent.parse().ok().or_not_found()?;
        let record = texts_store::record(&app.db, &v.viewer, kind, number).await?;
        let record = record.filter(Record::is_live).or_not_found()?;
        return Ok(Some(About {
            kind,
            number,
            title: format!("{}: {}", v.called(kind, number), record.title),
            address: record.address(),
        }));
    }
    let Some(sent) = query.sent("trial") else {
        return Ok(None);
    };
    let number = sent.parse().ok().or_not_found()?;
    let trial = trials_store::numbered(&app.db, &v.viewer, number).await?;
    let trial = trial.or_not_found()?;
    let named = v.with("trial-numbered", "number", number);
    Ok(Some(About {
        kind: "trial",
        number,
        title: format!("{named}: {}", trial.hurdle_title),
        address: trials_model::address(number),
    }))
}

/// All evidence, or what fits: the strongest first and of these the newest.
pub async fn page(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let asked = asked(&v, &app, &query).await?;
    let (db, viewer) = (&app.db, &v.viewer);
    let mut items = store::listed(db, viewer, &asked.which(), ON_ONE_PAGE + 1).await?;
    let shown = usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    let next = (items.len() > shown).then(|| {
        let mut query = asked.query();
        query.append_pair("after", &(asked.after + ON_ONE_PAGE).to_string());
        format!("/evidence?{}", query.finish())
    });
    items.truncate(shown);
    // Each choice says how many there would be: whatever else is chosen stays.
    let any_strength = Which {
        strength: None,
        ..asked.which()
    };
    let any_kind = Which {
        kind: None,
        ..asked.which()
    };
    let mut strengths = store::by_strength(db, viewer, &any_strength).await?;
    let chosen = strengths
        .iter()
        .filter(|(one, _)| asked.strength.is_none_or(|chosen| chosen == *one));
    let count = chosen.map(|(_, count)| count).sum();
    strengths.reverse();
    v.shared_page(&ListPage {
        v: &v,
        items,
        strengths,
        kinds: store::by_kind(db, viewer, &any_kind).await?,
        count,
        next,
        table: format!("/evidence.csv?{}", asked.query().finish()),
        asked,
    })
}

/// The same as a table.
pub async fn csv(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let asked = asked(&v, &app, &query).await?;
    let items = store::listed(&app.db, &v.viewer, &asked.which(), ROWS).await?;
    let base = &app.settings.base_url;
    let rows = items.into_iter().map(|one| {
        vec![
            one.number.to_string(),
            format!("{base}{}", one.address()),
            one.title,
            one.kind,
            one.strength,
            one.points,
            one.source,
            one.link,
            one.told_on,
            one.summary,
            one.quote,
        ]
    });
    let columns = [
        "evidence", "url", "title", "kind", "strength", "points", "source", "link", "date", "says",
        "quote",
    ];
    table::csv("evidence", &columns, rows)
}
