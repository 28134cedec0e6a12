//! What undoing one author's revisions makes of a page.

use crate::history::kind::Kind;
use crate::history::model::{Parts, Revision, merge_parts};

/// What becomes of a page.
#[derive(Debug, PartialEq, Eq)]
pub enum Fate {
    /// Their words go, all others stay.
    Undone {
        /// The page without them.
        parts: Parts,
        /// The newest revision that is undone.
        newest: i64,
        /// How many are.
        times: i64,
    },
    /// They began it and nobody else wrote in it: it is deleted.
    TakenAway,
    /// Others built on it, or no machine can undo it: a person must look.
    ByHand,
    /// Nothing of theirs is left.
    Nothing,
}

/// Acts that change words alone.
const OF_WORDS: [&str; 5] = ["create", "edit", "merge-edits", "restore", "undo"];

/// What becomes of a page whose revisions these are, oldest first, when those for which `is_theirs`
/// are undone. The one before the first of theirs must be there.
pub fn fate(
    kind: &dyn Kind,
    revisions: &[Revision],
    is_theirs: impl Fn(&Revision) -> bool,
) -> Fate {
    let theirs: Vec<usize> = (0..revisions.len())
        .filter(|at| is_theirs(&revisions[*at]))
        .collect();
    let (Some(first), Some(newest), Some(head)) = (theirs.first(), theirs.last(), revisions.last())
    else {
        return Fate::Nothing;
    };
    let is_of_words = |at: &usize| OF_WORDS.contains(&revisions[*at].act.as_str());
    if !theirs.iter().all(is_of_words) {
        return Fate::ByHand;
    }
    if revisions[*first].seq == 1 {
        return if theirs.len() == revisions.len() {
            Fate::TakenAway
        } else {
            Fate::ByHand
        };
    }
    let today = head.parts();
    let mut parts = today.clone();
    for at in theirs.iter().rev() {
        let Some(before) = at.checked_sub(1).map(|before| &revisions[before]) else {
            return Fate::ByHand;
        };
        let undone = &revisions[*at];
        if undone.parts.is_none() || before.parts.is_none() {
            return Fate::ByHand;
        }
        let merged = merge_parts(kind, &undone.parts(), &parts, &before.parts());
        if !merged.clashes.is_empty() {
            return Fate::ByHand;
        }
        parts = merged.parts;
    }
    if parts == today {
        return Fate::Nothing;
    }
    Fate::Undone {
        parts,
        newest: revisions[*newest].seq,
        times: i64::try_from(theirs.len()).unwrap_or(i64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, fate};
    use crate::history::model::{Parts, Revision};
    use crate::hurdles::Hurdles;
    use crate::time::Moment;

    fn revision(seq: i64, author: &str, problem: &str) -> Revision {
        let mut parts = Parts::default();
        parts.set("problem", problem);
        Revision {
            seq,
            act: if seq == 1 { "create" } else { "edit" }.to_owned(),
            parts: Some(parts.to_json()),
            summary: String::new(),
            is_minor: false,
            author_id: Some(author.to_owned()),
            author: author.to_owned(),
            at: Moment(seq),
            other_seq: None,
            added: 0,
            removed: 0,
            erased_at: None,
            erased_why: None,
        }
    }

    fn without_spam(revisions: &[Revision]) -> Fate {
        fate(&Hurdles, revisions, |one| one.author == "spam")
    }

    #[test]
    fn several_edits_are_undone_and_what_others_wrote_between_stays() {
        let fate = without_spam(&[
            revision(1, "tom", "One.\n\nTwo."),
            revision(2, "spam", "Buy!\n\nOne.\n\nTwo."),
            revision(3, "tom", "Buy!\n\nOne.\n\nTwo and a half."),
            revision(4, "spam", "Buy!\n\nOne.\n\nTwo and a half.\n\nNow!"),
        ]);
        let Fate::Undone {
            parts,
            newest,
            times,
        } = fate
        else {
            panic!("{fate:?}");
        };
        assert_eq!(parts.get("problem").trim(), "One.\n\nTwo and a half.");
        assert_eq!((newest, times), (4, 2));
    }

    #[test]
    fn what_others_built_on_needs_a_hand() {
        let built_on = [
            revision(1, "tom", "One."),
            revision(2, "spam", "Buy pills!"),
            revision(3, "tom", "Buy no pills!"),
        ];
        assert_eq!(without_spam(&built_on), Fate::ByHand);
        let begun = [revision(1, "spam", "Buy!"), revision(2, "tom", "One.")];
        assert_eq!(without_spam(&begun), Fate::ByHand);
    }

    #[test]
    fn a_page_of_theirs_alone_goes_and_what_is_undone_already_stays_undone() {
        assert_eq!(
            without_spam(&[revision(1, "spam", "Buy!")]),
            Fate::TakenAway
        );
        let undone = [
            revision(1, "tom", "One."),
            revision(2, "spam", "Buy!"),
            revision(3, "tom", "One."),
        ];
        assert_eq!(without_spam(&undone), Fate::Nothing);
        assert_eq!(without_spam(&[revision(1, "tom", "One.")]), Fate::Nothing);
    }
}
