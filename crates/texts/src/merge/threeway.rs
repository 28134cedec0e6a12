use std::ops::Range;

use super::{Chunk, sentences, slide};
use crate::edits::{self, Edit};

/// How finely a text is cut.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    Lines,
    Sentences,
}

/// What two people did to one sequence of lines or sentences.
pub(super) struct Sides<'a> {
    pub(super) base: &'a [&'a str],
    pub(super) theirs: &'a [&'a str],
    pub(super) mine: &'a [&'a str],
}

/// A stretch of the base that at least one side changed, with each side's edits inside it.
struct Meeting {
    base: Range<usize>,
    theirs: Vec<Edit>,
    mine: Vec<Edit>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Editor {
    They,
    I,
}

/// Cuts what the two sides made of the base into what is settled and what is not.
pub(super) fn chunks(base: &[&str], theirs: &[&str], mine: &[&str], grain: Grain) -> Vec<Chunk> {
    let sides = Sides { base, theirs, mine };
    let (mut their_edits, mut my_edits) = (
        edits::between(base, theirs, edits::blank),
        edits::between(base, mine, edits::blank),
    );
    if grain == Grain::Lines {
        let they = slide::downwards(their_edits, base, theirs);
        let i = slide::downwards(my_edits, base, mine);
        their_edits = slide::clear_of(&they, theirs, &i, mine, base);
        my_edits = slide::clear_of(&i, mine, &they, theirs, base);
    }
    let mut chunks = Vec::new();
    let mut reached = 0;
    for meeting in sides.meetings(their_edits, my_edits, grain) {
        agree(&mut chunks, &base[reached..meeting.base.start].concat());
        reached = meeting.base.end;
        sides.settle(&meeting, grain, &mut chunks);
    }
    agree(&mut chunks, &base[reached..].concat());
    chunks
}

impl Sides<'_> {
    fn meetings(&self, theirs: Vec<Edit>, mine: Vec<Edit>, grain: Grain) -> Vec<Meeting> {
        let mut all: Vec<(Editor, Edit)> = theirs.into_iter().map(|e| (Editor::They, e)).collect();
        all.extend(mine.into_iter().map(|e| (Editor::I, e)));
        all.sort_by_key(|(_, edit)| (edit.old.start, edit.old.end));
        let mut meetings: Vec<Meeting> = Vec::new();
        for (editor, edit) in all {
            let together = meetings
                .last_mut()
                .filter(|last| self.meet(last, editor, &edit, grain));
            if let Some(last) = together {
                last.base.end = last.base.end.max(edit.old.end);
                last.edits_of(editor).push(edit);
            } else {
                let mut next = Meeting {
                    base: edit.old.clone(),
                    theirs: Vec::new(),
                    mine: Vec::new(),
                };
                next.edits_of(editor).push(edit);
                meetings.push(next);
            }
        }
        meetings
    }

    /// Whether an edit touches the ones before it.
    fn meet(&self, last: &Meeting, editor: Editor, edit: &Edit, grain: Grain) -> bool {
        if edit.old.start < last.base.end {
            return true;
        }
        let between = &self.base[last.base.end..edit.old.start];
        match grain {
            Grain::Sentences => !sentences::part(between),
            Grain::Lines => between.is_empty() && !self.parted(last, editor, edit),
        }
    }

    /// Whether a new paragraph merely stands beside a paragraph that the other side changed.
    fn parted(&self, last: &Meeting, editor: Editor, edit: &Edit) -> bool {
        let (others, other_side, own_side) = match editor {
            Editor::They => (&last.mine, self.mine, self.theirs),
            Editor::I => (&last.theirs, self.theirs, self.mine),
        };
        let Some(before) = others
            .last()
            .filter(|before| before.old.end == edit.old.start)
        else {
            return false;
        };
        let (came, follows) = (&other_side[before.new.clone()], &own_side[edit.new.clone()]);
        if before.old.is_empty() {
            ends_blank(came) && self.one_paragraph(edit, follows)
        } else {
            edit.old.is_empty() && begins_blank(follows) && self.one_paragraph(before, came)
        }
    }

    fn one_paragraph(&self, edit: &Edit, came: &[&str]) -> bool {
        let went = &self.base[edit.old.clone()];
        !edit.old.is_empty() && went.iter().chain(came).all(|line| !line.trim().is_empty())
    }

    fn settle(&self, meeting: &Meeting, grain: Grain, chunks: &mut Vec<Chunk>) {
        let base = &self.base[meeting.base.clone()];
        let theirs = self.applied(&meeting.base, &meeting.theirs, self.theirs);
        let mine = self.applied(&meeting.base, &meeting.mine, self.mine);
        if meeting.mine.is_empty() || theirs == mine {
            agree(chunks, &theirs.concat());
        } else if meeting.theirs.is_empty() {
            agree(chunks, &mine.concat());
        } else if grain == Grain::Lines {
            let cut = [
                sentences::of(base),
                sentences::of(&theirs),
                sentences::of(&mine),
            ];
            for chunk in self::chunks(&cut[0], &cut[1], &cut[2], Grain::Sentences) {
                match chunk {
                    Chunk::Agreed(text) => agree(chunks, &text),
                    disagreed @ Chunk::Disagreed { .. } => chunks.push(disagreed),
                }
            }
        } else {
            chunks.push(Chunk::Disagreed {
                base: base.concat(),
                theirs: theirs.concat(),
                mine: mine.concat(),
            });
        }
    }

    /// What one side made of a stretch of the base.
    fn applied<'b>(
        &'b self,
        base: &Range<usize>,
        edits: &[Edit],
        side: &[&'b str],
    ) -> Vec<&'b str> {
        let mut lines = Vec::new();
        let mut reached = base.start;
        for edit in edits {
            lines.extend_from_slice(&self.base[reached..edit.old.start]);
            lines.extend_from_slice(&side[edit.new.clone()]);
            reached = edit.old.end;
        }
        lines.extend_from_slice(&self.base[reached..base.end]);
        lines
    }
}

impl Meeting {
    fn edits_of(&mut self, editor: Editor) -> &mut Vec<Edit> {
        match editor {
            Editor::They => &mut self.theirs,
            Editor::I => &mut self.mine,
        }
    }
}

fn begins_blank(lines: &[&str]) -> bool {
    lines.first().is_some_and(|line| line.trim().is_empty())
}

fn ends_blank(lines: &[&str]) -> bool {
    lines.last().is_some_and(|line| line.trim().is_empty())
}

pub(super) fn agree(chunks: &mut Vec<Chunk>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(Chunk::Agreed(last)) = chunks.last_mut() {
        last.push_str(text);
    } else {
        chunks.push(Chunk::Agreed(text.to_owned()));
    }
}
