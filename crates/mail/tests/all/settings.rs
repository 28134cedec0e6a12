//! What the owner may set.

use mail::{Mailer, Security, Settings, Wrong};

fn ours() -> Settings {
    Settings {
        host: "mail.example.org".to_owned(),
        port: 465,
        user: Some("wiki".to_owned()),
        password: Some("a-secret".to_owned()),
        from: "Fosbury <wiki@example.org>".to_owned(),
        security: Security::Tls,
    }
}

fn wrong(settings: Settings) -> Option<Wrong> {
    Mailer::new(settings).err()
}

#[test]
fn usual_settings_are_taken_without_a_connection() {
    assert_eq!(wrong(ours()), None);
    for security in [Security::StartTls, Security::Plain] {
        assert_eq!(wrong(Settings { security, ..ours() }), None);
    }
    for from in [
        "wiki@example.org",
        "\"Wiki, the\" <wiki@example.org>",
        "Tŷ <wiki@example.org>",
    ] {
        assert_eq!(
            wrong(Settings {
                from: from.to_owned(),
                ..ours()
            }),
            None,
            "{from}"
        );
    }
}

#[test]
fn a_sender_that_is_not_exactly_one_address_is_wrong() {
    for from in [
        "",
        "Fosbury",
        "a@example.org, b@example.org",
        "Wiki <a@example.org>, Other <b@example.org>",
        "Wiki\r\nBcc: x@example.org <a@example.org>",
        "wiki@exämple.org",
    ] {
        let expected = Some(Wrong::From(from.to_owned()));
        assert_eq!(
            wrong(Settings {
                from: from.to_owned(),
                ..ours()
            }),
            expected,
            "{from}"
        );
    }
}

#[test]
fn letters_do_not_cross_the_internet_in_plain() {
    let plain = |host: &str| {
        wrong(Settings {
            host: host.to_owned(),
            security: Security::Plain,
            ..ours()
        })
    };
    for host in [
        "localhost",
        "mailpit",
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "fd00::1",
    ] {
        assert_eq!(plain(host), None, "{host}");
    }
    for host in ["203.0.113.9", "2001:db8::1", "::ffff:203.0.113.9"] {
        assert!(
            matches!(plain(host), Some(Wrong::PlainInPublic(_))),
            "{host}"
        );
    }
}

#[test]
fn half_a_sign_in_or_no_host_is_wrong() {
    assert_eq!(
        wrong(Settings {
            user: None,
            ..ours()
        }),
        Some(Wrong::HalfSignIn)
    );
    assert_eq!(
        wrong(Settings {
            password: None,
            ..ours()
        }),
        Some(Wrong::HalfSignIn)
    );
    for host in ["", "mail example", "mail\r\n"] {
        assert_eq!(
            wrong(Settings {
                host: host.to_owned(),
                ..ours()
            }),
            Some(Wrong::Host)
        );
    }
}

#[test]
fn the_password_is_not_shown() {
    assert!(!format!("{:?}", ours()).contains("a-secret"));
}
