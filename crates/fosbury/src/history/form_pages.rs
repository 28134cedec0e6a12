//! The pages of the form: for a text that does not exist yet, for a change, and for a clash.

use askama::Template;
use axum::http::StatusCode;
use texts::sections::sections;
use web::Fields;

use super::forms::{self, FormField};
use super::kind::{Kind, Shape};
use super::linking::Targets;
use super::model::{Clash, Parts, Record};
use super::opening::{Offer, may_begin, may_open};
use super::saving::Conflict;
use super::seen::seen;
use super::store::Listed;
use crate::ids::new_id;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::viewer::Visibility;

#[derive(Template)]
#[template(path = "history/edit.html")]
pub(super) struct EditPage<'v> {
    pub(super) v: &'v Visit,
    pub(super) kind: &'static dyn Kind,
    pub(super) record: Option<&'v Record>,
    pub(super) heading: String,
    pub(super) action: String,
    pub(super) base: i64,
    /// The id that a new text will have: sent twice, the form still makes one page.
    pub(super) begun: String,
    pub(super) fields: Vec<FormField>,
    /// Fields that a new text can do without, folded away until something is in them.
    pub(super) more: Vec<FormField>,
    pub(super) part: Option<String>,
    pub(super) section: Option<usize>,
    pub(super) errors: &'v FieldErrors,
    pub(super) note: Written,
    /// Whom this person may open the page to; none where that is not theirs to say.
    pub(super) visibilities: Vec<Visibility>,
    /// The bodies it can be opened to.
    pub(super) offer: Offer,
    pub(super) draft_at: Option<String>,
    pub(super) preview: Option<Vec<(String, web::Rendered)>>,
    pub(super) is_next_question: bool,
    /// Pages that seem to say the same already.
    pub(super) twins: Vec<Listed>,
}

impl EditPage<'_> {
    fn has_more_written(&self) -> bool {
        self.more
            .iter()
            .any(|field| !field.value.is_empty() || field.error.is_some())
    }

    /// Shows every letter as it was sent, so that nobody searches for what tidying took.
    pub(super) fn keep_letters(&mut self, sent: &Fields) {
        // A section stands in its part's field; where the whole part is shown, it is not enough.
        let of_a_section = sent
            .sent("section")
            .filter(|_| self.section.is_none())
            .map(|_| sent.get("part"));
        for field in self.fields.iter_mut().chain(&mut self.more) {
            if let Some(words) = sent.sent(field.key)
                && field.shape != "choice"
                && of_a_section != Some(field.key)
            {
                words.clone_into(&mut field.value);
            }
        }
    }
}

/// Characters of a summary at the most.
const LONGEST_SUMMARY: usize = 200;

/// What the form says beside the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub(super) summary: String,
    pub(super) is_minor: bool,
    pub(super) is_unfinished: bool,
    pub(super) visibility: String,
    /// Which of this person's own bodies may see it, by its word in addresses.
    pub(super) own: String,
    /// Names or codes of bodies that may see it.
    pub(super) bodies: Vec<String>,
    /// Whether it was sent, or stands as the page is.
    pub(super) is_sent: bool,
}

impl Written {
    pub(super) fn of(record: Option<&Record>) -> Self {
        Self {
            is_unfinished: record.is_some_and(|record| record.is_unfinished),
            visibility: record.map_or("public".to_owned(), |record| record.visibility.clone()),
            ..Self::default()
        }
    }

    /// What a link to the form of a new text offers: the opening that it names, where this person
    /// may choose it, and none that is wider.
    pub(super) fn named_in(query: &Fields, may: &[Visibility]) -> Self {
        let Some(named) = query.sent("visibility") else {
            return Self::of(None);
        };
        let named = Visibility::parse(named).filter(|one| may.contains(one));
        Self {
            visibility: named.unwrap_or(Visibility::OnlyMe).name().to_owned(),
            own: query.get("own").to_owned(),
            bodies: query.all("body").take(20).map(str::to_owned).collect(),
            ..Self::of(None)
        }
    }

    /// For whom a new text is where nothing else is said.
    pub(super) fn offered((visibility, names): (String, Vec<String>)) -> Self {
        let is_own = visibility == Visibility::OwnOrganisation.name();
        let own = names.first().filter(|_| is_own).cloned();
        Self {
            visibility,
            own: own.unwrap_or_default(),
            bodies: if is_own { Vec::new() } else { names },
            ..Self::default()
        }
    }

    pub(super) fn sent(fields: &Fields) -> Self {
        Self {
            summary: texts::tidy(fields.get("summary"))
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            is_minor: fields.ticked("minor"),
            is_unfinished: fields.ticked("unfinished"),
            visibility: fields.get("visibility").to_owned(),
            own: fields.get("own").to_owned(),
            bodies: fields
                .all("body")
                .filter(|words| !words.trim().is_empty())
                .map(str::to_owned)
                .collect(),
            is_sent: true,
        }
    }

    /// Notes a summary that is too long to stand in a list.
    pub(super) fn check(&self, v: &Visit, errors: &mut FieldErrors) {
        let length = self.summary.chars().count();
        if length > LONGEST_SUMMARY {
            let (part, over) = (v.say("summary"), length - LONGEST_SUMMARY);
            let words = v.with_two("wrong-long", ("part", &part), ("over", &over));
            errors.add("summary", words);
        }
    }

    fn is(&self, visibility: &Visibility) -> bool {
        self.visibility == visibility.name()
    }
}

pub(super) fn new_page<'v>(
    v: &'v Visit,
    kind: &'static dyn Kind,
    parts: &Parts,
    errors: &'v FieldErrors,
    note: Written,
    draft_at: Option<String>,
    preview: Option<Vec<(String, web::Rendered)>>,
) -> EditPage<'v> {
    let is_first = |field: &FormField| kind.first_parts().contains(&field.key);
    let all = forms::fields_of_new(v, kind, parts, errors);
    let (fields, more) = all.into_iter().partition(is_first);
    EditPage {
        v,
        kind,
        record: None,
        heading: v.say_of("new", kind.name()),
        action: format!("/{}", kind.plural()),
        base: 0,
        begun: new_id(v.now()),
        fields,
        more,
        part: None,
        section: None,
        errors,
        note,
        visibilities: may_begin(&v.viewer),
        offer: Offer::default(),
        draft_at,
        preview,
        is_next_question: false,
        twins: Vec::new(),
    }
}

pub(super) fn edit_page<'v>(
    v: &'v Visit,
    kind: &'static dyn Kind,
    record: &'v Record,
    parts: &Parts,
    errors: &'v FieldErrors,
    part: Option<&str>,
) -> EditPage<'v> {
    EditPage {
        v,
        kind,
        record: Some(record),
        heading: v.with_two(
            "edit-heading",
            ("page", &forms::called(v, record)),
            ("title", &record.title),
        ),
        action: format!("{}/revisions", record.address()),
        base: record.head,
        begun: String::new(),
        fields: forms::fields(v, kind, parts, errors, part),
        more: Vec::new(),
        part: part.map(str::to_owned),
        section: None,
        errors,
        note: Written::of(Some(record)),
        visibilities: may_open(&v.viewer, record),
        offer: Offer::default(),
        draft_at: None,
        preview: None,
        is_next_question: false,
        twins: Vec::new(),
    }
}

pub(super) fn section_alone(
    kind: &dyn Kind,
    parts: &Parts,
    part: Option<&str>,
    section: Option<usize>,
) -> Parts {
    let mut shown = parts.clone();
    let is_text = |key: &str| kind.part(key).is_some_and(|part| part.shape == Shape::Text);
    if let (Some(part), Some(at)) = (part.filter(|part| is_text(part)), section) {
        let text = parts.get(part);
        if let Some(section) = sections(text).get(at) {
            shown.set(part, &text[section.range.clone()]);
        }
    }
    shown
}

pub(super) async fn preview(
    v: &Visit,
    app: &App,
    kind: &'static dyn Kind,
    parts: &Parts,
    only: Option<&str>,
) -> Answer<Vec<(String, web::Rendered)>> {
    let targets = Targets::of(&app.db, &v.viewer, kind, parts).await?;
    let shown = kind.parts().iter().filter(|part| part.shape == Shape::Text);
    let shown = shown.filter(|part| only.is_none_or(|only| only == part.key));
    Ok(shown
        .filter(|part| !parts.get(part.key).is_empty())
        .map(|part| {
            let label = v.say(&forms::label_key(kind, part.key));
            (label, targets.render(parts.get(part.key), 4))
        })
        .collect())
}

#[derive(Template)]
#[template(path = "history/conflict.html")]
struct ConflictPage<'v> {
    v: &'v Visit,
    kind: &'static dyn Kind,
    record: &'v Record,
    clashes: Vec<ClashField>,
    others: Vec<(&'static str, String)>,
    other: String,
    note: Written,
    /// Whether the whole page was sent, with who may see it and whether it is finished.
    is_whole: bool,
    action: String,
    /// Whether the words are this person's own, who has a draft of them.
    is_own: bool,
}

struct ClashField {
    label: String,
    clash: Clash,
    rows: usize,
}

pub(super) async fn conflict_page(
    v: &Visit,
    kind: &'static dyn Kind,
    conflict: &Conflict,
    note: Written,
    is_whole: bool,
) -> Answer {
    let action = format!("{}/revisions", conflict.record.address());
    clash_page(v, kind, conflict, note, (is_whole, true, action)).await
}

/// The same for words that somebody else suggested: the form goes to `action`, nothing is a draft.
pub async fn clash_of_another(
    v: &Visit,
    kind: &'static dyn Kind,
    conflict: &Conflict,
    action: String,
) -> Answer {
    clash_page(
        v,
        kind,
        conflict,
        Written::default(),
        (false, false, action),
    )
    .await
}

async fn clash_page(
    v: &Visit,
    kind: &'static dyn Kind,
    conflict: &Conflict,
    note: Written,
    (is_whole, is_own, action): (bool, bool, String),
) -> Answer {
    let clashing = |key: &str| conflict.clashes.iter().any(|clash| clash.key == key);
    let others = kind.parts().iter().filter(|part| !clashing(part.key));
    let parts = seen(v, kind, conflict.parts.clone()).await?;
    let page = ConflictPage {
        v,
        kind,
        record: &conflict.record,
        clashes: conflict
            .clashes
            .iter()
            .map(|clash| ClashField {
                label: v.say(&forms::label_key(kind, &clash.key)),
                rows: (clash.suggested.len() / 60 + clash.suggested.lines().count()).clamp(3, 24),
                clash: clash.clone(),
            })
            .collect(),
        others: others
            .map(|part| (part.key, parts.get(part.key).to_owned()))
            .collect(),
        other: conflict.other.clone(),
        note,
        is_whole,
        action,
        is_own,
    };
    v.page_with(StatusCode::CONFLICT, &page)
}
