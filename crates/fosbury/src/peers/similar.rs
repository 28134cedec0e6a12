//! The page of the bodies that are like one: with plain figures, the distance in words, and groups.

use askama::Template;
use axum::extract::{Path, State};
use ranking::{Apart, WhyNot};

use super::finding::{self, Found, Like, Similar, Source};
use super::model::{Group, MEASURES, differs_most, in_figures, most_alike};
use super::store;
use crate::layout::{Answer, Visit};
use crate::organisations::model::Organisation;
use crate::organisations::show::{body_at, keeps};
use crate::organisations::store::Listed;
use crate::state::App;
use crate::trials::table;

#[derive(Template)]
#[template(path = "peers/similar.html")]
struct SimilarPage<'v> {
    v: &'v Visit,
    body: Organisation,
    similar: Similar,
    sources: Vec<Source>,
    groups: Vec<Group>,
}

impl SimilarPage<'_> {
    fn peers(&self) -> &[Like] {
        match &self.similar.found {
            Found::Peers(peers) => peers,
            Found::Instead(..) | Found::Ended(_) => &[],
        }
    }

    fn instead(&self) -> &[Listed] {
        match &self.similar.found {
            Found::Instead(_, others) => others,
            Found::Peers(_) | Found::Ended(_) => &[],
        }
    }

    fn instead_lead(&self) -> String {
        let (n, nation) = (self.instead().len(), &self.body.nation);
        if nation.is_empty() {
            return self.v.count("peers-instead", n);
        }
        self.v
            .with_two("peers-instead-in", ("n", &n), ("nation", nation))
    }

    fn followed_by(&self) -> &[Listed] {
        match &self.similar.found {
            Found::Ended(successors) => successors,
            Found::Peers(_) | Found::Instead(..) => &[],
        }
    }

    /// Why there are no peers, in a sentence.
    fn why_not(&self) -> Option<String> {
        let v = self.v;
        let name = ("name", &self.body.short_name as &dyn ToString);
        match &self.similar.found {
            Found::Peers(_) => None,
            Found::Ended(_) => {
                let day = self.body.ended().unwrap_or_default();
                Some(if day.is_empty() {
                    v.with("peers-none-ended", "name", &self.body.short_name)
                } else {
                    v.with_two("peers-none-ended-on", name, ("day", &day))
                })
            }
            Found::Instead(WhyNot::Missing(measures), _) => {
                let names: Vec<String> = measures
                    .iter()
                    .map(|measure| v.say_of("peers-missing", measure))
                    .collect();
                let names = names.join(", ");
                Some(v.with_two("peers-none-missing", name, ("figures", &names)))
            }
            Found::Instead(WhyNot::TooFew(n), _) => Some(v.count("peers-none-few", *n)),
            Found::Instead(WhyNot::NobodyElse | WhyNot::Unknown, _) => {
                Some(v.say("peers-none-others"))
            }
        }
    }

    fn measures(&self) -> [&'static str; 4] {
        MEASURES
    }

    fn own(&self, measure: &str) -> String {
        let figure = self.similar.figures.get(measure);
        figure.map_or_else(|| "–".to_owned(), |figure| in_figures(measure, *figure))
    }

    fn theirs(&self, one: &Apart) -> String {
        in_figures(&one.measure, one.theirs)
    }

    fn alike(&self, like: &Like) -> String {
        self.reason(most_alike(&like.apart))
    }

    fn differs(&self, like: &Like) -> String {
        self.reason(differs_most(&like.apart))
    }

    fn reason(&self, apart: Option<&Apart>) -> String {
        let said = apart.map(|apart| self.v.say_of("reason", &apart.measure));
        said.unwrap_or_else(|| "–".to_owned())
    }

    fn number(&self, number: &f64) -> String {
        format!("{number:.2}")
    }

    /// Where figures of this kind come from, in words.
    fn sources_of(&self, measure: &str) -> Vec<String> {
        let known = self.sources.iter().filter(|one| one.measure == measure);
        let said: Vec<String> = known.map(|one| self.source(one)).collect();
        if said.is_empty() {
            vec![self.v.say("peers-source-none")]
        } else {
            said
        }
    }

    fn source(&self, source: &Source) -> String {
        match source.read_at {
            None => source.source.clone(),
            Some(at) => {
                let file = ("source", &source.source as &dyn ToString);
                self.v
                    .with_two("peers-source-read", file, ("day", &at.day()))
            }
        }
    }

    fn is_keeper(&self) -> bool {
        keeps(self.v, &self.body) && !matches!(self.similar.found, Found::Ended(_))
    }
}

/// The bodies that are like this one, and the groups it is in.
pub async fn page(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let body = body_at(&app, &slug).await?;
    let similar = finding::similar(&app.db, &app.memory, &body, v.now()).await?;
    let page = SimilarPage {
        v: &v,
        sources: finding::sources(&app.db, &body, &similar).await?,
        groups: store::of_body(&app.db, &body.key()).await?,
        similar,
        body,
    };
    v.shared_page(&page)
}

/// The same as a table for other programs.
pub async fn csv(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let body = body_at(&app, &slug).await?;
    let similar = finding::similar(&app.db, &app.memory, &body, v.now()).await?;
    let mut columns = vec!["organisation", "name", "type", "nation", "distance"];
    columns.extend(MEASURES);
    let name = format!("{}-peers", body.slug);
    table::csv(&name, &columns, rows(&body, similar).into_iter())
}

/// The body itself, and those like it: the nearest first, or those of its kind without a distance.
fn rows(own: &Organisation, similar: Similar) -> Vec<Vec<String>> {
    let row = |one: [&String; 4], distance: Option<f64>| -> Vec<String> {
        let distance = distance.map(|distance| distance.to_string());
        let cells = one.into_iter().cloned();
        cells.chain([distance.unwrap_or_default()]).collect()
    };
    let mut first = row([&own.slug, &own.name, &own.kind_name, &own.nation], None);
    first.extend(MEASURES.map(|measure| {
        let figure = similar.figures.get(measure);
        figure.map(f64::to_string).unwrap_or_default()
    }));
    let mut rows = vec![first];
    let other = |body: &Listed, distance| {
        row(
            [&body.slug, &body.name, &body.kind_name, &body.nation],
            distance,
        )
    };
    match similar.found {
        Found::Peers(peers) => rows.extend(peers.iter().map(|like| {
            let mut cells = other(&like.body, Some(like.distance));
            cells.extend(like.apart.iter().map(|one| one.theirs.to_string()));
            cells
        })),
        Found::Instead(_, others) | Found::Ended(others) => {
            rows.extend(others.iter().map(|body| {
                let mut cells = other(body, None);
                cells.extend(MEASURES.map(|_| String::new()));
                cells
            }));
        }
    }
    rows
}
