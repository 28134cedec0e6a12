//! Lists of bodies as others publish them: CSV, whatever its delimiter and encoding.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::model::{UNKNOWN_DAY, can_be_seen, parse_code, parse_day, parse_domain, parse_homepage};

/// Rows that a list may have: there are no more public bodies in any country.
const MOST_ROWS: usize = 50_000;
/// Letters of one cell at the most, except where it lists names.
const LONGEST: usize = 300;
/// Names and codes of one row at the most.
const MOST_NAMES: usize = 60;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Columns, with what others call them. The first two are needed.
pub const COLUMNS: [(&str, &[&str]); 19] = [
    ("code", &["local-authority-code"]),
    ("name", &["official-name"]),
    ("short-name", &["nice-name"]),
    ("slug", &["gov-uk-slug"]),
    ("public-code", &["gss-code", "gss"]),
    ("former-codes", &["former-gss-codes"]),
    ("other-names", &["alt-names"]),
    ("type", &["local-authority-type"]),
    ("type-name", &["local-authority-type-name"]),
    ("nation", &["country"]),
    ("region", &[]),
    ("county", &["county-la"]),
    ("combined", &["combined-authority"]),
    ("population", &["pop-2020"]),
    ("start-date", &[]),
    ("end-date", &[]),
    ("replaced-by", &[]),
    ("current", &["current-authority"]),
    ("homepage", &["homepage-url", "homepage_url"]),
];
/// A column that only lists of one's own have.
const MAIL_DOMAIN: &str = "mail-domain";

/// What is wrong with a file or one of its rows: the key of its words and what to put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line in the file; none where it is the file itself.
    pub line: u64,
    /// The words' key.
    pub key: &'static str,
    /// What was found.
    pub value: String,
}

impl Problem {
    /// Something wrong with a row.
    pub fn at(line: u64, key: &'static str, value: &str) -> Self {
        let value = value.chars().take(80).collect();
        Self { line, key, value }
    }
}

/// A row that can be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub line: u64,
    /// Plain cells by the first name of their column.
    pub cells: BTreeMap<&'static str, String>,
    /// The body's code.
    pub code: String,
    /// Codes of those that followed it.
    pub successors: Vec<String>,
    /// Other names.
    pub names: Vec<String>,
    /// Former codes.
    pub former: Vec<String>,
    /// People who live there.
    pub population: Option<i64>,
}

impl Row {
    /// A cell, or nothing.
    pub fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// What a file held.
#[derive(Clone, Debug, Default)]
pub struct Sheet<T> {
    /// What can be used.
    pub rows: Vec<T>,
    /// What cannot, and why.
    pub problems: Vec<Problem>,
    /// Rows below the heading.
    pub count: usize,
}

/// Reads a list of bodies.
pub fn bodies(bytes: &[u8]) -> Result<Sheet<Row>, Problem> {
    let columns: Vec<(&'static str, &[&str])> = COLUMNS
        .into_iter()
        .chain([(MAIL_DOMAIN, &[][..])])
        .collect();
    sheet(bytes, &columns, &["code", "name"], row)
}

/// Figures of one body: the line they stand on, its code, and each number under its name.
pub type Figures = (u64, String, Vec<(&'static str, f64)>);

/// Reads figures: a code and numbers in named columns.
pub fn figures(bytes: &[u8], names: &'static [&'static str]) -> Result<Sheet<Figures>, Problem> {
    let mut columns: Vec<(&'static str, &[&str])> = vec![COLUMNS[0]];
    columns.extend(names.iter().map(|name| (*name, &[][..])));
    sheet(bytes, &columns, &["code"], |line, cells| {
        let code = wanted_code(line, &cells)?;
        let mut found = Vec::new();
        for name in names {
            let cell = cells.get(name).map_or("", String::as_str);
            if cell.is_empty() {
                continue;
            }
            let number = cell.parse::<f64>().ok().filter(|number| number.is_finite());
            found.push((
                *name,
                number.ok_or_else(|| Problem::at(line, "row-number", cell))?,
            ));
        }
        Ok((line, code, found))
    })
}

/// Reads homepages: a public code or an address word, and the homepage.
pub fn homepages(bytes: &[u8]) -> Result<Sheet<(String, String, String)>, Problem> {
    let columns: Vec<(&'static str, &[&str])> = vec![COLUMNS[4], ("slug", &[]), COLUMNS[18]];
    sheet(bytes, &columns, &["homepage"], |line, cells| {
        let get = |name: &str| cells.get(name).cloned().unwrap_or_default();
        let homepage = get("homepage");
        if homepage.is_empty() {
            return Ok((get("public-code"), get("slug"), homepage));
        }
        let site = parse_homepage(&homepage);
        let site = site.ok_or_else(|| Problem::at(line, "row-homepage", &homepage))?;
        Ok((get("public-code"), get("slug"), site))
    })
}

type Cells = BTreeMap<&'static str, String>;

fn wanted_code(line: u64, cells: &Cells) -> Result<String, Problem> {
    let written = cells.get("code").map_or("", String::as_str);
    if written.is_empty() {
        return Err(Problem::at(line, "row-no-code", ""));
    }
    parse_code(written).ok_or_else(|| Problem::at(line, "row-code", written))
}

fn row(line: u64, mut cells: Cells) -> Result<Row, Problem> {
    let code = wanted_code(line, &cells)?;
    let get = |name: &str| cells.get(name).cloned().unwrap_or_default();
    if get("name").is_empty() {
        return Err(Problem::at(line, "row-no-name", &code));
    }
    let is_list = |name: &str| matches!(name, "other-names" | "former-codes" | "replaced-by");
    let too_long =
        |(name, cell): &(&&'static str, &String)| !is_list(name) && cell.chars().count() > LONGEST;
    if let Some((name, _)) = cells.iter().find(too_long) {
        return Err(Problem::at(line, "row-long", name));
    }
    let (start, end) = (day(line, &get("start-date"))?, day(line, &get("end-date"))?);
    let end = match is_current(&get("current")) {
        Some(false) if end.is_empty() => UNKNOWN_DAY.to_owned(),
        _ => end,
    };
    let population = population(line, &get("population"))?;
    let wrong = |key, cell: &str| Problem::at(line, key, cell);
    let homepage = get("homepage");
    if !homepage.is_empty() {
        let site = parse_homepage(&homepage).ok_or_else(|| wrong("row-homepage", &homepage))?;
        cells.insert("homepage", site);
    }
    let domain = cells.get(MAIL_DOMAIN).cloned().unwrap_or_default();
    let domain = parse_domain(&domain).map_err(|_| wrong("row-mail-domain", &domain))?;
    cells.insert(MAIL_DOMAIN, domain);
    let list = |name: &str| listed(cells.get(name).map_or("", String::as_str));
    let (successors, names, former) = (
        list("replaced-by"),
        list("other-names"),
        list("former-codes"),
    );
    cells.insert("start-date", start);
    cells.insert("end-date", end);
    Ok(Row {
        line,
        code,
        successors: successors
            .iter()
            .filter_map(|one| parse_code(one))
            .collect(),
        names,
        former,
        population,
        cells,
    })
}

fn day(line: u64, written: &str) -> Result<String, Problem> {
    if written.is_empty() {
        return Ok(String::new());
    }
    parse_day(written).ok_or_else(|| Problem::at(line, "row-day", written))
}

fn population(line: u64, written: &str) -> Result<Option<i64>, Problem> {
    if written.is_empty() {
        return Ok(None);
    }
    let plain = written.replace([',', ' ', '\u{a0}'], "");
    let whole = plain
        .strip_suffix(".0")
        .unwrap_or(&plain)
        .parse::<i64>()
        .ok();
    let whole = whole.filter(|number| (0..=20_000_000_000).contains(number));
    whole
        .map(Some)
        .ok_or_else(|| Problem::at(line, "row-number", written))
}

fn is_current(written: &str) -> Option<bool> {
    match written.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

/// Names between commas; those that a wrong encoding broke are left out.
fn listed(cell: &str) -> Vec<String> {
    let is_whole = |name: &&str| !name.contains('\u{FFFD}') && !name.contains("ï¿½");
    let names = cell.split([',', ';']).map(str::trim).filter(is_whole);
    let fits = |name: &&str| !name.is_empty() && name.chars().count() <= LONGEST;
    let mut found: Vec<String> = names
        .filter(fits)
        .take(MOST_NAMES)
        .map(str::to_owned)
        .collect();
    found.dedup();
    found
}

/// Reads any table whose first line names its columns.
fn sheet<T>(
    bytes: &[u8],
    columns: &[(&'static str, &[&str])],
    needed: &[&'static str],
    mut read: impl FnMut(u64, Cells) -> Result<T, Problem>,
) -> Result<Sheet<T>, Problem> {
    let text = decoded(bytes);
    let of_file = |key, value: &str| Problem::at(0, key, value);
    if text.trim().is_empty() {
        return Err(of_file("list-empty", ""));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(&text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let heading = reader
        .headers()
        .map_err(|_| of_file("list-unreadable", ""))?
        .clone();
    let places = places(&heading, columns);
    if let Some(missing) = needed.iter().find(|name| !places.contains(&Some(**name))) {
        return Err(of_file("list-no-column", missing));
    }
    let mut sheet = Sheet {
        rows: Vec::new(),
        problems: Vec::new(),
        count: 0,
    };
    for record in reader.records() {
        let Ok(record) = record else {
            return Err(of_file("list-unreadable", ""));
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(str::is_empty) {
            continue;
        }
        sheet.count += 1;
        if sheet.count > MOST_ROWS {
            return Err(of_file("list-too-many", &MOST_ROWS.to_string()));
        }
        if record.len() != heading.len() {
            sheet
                .problems
                .push(Problem::at(line, "row-cells", &record.len().to_string()));
            continue;
        }
        let cells = places.iter().zip(record.iter());
        let cells = cells.filter_map(|(name, cell)| Some(((*name)?, tidied(cell))));
        match read(line, cells.collect()) {
            Ok(row) => sheet.rows.push(row),
            Err(problem) => sheet.problems.push(problem),
        }
    }
    Ok(sheet)
}

/// A cell without what nobody can see, and without lines of its own.
fn tidied(cell: &str) -> String {
    let words: String = cell
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| can_be_seen(*c))
        .collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Which of our columns each column of a file is.
fn places(
    heading: &csv::StringRecord,
    columns: &[(&'static str, &[&str])],
) -> Vec<Option<&'static str>> {
    let plain = |name: &str| name.to_lowercase().replace([' ', '_'], "-");
    let known = |name: &str| {
        let found = columns
            .iter()
            .find(|(own, others)| *own == name || others.contains(&name));
        found.map(|(own, _)| *own)
    };
    let mut seen = Vec::new();
    let places = heading.iter().map(|name| {
        let name = known(&plain(name)).filter(|name| !seen.contains(name));
        seen.extend(name);
        name
    });
    places.collect()
}

/// The text of a file: with a mark of its encoding, in UTF-8, or as older programs write it.
fn decoded(bytes: &[u8]) -> String {
    let text = match (Encoding::for_bom(bytes), std::str::from_utf8(bytes)) {
        (Some((encoding, _)), _) => encoding.decode(bytes).0.into_owned(),
        (None, Ok(text)) => text.to_owned(),
        (None, Err(_)) => WINDOWS_1252.decode(bytes).0.into_owned(),
    };
    text.replace('\0', "")
}

/// What stands between the columns of the first line.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let unquoted: String = first.split('"').step_by(2).collect();
    let count = |delimiter: u8| unquoted.bytes().filter(|byte| *byte == delimiter).count();
    let most = DELIMITERS.into_iter().rev().max_by_key(|one| count(*one));
    most.unwrap_or(b',')
}
