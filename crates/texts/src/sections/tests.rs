use proptest::prelude::*;

use super::{Section, replace_section, sections};
use crate::tests::{markdown, seeded};

const GUIDE: &str =
    "Before.\n\n# Start\n\nOne.\n\n## Steps ##\nTwo.\n\n```\n# not a heading\n```\n\n# End\nThree.";

#[test]
fn a_section_reaches_to_the_next_heading_of_its_level() {
    let found = sections(GUIDE);
    let outline: Vec<(u8, &str)> = found
        .iter()
        .map(|section| (section.level, section.title.as_str()))
        .collect();
    assert_eq!(outline, [(1, "Start"), (2, "Steps"), (1, "End")]);
    assert!(GUIDE[found[0].range.clone()].ends_with("```\n\n"));
    assert_eq!(found[0].range.end, found[2].range.start);
    assert_eq!(&GUIDE[found[2].range.clone()], "# End\nThree.");
}

#[test]
fn only_headings_of_the_text_itself_count() {
    for text in [
        "#tag",
        "####### seven",
        "    # code",
        "> # quoted",
        "- # in a list",
        "\\# a",
    ] {
        assert_eq!(sections(text), [], "{text}");
    }
    let found = sections("- item\n# After a list\n#");
    assert_eq!(
        found[0],
        Section {
            level: 1,
            title: "After a list".to_owned(),
            range: 7..22
        }
    );
    assert_eq!(found[1].title, "");
}

#[test]
fn a_replaced_section_leaves_the_rest_alone() {
    let replaced = replace_section(GUIDE, 1, "## Way\nNew.");
    assert_eq!(
        replaced,
        "Before.\n\n# Start\n\nOne.\n\n## Way\nNew.\n\n# End\nThree."
    );
    assert_eq!(replace_section(GUIDE, 2, ""), GUIDE[..GUIDE.len() - 12]);
    assert_eq!(replace_section(GUIDE, 9, "x"), GUIDE);
}

proptest! {
    #![proptest_config(seeded(800))]

    #[test]
    fn sections_nest_and_replace_themselves(text in markdown()) {
        let found = sections(&text);
        for (index, section) in found.iter().enumerate() {
            let own = &text[section.range.clone()];
            prop_assert!(own.trim_start_matches(' ').starts_with('#'));
            prop_assert_eq!(replace_section(&text, index, own), text.clone());
            prop_assert_eq!(replace_section(&text, index, own.trim_end_matches(['\r', '\n'])), text.clone());
            for later in &found[index + 1..] {
                let inside = later.range.end <= section.range.end && later.level > section.level;
                prop_assert!(later.range.start >= section.range.end || inside);
            }
        }
    }
}
