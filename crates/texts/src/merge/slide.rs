use crate::edits::Edit;

/// How far an edit may slide; a paragraph is one line, so a little is enough.
const FURTHEST: usize = 64;

/// Moves pure additions and removals to the last place where they give the same text.
///
/// A paragraph added between two others can be read as "a blank line and a paragraph" or as "a
/// paragraph and a blank line": when both sides added the same, they must be read alike.
pub(super) fn downwards(mut edits: Vec<Edit>, base: &[&str], side: &[&str]) -> Vec<Edit> {
    let mut ceiling = base.len();
    for edit in edits.iter_mut().rev() {
        if is_pure(edit) {
            let lowest = below(edit, base, side, ceiling).pop();
            *edit = lowest.unwrap_or_else(|| edit.clone());
        }
        ceiling = edit.old.start.saturating_sub(1);
    }
    edits
}

/// Moves pure additions and removals to an equal place that does not touch the other side's edits,
/// unless the other side did the very same.
pub(super) fn clear_of(
    edits: &[Edit],
    side: &[&str],
    others: &[Edit],
    other_side: &[&str],
    base: &[&str],
) -> Vec<Edit> {
    let did_the_same = |edit: &Edit| {
        let place = others.binary_search_by_key(&edit.old.start, |other| other.old.start);
        place.is_ok_and(|at| {
            others[at].old == edit.old
                && other_side[others[at].new.clone()] == side[edit.new.clone()]
        })
    };
    let mut cleared: Vec<Edit> = Vec::with_capacity(edits.len());
    for (at, edit) in edits.iter().enumerate() {
        let floor = cleared.last().map_or(0, |before| before.old.end + 1);
        let ceiling = edits
            .get(at + 1)
            .map_or(base.len(), |after| after.old.start - 1);
        let stuck = is_pure(edit) && touches(edit, others) && !did_the_same(edit);
        let places = if stuck {
            [
                above(edit, base, side, floor),
                below(edit, base, side, ceiling),
            ]
            .concat()
        } else {
            Vec::new()
        };
        let free = places.into_iter().find(|place| !touches(place, others));
        cleared.push(free.unwrap_or_else(|| edit.clone()));
    }
    cleared
}

fn is_pure(edit: &Edit) -> bool {
    edit.old.is_empty() || edit.new.is_empty()
}

/// The places further up where the same edit gives the same text, nearest first.
fn above(edit: &Edit, base: &[&str], side: &[&str], floor: usize) -> Vec<Edit> {
    let mut places = Vec::new();
    let mut place = edit.clone();
    while places.len() < FURTHEST && place.old.start > floor && place.new.start > 0 {
        let moved = shifted(&place, -1);
        let (first, last) = if place.old.is_empty() {
            (side[moved.new.start], side[place.new.end - 1])
        } else {
            (base[moved.old.start], base[place.old.end - 1])
        };
        if first != last {
            break;
        }
        place = moved;
        places.push(place.clone());
    }
    places
}

/// The places further down where the same edit gives the same text, nearest first.
fn below(edit: &Edit, base: &[&str], side: &[&str], ceiling: usize) -> Vec<Edit> {
    let mut places = Vec::new();
    let mut place = edit.clone();
    while places.len() < FURTHEST && place.old.end < ceiling && place.new.end < side.len() {
        let (first, last) = if place.old.is_empty() {
            (side[place.new.start], side[place.new.end])
        } else {
            (base[place.old.start], base[place.old.end])
        };
        if first != last {
            break;
        }
        place = shifted(&place, 1);
        places.push(place.clone());
    }
    places
}

fn shifted(edit: &Edit, by: isize) -> Edit {
    let move_one = |at: usize| at.saturating_add_signed(by);
    Edit {
        old: move_one(edit.old.start)..move_one(edit.old.end),
        new: move_one(edit.new.start)..move_one(edit.new.end),
    }
}

fn touches(edit: &Edit, others: &[Edit]) -> bool {
    let first = others.partition_point(|other| other.old.end < edit.old.start);
    others
        .get(first)
        .is_some_and(|other| other.old.start <= edit.old.end)
}
