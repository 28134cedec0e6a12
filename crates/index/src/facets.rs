//! Counts how many of the documents found have each value.

use std::collections::HashMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::fields::{BETWEEN, FACETS, facet_term};
use crate::question::FacetCount;

/// Counts values in one pass. A document that fails the filter of one name only still counts for
/// that name: so a reader sees what choosing another value would give.
pub(crate) struct CountFacets {
    /// The filters: any of the values of each name.
    pub groups: Vec<(String, Vec<String>)>,
}

/// What was counted.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    /// How many documents pass every filter.
    pub total: usize,
    counts: HashMap<String, usize>,
}

impl Counted {
    /// The counts by name, the most frequent value first.
    pub fn into_counts(self) -> Vec<FacetCount> {
        let split = |(term, count): (String, usize)| {
            let (name, value) = term.split_once(BETWEEN)?;
            Some(FacetCount {
                name: name.to_owned(),
                value: value.to_owned(),
                count,
            })
        };
        let mut counts: Vec<FacetCount> = self.counts.into_iter().filter_map(split).collect();
        counts.sort_by(|a, b| {
            a.name
                .cmp(&b.name)
                .then(b.count.cmp(&a.count))
                .then(a.value.cmp(&b.value))
        });
        counts
    }
}

impl Collector for CountFacets {
    type Fruit = Counted;
    type Child = SegmentCounts;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<Self::Child> {
        let column = segment.fast_fields().str(FACETS)?;
        let values = column.as_ref().map_or(0, |column| column.num_terms());
        let mut wanted = Vec::new();
        for (name, values) in &self.groups {
            wanted.push((name.clone(), ordinals(column.as_ref(), name, values)?));
        }
        Ok(SegmentCounts {
            column,
            passed: vec![0; values],
            failed_one: vec![vec![0; values]; wanted.len()],
            wanted,
            total: 0,
            ordinals: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Counted>>) -> tantivy::Result<Counted> {
        let mut all = Counted::default();
        for segment in segments {
            let segment = segment?;
            all.total += segment.total;
            for (term, count) in segment.counts {
                *all.counts.entry(term).or_default() += count;
            }
        }
        Ok(all)
    }
}

fn ordinals(
    column: Option<&StrColumn>,
    name: &str,
    values: &[String],
) -> tantivy::Result<Vec<u64>> {
    let Some(column) = column else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for value in values {
        found.extend(column.dictionary().term_ord(facet_term(name, value))?);
    }
    Ok(found)
}

/// Counts within one segment, by the value's place in its dictionary.
pub(crate) struct SegmentCounts {
    column: Option<StrColumn>,
    wanted: Vec<(String, Vec<u64>)>,
    passed: Vec<u32>,
    failed_one: Vec<Vec<u32>>,
    total: usize,
    ordinals: Vec<u64>,
}

impl SegmentCollector for SegmentCounts {
    type Fruit = tantivy::Result<Counted>;

    fn collect(&mut self, document: DocId, _: Score) {
        let Some(column) = &self.column else { return };
        self.ordinals.clear();
        self.ordinals.extend(column.term_ords(document));
        let ordinals = &self.ordinals;
        let fails = |wanted: &[u64]| !wanted.iter().any(|value| ordinals.contains(value));
        let mut failed = self
            .wanted
            .iter()
            .enumerate()
            .filter(|(_, (_, wanted))| fails(wanted));
        let counts = match (failed.next(), failed.next()) {
            (None, _) => {
                self.total += 1;
                Some(&mut self.passed)
            }
            (Some((group, _)), None) => self.failed_one.get_mut(group),
            _ => None,
        };
        let Some(counts) = counts else { return };
        for value in ordinals
            .iter()
            .filter_map(|value| usize::try_from(*value).ok())
        {
            if let Some(count) = counts.get_mut(value) {
                *count += 1;
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        let mut counted = Counted {
            total: self.total,
            counts: HashMap::new(),
        };
        let Some(column) = &self.column else {
            return Ok(counted);
        };
        let mut term = String::new();
        for value in 0..self.passed.len() {
            let at = |counts: &Vec<u32>| counts.get(value).copied().unwrap_or(0);
            if at(&self.passed) == 0 && self.failed_one.iter().all(|counts| at(counts) == 0) {
                continue;
            }
            term.clear();
            column.ord_to_str(value as u64, &mut term)?;
            let name = term.split(BETWEEN).next().unwrap_or_default();
            let group = self.wanted.iter().position(|(wanted, _)| wanted == name);
            let besides = group
                .and_then(|group| self.failed_one.get(group))
                .map_or(0, at);
            let count = (at(&self.passed) + besides) as usize;
            if count > 0 {
                counted.counts.insert(term.clone(), count);
            }
        }
        Ok(counted)
    }
}
