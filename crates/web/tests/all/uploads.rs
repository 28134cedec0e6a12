//! Forms that bring files.

use axum::body::Body;
use axum::extract::FromRequest;
use axum::http::{Request, header};
use web::{Trouble, Upload};

fn part(heading: &str, words: &[u8]) -> Vec<u8> {
    let mut part = format!("--edge\r\n{heading}\r\n\r\n").into_bytes();
    part.extend_from_slice(words);
    part.extend_from_slice(b"\r\n");
    part
}

fn field(name: &str, words: &[u8]) -> Vec<u8> {
    part(
        &format!("Content-Disposition: form-data; name=\"{name}\""),
        words,
    )
}

fn file(name: &str, called: &str, words: &[u8]) -> Vec<u8> {
    let heading = format!(
        "Content-Disposition: form-data; name=\"{name}\"; filename=\"{called}\"\r\n\
         Content-Type: text/csv"
    );
    part(&heading, words)
}

async fn read<const MOST: usize>(parts: &[Vec<u8>]) -> Result<Upload<MOST>, Trouble> {
    let mut body = parts.concat();
    body.extend_from_slice(b"--edge--\r\n");
    sent("multipart/form-data; boundary=edge", body).await
}

async fn sent<const MOST: usize>(kind: &str, body: Vec<u8>) -> Result<Upload<MOST>, Trouble> {
    let request = Request::builder()
        .method("POST")
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(body))
        .unwrap();
    Upload::from_request(request, &()).await
}

#[tokio::test]
async fn fields_and_files_come_together() {
    let upload: Upload<1000> = read(&[
        field("a", b"one\0"),
        file("list", "councils.csv", b"code,name\r\n\r\nX\xFF\0"),
        field("a", "zwei ż".as_bytes()),
    ])
    .await
    .unwrap();
    assert_eq!(
        upload.fields.all("a").collect::<Vec<_>>(),
        ["one", "zwei ż"]
    );
    let list = upload.file("list").unwrap();
    assert_eq!(list.name, "councils.csv");
    assert_eq!(list.content_type, "text/csv");
    assert_eq!(list.bytes, b"code,name\r\n\r\nX\xFF\0", "byte for byte");
    assert_eq!(upload.file("other"), None);
}

#[tokio::test]
async fn a_form_without_a_file_is_read_as_well() {
    let upload: Upload<1000> = sent("application/x-www-form-urlencoded", b"a=1".to_vec())
        .await
        .unwrap();
    assert_eq!(upload.fields.get("a"), "1");
    let empty: Upload<1000> = read(&[file("list", "", b"")]).await.unwrap();
    assert_eq!(empty.files, [], "nothing was chosen");
}

#[tokio::test]
async fn names_bring_no_folders_and_hide_nothing() {
    for (sent, kept) in [
        ("../../etc/passwd", "passwd"),
        ("C:\\\\fakepath\\\\list.csv", "list.csv"),
        ("a\u{202E}vsc.exe", "avsc.exe"),
        ("..", ".."),
    ] {
        let upload: Upload<1000> = read(&[file("f", sent, b"x")]).await.unwrap();
        assert_eq!(upload.file("f").unwrap().name, kept, "{sent}");
    }
    let upload: Upload<5000> = read(&[file("f", &"ż".repeat(900), b"x")]).await.unwrap();
    assert_eq!(upload.file("f").unwrap().name.chars().count(), 200);
}

#[tokio::test]
async fn what_is_too_large_or_no_form_is_refused() {
    let large = read::<1000>(&[file("f", "a", &[b'x'; 2000])]).await;
    assert!(matches!(large, Err(Trouble::TooLarge)));
    let larger = read::<4000>(&[file("f", "a", &[b'x'; 2000])]).await;
    assert_eq!(larger.unwrap().file("f").unwrap().bytes.len(), 2000);
    let long_field = read::<9_000_000>(&[field("a", &vec![b'x'; 5_000_000])]).await;
    assert!(matches!(long_field, Err(Trouble::TooLarge)));
    for (kind, body) in [
        ("multipart/form-data", &b"--edge--\r\n"[..]),
        ("multipart/form-data; boundary=edge", b"no edge at all"),
        ("multipart/form-data; boundary=edge", b"--edge\r\nno end"),
        ("text/plain", b"a=1"),
    ] {
        let answer = sent::<1000>(kind, body.to_vec()).await;
        assert!(
            matches!(answer, Err(Trouble::Unreadable(_))),
            "{kind}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn fields_are_counted() {
    let fields: Vec<_> = (0..300).map(|at| field(&format!("f{at}"), b"x")).collect();
    let upload: Upload<100_000> = read(&fields).await.unwrap();
    assert_eq!(upload.fields.get("f199"), "x");
    assert_eq!(upload.fields.sent("f200"), None);
}
