//! Whether a history is whole: each revision follows the one before, and nobody changed its words.

use super::model::{Parts, chain_hash};
use super::store_check::Link;

/// What is wrong with a chain of revisions that should end at `head`, if anything is.
pub fn fault(links: &[Link], head: i64) -> Option<String> {
    let mut before = String::new();
    for (at, link) in (1..).zip(links) {
        if link.seq != at {
            return Some(format!("revision {at} is missing"));
        }
        let is_changed = link
            .parts
            .as_deref()
            .is_some_and(|parts| Parts::from_json(parts).hash() != link.content_hash);
        if is_changed {
            return Some(format!(
                "the text of revision {at} is not the one that was saved"
            ));
        }
        let author = link.author_id.as_deref().unwrap_or(&link.author_name);
        let expected = chain_hash(&before, link.seq, &link.content_hash, author, link.at);
        if expected != link.chain_hash {
            return Some(format!("revision {at} does not follow the one before"));
        }
        before.clone_from(&link.chain_hash);
    }
    let newest = links.last().map_or(0, |link| link.seq);
    (newest != head).then(|| format!("the page shows revision {head}, the newest is {newest}"))
}
