use super::Beginnings;

#[test]
fn only_words_that_begin_alike_may_be_meant() {
    let beginnings = Beginnings::of(["block", "it", "person"].into_iter());
    for word in [
        "Blocked",
        "blo",
        "IT",
        "item",
        "persons",
        "people",
        "bl\u{f6}d",
    ] {
        assert!(beginnings.may_hold(word), "{word}");
    }
    for word in ["black", "b", "site", "2009"] {
        assert!(!beginnings.may_hold(word), "{word}");
    }
}
