//! Cookies as browsers send them, and as others would like to.

use axum::http::{HeaderMap, HeaderValue, header};
use web::{Cookie, CookieJar};

fn sent(lines: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(header::COOKIE, HeaderValue::from_str(line).unwrap());
    }
    headers
}

#[test]
fn a_cookie_is_found_among_others() {
    let headers = sent(&["a=1; __Host-fosbury=secret.x_y-z; b=2"]);
    assert_eq!(CookieJar::of(&headers).get("fosbury"), Some("secret.x_y-z"));
    let headers = sent(&["a=1", "b=2;__Host-fosbury=second"]);
    assert_eq!(CookieJar::of(&headers).get("fosbury"), Some("second"));
}

#[test]
fn only_a_cookie_that_no_neighbour_could_set_counts() {
    for line in [
        "fosbury=x",
        "__Secure-fosbury=x",
        "__host-fosbury=x",
        "__Host-fosbury2=x",
        "x__Host-fosbury=x",
        "__Host-fosbury",
        "a=__Host-fosbury",
        "",
    ] {
        assert_eq!(CookieJar::of(&sent(&[line])).get("fosbury"), None, "{line}");
    }
}

#[test]
fn a_cookie_with_an_equals_sign_is_whole() {
    let headers = sent(&["__Host-next=a=b"]);
    assert_eq!(CookieJar::of(&headers).get("next"), Some("a=b"));
}

#[test]
fn a_cookie_is_for_this_host_over_https_and_not_for_scripts() {
    let cookie = Cookie {
        name: "fosbury",
        value: "secret",
        seconds: 60,
    };
    let header = cookie.header().unwrap();
    let line = header.to_str().unwrap();
    assert!(line.starts_with("__Host-fosbury=secret; "), "{line}");
    for part in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=60"] {
        assert!(line.split("; ").any(|one| one == part), "{part} in {line}");
    }
    assert!(!line.contains("Domain"), "{line}");
}

#[test]
fn a_value_with_a_line_break_makes_no_header() {
    let cookie = Cookie {
        name: "fosbury",
        value: "x\r\nSet-Cookie: evil=1",
        seconds: 60,
    };
    assert!(cookie.header().is_none());
}
