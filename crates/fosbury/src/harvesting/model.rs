//! Records as twins of lines.

use harvest::Entry;

use crate::history::kind::{Kind, Shape};
use crate::history::model::Parts;
use crate::subjects::SubjectRef;

/// A record as the harvest compares lines with it: its title, what people also say, its text.
pub fn entry(kind: &dyn Kind, number: i64, title: &str, parts: &Parts) -> Entry<SubjectRef> {
    let mut sayings = vec![title.to_owned()];
    sayings.extend(parts.list("phrases"));
    let texts = kind.parts().iter().filter(|part| part.shape == Shape::Text);
    Entry {
        key: SubjectRef::new(kind.name(), number),
        sayings,
        told: texts
            .map(|part| parts.get(part.key))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}
