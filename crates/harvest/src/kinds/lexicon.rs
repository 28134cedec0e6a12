//! Words that tell what a line is, from `lexicon.txt`.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A group of words, with a name by which the weights know it.
pub(super) struct Group {
    pub name: &'static str,
    pub words: Vec<&'static str>,
}

/// The groups of a kind, in the order of the file.
fn groups(of: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut is_wanted = false;
    let lines = include_str!("../../lexicon.txt").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let (Some(words), Some(group)) = (line.strip_prefix("  "), groups.last_mut()) {
            if is_wanted {
                let words = words.split(',').map(str::trim);
                group.words.extend(words.filter(|word| !word.is_empty()));
            }
        } else if let Some((kind, name)) = line.split_once(' ') {
            is_wanted = kind == of;
            if is_wanted {
                let words = Vec::new();
                groups.push(Group { name, words });
            }
        }
    }
    groups
}

/// Looked for anywhere in a line, as whole words or phrases.
pub(super) static ANYWHERE: LazyLock<Vec<Group>> = LazyLock::new(|| groups("anywhere"));

/// Headings by what stands below them.
pub(super) static HEADINGS: LazyLock<Vec<Group>> = LazyLock::new(|| groups("heading"));

/// What somebody is told to do, at the beginning of a line.
pub(super) static TELLING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    groups("telling")
        .into_iter()
        .flat_map(|group| group.words)
        .collect()
});
