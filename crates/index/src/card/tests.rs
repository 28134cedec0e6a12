use proptest::prelude::*;

use super::Card;

#[test]
fn a_card_reads_back_as_it_was_written() {
    let stems = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let card = Card::new(
        &stems("site block"),
        &[stems("youtub is block"), vec![]],
        &stems("the filter"),
        &[stems("filter")],
        &stems("b a b"),
    );
    assert_eq!(card.body.len(), 2);
    assert_eq!(Card::from_bytes(&card.to_bytes()), card);
}

proptest! {
    #[test]
    fn damaged_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Card::from_bytes(&bytes);
    }
}
