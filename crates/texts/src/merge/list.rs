/// Merges two lists that started from one, where each thing counts once: tags, phrases, numbers.
///
/// What one side added is added, what one side took out is taken out. The order is that of the side
/// that reordered, theirs if both did; an added thing stands behind the one it was put behind.
#[must_use]
pub fn merge_list<T: Clone + PartialEq>(base: &[T], theirs: &[T], mine: &[T]) -> Vec<T> {
    let [base, theirs, mine] = [base, theirs, mine].map(once);
    let (first, second) = if kept_order(&base, &theirs) {
        (mine, theirs)
    } else {
        (theirs, mine)
    };
    let mut merged = first;
    merged.retain(|item| second.contains(item) || !base.contains(item));
    let mut place = 0;
    for item in second {
        if let Some(at) = merged.iter().position(|other| *other == item) {
            place = at + 1;
        } else if !base.contains(&item) {
            merged.insert(place, item);
            place += 1;
        }
    }
    merged.into_iter().cloned().collect()
}

fn once<T: PartialEq>(items: &[T]) -> Vec<&T> {
    let mut once = Vec::new();
    for item in items {
        if !once.contains(&item) {
            once.push(item);
        }
    }
    once
}

/// Whether what is left of the base still stands in its order.
fn kept_order<T: PartialEq>(base: &[&T], side: &[&T]) -> bool {
    side.iter()
        .filter_map(|item| base.iter().position(|other| other == item))
        .is_sorted()
}

#[cfg(test)]
mod tests;
