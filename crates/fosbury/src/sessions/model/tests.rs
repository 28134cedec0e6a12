use super::*;

fn line(id: &str, guest: &str, at: i64, place: i64) -> Line {
    Line {
        id: id.to_owned(),
        guest: guest.to_owned(),
        author: guest.to_owned(),
        written_at: Moment(at),
        place,
        text: format!("said {id}"),
        ..Line::default()
    }
}

#[test]
fn each_writer_has_a_column_and_the_shared_one_comes_first() {
    let mut shared = line("s", "Kit", 90, 5);
    shared.is_together = true;
    let lines = vec![
        line("b2", "Bo", 30, 20),
        line("a1", "Ann", 20, 7),
        shared,
        line("b1", "Bo", 10, 10),
    ];
    let told: Vec<(String, Vec<String>)> = columns("x", lines)
        .into_iter()
        .map(|one| {
            (
                one.name,
                one.lines.into_iter().map(|line| line.id).collect(),
            )
        })
        .collect();
    let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        told,
        [
            (String::new(), owned(&["s"])),
            ("Bo".to_owned(), owned(&["b1", "b2"])),
            ("Ann".to_owned(), owned(&["a1"])),
        ]
    );
}

#[test]
fn the_hash_of_a_capture_tells_order_and_words() {
    let (one, two) = (line("1", "A", 1, 1), line("2", "A", 2, 2));
    let (first, second) = (one.hash(), two.hash());
    let forth = capture_hash([first.as_str(), second.as_str()].into_iter());
    let back = capture_hash([second.as_str(), first.as_str()].into_iter());
    assert_ne!(forth, back);
    let other = Line {
        text: "else".to_owned(),
        ..one
    };
    assert_ne!(other.hash(), first);
}

#[test]
fn initials_keep_nobodys_name() {
    assert_eq!(initials("Amina Begum-Hall"), "A. B. H.");
    assert_eq!(initials("A. B. H."), "A. B. H.");
    assert_eq!(initials("  zoë "), "Z.");
    assert_eq!(initials("42"), "");
}

#[test]
fn a_writers_word_differs_from_session_to_session() {
    assert_ne!(by("a", "p1", "", "Ann"), by("b", "p1", "", "Ann"));
    assert_eq!(by("a", "p1", "", "Ann"), by("a", "p1", "", "Anne"));
    assert_ne!(by("a", "", "", "Ann"), by("a", "", "", "Bo"));
}
