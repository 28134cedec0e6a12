//! What must hold of any notes.

use harvest::{Format, Notes, Register, harvest, read};
use proptest::prelude::*;

const FORMATS: [Option<Format>; 6] = [
    None,
    Some(Format::Plain),
    Some(Format::Markdown),
    Some(Format::DokuWiki),
    Some(Format::Html),
    Some(Format::Docx),
];

/// A line somebody may type: words, a bullet, an indent, a name.
fn line() -> impl Strategy<Value = String> {
    (
        "( {0,6})",
        "(|• |\\* |- |1\\. |\\[ \\] |10:04 |NIA: |> )",
        "[A-Za-z]{1,8}( [a-zA-Z,.?]{1,9}){0,14}",
    )
        .prop_map(|(indent, marker, words)| format!("{indent}{marker}{words}"))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn all_letters(notes: &Notes) -> String {
    notes.lines.iter().map(|line| letters(&line.text)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), format in 0..6_usize) {
        if let Ok(notes) = read(&bytes, FORMATS[format]) {
            let _ = harvest::<i64>(&notes, &Register::new(Vec::new()));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "(.{0,40}\n){0,12}", format in 0..6_usize) {
        if let Ok(notes) = read(text.as_bytes(), FORMATS[format]) {
            for found in harvest::<i64>(&notes, &Register::new(Vec::new())) {
                prop_assert!(found.line.text.contains(found.line.said()));
            }
        }
    }

    #[test]
    fn no_page_makes_it_panic(text in "(<[a-z/!]{0,6}[ a-z=\"]{0,9}>?|[a-z &;#]{0,9}){0,40}") {
        let _ = read(text.as_bytes(), Some(Format::Html));
    }

    #[test]
    fn no_word_of_plain_notes_is_lost_and_the_order_stays(lines in prop::collection::vec(line(), 1..30)) {
        let text = lines.join("\n");
        let notes = read(text.as_bytes(), Some(Format::Plain)).unwrap();
        prop_assert_eq!(&notes.left_out, &Vec::<String>::new());
        let mut wanted = String::new();
        for line in &lines {
            // A number before a line is a marker, like a bullet.
            wanted.push_str(&letters(line.trim().strip_prefix("1. ").unwrap_or(line)));
        }
        prop_assert_eq!(all_letters(&notes), wanted);
        prop_assert!(notes.lines.windows(2).all(|pair| pair[0].number < pair[1].number));
    }

    #[test]
    fn every_line_gets_all_kinds_and_their_shares_add_up(lines in prop::collection::vec(line(), 1..20)) {
        let notes = read(lines.join("\n").as_bytes(), None).unwrap();
        let found = harvest::<i64>(&notes, &Register::new(Vec::new()));
        prop_assert_eq!(found.len(), notes.lines.len());
        for it in found {
            let sum: f64 = it.kinds.iter().map(|(_, share)| share).sum();
            prop_assert_eq!(it.kinds.len(), 8);
            prop_assert!((sum - 1.0).abs() < 1e-9);
            prop_assert!(it.kinds.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        }
    }

    #[test]
    fn a_group_has_more_than_one_line(lines in prop::collection::vec(line(), 1..30)) {
        let notes = read(lines.join("\n").as_bytes(), None).unwrap();
        let groups: Vec<usize> = harvest::<i64>(&notes, &Register::new(Vec::new()))
            .iter()
            .filter_map(|it| it.group)
            .collect();
        prop_assert!(groups.iter().all(|one| groups.iter().filter(|it| *it == one).count() > 1));
    }
}
