//! What a file is, told by its bytes alone.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Content, Refusal, recognised};
use crate::attachments::model::Kind;

fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, words) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(words.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn refusal(bytes: &[u8], name: &str) -> Refusal {
    recognised(bytes, name).unwrap_err()
}

#[test]
fn what_an_office_writes_is_known_by_its_parts() {
    let word = archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", "<w/>"),
    ]);
    assert_eq!(
        recognised(&word, "a.zip"),
        Ok(Content::Document(Kind::Docx))
    );
    let sheet = archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<x/>"),
    ]);
    assert_eq!(recognised(&sheet, "a"), Ok(Content::Document(Kind::Xlsx)));
    let kind = "application/vnd.oasis.opendocument.text";
    let text = archive(&[("mimetype", kind), ("content.xml", "<office/>")]);
    assert_eq!(recognised(&text, "a.exe"), Ok(Content::Document(Kind::Odt)));
}

#[test]
fn an_archive_of_anything_else_is_no_document() {
    assert_eq!(
        refusal(&archive(&[("a.exe", "MZ")]), "a.docx"),
        Refusal::Archive
    );
    let kind = "application/epub+zip";
    let book = archive(&[("mimetype", kind), ("content.xml", "")]);
    assert_eq!(refusal(&book, "a.odt"), Refusal::Archive);
    assert_eq!(
        refusal(b"PK\x03\x04 and nothing more", "a.docx"),
        Refusal::Damaged
    );
    let mut hidden = b"PK\x03\x04 a program before the archive ".to_vec();
    hidden.extend(archive(&[
        ("[Content_Types].xml", ""),
        ("word/document.xml", ""),
    ]));
    assert!(recognised(&hidden, "a.docx").is_err());
}

#[test]
fn macros_are_refused_in_whatever_they_come() {
    let parts = [
        ("[Content_Types].xml", ""),
        ("word/document.xml", ""),
        ("word/vbaProject.bin", "x"),
    ];
    assert_eq!(refusal(&archive(&parts), "a.docx"), Refusal::Macros);
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let parts = [
        ("mimetype", kind),
        ("content.xml", ""),
        ("Basic/script-lc.xml", ""),
    ];
    assert_eq!(refusal(&archive(&parts), "a.ods"), Refusal::Macros);
    assert_eq!(
        refusal(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.doc"),
        Refusal::Macros
    );
}

#[test]
fn words_are_words_unless_a_browser_would_run_them() {
    let csv = recognised(b"a,b\n1,2\n", "List.CSV");
    assert_eq!(csv, Ok(Content::Document(Kind::Csv)));
    let text = recognised("Annwyl bawb, \u{174}yl".as_bytes(), "letter.html");
    assert_eq!(text, Ok(Content::Document(Kind::Text)));
    assert_eq!(
        refusal(b"  <SVG onload=alert(1)>", "a.txt"),
        Refusal::Drawing
    );
    assert_eq!(
        refusal(b"<?xml version='1.0'?><svg/>", "a.png"),
        Refusal::Drawing
    );
    assert_eq!(refusal(b"\n<!DOCTYPE html><p>", "a.csv"), Refusal::Page);
    assert_eq!(
        refusal(b"x <script>alert(1)</script>", "a.txt"),
        Refusal::Page
    );
    assert_eq!(refusal(b"#!/bin/sh\nrm -rf /", "a.txt"), Refusal::Program);
    assert_eq!(refusal(b"words and a \x07 bell", "a.txt"), Refusal::Unknown);
}

#[test]
fn everything_else_has_its_sentence() {
    let films: [&[u8]; 3] = [b"\0\0\0\x20ftypisom", b"RIFF\0\0\0\0WAVE", b"OggS\0"];
    for film in films {
        assert_eq!(refusal(film, "a"), Refusal::Film);
    }
    assert_eq!(refusal(b"\0\0\0\x20ftypheic", "a.jpg"), Refusal::Heic);
    assert_eq!(refusal(b"MZ\x90\0", "a.pdf"), Refusal::Program);
    assert_eq!(refusal(b"", "a.pdf"), Refusal::Empty);
}
