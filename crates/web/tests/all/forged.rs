//! Acts come from our own pages or not at all.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use axum::routing::any;
use axum::{Router, middleware};
use tower::ServiceExt;
use web::refuse_forged;

async fn answer(method: Method, headers: &[(&str, &str)]) -> StatusCode {
    let site = Router::new()
        .route("/", any(async || "done"))
        .layer(middleware::from_fn(refuse_forged));
    let mut request = Request::builder().method(method).uri("/");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    site.oneshot(request).await.unwrap().status()
}

#[tokio::test]
async fn reading_needs_no_proof() {
    for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
        let foreign = [("host", "wiki.example"), ("sec-fetch-site", "cross-site")];
        assert_eq!(answer(method, &foreign).await, StatusCode::OK);
    }
}

#[tokio::test]
async fn acts_of_our_own_pages_pass() {
    for headers in [
        &[("host", "wiki.example"), ("sec-fetch-site", "same-origin")][..],
        &[("host", "wiki.example"), ("origin", "https://wiki.example")],
        &[
            ("host", "127.0.0.1:8080"),
            ("origin", "http://127.0.0.1:8080"),
        ],
    ] {
        assert_eq!(
            answer(Method::POST, headers).await,
            StatusCode::OK,
            "{headers:?}"
        );
    }
}

#[tokio::test]
async fn acts_from_elsewhere_or_nowhere_are_refused() {
    let own = ("host", "wiki.example");
    for headers in [
        &[own][..],
        &[own, ("sec-fetch-site", "cross-site")],
        &[own, ("sec-fetch-site", "same-site")],
        &[own, ("sec-fetch-site", "none")],
        &[own, ("sec-fetch-site", "")],
        &[
            own,
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://wiki.example"),
        ],
        &[own, ("origin", "https://evil.example")],
        &[own, ("origin", "https://wiki.example.evil.example")],
        &[own, ("origin", "https://wiki.example:8443")],
        &[own, ("origin", "null")],
        &[own, ("origin", "wiki.example")],
        &[own, ("origin", "")],
        &[("host", ""), ("origin", "https://")],
        &[own, ("referer", "https://wiki.example/")],
    ] {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let status = answer(method, headers).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{headers:?}");
        }
    }
}
