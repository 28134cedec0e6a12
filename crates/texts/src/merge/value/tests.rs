use super::{Value, merge_value};

#[test]
fn a_value_changed_in_two_ways_conflicts() {
    assert_eq!(merge_value("a", "b", "a"), Value::Clean("b"));
    assert_eq!(merge_value("a", "a", "b"), Value::Clean("b"));
    assert_eq!(merge_value("a", "b", "b"), Value::Clean("b"));
    let conflict = Value::Conflict {
        base: "a",
        theirs: "b",
        mine: "c",
    };
    assert_eq!(merge_value("a", "b", "c"), conflict);
}
