//! Names that are safe wherever they stand.

use super::{Kind, disposition, length, named};

#[test]
fn a_name_ends_in_what_the_file_is() {
    let names = [
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\jo\\letter.docx", "letter.txt"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie: x=1.txt"),
        ("photo\u{202E}gpj.exe", "photogpj.txt"),
        ("", "file.txt"),
        ("...", "file.txt"),
        (".htaccess", ".htaccess.txt"),
        ("Minutes 3.5.2026", "Minutes 3.5.2026.txt"),
    ];
    for (sent, expected) in names {
        let name = named(sent, Kind::Text);
        let expected = expected.trim_start_matches('.');
        assert_eq!(name, expected, "{sent:?}");
    }
}

#[test]
fn no_name_breaks_out_of_its_header() {
    for name in [
        "a\"; x=\"b.pdf",
        "Ŵyl; a=b.pdf",
        "a%22.pdf",
        "a\\\".pdf",
        "ab'c.pdf",
    ] {
        let header = disposition(Kind::Pdf, name);
        assert!(header.is_ascii(), "{header}");
        assert_eq!(header.matches('"').count(), 2, "{header}");
        assert_eq!(header.matches('\'').count(), 2, "{header}");
        assert!(!header.contains('\\'), "{header}");
    }
    let header = disposition(Kind::Png, "Ŵyl.png");
    assert_eq!(
        header,
        "inline; filename=\"_yl.png\"; filename*=UTF-8''%C5%B4yl.png"
    );
}

#[test]
fn lengths_are_for_people() {
    let lengths = [
        (0, "0 B"),
        (999, "999 B"),
        (1_500, "2 kB"),
        (2_340_000, "2.3 MB"),
    ];
    for (bytes, words) in lengths {
        assert_eq!(length(bytes), words);
    }
}
