use proptest::prelude::*;

use super::merge_list;
use crate::tests::seeded;

#[test]
fn lists_take_in_what_came_and_leave_out_what_went() {
    let base = ["filters", "phones", "maps"];
    let theirs = ["filters", "phones", "video", "maps"];
    let mine = ["filters", "maps", "captions"];
    assert_eq!(
        merge_list(&base, &theirs, &mine),
        ["filters", "video", "maps", "captions"]
    );
    assert_eq!(merge_list(&[1], &[1, 2], &[1, 3]), [1, 2, 3]);
    assert_eq!(merge_list(&[1, 2], &[1], &[2]), [0; 0]);
    assert_eq!(
        merge_list(&[1, 2, 3], &[1, 2, 3, 4], &[3, 1, 2]),
        [3, 4, 1, 2]
    );
}

proptest! {
    #![proptest_config(seeded(800))]

    #[test]
    fn lists_merge_as_sets(
        base in prop::collection::vec(0..9_u16, 0..7),
        theirs in prop::collection::vec(0..9_u16, 0..7),
        mine in prop::collection::vec(0..9_u16, 0..7),
    ) {
        let merged = merge_list(&base, &theirs, &mine);
        for item in 0..9 {
            let (was, they, i) = (base.contains(&item), theirs.contains(&item), mine.contains(&item));
            let expected = if was { they && i } else { they || i };
            prop_assert_eq!(merged.iter().filter(|other| **other == item).count(), usize::from(expected));
        }
        let mut once: Vec<u16> = Vec::new();
        for item in &mine {
            if !once.contains(item) {
                once.push(*item);
            }
        }
        prop_assert_eq!(merge_list(&base, &base, &mine), once.clone());
        prop_assert_eq!(merge_list(&base, &mine, &base), once);
    }
}
