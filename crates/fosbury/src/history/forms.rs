//! Forms of texts: reading what was sent, checking it, and showing it again.

use web::Fields;

use super::kind::{Kind, PartSpec, Shape};
use super::model::{Parts, Record};
use super::seen::seen_among;
use crate::layout::Visit;
use crate::layout::field::FieldErrors;
use crate::organisations::model::day_of;

/// Reads the parts that a form sent; those it did not send stay as they are in `before`.
pub fn read_parts(kind: &dyn Kind, fields: &Fields, before: &Parts) -> Parts {
    let mut parts = before.clone();
    for part in kind.parts() {
        if let Some(sent) = fields.sent(part.key) {
            parts.set(part.key, &canonical(part, sent));
        }
    }
    kind.tidy(&mut parts);
    parts
}

/// A part as it is stored: lists one on each line, lines without breaks.
pub(super) fn canonical(part: &PartSpec, sent: &str) -> String {
    // First, so that entries which tidying makes the same are one entry.
    let sent = texts::tidy(sent);
    match part.shape {
        Shape::Text => sent.trim_matches(['\n', '\r']).to_owned(),
        Shape::Line | Shape::Choice(_) => texts::one_line(&sent),
        Shape::Lines => distinct(sent.lines().map(texts::one_line)),
        Shape::Tags => distinct(
            sent.split([',', '\n'])
                .map(|tag| texts::one_line(tag).to_lowercase()),
        ),
        Shape::Numbers(_) | Shape::Trials => {
            distinct(sent.split([',', '\n', ' ']).map(plain_number))
        }
    }
}

/// A number in digits alone: `[[07]]` and `#7` are 7. What is no number stays, to be told.
fn plain_number(entry: &str) -> String {
    let digits = entry
        .trim()
        .trim_start_matches(['#', '['])
        .trim_end_matches(']');
    digits
        .parse::<i64>()
        .map_or_else(|_| digits.to_owned(), |number| number.to_string())
}

fn distinct(entries: impl Iterator<Item = String>) -> String {
    let mut kept: Vec<String> = Vec::new();
    for entry in entries.filter(|entry| !entry.is_empty()) {
        if !kept.contains(&entry) {
            kept.push(entry);
        }
    }
    kept.join("\n")
}

/// What is wrong with these parts, in words for the person.
pub async fn check(v: &Visit, kind: &dyn Kind, parts: &Parts) -> db::Result<FieldErrors> {
    let mut errors = FieldErrors::default();
    for part in kind.parts() {
        let words = parts.get(part.key);
        let label = v.say(&label_key(kind, part.key));
        if words.is_empty() {
            if part.is_needed {
                errors.add(part.key, v.with("wrong-missing", "part", &label));
            }
            continue;
        }
        let length = words.chars().count();
        if length > part.longest {
            let over = length - part.longest;
            errors.add(
                part.key,
                v.with_two("wrong-long", ("part", &label), ("over", &over)),
            );
        } else if part.key == "title" && !words.chars().any(char::is_alphanumeric) {
            errors.add(part.key, v.say("wrong-title"));
        } else if let Some(wrong) = check_shape(v, part, words, parts).await? {
            errors.add(part.key, wrong);
        }
    }
    for fault in kind.faults(parts, &day_of(v.now())) {
        if errors.of(fault.part).is_none() {
            errors.add(fault.part, v.say(fault.words));
        }
    }
    Ok(errors)
}

async fn check_shape(
    v: &Visit,
    part: &PartSpec,
    words: &str,
    parts: &Parts,
) -> db::Result<Option<String>> {
    match part.shape {
        Shape::Choice(among) if !among.contains(&words) => Ok(Some(v.say("wrong-choice"))),
        Shape::Tags if words.lines().any(|tag| tag.chars().count() > 40) => {
            Ok(Some(v.say("wrong-tag")))
        }
        Shape::Tags if words.lines().count() > 12 => Ok(Some(v.say("wrong-tags-many"))),
        Shape::Numbers(_) | Shape::Trials
            if words.lines().any(|line| line.parse::<i64>().is_err()) =>
        {
            let entry = words.lines().find(|line| line.parse::<i64>().is_err());
            Ok(entry.map(|entry| v.with("wrong-number", "entry", entry)))
        }
        Shape::Numbers(of) => {
            let numbers = parts.numbers(part.key);
            let known = seen_among(v, of, &numbers).await?;
            Ok(unknown(v, of, &numbers, &known))
        }
        Shape::Trials => {
            let numbers = parts.numbers(part.key);
            let known = seen_among(v, "trial", &numbers).await?;
            Ok(unknown(v, "trial", &numbers, &known))
        }
        _ => Ok(None),
    }
}

fn unknown(v: &Visit, of: &str, numbers: &[i64], known: &[i64]) -> Option<String> {
    let missing = numbers.iter().find(|number| !known.contains(number))?;
    Some(v.with_two("wrong-unknown", ("kind", &of), ("number", missing)))
}

/// The key of a part's label: `part-hurdle-why`.
pub fn label_key(kind: &dyn Kind, part: &str) -> String {
    format!("part-{}-{part}", kind.name())
}

/// A field as the form shows it.
pub struct FormField {
    /// The part's key, which is the field's name and id.
    pub key: &'static str,
    /// Its label.
    pub label: String,
    /// A hint under the label.
    pub hint: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What stands in it.
    pub value: String,
    /// `line`, `text`, `lines` or `choice`.
    pub shape: &'static str,
    /// Lines of a text field.
    pub rows: usize,
    /// What can be chosen: value and words.
    pub among: Vec<(String, String)>,
}

impl FormField {
    /// Whether this option is chosen.
    pub fn is(&self, value: &str) -> bool {
        self.value == value
    }

    /// The ids that describe the field, for `aria-describedby`.
    pub fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.key));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.key));
        [hint, error]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The fields of a form for a text that does not exist yet.
pub fn fields_of_new(
    v: &Visit,
    kind: &'static dyn Kind,
    parts: &Parts,
    errors: &FieldErrors,
) -> Vec<FormField> {
    let all = kind.parts().iter();
    all.map(|part| field(v, kind, part, parts, errors))
        .collect()
}

/// The fields of a form for a text that is there, all or one of them.
pub fn fields(
    v: &Visit,
    kind: &'static dyn Kind,
    parts: &Parts,
    errors: &FieldErrors,
    only: Option<&str>,
) -> Vec<FormField> {
    let shown = kind
        .parts()
        .iter()
        .filter(|part| !part.is_tied() && only.is_none_or(|only| part.key == only));
    shown
        .map(|part| field(v, kind, part, parts, errors))
        .collect()
}

fn field(
    v: &Visit,
    kind: &dyn Kind,
    part: &'static PartSpec,
    parts: &Parts,
    errors: &FieldErrors,
) -> FormField {
    let label = label_key(kind, part.key);
    let stored = parts.get(part.key);
    let (shape, value) = match part.shape {
        Shape::Line => ("line", stored.to_owned()),
        Shape::Text => ("text", stored.to_owned()),
        Shape::Lines => ("lines", stored.to_owned()),
        Shape::Tags | Shape::Numbers(_) | Shape::Trials => {
            ("line", stored.lines().collect::<Vec<_>>().join(", "))
        }
        Shape::Choice(_) => ("choice", stored.to_owned()),
    };
    let among = match part.shape {
        Shape::Choice(among) => among
            .iter()
            .map(|name| ((*name).to_owned(), v.say_of(&label, name)))
            .collect(),
        _ => Vec::new(),
    };
    FormField {
        key: part.key,
        hint: v.say_if(&format!("{label}-hint")),
        label: v.say(&label),
        error: errors.of(part.key).map(str::to_owned),
        rows: (value.len() / 60 + value.lines().count()).clamp(4, 24),
        value,
        shape,
        among,
    }
}

/// How a page is called in headings: "Hurdle 27".
pub fn called(v: &Visit, record: &Record) -> String {
    v.with(&format!("called-{}", record.kind), "number", record.number)
}
