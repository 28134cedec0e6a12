//! Whom a page is opened to: what the form offers, and what was chosen in it.

use super::form_pages::{EditPage, Written};
use super::model::Record;
use super::saving::Opening;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::Organisation;
use crate::organisations::store_members::{Workplace, workplaces};
use crate::organisations::{store as bodies, store_readers};
use crate::state::App;
use crate::subjects::kind_called;
use crate::viewer::{OrganisationId, Viewer, Visibility};

/// Bodies that a page can be opened to at the most.
const MOST_BODIES: usize = 20;
/// Empty fields for names of bodies.
const MORE_FIELDS: usize = 2;
/// Names offered while somebody types.
const MOST_OFFERED: i64 = 1_000;

/// Whom somebody may open a page to: its author decides; a steward keeps it from visitors or not.
pub(super) fn may_open(viewer: &Viewer, record: &Record) -> Vec<Visibility> {
    let now = Visibility::parse(&record.visibility).unwrap_or_default();
    if viewer.is_member() && record.author_id.as_deref() == Some(viewer.id()) {
        let stays = |one: &Visibility| has_body(viewer) || !one.is_for_bodies() || *one == now;
        Visibility::ALL.into_iter().filter(stays).collect()
    } else if viewer.is_steward() && !now.is_for_bodies() {
        vec![Visibility::Public, Visibility::Members]
    } else {
        Vec::new()
    }
}

/// Whom somebody may open a page to that they begin.
pub(super) fn may_begin(viewer: &Viewer) -> Vec<Visibility> {
    if has_body(viewer) {
        Visibility::ALL.to_vec()
    } else {
        Visibility::PLAIN.to_vec()
    }
}

fn has_body(viewer: &Viewer) -> bool {
    viewer
        .person()
        .is_some_and(|person| !person.bodies.is_empty())
}

/// The bodies that the form offers.
#[derive(Default)]
pub(super) struct Offer {
    /// Where this person works.
    pub(super) workplaces: Vec<Workplace>,
    /// Names that can be completed.
    pub(super) names: Vec<String>,
    /// What stands in the fields for bodies: as it was sent, or as the page is opened now.
    pub(super) bodies: Vec<String>,
    /// Which of this person's bodies is chosen.
    pub(super) own: String,
}

impl Offer {
    /// Whether the page is open to a body where this person does not work any more.
    pub(super) fn is_elsewhere(&self) -> bool {
        !self.own.is_empty() && self.workplaces.iter().all(|one| one.slug != self.own)
    }
}

impl EditPage<'_> {
    /// Adds what the form needs to open a page to bodies; nothing where that is not offered.
    pub(super) async fn offer_bodies(&mut self, app: &App) -> Answer<()> {
        let offered = self.visibilities.iter().any(|one| one.is_for_bodies());
        let person = self.v.viewer.person().filter(|_| offered);
        let Some(person) = person.filter(|_| self.part.is_none()) else {
            return Ok(());
        };
        let mut offer = Offer {
            workplaces: confirmed(app, person).await?,
            own: self.note.own.clone(),
            bodies: self.note.bodies.clone(),
            ..Offer::default()
        };
        let which = bodies::Which {
            with_ended: true,
            ..bodies::Which::default()
        };
        let known = bodies::listed(&app.db, &which, MOST_OFFERED).await?;
        offer.names = known.into_iter().map(|body| body.short_name).collect();
        if let Some(record) = self.record.filter(|_| !self.note.is_sent) {
            let readers = store_readers::named(&app.db, &record.id.0).await?;
            let is_own = record.visibility == Visibility::OwnOrganisation.name();
            if let Some((_, slug)) = readers.first().filter(|_| is_own) {
                offer.own.clone_from(slug);
            } else {
                offer.bodies = readers.into_iter().map(|(name, _)| name).collect();
            }
        }
        let fields = offer.bodies.len() + MORE_FIELDS;
        offer.bodies.resize(fields, String::new());
        self.offer = offer;
        Ok(())
    }
}

async fn confirmed(app: &App, person: &crate::viewer::Person) -> Answer<Vec<Workplace>> {
    let mut all = workplaces(&app.db, &person.id).await?;
    all.retain(|one| one.is_confirmed);
    Ok(all)
}

/// Whom the form opens a page to; nothing where it does not say. What is wrong is noted.
pub(super) async fn chosen(
    v: &Visit,
    app: &App,
    written: &Written,
    may: &[Visibility],
    record: Option<&Record>,
    errors: &mut FieldErrors,
) -> Answer<Option<Opening>> {
    let Some(to) = Visibility::parse(&written.visibility).filter(|to| may.contains(to)) else {
        if record.is_none() && !written.visibility.is_empty() {
            errors.add("visibility", v.say("wrong-choice"));
        }
        return Ok(None);
    };
    let stays = record.is_some_and(|record| record.visibility == to.name());
    if let Some(record) = record.filter(|_| to == Visibility::Public && !stays)
        && let Some(kind) = kind_called(&record.kind)
        && kind.is_held(&app.db, &record.id).await?
    {
        errors.add("visibility", v.say("wrong-held"));
        return Ok(None);
    }
    let readers = match to {
        Visibility::NamedBodies if stays && !has_body(&v.viewer) => None,
        Visibility::NamedBodies => Some(named(v, app, written, errors).await?),
        Visibility::OwnOrganisation => own(v, app, written, stays, errors).await?,
        _ => Some(Vec::new()),
    };
    Ok(Some(Opening { to, readers }))
}

async fn own(
    v: &Visit,
    app: &App,
    written: &Written,
    stays: bool,
    errors: &mut FieldErrors,
) -> Answer<Option<Vec<OrganisationId>>> {
    let Some(person) = v.viewer.person() else {
        return Ok(None);
    };
    let workplaces = confirmed(app, person).await?;
    let found = match (workplaces.as_slice(), written.own.as_str()) {
        (_, "") if stays => None,
        ([only], "") => Some(only),
        (all, slug) => all.iter().find(|one| one.slug == slug),
    };
    if found.is_none() && !stays {
        errors.add("own", v.say("wrong-own"));
    }
    Ok(found.map(|one| vec![one.id.clone()]))
}

async fn named(
    v: &Visit,
    app: &App,
    written: &Written,
    errors: &mut FieldErrors,
) -> Answer<Vec<OrganisationId>> {
    let mut readers = Vec::new();
    for words in written.bodies.iter().take(MOST_BODIES) {
        match one_called(app, words).await? {
            Ok(body) => readers.push(body.key()),
            Err(key) => errors.add("body", v.with(key, "words", words)),
        }
    }
    if written.bodies.is_empty() {
        errors.add("body", v.say("wrong-no-body"));
    }
    if written.bodies.len() > MOST_BODIES {
        errors.add("body", v.with("wrong-many-bodies", "most", MOST_BODIES));
    }
    readers.sort();
    readers.dedup();
    Ok(readers)
}

/// The one body that these words mean; what is wrong where there is none or more than one.
pub async fn one_called(app: &App, words: &str) -> Answer<Result<Organisation, &'static str>> {
    let slug = words.trim().to_lowercase();
    if let Some(body) = bodies::by_slug(&app.db, &slug).await? {
        return Ok(Ok(body));
    }
    let code = words.trim().to_uppercase();
    let mut found = bodies::called(&app.db, words.trim(), &code).await?;
    let living = found.iter().filter(|body| body.end_on.is_empty()).count();
    let exact = found.iter().position(|body| body.code == code);
    Ok(match (exact, living, found.len()) {
        (Some(at), _, _) => Ok(found.swap_remove(at)),
        (None, 1, _) | (None, 0, 1) => Ok(found.swap_remove(0)),
        (None, _, 0) => Err("wrong-body"),
        _ => Err("wrong-body-several"),
    })
}
