//! How often the model is right, and that its weights are what is learned.

use std::sync::LazyLock;

use harvest::{
    Entry, Figures, Format, Kind, Model, Notes, Register, Row, Session, harvest, learn, measure,
    read,
};

use crate::labelled::{hands, sessions};

/// Learning as often as there are sessions takes a while: once is enough.
static FIGURES: LazyLock<Figures> = LazyLock::new(|| {
    let (sessions, unseen) = (sessions("sessions").unwrap(), sessions("unseen").unwrap());
    measure(&sessions, &hands().unwrap(), &unseen)
});

/// Of how many lines how many were right, and how many among the first two.
fn sum(rows: &[Row]) -> (usize, usize, usize) {
    rows.iter().fold((0, 0, 0), |sum, it| {
        (sum.0 + it.1, sum.1 + it.2, sum.2 + it.3)
    })
}

#[test]
fn four_in_five_lines_of_unseen_sessions_are_right_and_nearly_all_among_two() {
    let figures = &*FIGURES;
    assert!(figures.lines() >= 200, "{} lines", figures.lines());
    assert!(figures.right() >= 80.0, "{figures}");
    assert!(figures.among_two() >= 92.0, "{figures}");
}

#[test]
fn the_surer_the_model_is_the_more_often_it_is_right() {
    let sure = FIGURES.sure;
    let share = |tenths: &[(usize, usize)]| {
        let (all, right) = tenths
            .iter()
            .fold((0, 0), |(all, right), it| (all + it.0, right + it.1));
        f64::from(u32::try_from(right).unwrap()) / f64::from(u32::try_from(all.max(1)).unwrap())
    };
    assert!(share(&sure[8..]) > 0.9, "{sure:?}");
    assert!(share(&sure[..5]) < share(&sure[5..8]), "{sure:?}");
    assert!(share(&sure[5..8]) < share(&sure[8..]), "{sure:?}");
}

#[test]
fn the_weights_that_are_kept_are_those_that_are_learned() {
    let mut all: Vec<Session> = sessions("sessions").unwrap();
    all.extend(hands().unwrap().into_iter().flat_map(|hand| hand.sessions));
    let notes: Vec<Notes> = all.iter().map(Session::notes).collect();
    let taught: Vec<_> = all.iter().zip(&notes).collect();
    let learned = Model::parse(&learn(&taught).written());
    for notes in &notes {
        let (kept, learned) = (
            Model::shipped().kinds(&notes.lines),
            learned.kinds(&notes.lines),
        );
        for ((kept, learned), line) in kept.iter().zip(&learned).zip(&notes.lines) {
            assert_eq!(kept[0].0, learned[0].0, "{}", line.text);
            assert!((kept[0].1 - learned[0].1).abs() < 0.01, "{}", line.text);
        }
    }
}

#[test]
fn so_are_lines_of_notes_that_nothing_is_learned_from_and_nearly_those_of_other_hands() {
    for (which, rows, least, bar) in [
        ("notes", &FIGURES.unseen, 700, 80),
        ("hands", &FIGURES.lessons, 30_000, 78),
    ] {
        let (lines, right, two) = sum(rows);
        assert!(lines >= least, "{which}: {lines}");
        assert!(right * 100 >= lines * bar, "{which}: {right} of {lines}");
        assert!(two * 100 >= lines * (bar + 12), "{which}: {two} of {lines}");
    }
}

#[test]
fn a_line_is_seen_with_the_lines_below_the_same_heading() {
    let among = |heading: &str, others: [&str; 3]| {
        let text = format!(
            "{heading}\n\n- {}\n- A shared mailbox\n- {}\n- {}\n",
            others[0], others[1], others[2]
        );
        let notes = read(text.as_bytes(), Some(Format::Plain)).unwrap();
        let found = harvest::<i64>(&notes, &Register::new(Vec::new()));
        let line = found.iter().find(|it| it.line.text == "A shared mailbox");
        line.unwrap()
            .kinds
            .iter()
            .find(|it| it.0 == Kind::Solution)
            .unwrap()
            .1
    };
    let beside_solutions = among(
        "Wall",
        [
            "Ask for one site at a time",
            "Get the auditors on side",
            "Keep a log of every block",
        ],
    );
    let beside_hurdles = among(
        "Wall",
        [
            "Nobody is allowed to answer",
            "The system is too slow",
            "Managers are afraid of it",
        ],
    );
    assert!(
        beside_solutions > beside_hurdles,
        "{beside_solutions} {beside_hurdles}"
    );
}

#[test]
fn what_two_people_wrote_down_in_other_words_is_grouped() {
    let notes = read(
        b"Owen's notes\n\n- Put the complaints log on a public page\n- Ask the auditors first\n\nMina's notes\n\n\
          - the log of complaints should be put on a page that is public\n- free coffee downstairs\n",
        Some(Format::Plain),
    )
    .unwrap();
    let found = harvest::<i64>(&notes, &Register::new(Vec::new()));
    let group = |start: &str| {
        found
            .iter()
            .find(|it| it.line.text.starts_with(start))
            .unwrap()
            .group
    };
    assert!(group("Put").is_some());
    assert_eq!(group("Put"), group("the log"));
    assert_eq!(group("Ask"), None);
    assert_eq!(group("free"), None);
}

#[test]
fn a_line_finds_the_record_that_it_may_be() {
    let entry = |key, saying: &str| Entry {
        key,
        sayings: vec![saying.to_owned()],
        told: String::new(),
    };
    let register = Register::new(vec![
        entry(1, "The sites we need are blocked by the filter"),
        entry(2, "Nobody has the time to write"),
        entry(3, "Every post needs four signatures"),
    ]);
    let twins = register.twins("half of the sites are blocked by the web filter", 2);
    assert_eq!(twins[0].0, 1);
    assert!(twins[0].1 > 0.4 && twins[0].1 <= 1.0, "{twins:?}");
    assert_eq!(register.twins("lunch is at one", 3), []);
    assert_eq!(register.twins("", 3), []);
}

#[test]
fn the_kinds_are_named_as_everybody_names_them() {
    let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
    assert_eq!(
        names.join(" "),
        "hurdle solution example resource principle question action aside"
    );
    assert!(
        Kind::ALL
            .into_iter()
            .all(|kind| Kind::named(kind.name()) == Some(kind))
    );
}

#[test]
fn a_row_that_is_no_label_is_told_and_not_learned() {
    let told = |row: &str| Session::parse("notes", row).unwrap_err();
    assert!(told("hurdel\t\t\t\tIT says no").contains("no kind is called hurdel"));
    assert!(told("hurdle\tIT says no").contains("five cells are needed"));
}
