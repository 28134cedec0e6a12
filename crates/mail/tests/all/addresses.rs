//! What is an address.

use mail::{Address, WrongAddress};

#[test]
fn an_address_is_trimmed_and_lower_case() {
    let amina = Address::parse("  Amina.O'Neill+Wiki@Mail.Example.ORG ").unwrap();
    assert_eq!(amina.as_str(), "amina.o'neill+wiki@mail.example.org");
    assert_eq!(amina.domain(), "mail.example.org");
    assert_eq!(
        Address::parse("root@localhost").unwrap().to_string(),
        "root@localhost"
    );
    assert!(Address::parse("post@xn--mller-kva.de").is_ok());
}

#[test]
fn what_is_no_address_says_why() {
    for (text, why) in [
        ("  ", WrongAddress::Empty),
        ("amina", WrongAddress::NoAt),
        ("amina@example.org, ben@example.org", WrongAddress::Several),
        ("amina@example.org;ben@example.org", WrongAddress::Several),
        ("amina@example.org@example.com", WrongAddress::Several),
        ("amina@müller.de", WrongAddress::Foreign),
        ("Amina <amina@example.org>", WrongAddress::Forbidden),
        ("\"a b\"@example.org", WrongAddress::Forbidden),
        ("amina@[127.0.0.1]", WrongAddress::Forbidden),
        ("@example.org", WrongAddress::Name),
        ("amina.@example.org", WrongAddress::Name),
        ("a..b@example.org", WrongAddress::Name),
        ("amina@", WrongAddress::Domain),
        ("amina@example", WrongAddress::Domain),
        ("amina@example..org", WrongAddress::Domain),
        ("amina@-example.org", WrongAddress::Domain),
        ("amina@127.0.0.1", WrongAddress::Domain),
    ] {
        assert_eq!(Address::parse(text), Err(why), "{text}");
    }
}

#[test]
fn no_line_break_is_hidden_in_an_address() {
    for sign in ["\r\n", "\n", "\r", "\0", "\u{85}"] {
        for text in [
            "amina@example.org{}",
            "amina{}@example.org",
            "{}amina@example.org",
        ] {
            let text = text.replace("{}", sign);
            assert_eq!(
                Address::parse(&text),
                Err(WrongAddress::Forbidden),
                "{text:?}"
            );
        }
    }
}

#[test]
fn an_address_has_254_bytes_at_the_most() {
    let with = |bytes: usize| {
        let domain = format!("{}.{}.{}", "d".repeat(63), "d".repeat(63), "d".repeat(57));
        format!("{}@{domain}.org", "n".repeat(bytes - domain.len() - 5))
    };
    assert_eq!(with(254).len(), 254);
    assert!(Address::parse(&with(254)).is_ok());
    assert_eq!(Address::parse(&with(255)), Err(WrongAddress::TooLong));
    let long = format!("{}@example.org", "n".repeat(65));
    assert_eq!(Address::parse(&long), Err(WrongAddress::Name));
}
