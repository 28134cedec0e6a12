//! What every room serves, and what every request goes through.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use web::{Access, Listed, Routes, Trouble, harden, refuse_forged, refuse_unreadable};

use crate::layout::{Answer, Visit, assets, kept, troubles};
use crate::state::App;
use crate::stewards::readings;
use crate::{
    api, attachments, cases, changes, discussion, evidence, freeing, guides, harvesting, history,
    home, hurdles, interchange, look, organisations, peers, people, precedents, search, sessions,
    solutions, stewards, trials, turning, wikis,
};

fn all() -> Routes<App> {
    Routes::new()
        .and(home::routes())
        .and(search::routes())
        .and(hurdles::routes())
        .and(solutions::routes())
        .and(guides::routes())
        .and(organisations::routes())
        .and(history::routes())
        .and(changes::routes())
        .and(people::routes())
        .and(stewards::routes())
        .and(discussion::routes())
        .and(interchange::routes())
        .and(api::routes())
        .and(attachments::routes())
        .and(trials::routes())
        .and(evidence::routes())
        .and(cases::routes())
        .and(sessions::routes())
        .and(peers::routes())
        .and(harvesting::routes())
        .and(freeing::routes())
        .and(look::routes())
        .and(precedents::routes())
        .and(turning::routes())
        .and(wikis::routes())
        .get(Access::Anyone, "/assets/{tag}/{name}", assets::asset)
}

/// Every route there is: what tests and `fosbury routes` walk.
pub fn listed() -> Vec<Listed> {
    all().into_parts().1
}

/// The whole site.
pub fn router(app: App) -> Router {
    let (router, listed) = all().into_parts();
    let guard = AccessList::new(listed);
    router
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state((app.clone(), guard), admit))
        .layer(middleware::from_fn(refuse_forged))
        .layer(middleware::from_fn_with_state(app.clone(), kept::keep))
        .layer(middleware::from_fn_with_state(app.clone(), readings::count))
        .layer(middleware::from_fn(refuse_unreadable))
        .layer(CatchPanicLayer::custom(|_: Box<dyn Any + Send>| {
            let trouble = Trouble::OurFault("a page panicked".to_owned());
            trouble.into_response()
        }))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            troubles::as_pages,
        ))
        .layer(
            CompressionLayer::new().compress_when(
                SizeAbove::new(900)
                    .and(is_no_file)
                    // Lines must not wait until there are enough to compress.
                    .and(NotForContentType::SSE),
            ),
        )
        .layer(middleware::from_fn(harden))
        .with_state(app)
}

/// Files on pages are compressed already, and are sent as they lie.
fn is_no_file(_: StatusCode, _: Version, headers: &HeaderMap, _: &axum::http::Extensions) -> bool {
    !headers.contains_key(header::CONTENT_DISPOSITION)
}

/// Who may use which route: asked before any page function runs.
#[derive(Clone)]
struct AccessList(Arc<HashMap<(String, Method), Access>>);

impl AccessList {
    fn new(listed: Vec<Listed>) -> Self {
        let by_route = listed
            .into_iter()
            .map(|one| ((one.path, one.method), one.access));
        Self(Arc::new(by_route.collect()))
    }

    fn of(&self, path: &str, method: &Method) -> Option<Access> {
        let method = if *method == Method::HEAD {
            Method::GET
        } else {
            method.clone()
        };
        self.0.get(&(path.to_owned(), method)).copied()
    }
}

/// Asks who comes where not everybody may.
async fn admit(
    State((app, list)): State<(App, AccessList)>,
    mut request: Request,
    next: Next,
) -> Response {
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let matched = matched.as_ref().map(MatchedPath::as_str);
    let access = matched.and_then(|path| list.of(path, request.method()));
    if let (Some(path), Some(access)) = (matched, access)
        && path.starts_with("/api/")
    {
        return match api::admission::admit(&app, &mut request, path, access).await {
            Ok(()) => next.run(request).await,
            Err(refusal) => refusal.into_response(),
        };
    }
    if matches!(access, None | Some(Access::Anyone)) {
        return next.run(request).await;
    }
    let headers = request.headers().clone();
    match admitted(&app, &headers, access).await {
        Ok(()) => next.run(request).await,
        Err(stopped) => stopped.into_response(),
    }
}

async fn admitted(app: &App, headers: &HeaderMap, access: Option<Access>) -> Answer<()> {
    let viewer = people::viewer_of(app, headers).await?;
    match access {
        Some(access) if viewer.may(access) => Ok(()),
        _ if viewer.person().is_some() => Err(Trouble::Forbidden.into()),
        _ => Err(Trouble::SignInFirst.into()),
    }
}

/// Nothing is here now; a page of a wiki that was brought along may have been.
async fn nothing_here(v: Visit, State(app): State<App>, method: Method) -> Answer {
    if method != Method::GET && method != Method::HEAD {
        return Err(Trouble::NotFound.into());
    }
    wikis::old_addresses::or_nothing(&v, &app, v.path()).await
}

async fn wrong_method() -> Answer {
    Err(Trouble::MethodNotAllowed.into())
}
