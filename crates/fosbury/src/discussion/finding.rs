//! The page at an address whose discussion is asked for.

use web::OrNotFound;

use super::places::{Place, PlaceId};
use super::store;
use crate::history::editing::{live_record, number_of};
use crate::history::kind::Kind;
use crate::history::store as texts_store;
use crate::layout::{Answer, Visit};
use crate::organisations::model::Organisation;
use crate::organisations::show::body_at;
use crate::organisations::store as bodies;
use crate::sessions::guests::Asker;
use crate::sessions::model::Session;
use crate::sessions::store as sessions;
use crate::state::App;
use crate::trials::model::Trial;
use crate::trials::store as trials_store;

/// What sort of page a route is about.
#[derive(Clone, Copy)]
pub enum Sort {
    /// A text of this kind.
    Text(&'static dyn Kind),
    /// A trial.
    Trial,
    /// A public body.
    Organisation,
    /// A session.
    Session,
}

/// The page at this address, alive, as far as the viewer may read it.
pub async fn place(v: &Visit, app: &App, sort: Sort, at: &str) -> Answer<Place> {
    match sort {
        Sort::Text(kind) => Ok(Place::of(&live_record(v, app, kind, at).await?)),
        Sort::Trial => {
            let number = at.parse().ok().or_not_found()?;
            let trial = trials_store::numbered(&app.db, &v.viewer, number).await?;
            Ok(Place::of_trial(&trial.or_not_found()?))
        }
        Sort::Organisation => Ok(Place::of_body(&body_at(app, at).await?)),
        Sort::Session => {
            let number = number_of(at).or_not_found()?;
            Ok(session(v, app, number).await?.or_not_found()?)
        }
    }
}

/// The page with this id, if it is there for the viewer.
pub async fn place_with_id(v: &Visit, app: &App, id: &PlaceId) -> Answer<Option<Place>> {
    let (db, viewer) = (&app.db, &v.viewer);
    Ok(match id {
        PlaceId::Record(id) => {
            let record = texts_store::record_by_id(db, id).await?;
            let Some(record) = record else {
                return Ok(None);
            };
            let record = texts_store::record(db, viewer, &record.kind, record.number).await?;
            let record = record.filter(|record| record.id == *id && record.is_live());
            record.as_ref().map(Place::of)
        }
        PlaceId::Trial(id) => match store::trial_number(db, id).await? {
            Some(number) => {
                let trial = trials_store::numbered(db, viewer, number).await?;
                trial.as_ref().map(Place::of_trial)
            }
            None => None,
        },
        PlaceId::Organisation(id) => match store::slug_of(db, id).await? {
            Some(slug) => {
                let body = bodies::by_slug(db, &slug).await?;
                body.as_ref().map(Place::of_body)
            }
            None => None,
        },
        PlaceId::Session(id) => match store::session_number(db, id).await? {
            Some(number) => session(v, app, number).await?,
            None => None,
        },
    })
}

/// The session of this number, if its discussion is for the viewer: where young people were, it is for
/// members alone.
pub async fn session(v: &Visit, app: &App, number: i64) -> Answer<Option<Place>> {
    let asker = Asker::of(&v.viewer);
    let Some(session) = sessions::session(&app.db, &asker, number).await? else {
        return Ok(None);
    };
    let event = sessions::event(&app.db, &asker, session.event).await?;
    let is_open = event.is_some_and(|event| !event.is_young || v.viewer.is_member());
    Ok(is_open.then(|| Place::of_session(&session)))
}

impl Place {
    /// A session.
    pub fn of_session(session: &Session) -> Self {
        Self {
            id: PlaceId::Session(session.id.clone()),
            kind: "session".to_owned(),
            number: session.number,
            title: session.title.clone(),
            slug: session.slug.clone(),
            head: 0,
            hurdle: None,
        }
    }

    /// A trial: its hurdle's title is its own.
    pub fn of_trial(trial: &Trial) -> Self {
        Self {
            id: PlaceId::Trial(trial.id.clone()),
            kind: "trial".to_owned(),
            number: trial.number,
            title: trial.hurdle_title.clone(),
            slug: String::new(),
            head: 0,
            hurdle: Some(trial.hurdle),
        }
    }

    /// A public body.
    pub fn of_body(body: &Organisation) -> Self {
        Self {
            id: PlaceId::Organisation(body.id.clone()),
            kind: "organisation".to_owned(),
            number: 0,
            title: body.short_name.clone(),
            slug: body.slug.clone(),
            head: 0,
            hurdle: None,
        }
    }

    /// What its discussion is headed with: a trial goes by its number, since its title is its hurdle's.
    pub fn heading(&self, v: &Visit) -> String {
        match self.id {
            PlaceId::Trial(_) => format!("{}, {}", self.called(v), self.title),
            PlaceId::Record(_) | PlaceId::Organisation(_) | PlaceId::Session(_) => {
                self.title.clone()
            }
        }
    }

    /// How it is called: "Hurdle 27".
    pub fn called(&self, v: &Visit) -> String {
        v.called(&self.kind, self.number)
    }
}
