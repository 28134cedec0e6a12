//! Tables for other programs, which no spreadsheet takes for formulas.

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use web::{Page, Trouble};

use crate::layout::Answer;

/// Signs with which spreadsheets begin a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table of comma-separated values, to be kept as `name.csv`.
pub fn csv(name: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Answer<Page> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| Trouble::OurFault(error.to_string());
    writer.write_record(columns).map_err(failed)?;
    for row in rows {
        let cells = row.iter().map(|cell| defused(cell));
        writer.write_record(cells).map_err(failed)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Trouble::OurFault(error.to_string()))?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let kept = format!("attachment; filename=\"{name}.csv\"");
    let kept = HeaderValue::from_str(&kept).unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_DISPOSITION, kept);
    Ok(Page::from(response))
}

/// A cell that is words, whatever it begins with: an apostrophe stands before what would be a formula.
fn defused(cell: &str) -> String {
    let first = cell.trim_start_matches(' ').chars().next();
    if first.is_some_and(|sign| FORMULA.contains(&sign)) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::defused;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+A1", "-2", "@SUM(A1)", " =1", "\t=1"] {
            assert!(defused(formula).starts_with('\''), "{formula}");
        }
        assert_eq!(defused("Half a day = fine"), "Half a day = fine");
    }
}
