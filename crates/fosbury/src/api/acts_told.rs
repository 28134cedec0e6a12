//! What can be done with texts, as the description of the API tells it.

use super::ties;
use crate::history::kind::Kind;

/// Acts on texts: the end of the address, what they do, and what they answer.
pub(super) const ACTS: &[(&str, &str, &str)] = &[
    ("", "Begins a page", "Written"),
    ("revisions", "Changes a page", "Written"),
    (
        "restorations",
        "Makes an older revision the newest again",
        "Written",
    ),
    (
        "undoings",
        "Takes back what one revision changed",
        "Written",
    ),
    ("deletions", "Deletes a page; stewards", "Written"),
    (
        "recoveries",
        "Brings a deleted page back; stewards",
        "Written",
    ),
    (
        "mergers",
        "Merges a page into another of its kind; stewards",
        "Written",
    ),
    (
        "separations",
        "Brings back a page that was merged; stewards",
        "Written",
    ),
    (
        "turnings",
        "Turns a guide into a hurdle, a solution or the notes of a session, or merges it into one",
        "Written",
    ),
    (
        "returns",
        "Makes a guide again of what became something else",
        "Written",
    ),
    ("said", "Says something about a page", "Kept"),
    (
        "suggestions",
        "Suggests a change for a steward to look at",
        "Kept",
    ),
    ("ties", "Ties a page to one more trial", "Written"),
    ("untyings", "Ties a page to a trial no longer", "Written"),
    ("watches", "Watches a page", "Watching"),
    ("watches/removals", "Watches a page no longer", "Watching"),
];

/// Whether this kind of text can be acted on so: only some are tied to trials, and only guides are
/// turned into something else.
pub(super) fn has_act(kind: &dyn Kind, name: &str) -> bool {
    match name {
        "ties" | "untyings" => ties::is_tied(kind),
        "turnings" | "returns" => kind.name() == "guide",
        _ => true,
    }
}
