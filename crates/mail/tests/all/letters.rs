//! What becomes of a letter.

use mail::{Address, Failure, Letter, Mailer, Security, Settings};

use crate::sink::{Manners, Sink};

fn welcome() -> Letter {
    Letter {
        to: Address::parse("Amina@Example.org").unwrap(),
        subject: "Welcome".to_owned(),
        text: "Good day\n\n.\nMAIL FROM:<x@y.org>\n\nhttps://wiki.example.org/in\n".to_owned(),
    }
}

async fn outcome(manners: Manners) -> Result<(), Failure> {
    Sink::with(manners).await.mailer().send(&welcome()).await
}

fn is_later(outcome: &Result<(), Failure>, part: &str) -> bool {
    matches!(outcome, Err(Failure::Later(why)) if why.contains(part))
}

fn is_refused(outcome: &Result<(), Failure>, part: &str) -> bool {
    matches!(outcome, Err(Failure::Refused(why)) if why.contains(part))
}

#[tokio::test]
async fn a_letter_is_accepted_whole() {
    let sink = Sink::with(Manners::default()).await;
    sink.mailer().send(&welcome()).await.unwrap();
    let heard = sink.heard();
    for line in [
        "EHLO [127.0.0.1]",
        "MAIL FROM:<Wiki@example.org>",
        "RCPT TO:<amina@example.org>",
        "From: Fosbury <Wiki@example.org>",
        "To: amina@example.org",
        "Subject: Welcome",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "Auto-Submitted: auto-generated",
        "..",
        "MAIL FROM:<x@y.org>",
        "https://wiki.example.org/in",
        "QUIT",
    ] {
        assert!(
            heard.iter().any(|said| said == line),
            "{line} is not in {heard:#?}"
        );
    }
    assert_eq!(sink.header("Date").len(), 1);
    let id = sink.header("Message-ID").remove(0);
    assert!(id.ends_with("@example.org>") && id.len() == 46, "{id}");
}

#[tokio::test]
async fn welsh_is_quoted_and_bengali_is_base64_and_subjects_are_encoded() {
    let sink = Sink::with(Manners::default()).await;
    let welsh = Letter {
        text: "Croeso cynnes i bawb yn y tŷ hwn heddiw\n".to_owned(),
        ..welcome()
    };
    sink.mailer().send(&welsh).await.unwrap();
    assert!(
        sink.heard()
            .iter()
            .any(|line| line.contains("yn y t=C5=B7 hwn"))
    );
    let (subject, text) = ("শুভেচ্ছা".to_owned(), "স্বাগতম\n".to_owned());
    sink.mailer()
        .send(&Letter {
            subject,
            text,
            ..welcome()
        })
        .await
        .unwrap();
    let encodings = sink.header("Content-Transfer-Encoding");
    assert_eq!(encodings, ["quoted-printable", "base64"]);
    assert!(sink.header("Subject")[1].starts_with("=?utf-8?b?"));
    assert!(
        sink.heard()
            .iter()
            .all(|line| line.is_ascii() && line.len() <= 998)
    );
}

#[tokio::test]
async fn one_letter_tried_twice_keeps_its_message_id() {
    let sink = Sink::with(Manners::default()).await;
    let other = Letter {
        text: "Good night".to_owned(),
        ..welcome()
    };
    for (key, letter) in [
        ("1", &welcome()),
        ("1", &welcome()),
        ("2", &welcome()),
        ("1", &other),
    ] {
        sink.mailer().send_as(key, letter).await.unwrap();
    }
    let ids = sink.header("Message-ID");
    assert_eq!(ids[0], ids[1]);
    assert!(ids[0] != ids[2] && ids[0] != ids[3] && ids[2] != ids[3]);
}

#[tokio::test]
async fn a_busy_server_means_later_and_a_refusal_means_never() {
    let rcpt = |words| {
        outcome(Manners {
            rcpt: Some(words),
            ..Manners::default()
        })
    };
    assert!(is_later(&rcpt("451 greylisted").await, "greylisted"));
    assert!(is_refused(
        &rcpt("550 no such person").await,
        "no such person"
    ));
    let end = |words| {
        outcome(Manners {
            end: Some(words),
            ..Manners::default()
        })
    };
    assert!(is_later(&end("452 full").await, "full"));
    assert!(is_refused(&end("554 spam").await, "spam"));
}

#[tokio::test]
async fn a_server_that_is_away_hangs_up_or_talks_nonsense_means_later() {
    assert!(is_later(
        &outcome(Manners {
            hangs_up_at_data: true,
            ..Manners::default()
        })
        .await,
        ""
    ));
    let nonsense = Manners {
        greeting: Some("HTTP/1.1 400 what"),
        ..Manners::default()
    };
    assert!(is_later(&outcome(nonsense).await, ""));
    let closed = Manners {
        greeting: Some("554 closed today"),
        ..Manners::default()
    };
    assert!(is_later(&outcome(closed).await, "closed today"));
    let settings = Settings {
        port: 1,
        ..Sink::with(Manners::default()).await.settings()
    };
    assert!(is_later(
        &Mailer::new(settings).unwrap().send(&welcome()).await,
        ""
    ));
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_is_not_waited_for() {
    let began = tokio::time::Instant::now();
    let silent = outcome(Manners {
        is_silent: true,
        ..Manners::default()
    })
    .await;
    assert!(is_later(&silent, ""), "{silent:?}");
    assert!(began.elapsed().as_secs() <= 21);
}

#[tokio::test]
async fn a_wrong_password_says_nothing_against_the_letter() {
    let manners = Manners {
        auth: Some("535 wrong"),
        ..Manners::default()
    };
    let sink = Sink::with(manners).await;
    let (user, password) = (Some("wiki".to_owned()), Some("secret".to_owned()));
    let mailer = Mailer::new(Settings {
        user,
        password,
        ..sink.settings()
    })
    .unwrap();
    assert!(is_later(&mailer.send(&welcome()).await, "wrong"));
    assert!(!sink.heard().iter().any(|line| line.starts_with("MAIL")));
}

#[tokio::test]
async fn a_server_without_encryption_gets_no_letter_where_encryption_is_asked_for() {
    for security in [Security::StartTls, Security::Tls] {
        let sink = Sink::with(Manners::default()).await;
        let mailer = Mailer::new(Settings {
            security,
            ..sink.settings()
        })
        .unwrap();
        assert!(is_later(&mailer.send(&welcome()).await, ""));
        assert!(!sink.heard().iter().any(|line| line.starts_with("MAIL")));
    }
}

#[tokio::test]
async fn a_hostile_subject_never_reaches_the_server() {
    let sink = Sink::with(Manners::default()).await;
    for sign in ["\r\n", "\n", "\r", "\0", "\u{85}", "\u{2028}", "\u{b}"] {
        let subject = format!("Hello{sign}Bcc: everybody@example.org");
        let sent = sink
            .mailer()
            .send(&Letter {
                subject,
                ..welcome()
            })
            .await;
        assert!(is_refused(&sent, "subject"), "{sign:?}");
    }
    let subject = "long ".repeat(60);
    assert!(is_refused(
        &sink
            .mailer()
            .send(&Letter {
                subject,
                ..welcome()
            })
            .await,
        "250"
    ));
    assert!(sink.heard().is_empty());
}
