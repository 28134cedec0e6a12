//! What every answer carries.

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use axum::routing::get;
use axum::{Router, middleware};
use tower::ServiceExt;
use web::{CONTENT_SECURITY_POLICY, Page, harden};

async fn carried(path: &str) -> HeaderMap {
    let site = Router::new()
        .route("/", get(async || Page::html("<p>".to_owned())))
        .route(
            "/secret",
            get(async || Page::html(String::new()).without_referrer()),
        )
        .layer(middleware::from_fn(harden));
    let request = Request::builder().uri(path).body(Body::empty()).unwrap();
    site.oneshot(request).await.unwrap().headers().clone()
}

#[tokio::test]
async fn every_answer_is_hardened_even_where_nothing_is() {
    for path in ["/", "/nowhere"] {
        let headers = carried(path).await;
        assert_eq!(headers["content-security-policy"], CONTENT_SECURITY_POLICY);
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["referrer-policy"], "same-origin");
    }
}

#[tokio::test]
async fn a_page_may_say_less_of_where_its_reader_comes_from() {
    assert_eq!(carried("/secret").await["referrer-policy"], "strict-origin");
}

#[test]
fn the_policy_allows_nothing_inline_and_no_other_host() {
    for word in ["unsafe", "http:", "https:", "*", "data:", "blob:"] {
        assert!(!CONTENT_SECURITY_POLICY.contains(word), "{word}");
    }
    for rule in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(
            CONTENT_SECURITY_POLICY.split("; ").any(|one| one == rule),
            "{rule}"
        );
    }
}
