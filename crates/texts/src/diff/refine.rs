use std::ops::Range;

use super::Script;
use super::tokens::Tokens;
use crate::edits::{self, Edit};

/// A shared stretch of so many words is always worth showing as shared.
const WORTH_KEEPING: usize = 8;

/// Below this share of common words a line counts as rewritten.
const RECOGNISABLE_PERCENT: usize = 30;

/// Shows the change of a block of lines word by word, or whole where too little is shared to read.
pub(super) fn block(old: &str, new: &str, script: &mut Script) {
    let (old, new) = (Tokens::of(old), Tokens::of(new));
    let joined = without_crumbs(stretches(&old, &new), &old, &new);
    for stretch in rewritten_lines(joined, &old, &new) {
        if stretch.shared {
            script.same(&old.text(&stretch.old));
        } else {
            script.changed(&old.text(&stretch.old), &new.text(&stretch.new));
        }
    }
}

/// A run of tokens that is shared, or that replaces another run.
#[derive(Clone)]
struct Stretch {
    shared: bool,
    old: Range<usize>,
    new: Range<usize>,
}

impl Stretch {
    fn replaces(&self) -> bool {
        !self.old.is_empty() && !self.new.is_empty()
    }
}

fn stretches(old: &Tokens, new: &Tokens) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    let end = Edit {
        old: old.tokens.len()..old.tokens.len(),
        new: new.tokens.len()..new.tokens.len(),
    };
    let space = |token: &str| !token.contains('\n') && token.trim().is_empty();
    for edit in edits::between(&old.tokens, &new.tokens, space)
        .into_iter()
        .chain([end])
    {
        let shared = Stretch {
            shared: true,
            old: old_at..edit.old.start,
            new: new_at..edit.new.start,
        };
        (old_at, new_at) = (edit.old.end, edit.new.end);
        stretches.push(shared);
        stretches.push(Stretch {
            shared: false,
            old: edit.old,
            new: edit.new,
        });
    }
    stretches.retain(|stretch| !stretch.old.is_empty() || !stretch.new.is_empty());
    stretches
}

/// Joins changes across shared crumbs that are shorter than the changes around them.
fn without_crumbs(stretches: Vec<Stretch>, old: &Tokens, new: &Tokens) -> Vec<Stretch> {
    let mut kept: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        let mut last = stretch;
        while let [.., before, between] = kept.as_slice()
            && !last.shared
            && is_crumb(before, between, &last, old, new)
        {
            last.old.start = before.old.start;
            last.new.start = before.new.start;
            kept.truncate(kept.len() - 2);
        }
        kept.push(last);
    }
    kept
}

fn is_crumb(
    before: &Stretch,
    between: &Stretch,
    after: &Stretch,
    old: &Tokens,
    new: &Tokens,
) -> bool {
    let size = |change: &Stretch| old.words(&change.old).max(new.words(&change.new));
    let words = old.words(&between.old);
    let went = !before.old.is_empty() || !after.old.is_empty();
    let came = !before.new.is_empty() || !after.new.is_empty();
    let replaced = before.replaces() || after.replaces();
    went && came
        && (replaced || words == 0)
        && words < WORTH_KEEPING
        && words <= size(before).min(size(after))
        && !old.breaks_line(&between.old)
}

/// Replaces a line whole where too few of its words are shared.
fn rewritten_lines(stretches: Vec<Stretch>, old: &Tokens, new: &Tokens) -> Vec<Stretch> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    for stretch in stretches {
        if stretch.shared && old.breaks_line(&stretch.old) {
            lines.extend(recognisable_or_whole(std::mem::take(&mut line), old, new));
            lines.push(stretch);
        } else {
            line.push(stretch);
        }
    }
    lines.extend(recognisable_or_whole(line, old, new));
    lines
}

fn recognisable_or_whole(line: Vec<Stretch>, old: &Tokens, new: &Tokens) -> Vec<Stretch> {
    let ([first, .., last], true) = (line.as_slice(), line.iter().any(|stretch| !stretch.shared))
    else {
        return line;
    };
    let whole = Stretch {
        shared: false,
        old: first.old.start..last.old.end,
        new: first.new.start..last.new.end,
    };
    let shared: usize = line
        .iter()
        .filter(|stretch| stretch.shared)
        .map(|stretch| old.words(&stretch.old))
        .sum();
    let shorter = old.words(&whole.old).min(new.words(&whole.new));
    if shared * 100 < shorter * RECOGNISABLE_PERCENT {
        vec![whole]
    } else {
        line
    }
}
