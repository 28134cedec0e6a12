//! A change as the list of changes shows it, of a text or of a trial.

use crate::history::store::Changed;
use crate::layout::Visit;
use crate::time::Moment;

/// A line of the list.
pub struct Line {
    /// When.
    pub at: Moment,
    /// The id of the record or the trial.
    pub id: String,
    /// The number of the revision or version.
    pub seq: i64,
    /// What its page is called today.
    pub title: String,
    /// Where it is.
    pub address: String,
    /// Kind and number in words.
    pub called: String,
    /// Who, where the reader may know.
    pub author: String,
    /// What was done, in words.
    pub act: String,
    /// Why, in its author's words.
    pub summary: String,
    /// Whether its author calls it small.
    pub is_minor: bool,
    /// Words added and taken away, where they are counted.
    pub words: Option<(i64, i64)>,
    /// Where the change can be seen.
    pub change: String,
    /// Revision or version in words.
    pub revision: String,
    /// Whether the reader may know of it at all; its place in the list is needed all the same.
    pub is_shown: bool,
}

impl Line {
    /// The change of a text.
    pub fn of_text(v: &Visit, changed: &Changed) -> Self {
        let revision = &changed.revision;
        Self {
            at: revision.at,
            id: changed.id.0.clone(),
            seq: revision.seq,
            title: changed.title.clone(),
            address: changed.address(),
            called: v.called(&changed.kind, changed.number),
            author: revision.author.clone(),
            act: v.say_of("act", &revision.act),
            summary: revision.summary.clone(),
            is_minor: revision.is_minor,
            words: Some((revision.added, revision.removed)),
            change: format!("{}/revisions/{}", changed.address(), revision.seq),
            revision: v.with("revision-n", "seq", revision.seq),
            is_shown: true,
        }
    }

    /// Its place in the list: newer is greater.
    pub fn place(&self) -> (i64, &str, i64) {
        (self.at.0, &self.id, self.seq)
    }
}
