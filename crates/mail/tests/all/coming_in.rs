//! What is read of messages that come in.

use mail::{Letter, Received, Ways};

use crate::sink::{Manners, Sink};

fn read(message: &str) -> Received {
    Received::read(message.replace('\n', "\r\n").as_bytes()).unwrap()
}

#[test]
fn a_plain_answer_is_read_with_who_wrote_it_to_whom() {
    let read = read(
        "Return-Path: <tom@n.example>\nDelivered-To: reply+abc@h.example\n\
         From: Tom Ashe <Tom@N.example>\nTo: \"Fosbury\" <reply+ABC@h.example>, x@y.example\n\
         Message-ID: <1@n.example>\nSubject: Re: x\n\nYes.\n",
    );
    assert_eq!(read.from.unwrap().as_str(), "tom@n.example");
    let to: Vec<&str> = read.to.iter().map(mail::Address::as_str).collect();
    assert_eq!(
        to,
        ["reply+abc@h.example", "x@y.example", "reply+abc@h.example"]
    );
    assert_eq!(read.id, "1@n.example");
    assert_eq!(read.text.trim(), "Yes.");
    assert!(!read.is_automatic);
}

#[test]
fn html_alone_becomes_text_and_files_are_counted() {
    let read = read(
        "From: t@n.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
         --b\nContent-Type: text/html; charset=utf-8\n\n<p>Yes &amp; <b>no</b></p><p>Tom</p>\n\
         --b\nContent-Type: image/png\nContent-Disposition: attachment; filename=x.png\n\
         Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n",
    );
    assert!(read.text.contains("Yes & no"), "{:?}", read.text);
    assert!(!read.text.contains('<'), "{:?}", read.text);
    assert_eq!(read.files, 1);
}

#[test]
fn old_and_broken_encodings_are_read_as_well_as_they_can_be() {
    let latin = b"From: t@n.example\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
                  Content-Transfer-Encoding: quoted-printable\r\n\r\nCaf=E9 =2E\r\n";
    assert_eq!(Received::read(latin).unwrap().text.trim(), "Café .");
    let broken = b"From: t@n.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nS\xffan\r\n";
    assert!(Received::read(broken).unwrap().text.starts_with('S'));
    assert_eq!(Received::read(b""), None);
}

#[test]
fn what_no_person_typed_is_known() {
    for header in [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "Precedence: bulk",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "Return-Path: <>",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    ] {
        let message = format!("From: t@n.example\n{header}\n\nI am away.\n");
        assert!(read(&message).is_automatic, "{header}");
    }
    let typed = "From: t@n.example\nAuto-Submitted: no\nPrecedence: normal\n\nYes\n";
    assert!(!read(typed).is_automatic);
}

#[tokio::test]
async fn a_letter_names_where_answers_go_and_how_it_ends() {
    let sink = Sink::with(Manners::default()).await;
    let letter = Letter {
        to: mail::Address::parse("tom@n.example").unwrap(),
        subject: "Kit said something".to_owned(),
        text: "Hello\n".to_owned(),
    };
    let ways = Ways {
        answers: Some(mail::Address::parse("reply+abc@h.example").unwrap()),
        leave: Some("https://h.example/letters/abc".to_owned()),
        thread: Some("session-12".to_owned()),
    };
    sink.mailer().send_with("1", &letter, &ways).await.unwrap();
    assert_eq!(sink.header("Reply-To"), ["reply+abc@h.example"]);
    assert_eq!(
        sink.header("List-Unsubscribe"),
        ["<https://h.example/letters/abc>"]
    );
    assert_eq!(sink.header("References"), ["<session-12@example.org>"]);
    let smuggled = Ways {
        leave: Some("x>\r\nBcc: y@z.example".to_owned()),
        ..Ways::default()
    };
    assert!(
        sink.mailer()
            .send_with("1", &letter, &smuggled)
            .await
            .is_err()
    );
}
