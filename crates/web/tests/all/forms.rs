//! What a form brought, within bounds.

use axum::body::Body;
use axum::extract::FromRequest;
use axum::http::{Request, header};
use web::{Fields, Trouble};

const FORM: &str = "application/x-www-form-urlencoded";

async fn read(kind: Option<&str>, body: Vec<u8>) -> Result<Fields, Trouble> {
    let mut request = Request::builder().method("POST").uri("/");
    if let Some(kind) = kind {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    let request = request.body(Body::from(body)).unwrap();
    Fields::from_request(request, &()).await
}

#[test]
fn fields_are_read_as_they_were_typed() {
    let fields = Fields::parse(b"a=1&b=x+y%26z&a=2&empty=&%C5%BC=%C3%B3&alone");
    assert_eq!(fields.get("a"), "1");
    assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(fields.get("b"), "x y&z");
    assert_eq!(fields.get("ż"), "ó");
    assert_eq!(fields.get("not sent"), "");
    assert_eq!(fields.sent("not sent"), None);
    assert_eq!(fields.sent("empty"), Some(""));
    assert_eq!(fields.sent("alone"), Some(""));
    assert!(fields.ticked("a") && !fields.ticked("empty"));
    assert_eq!(fields.number("a"), Some(1));
    assert_eq!(fields.number("b"), None);
}

#[test]
fn bytes_that_are_no_text_do_not_fail() {
    let fields = Fields::parse(b"a=%FF%FE&b=\xF0\x9F&c=x%00y");
    assert_eq!(fields.get("a"), "\u{FFFD}\u{FFFD}");
    assert!(fields.get("b").contains('\u{FFFD}'));
    // NUL, which no database of ours can hold, is left out.
    assert_eq!(fields.get("c"), "xy");
}

#[test]
fn numbers_that_are_too_long_are_no_numbers() {
    for sent in ["99999999999999999999", "1.5", "0x10", "", "١", "1 2"] {
        let fields = Fields::parse(format!("n={sent}").as_bytes());
        assert_eq!(fields.number("n"), None, "{sent}");
    }
    assert_eq!(Fields::parse(b"n=%20-7%20").number("n"), Some(-7));
}

#[test]
fn only_so_many_fields_are_read() {
    let many: Vec<String> = (0..10_000).map(|at| format!("f{at}=x")).collect();
    let fields = Fields::parse(many.join("&").as_bytes());
    assert_eq!(fields.get("f199"), "x");
    assert_eq!(fields.sent("f200"), None);
}

#[tokio::test]
async fn a_form_of_four_megabytes_is_read_and_one_byte_more_is_not() {
    let body = |long: usize| [b"a=".to_vec(), vec![b'x'; long - 2]].concat();
    let whole = read(Some(FORM), body(4 * 1024 * 1024)).await.unwrap();
    assert_eq!(whole.get("a").len(), 4 * 1024 * 1024 - 2);
    let more = read(Some(FORM), body(4 * 1024 * 1024 + 1)).await;
    assert!(matches!(more, Err(Trouble::TooLarge)), "{more:?}");
}

#[tokio::test]
async fn only_forms_are_read_as_forms() {
    for kind in [
        None,
        Some(FORM),
        Some("application/x-www-form-urlencoded; charset=UTF-8"),
    ] {
        assert!(read(kind, b"a=1".to_vec()).await.is_ok(), "{kind:?}");
    }
    for kind in [
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
    ] {
        let refused = read(Some(kind), b"a=1".to_vec()).await;
        assert!(matches!(refused, Err(Trouble::Unreadable(_))), "{kind}");
    }
}
