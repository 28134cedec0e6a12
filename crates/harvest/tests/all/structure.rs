//! Who said it, where, under which heading, how deep; and what is no note at all.

use harvest::{Format, Is, Line, Marker, Notes, read};

use crate::labelled::sessions;

fn plain(text: &str) -> Notes {
    read(text.as_bytes(), Some(Format::Plain)).unwrap()
}

fn line<'n>(notes: &'n Notes, start: &str) -> &'n Line {
    notes
        .lines
        .iter()
        .find(|line| line.text.starts_with(start))
        .unwrap()
}

#[test]
fn every_labelled_line_of_every_session_is_there_and_only_furniture_is_not() {
    for session in sessions("sessions").unwrap() {
        let notes = session.notes();
        for label in &session.labels {
            let found = notes.lines.iter().find(|line| line.number == label.number);
            match label.is {
                Is::Furniture => assert_eq!(found, None),
                Is::Heading => assert!(found.unwrap().heading.is_some(), "{found:?}"),
                Is::Line(_) => assert_eq!(found.unwrap().heading, None, "{found:?}"),
            }
        }
        let furniture = session
            .labels
            .iter()
            .filter(|label| label.is == Is::Furniture);
        assert_eq!(notes.left_out.len(), furniture.count(), "{}", session.name);
    }
}

#[test]
fn bullets_nest_and_know_the_heading_above_them() {
    let notes = plain("In the way\n\n  • no time\n    • and no cover\n  • no kit\n* loose\n");
    let depths: Vec<usize> = notes.lines.iter().map(|line| line.depth).collect();
    assert_eq!(depths, [0, 0, 1, 0, 0]);
    assert_eq!(line(&notes, "and no cover").under, ["In the way"]);
    assert_eq!(line(&notes, "loose").marker, Marker::Bullet);
}

#[test]
fn a_note_takers_part_ends_where_everybodys_begins() {
    let notes = plain(
        "Mina Low's notes\n\nIt rained.\n\nTips\n\nBring a coat.\n\nWhat next\n\nMeet again.\n",
    );
    assert_eq!(line(&notes, "It rained").voice(), Some("Mina Low"));
    assert_eq!(line(&notes, "Bring").voice(), Some("Mina Low"));
    assert_eq!(line(&notes, "Meet").voice(), None);
}

#[test]
fn speakers_are_known_by_colon_dash_and_tip() {
    let notes = plain(
        "ANN: we tried\nBEN: it failed\nANN: twice\nBEN: and again\n\nBe bold, be kind, be quick – Carys Bell\n\nJo Tip: look under the lid first\n\nNote: this is no name\n",
    );
    assert_eq!(line(&notes, "BEN: it").speaker.as_deref(), Some("BEN"));
    assert_eq!(line(&notes, "BEN: it").said(), "it failed");
    assert_eq!(
        line(&notes, "Be bold").speaker.as_deref(),
        Some("Carys Bell")
    );
    assert_eq!(line(&notes, "Be bold").said(), "Be bold, be kind, be quick");
    assert_eq!(line(&notes, "Jo Tip").speaker.as_deref(), Some("Jo"));
    assert_eq!(line(&notes, "Note").speaker, None);
}

#[test]
fn places_are_known_by_what_was_done_there() {
    let notes = plain(
        "In Fenmoor we found\n\n- it was cheap\n\nOther things\n\nSaltmere – wrote theirs in a day.\n\nAshcombe ran three of them.\n\nIn Upper Orle they asked the auditors.\n\nCoffee arrived late. The coffee was cold.\n\nGet members involved early.\n",
    );
    let place = |start: &str| line(&notes, start).organisation.as_deref();
    assert_eq!(place("it was cheap"), Some("Fenmoor"));
    assert_eq!(place("Saltmere"), Some("Saltmere"));
    assert_eq!(place("Ashcombe"), Some("Ashcombe"));
    assert_eq!(place("In Upper"), Some("Upper Orle"));
    assert_eq!(place("Coffee"), None);
    assert_eq!(place("Get"), None);
}

#[test]
fn times_stand_beside_what_was_said() {
    let notes = plain("10:05 the lift is broken\n[00:12:31] still broken\n2009 was a good year\n");
    assert_eq!(notes.lines[0].said_at.as_deref(), Some("10:05"));
    assert_eq!(notes.lines[0].said(), "the lift is broken");
    assert_eq!(notes.lines[1].said_at.as_deref(), Some("00:12:31"));
    assert_eq!(notes.lines[2].said_at, None);
}

#[test]
fn sentences_broken_at_the_edge_are_whole_again_and_short_lines_stay_apart() {
    let broken = "The first of the sentences that was broken by a mail program at its\nedge goes on here for a while until it is broken a second time by the\nprogram and ends here at last, which is the end of all of the\nsentence.\n";
    assert_eq!(plain(broken).lines.len(), 1);
    assert_eq!(
        plain("nothing is joined up at all in this place\none inbox, shared\nmore cake\n")
            .lines
            .len(),
        3
    );
}

#[test]
fn a_pages_furniture_is_left_out_and_an_editors_note_is_not() {
    let notes = plain(
        "Log in\n\nBarriers\n\n* no time\n\nThe raw notes can be read under 'old revisions'.\n\na/b.txt · Last modified: 2009/07/03 20:31 by owen\nCC Attribution-Share Alike 3.0\nRecent changes RSS feed\n",
    );
    let texts: Vec<&str> = notes.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Barriers",
            "no time",
            "The raw notes can be read under 'old revisions'."
        ]
    );
    assert_eq!(notes.left_out.len(), 4);
}
