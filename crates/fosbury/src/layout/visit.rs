//! One request, as pages see it: who asks, for what, and the words to answer with.

use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use web::{Access, Fields, Page, Trouble};

use super::counting::Number;
use super::notices::NOTICES;
use super::troubles::{Answer, Stopped};
use crate::discussion;
use crate::look::memory::Look;
use crate::people;
use crate::people::bearer::Bearer;
use crate::settings::Site;
use crate::state::App;
use crate::time::Moment;
use crate::trials;
use crate::viewer::Viewer;

/// A request with its viewer.
pub struct Visit {
    /// The program.
    pub app: App,
    /// Who asks.
    pub viewer: Viewer,
    /// The address asked for, with its query.
    pub address: String,
    /// Whether this page is made for anybody and may be kept.
    pub is_shared: bool,
    /// How much waits for the viewer, unread.
    pub waiting: i64,
    /// The word of the body that this browser chose, or nothing.
    pub body_cookie: String,
    /// How the place looks and speaks.
    pub look: Arc<Look>,
    told: Option<&'static str>,
    told_seq: Option<i64>,
}

impl Visit {
    /// The words under this key.
    pub fn say(&self, key: &str) -> String {
        self.look.words.say(key).into_owned()
    }

    /// The words under a key made of two: `part-hurdle` and `why`.
    pub fn say_of(&self, before: &str, after: &str) -> String {
        self.look
            .words
            .say(&format!("{before}-{after}"))
            .into_owned()
    }

    /// The words under a key made of three: `part-hurdle`, `why` and `ask`.
    pub fn say_in(&self, before: &str, middle: &str, after: &str) -> String {
        self.look
            .words
            .say(&format!("{before}-{middle}-{after}"))
            .into_owned()
    }

    /// The words under a key made of two, with one value put in.
    pub fn with_of(&self, before: &str, after: &str, name: &str, value: impl ToString) -> String {
        self.with(&format!("{before}-{after}"), name, value)
    }

    /// How a record is called: "Hurdle 27".
    pub fn called(&self, kind: &str, number: impl ToString) -> String {
        self.with(&format!("called-{kind}"), "number", number)
    }

    /// The words under this key if there are any.
    pub fn say_if(&self, key: &str) -> Option<String> {
        self.look.words.has(key).then(|| self.say(key))
    }

    /// The words under this key with one value put in.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "templates pass numbers and words as they come"
    )]
    pub fn with(&self, key: &str, name: &str, value: impl ToString) -> String {
        self.look.words.fill(key, &[(name, &value.to_string())])
    }

    /// The words under this key with two values put in.
    pub fn with_two(
        &self,
        key: &str,
        first: (&str, &dyn ToString),
        second: (&str, &dyn ToString),
    ) -> String {
        self.look.words.fill(
            key,
            &[
                (first.0, &first.1.to_string()),
                (second.0, &second.1.to_string()),
            ],
        )
    }

    /// The words under this key for a number.
    pub fn count(&self, key: &str, n: impl Number) -> String {
        self.look.words.count(key, n.as_number())
    }

    /// How the place presents itself.
    pub fn site(&self) -> &Site {
        &self.look.site
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        self.app.clock.now()
    }

    /// The address asked for, without its query.
    pub fn path(&self) -> &str {
        self.address.split('?').next().unwrap_or_default()
    }

    /// Whether the address lies under this one.
    pub fn is_under(&self, path: &str) -> bool {
        let own = self.path();
        own == path
            || own
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether this is the front page, which has its own search box.
    pub fn is_front(&self) -> bool {
        self.is_under("/") || self.is_under("/search")
    }

    /// What just happened, if the address says so.
    pub fn notice(&self) -> Option<String> {
        self.told.map(|key| self.say_of("told", key))
    }

    /// The revision that the notice speaks of.
    pub fn notice_revision(&self) -> Option<i64> {
        self.told_seq
    }

    /// The address to come back to after signing in, for a link's query.
    pub fn come_back(&self) -> String {
        url::form_urlencoded::byte_serialize(self.address.as_bytes()).collect()
    }

    /// The address of an asset.
    pub fn asset(&self, name: &str) -> String {
        super::assets::address(name)
    }

    /// Whether pages travel unprotected to other machines.
    pub fn is_insecure(&self) -> bool {
        self.app.settings.insecure_http && self.app.settings.base_url.starts_with("http://")
    }

    /// The viewer, if they may use a route of this access.
    pub fn needs(&self, access: Access) -> Answer<()> {
        if self.viewer.may(access) {
            Ok(())
        } else if self.viewer.person().is_some() {
            Err(Trouble::Forbidden.into())
        } else {
            Err(Trouble::SignInFirst.into())
        }
    }

    /// A page of this template.
    pub fn page(&self, template: &impl Template) -> Answer {
        let html = template
            .render()
            .map_err(|error| Trouble::OurFault(error.to_string()))?;
        Ok(Page::html(html))
    }

    /// A page of this template that is the same for all visitors and may be kept.
    pub fn shared_page(&self, template: &impl Template) -> Answer {
        let page = self.page(template)?;
        Ok(if self.is_shared { shared(page) } else { page })
    }

    /// A page of this template with another status.
    pub fn page_with(&self, status: StatusCode, template: &impl Template) -> Answer {
        Ok(self.page(template)?.status(status))
    }
}

/// Marks an answer as the same for all visitors.
pub fn shared(page: Page) -> Page {
    let mut response = page.into_response();
    let value = HeaderValue::from_static("public, no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
    Page::from(response)
}

impl FromRequestParts<App> for Visit {
    type Rejection = Stopped;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Stopped> {
        Self::of(app, parts).await
    }
}

impl Visit {
    /// The visit of a request that went wrong; a database that is away makes it a visitor's.
    pub async fn for_trouble(app: &App, parts: &mut Parts) -> Self {
        if let Ok(visit) = Self::of(app, parts).await {
            return visit;
        }
        Self {
            app: app.clone(),
            viewer: Viewer::Visitor,
            address: parts.uri.path().to_owned(),
            is_shared: false,
            waiting: 0,
            body_cookie: String::new(),
            look: app.looks.last(),
            told: None,
            told_seq: None,
        }
    }

    async fn of(app: &App, parts: &Parts) -> Result<Self, Stopped> {
        let uri = parts
            .extensions
            .get::<OriginalUri>()
            .map_or(&parts.uri, |original| &original.0);
        let address = uri
            .path_and_query()
            .map_or("/", |address| address.as_str())
            .to_owned();
        let query = Fields::parse(uri.query().unwrap_or_default().as_bytes());
        let told = NOTICES
            .iter()
            .copied()
            .find(|notice| *notice == query.get("told"));
        let has_token = people::bearer::has_token(&parts.headers);
        let viewer = match parts.extensions.get::<Bearer>() {
            Some(bearer) => Viewer::Person(bearer.person.clone()),
            None => people::viewer_of(app, &parts.headers).await?,
        };
        let is_shared = viewer.person().is_none() && !has_token;
        let told_seq = query.number("revision");
        let waiting = if is_shared || has_token {
            0
        } else {
            let asked = trials::store::asked_about(&app.db, &viewer, app.clock.now()).await?;
            discussion::store::unread(&app.db, &viewer).await?
                + trials::store_watched::count(&app.db, &viewer).await?
                + asked.len().as_number()
        };
        let body_cookie = trials::choosing::kept_in(&parts.headers);
        let look = app.looks.today(&app.db).await?;
        Ok(Self {
            app: app.clone(),
            viewer,
            address,
            is_shared,
            waiting,
            body_cookie,
            look,
            told,
            told_seq,
        })
    }
}
