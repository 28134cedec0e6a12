//! How well searching finds the right hurdle, measured with phrasings and their numbers.

use std::path::Path;

use index::{Index, Question};

/// What a measurement found.
#[derive(Debug, Default)]
pub struct Quality {
    /// Phrasings asked.
    pub asked: usize,
    /// The right hurdle came first.
    pub first: usize,
    /// It came among the first three.
    pub among_three: usize,
    /// The others: words, number wanted, numbers found.
    pub missed: Vec<(String, i64, Vec<i64>)>,
}

impl Quality {
    /// The share with the right hurdle first, in per cent.
    pub fn first_share(&self) -> f64 {
        share(self.first, self.asked)
    }

    /// The share with the right hurdle among the first three, in per cent.
    pub fn among_three_share(&self) -> f64 {
        share(self.among_three, self.asked)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred phrasings")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        100.0 * part as f64 / whole as f64
    }
}

/// Asks the index each phrasing of a file: words, a tab, the right hurdle's number.
pub fn measure(index: &Index, phrasings: &Path) -> Result<Quality, String> {
    let text = std::fs::read_to_string(phrasings)
        .map_err(|error| format!("{} cannot be read: {error}", phrasings.display()))?;
    let mut quality = Quality::default();
    for (at, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let (words, number) = line
            .split_once('\t')
            .and_then(|(words, number)| Some((words, number.trim().parse::<i64>().ok()?)))
            .ok_or_else(|| format!("line {}: words, a tab and a number are wanted", at + 1))?;
        let question = Question {
            words: words.to_owned(),
            kinds: vec!["hurdle".to_owned()],
            seen_by: vec!["public".to_owned()],
            limit: 3,
            ..Question::default()
        };
        let found = index.find(&question).map_err(|error| error.to_string())?;
        let numbers: Vec<i64> = found.hits.iter().map(|hit| hit.number).collect();
        quality.asked += 1;
        quality.first += usize::from(numbers.first() == Some(&number));
        quality.among_three += usize::from(numbers.contains(&number));
        if numbers.first() != Some(&number) {
            quality.missed.push((words.to_owned(), number, numbers));
        }
    }
    Ok(quality)
}
