//! The same notes in five formats, and files that are none of them.

use std::io::{Cursor, Write};

use harvest::{Format, Notes, Unreadable, read};

const WANTED: [&str; 5] = [
    "In the way",
    "no time & no cover",
    "and no kit",
    "Read the guide (https://example.org/guide)",
    "One more thing.",
];

fn texts(notes: &Notes) -> Vec<&str> {
    notes.lines.iter().map(|line| line.text.as_str()).collect()
}

fn document(xml: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("word/document.xml", options).unwrap();
    archive.write_all(xml.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn markdown_dokuwiki_and_html_give_the_same_lines() {
    let markdown = "# In the way\n\n- **no time** & no cover\n    - and no kit\n- Read [the guide](https://example.org/guide)\n\nOne more thing.\n";
    let dokuwiki = "====== In the way ======\n\n  * **no time** & no cover\n    * and no kit\n  * Read [[https://example.org/guide|the guide]]\n\n//One more thing.//\n";
    let html = "<!doctype html><html><head><title>x</title></head><body><nav><a>Home</a></nav><h1>In the way</h1><ul><li><b>no time</b> &amp; no cover<ul><li>and no kit</li></ul></li><li>Read the guide (https://example.org/guide)</li></ul><p>One more thing.</p><script>if (a<b) {}</script><footer>2009</footer></body></html>";
    for (format, text) in [
        (Format::Markdown, markdown),
        (Format::DokuWiki, dokuwiki),
        (Format::Html, html),
    ] {
        assert_eq!(Format::of_bytes(text.as_bytes()), format);
        let notes = read(text.as_bytes(), None).unwrap();
        assert_eq!(texts(&notes), WANTED, "{format:?}");
        assert_eq!(notes.lines[0].heading, Some(1), "{format:?}");
        assert_eq!(notes.lines[2].depth, notes.lines[1].depth + 1, "{format:?}");
        assert_eq!(notes.lines[1].under, ["In the way"], "{format:?}");
    }
}

#[test]
fn a_word_processors_document_gives_them_too() {
    let bytes = document(
        r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>
        <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>In the way</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t xml:space="preserve">no time </w:t></w:r><w:r><w:t>&amp; no cover</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>and no kit</w:t></w:r></w:p>
        <w:p><w:r><w:t>Read the guide (https://example.org/guide)</w:t></w:r><w:r><w:delText>gone</w:delText></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>One more thing.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        </w:body></w:document>"#,
    );
    let notes = read(&bytes, None).unwrap();
    assert_eq!(texts(&notes), WANTED);
    assert_eq!(notes.lines[0].heading, Some(1));
    assert_eq!(notes.lines[2].depth, notes.lines[1].depth + 1);
}

#[test]
fn old_sets_of_letters_are_read() {
    assert_eq!(texts(&read(b"Caf\xe9 talk", None).unwrap()), ["Café talk"]);
    assert_eq!(texts(&read(b"\xff\xfeh\x00i\x00", None).unwrap()), ["hi"]);
}

#[test]
fn what_cannot_be_read_is_refused_in_a_sentence() {
    assert_eq!(read(b"", None), Err(Unreadable::Empty));
    assert_eq!(read(b" \n\n ---\n", None), Err(Unreadable::Empty));
    assert_eq!(read(b"\x7fELF\x00\x01", None), Err(Unreadable::NotText));
    assert_eq!(
        read(b"PK\x03\x04rubbish", None),
        Err(Unreadable::DamagedDocument)
    );
    assert_eq!(
        read(b"plain words", Some(Format::Docx)),
        Err(Unreadable::DamagedDocument)
    );
    assert_eq!(
        read("a\n".repeat(20_001).as_bytes(), None),
        Err(Unreadable::TooLong)
    );
    assert_eq!(
        read(&vec![b'a'; harvest::MOST_BYTES + 1], None),
        Err(Unreadable::TooLarge)
    );
    assert!(Unreadable::NotText.to_string().ends_with('.'));
}

#[test]
fn a_small_file_that_holds_an_endless_one_is_refused() {
    let bomb = document(&format!(
        "<w:p><w:t>{}</w:t></w:p>",
        "a".repeat(65 * 1024 * 1024)
    ));
    assert!(bomb.len() < 200_000);
    assert_eq!(read(&bomb, None), Err(Unreadable::TooLarge));
}

#[test]
fn a_page_nested_ten_thousand_deep_is_read() {
    let deep = format!(
        "<html><body>{}<p>down here</p>",
        "<div><ul><li>".repeat(10_000)
    );
    assert_eq!(texts(&read(deep.as_bytes(), None).unwrap()), ["down here"]);
}
