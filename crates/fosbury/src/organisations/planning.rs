//! What a list changes: each of its rows compared with what is known already.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Alias, Body, FIGURES, Organisation, day_of, free_slug};
use super::reading::{self, Figures, Problem, Row};
use crate::ids::new_id;
use crate::time::Moment;

/// The files of one import.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// The list of bodies.
    pub list: Vec<u8>,
    /// Figures of deprivation and density, with the name of their file.
    pub figures: Option<(String, Vec<u8>)>,
    /// Homepages.
    pub homepages: Option<Vec<u8>>,
}

/// What an import does.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Bodies that are new here.
    pub new: Vec<Body>,
    /// Bodies that change, as they will be, with what changes.
    pub changed: Vec<(Body, Vec<&'static str>)>,
    /// Bodies that stay as they are.
    pub unchanged: usize,
    /// Rows that could not be used, or not wholly.
    pub problems: Vec<Located>,
    /// Rows read.
    pub rows: usize,
    /// Bodies of the list that are there today.
    pub current: usize,
    /// Bodies of the list that are no more.
    pub ended: usize,
    /// Bodies known here that the list does not have.
    pub elsewhere: usize,
}

/// A problem, with the file that it is in: `list`, `figures` or `homepages`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Which file.
    pub file: &'static str,
    /// What is wrong.
    pub problem: Problem,
}

impl Plan {
    /// Whether there is anything to do.
    pub fn changes_something(&self) -> bool {
        !self.new.is_empty() || !self.changed.is_empty()
    }

    /// Bodies known before whose mail domain is another now: who waits there may be confirmed by it.
    pub fn with_new_domain(&self) -> impl Iterator<Item = &Organisation> {
        let domain = |(_, what): &&(Body, Vec<&str>)| what.contains(&"field-mail-domain");
        let changed = self.changed.iter().filter(domain);
        changed.map(|(body, _)| &body.organisation)
    }

    /// The bodies that go by another name than before.
    pub fn renamed(&self) -> impl Iterator<Item = &Organisation> {
        let changed = self.changed.iter();
        let renamed = changed.filter(|(_, what)| what.contains(&"field-name"));
        renamed.map(|(body, _)| &body.organisation)
    }

    /// What is counted, and in which of these files it was read: the list with numbers of people,
    /// and the file of figures.
    pub fn sources(&self, list: &str, figures: Option<&str>) -> BTreeSet<(String, String)> {
        let of_figures = self.bodies().flat_map(|body| &body.figures);
        let read = of_figures.filter(|(_, (_, source))| Some(source.as_str()) == figures);
        let read = read.map(|(name, (_, source))| (name.clone(), source.clone()));
        let mut populations = self.bodies().map(|body| body.organisation.population);
        let has_people = populations.any(|people| people.is_some());
        let people = has_people.then(|| ("population".to_owned(), list.to_owned()));
        read.chain(people).collect()
    }

    /// Everything that has to be written.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.new
            .iter()
            .chain(self.changed.iter().map(|(body, _)| body))
    }
}

/// Compares a list with the bodies known, by their codes. A file that is no list is refused whole.
pub fn plan(files: &Files, known: BTreeMap<String, Body>, now: Moment) -> Result<Plan, Located> {
    let in_file = |file| move |problem| Located { file, problem };
    let sheet = reading::bodies(&files.list).map_err(in_file("list"))?;
    let mut planner = Planner::new(known, now);
    planner.plan.rows = sheet.count;
    planner.note("list", sheet.problems);
    let rows = planner.without_twins(sheet.rows);
    let codes: BTreeSet<String> = rows.iter().map(|row| row.code.clone()).collect();
    planner.take_rows(&rows, &codes);
    if let Some((source, bytes)) = &files.figures {
        let sheet = reading::figures(bytes, &FIGURES).map_err(in_file("figures"))?;
        planner.note("figures", sheet.problems);
        planner.take_figures(source, sheet.rows);
    }
    if let Some(bytes) = &files.homepages {
        let sheet = reading::homepages(bytes).map_err(in_file("homepages"))?;
        planner.note("homepages", sheet.problems);
        planner.take_homepages(&sheet.rows);
    }
    Ok(planner.finish(&codes))
}

struct Planner {
    known: BTreeMap<String, Body>,
    wanted: BTreeMap<String, Body>,
    slugs: BTreeSet<String>,
    now: Moment,
    today: String,
    plan: Plan,
}

impl Planner {
    fn new(known: BTreeMap<String, Body>, now: Moment) -> Self {
        let slugs = known.values().map(|body| body.organisation.slug.clone());
        Self {
            slugs: slugs.collect(),
            wanted: BTreeMap::new(),
            known,
            now,
            today: day_of(now),
            plan: Plan::default(),
        }
    }

    fn note(&mut self, file: &'static str, problems: Vec<Problem>) {
        let located = problems
            .into_iter()
            .map(|problem| Located { file, problem });
        self.plan.problems.extend(located);
    }

    /// The rows whose code no row before has.
    fn without_twins(&mut self, rows: Vec<Row>) -> Vec<Row> {
        let mut seen = BTreeSet::new();
        let (first, twins): (Vec<Row>, Vec<Row>) = rows
            .into_iter()
            .partition(|row| seen.insert(row.code.clone()));
        let twins = twins
            .iter()
            .map(|row| Problem::at(row.line, "row-twice", &row.code));
        self.note("list", twins.collect());
        first
    }

    /// Those that are there today first: they have the first choice of address.
    fn take_rows(&mut self, rows: &[Row], codes: &BTreeSet<String>) {
        let has_ended = |row: &&Row| {
            let end = row.get("end-date");
            !end.is_empty() && end <= self.today.as_str()
        };
        let (ended, current): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(has_ended);
        (self.plan.current, self.plan.ended) = (current.len(), ended.len());
        for row in current.into_iter().chain(ended) {
            let body = self.body(row, codes);
            self.wanted.insert(row.code.clone(), body);
        }
    }

    fn body(&mut self, row: &Row, codes: &BTreeSet<String>) -> Body {
        let before = self.known.get(&row.code).cloned();
        let mut body = before.clone().unwrap_or_default();
        fill(&mut body.organisation, row);
        if before.is_none() {
            let own = &mut body.organisation;
            own.id = new_id(self.now);
            let wanted = [row.get("slug"), own.short_name.as_str()];
            own.slug = free_slug(&wanted, own, |slug| self.slugs.contains(slug));
            self.slugs.insert(own.slug.clone());
        }
        body.aliases
            .extend(row.names.iter().map(|name| Alias::name(name)));
        body.aliases
            .extend(row.former.iter().map(|code| Alias::code(code)));
        if let Some(Body {
            organisation: old, ..
        }) = &before
        {
            let names = [
                (&old.name, &body.organisation.name),
                (&old.short_name, &body.organisation.short_name),
            ];
            let gone = names.into_iter().filter(|(old, new)| old != new);
            body.aliases.extend(gone.map(|(old, _)| Alias::name(old)));
            if old.gss != body.organisation.gss && !old.gss.is_empty() {
                body.aliases.insert(Alias::code(&old.gss));
            }
        }
        body.aliases.retain(|alias| !alias.words.is_empty());
        one_of_each(&mut body.aliases);
        body.organisation.describe(&body.aliases);
        body.successors = self.successors(row, codes);
        body
    }

    fn successors(&mut self, row: &Row, codes: &BTreeSet<String>) -> BTreeSet<String> {
        let is_known = |code: &&String| codes.contains(*code) || self.known.contains_key(*code);
        let others = row.successors.iter().filter(|code| **code != row.code);
        let (known, unknown): (Vec<&String>, Vec<&String>) = others.partition(is_known);
        let known = known.into_iter().cloned().collect();
        let missing = unknown
            .iter()
            .map(|code| Problem::at(row.line, "row-successor", code));
        let missing = missing.collect();
        self.note("list", missing);
        known
    }

    /// The body of this code as it will be, begun from what is known.
    fn wanted(&mut self, code: &str) -> Option<&mut Body> {
        if !self.wanted.contains_key(code) {
            let known = self.known.get(code)?.clone();
            self.wanted.insert(code.to_owned(), known);
        }
        self.wanted.get_mut(code)
    }

    fn take_figures(&mut self, source: &str, rows: Vec<Figures>) {
        for (line, code, figures) in rows {
            let Some(body) = self.wanted(&code) else {
                self.note("figures", vec![Problem::at(line, "row-unknown", &code)]);
                continue;
            };
            for (name, value) in figures {
                let figure = (value, source.to_owned());
                body.figures.insert(name.to_owned(), figure);
            }
        }
    }

    /// Homepages; they count before those of the list.
    fn take_homepages(&mut self, rows: &[(String, String, String)]) {
        let mut by_code: BTreeMap<&str, &str> = BTreeMap::new();
        let mut by_slug: BTreeMap<&str, &str> = BTreeMap::new();
        for (code, slug, site) in rows.iter().filter(|(_, _, site)| !site.is_empty()) {
            by_code.insert(code, site);
            by_slug.insert(slug, site);
        }
        for body in self.wanted.values_mut() {
            let own = &mut body.organisation;
            let by_code = by_code
                .get(own.gss.as_str())
                .filter(|_| !own.gss.is_empty());
            if let Some(site) = by_code.or_else(|| by_slug.get(own.slug.as_str())) {
                (*site).clone_into(&mut own.homepage);
            }
        }
    }

    fn finish(self, codes: &BTreeSet<String>) -> Plan {
        let Self {
            known,
            wanted,
            mut plan,
            ..
        } = self;
        plan.elsewhere = known.keys().filter(|code| !codes.contains(*code)).count();
        for (code, body) in wanted {
            match known.get(&code) {
                None => plan.new.push(body),
                Some(before) if *before == body => {
                    plan.unchanged += usize::from(codes.contains(&code));
                }
                Some(before) => {
                    let what = differences(before, &body);
                    plan.changed.push((body, what));
                }
            }
        }
        plan.problems
            .sort_by_key(|one| (one.file != "list", one.file, one.problem.line));
        plan
    }
}

/// Two names may be looked up by the same words: the first in order stays.
fn one_of_each(aliases: &mut BTreeSet<Alias>) {
    let mut last = String::new();
    aliases.retain(|alias| {
        let is_first = alias.words != last;
        last.clone_from(&alias.words);
        is_first
    });
}

fn fill(own: &mut Organisation, row: &Row) {
    let set = |field: &mut String, column: &str| row.get(column).clone_into(field);
    own.code.clone_from(&row.code);
    set(&mut own.name, "name");
    set(&mut own.short_name, "short-name");
    if own.short_name.is_empty() {
        own.short_name.clone_from(&own.name);
    }
    set(&mut own.gss, "public-code");
    set(&mut own.kind, "type");
    set(&mut own.kind_name, "type-name");
    if own.kind_name.is_empty() {
        own.kind_name.clone_from(&own.kind);
    }
    set(&mut own.nation, "nation");
    set(&mut own.region, "region");
    set(&mut own.county, "county");
    set(&mut own.combined, "combined");
    set(&mut own.start_on, "start-date");
    set(&mut own.end_on, "end-date");
    own.population = row.population;
    // What a steward set by hand stays where the list says nothing.
    if !row.get("homepage").is_empty() {
        set(&mut own.homepage, "homepage");
    }
    if !row.get("mail-domain").is_empty() {
        set(&mut own.mail_domain, "mail-domain");
    }
}

/// The names of what differs, as words' keys.
fn differences(before: &Body, after: &Body) -> Vec<&'static str> {
    let (old, new) = (&before.organisation, &after.organisation);
    let told = [
        (
            "field-name",
            old.name != new.name || old.short_name != new.short_name,
        ),
        ("field-code", old.gss != new.gss),
        (
            "field-type",
            old.kind != new.kind || old.kind_name != new.kind_name,
        ),
        (
            "field-place",
            (&old.nation, &old.region, &old.county, &old.combined)
                != (&new.nation, &new.region, &new.county, &new.combined),
        ),
        ("field-population", old.population != new.population),
        (
            "field-days",
            old.start_on != new.start_on || old.end_on != new.end_on,
        ),
        ("field-homepage", old.homepage != new.homepage),
        ("field-mail-domain", old.mail_domain != new.mail_domain),
        ("field-aliases", before.aliases != after.aliases),
        ("field-successors", before.successors != after.successors),
        ("field-figures", before.figures != after.figures),
    ];
    told.into_iter()
        .filter(|(_, is)| *is)
        .map(|(name, _)| name)
        .collect()
}
