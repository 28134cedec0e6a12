//! A trial's form: what was sent, what is wrong with it, and the trial it makes.

use web::Fields;

use super::choosing;
use super::model::{ASK_AFTER, LONGEST_ANSWER, LONGEST_LESSON, Telling, Trial};
use super::store;
use crate::history::model::Parts;
use crate::history::one_called;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::{Organisation, day_of, parse_day, tidy_line};
use crate::state::App;
use crate::time::DAY;
use crate::viewer::Visibility;
use ranking::Outcome;

/// In how many days "did it work?" may be asked; 0 for not at all.
pub const ASK_IN: [i64; 5] = [7, 30, 90, 180, 0];
/// The fields in the order of the page, in which mistakes are told as well.
const AS_SHOWN: [&str; 14] = [
    "solution",
    "body",
    "outcome",
    "learned",
    "service",
    "begun",
    "ended",
    "differently",
    "cost",
    "time",
    "agreed",
    "ask",
    "visibility",
    "reader",
];
/// Bodies that may be named as readers.
pub const READERS: usize = 5;

/// What the form says, letter for letter.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The number of the solution; 0 for a way of their own.
    pub solution: i64,
    /// Name or code of the body.
    pub body: String,
    /// In which part of it.
    pub service: String,
    /// What came of it.
    pub outcome: String,
    /// The first day.
    pub begun: String,
    /// The last day.
    pub ended: String,
    /// What was done differently.
    pub differently: String,
    /// What was learned.
    pub learned: String,
    /// What it cost.
    pub cost: String,
    /// How long it took.
    pub time: String,
    /// Who agreed.
    pub agreed: String,
    /// Who may read it.
    pub visibility: String,
    /// Bodies named as readers.
    pub readers: Vec<String>,
    /// Whether the body is not to be named.
    pub is_unnamed: bool,
    /// In how many days to ask.
    pub ask: i64,
}

impl Sent {
    /// An empty form for a body.
    pub fn nothing(solution: i64, body: String) -> Self {
        Self {
            solution,
            body,
            ..Self::of(&Fields::default())
        }
    }

    /// What was sent.
    pub fn of(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        let visibility = fields.sent("visibility").unwrap_or("public");
        let readers = fields.all("reader").take(READERS).map(str::to_owned);
        Self {
            solution: fields.number("solution").unwrap_or(0),
            body: get("body"),
            service: get("service"),
            outcome: get("outcome"),
            begun: get("begun"),
            ended: get("ended"),
            differently: get("differently"),
            learned: get("learned"),
            cost: get("cost"),
            time: get("time"),
            agreed: get("agreed"),
            visibility: visibility.to_owned(),
            readers: readers.collect(),
            is_unnamed: fields.ticked("unnamed"),
            ask: fields.number("ask").unwrap_or(ASK_IN[0]),
        }
    }

    /// The form of a trial that was told already.
    pub fn again(trial: &Trial, readers: Vec<String>) -> Self {
        Self {
            solution: trial.solution,
            body: trial.organisation.clone(),
            service: trial.service.clone(),
            outcome: trial.outcome.clone(),
            begun: trial.begun_on.clone(),
            ended: trial.ended_on.clone(),
            differently: trial.differently.clone(),
            learned: trial.learned.clone(),
            cost: trial.cost.clone(),
            time: trial.time_taken.clone(),
            agreed: trial.who_agreed.clone(),
            visibility: trial.visibility.clone(),
            readers,
            is_unnamed: !trial.is_named,
            ask: ASK_IN[0],
        }
    }

    /// What was sent, with what others changed elsewhere in the two long texts.
    #[must_use]
    pub fn kept(mut self, both: &Parts) -> Self {
        both.get("differently").clone_into(&mut self.differently);
        both.get("learned").clone_into(&mut self.learned);
        self
    }

    /// Whether this outcome is chosen.
    pub fn is_outcome(&self, outcome: &str) -> bool {
        self.outcome == outcome
    }

    /// Whether more than the quick form was filled in.
    pub fn is_deep(&self) -> bool {
        let more = [
            &self.service,
            &self.begun,
            &self.ended,
            &self.differently,
            &self.cost,
            &self.time,
            &self.agreed,
        ];
        more.into_iter().any(|one| !one.is_empty())
            || self.visibility != "public"
            || self.is_unnamed
    }

    /// The n-th body named as a reader.
    pub fn reader(&self, at: &usize) -> &str {
        self.readers.get(*at).map_or("", String::as_str)
    }

    /// The trial that the form tells of a hurdle, and its body; what is wrong is noted.
    pub async fn told(
        &self,
        v: &Visit,
        app: &App,
        hurdle: i64,
        solutions: &[i64],
        errors: &mut FieldErrors,
    ) -> Answer<Telling> {
        let mut telling = Telling {
            hurdle,
            solution: self.solution,
            is_named: !self.is_unnamed,
            ..Telling::default()
        };
        if self.solution != 0 && !solutions.contains(&self.solution) {
            errors.add("solution", v.say("wrong-choice"));
        }
        match Outcome::parse(&self.outcome) {
            Some(outcome) => outcome.name().clone_into(&mut telling.outcome),
            None => errors.add("outcome", v.say("wrong-outcome")),
        }
        self.dates(v, &mut telling, errors);
        self.answers(v, &mut telling, errors);
        if let Some(body) = self.body_of(v, app, &telling, errors).await? {
            telling.organisation.clone_from(&body.id);
            self.visible(v, app, &body, &mut telling, errors).await?;
        }
        if telling.outcome == Outcome::TooEarly.name() && self.ask > 0 {
            let after = if ASK_IN.contains(&self.ask) {
                self.ask * DAY
            } else {
                ASK_AFTER
            };
            telling.ask_at = Some(v.now().plus(after));
        }
        let place = |field: &str| AS_SHOWN.iter().position(|shown| *shown == field);
        errors.0.sort_by_key(|error| place(&error.field));
        Ok(telling)
    }

    fn dates(&self, v: &Visit, telling: &mut Telling, errors: &mut FieldErrors) {
        let today = day_of(v.now());
        for (name, sent, day) in [
            ("begun", &self.begun, &mut telling.begun_on),
            ("ended", &self.ended, &mut telling.ended_on),
        ] {
            match parse_day(sent.trim()) {
                Some(parsed) if parsed.as_str() > "1900" => *day = parsed,
                _ if sent.trim().is_empty() => {}
                _ => errors.add(name, v.say("wrong-day")),
            }
        }
        let (begun, ended) = (&telling.begun_on, &telling.ended_on);
        if !begun.is_empty() && !ended.is_empty() && ended < begun {
            errors.add("ended", v.say("wrong-ends-first"));
        }
        let is_decided = telling.outcome != Outcome::TooEarly.name();
        if is_decided && (*begun > today || *ended > today) {
            let field = if *begun > today { "begun" } else { "ended" };
            errors.add(field, v.say("wrong-future-outcome"));
        }
    }

    fn answers(&self, v: &Visit, telling: &mut Telling, errors: &mut FieldErrors) {
        for (name, sent, kept) in [
            ("service", &self.service, &mut telling.service),
            ("cost", &self.cost, &mut telling.cost),
            ("time", &self.time, &mut telling.time_taken),
            ("agreed", &self.agreed, &mut telling.who_agreed),
        ] {
            match tidy_line(sent, LONGEST_ANSWER) {
                Some(tidy) => *kept = tidy,
                None => errors.add(name, v.with("wrong-answer-long", "most", LONGEST_ANSWER)),
            }
        }
        for (name, sent, kept) in [
            ("differently", &self.differently, &mut telling.differently),
            ("learned", &self.learned, &mut telling.learned),
        ] {
            let tidy = texts::tidy(sent).trim().to_owned();
            if tidy.chars().count() > LONGEST_LESSON {
                errors.add(name, v.with("wrong-lesson-long", "most", LONGEST_LESSON));
            }
            *kept = tidy;
        }
    }

    async fn body_of(
        &self,
        v: &Visit,
        app: &App,
        telling: &Telling,
        errors: &mut FieldErrors,
    ) -> Answer<Option<Organisation>> {
        if self.body.trim().is_empty() {
            errors.add("body", v.say("wrong-no-own-body"));
            return Ok(None);
        }
        let body = match one_called(app, &self.body).await? {
            Ok(body) => body,
            Err(key) => {
                errors.add("body", v.with(key, "words", &self.body));
                return Ok(None);
            }
        };
        let was_there = !telling.ended_on.is_empty() && telling.ended_on <= body.end_on;
        if body.has_ended(&day_of(v.now())) && !was_there {
            errors.add("body", choosing::ended(v, app, &body).await?);
        }
        Ok(Some(body))
    }

    async fn visible(
        &self,
        v: &Visit,
        app: &App,
        body: &Organisation,
        telling: &mut Telling,
        errors: &mut FieldErrors,
    ) -> Answer<()> {
        let Some(visibility) = Visibility::parse(&self.visibility) else {
            errors.add("visibility", v.say("wrong-choice"));
            return Ok(());
        };
        telling.visibility = visibility;
        if visibility == Visibility::OwnOrganisation && !v.viewer.works_at(&body.key()) {
            errors.add("visibility", v.say("wrong-not-yours"));
        }
        if visibility != Visibility::NamedBodies {
            return Ok(());
        }
        for words in self.readers.iter().filter(|one| !one.trim().is_empty()) {
            match one_called(app, words).await? {
                Ok(reader) => telling.readers.push(reader.key()),
                Err(key) => errors.add("reader", v.with(key, "words", words)),
            }
        }
        if telling.readers.is_empty() {
            errors.add("reader", v.say("wrong-no-body"));
        }
        Ok(())
    }
}

/// Trials that the viewer may read and that may be the one being told.
pub async fn twins(v: &Visit, app: &App, telling: &Telling) -> Answer<Vec<Trial>> {
    let (hurdle, solution) = (telling.hurdle, telling.solution);
    let alike = store::alike(&app.db, &v.viewer, hurdle, solution, &telling.organisation).await?;
    let is_open = |day: &str| day.is_empty();
    let overlaps = |one: &Trial| {
        let ended_before = |end: &str, begin: &str| !is_open(end) && !is_open(begin) && end < begin;
        !ended_before(&one.ended_on, &telling.begun_on)
            && !ended_before(&telling.ended_on, &one.begun_on)
    };
    let is_same_part = |one: &Trial| {
        one.service.is_empty() || telling.service.is_empty() || one.service == telling.service
    };
    let found = alike.into_iter();
    Ok(found
        .filter(|one| overlaps(one) && is_same_part(one) && one.may_be_changed_by(&v.viewer))
        .collect())
}
