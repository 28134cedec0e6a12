use super::Used;

#[test]
fn waiting_for_the_disk_is_not_being_busy() {
    let before = Used::read("cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1 2 3\n");
    let after = Used::read("cpu  110 0 110 860 20 0 0 0 0 0\n");
    let share = after
        .zip(before)
        .map(|(after, before)| after.share_since(&before));
    assert_eq!(share, Some(0.2));
}
