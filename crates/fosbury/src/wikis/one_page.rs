//! One page of a wiki on its way: what is new of it becomes revisions, its words what lists show.

use std::collections::BTreeMap;

use db::Tx;
use texts::diff::stat;

use super::conversion::{Before, Conversion, Written};
use super::files::Files;
use super::model::{Known, Line, Report, Wiki};
use super::there::There;
use super::{store, store_seen};
use crate::guides::Guides;
use crate::history::linking::links_in;
use crate::history::model::{Parts, Record, RecordId, chain_hash, slug, sort_key};
use crate::history::saving::{self, Author, Note, opening};
use crate::history::store::{self as texts_store, NewRevision};
use crate::ids::new_id;
use crate::time::Moment;
use crate::viewer::Visibility;

/// One page on its way.
pub struct Coming<'c> {
    pub tx: &'c Tx,
    pub there: &'c dyn There,
    pub known: &'c Known,
    pub wiki: &'c Wiki,
    pub now: Moment,
}

impl Coming<'_> {
    /// Writes what is new of a page; its record, if it has one.
    pub async fn come(
        &mut self,
        place: &store::Place,
        report: &mut Report,
        files: &mut Files,
    ) -> db::Result<Option<RecordId>> {
        let (id, number, record, last_seq) = place;
        let before = match record {
            Some(record) => texts_store::record_by_id(self.tx, record).await?,
            None => None,
        };
        let (mut record, from) = match before {
            Some(record) => {
                let from = record.head;
                (record, from)
            }
            None => (self.record(*number, id), 0),
        };
        if from > 0 && from != *last_seq {
            report.lines.push(Line::new(id, "edited-here", &""));
            report.pages += usize::from(record.is_live());
            return Ok(Some(record.id));
        }
        let mut seqs: BTreeMap<i64, i64> = BTreeMap::new();
        let mut head = None;
        if from > 0 {
            seqs.extend(store::seconds(self.tx, &record.id).await?);
            let revision = texts_store::revision(self.tx, &record.id, from).await?;
            head = revision.map(|revision| revision.parts());
        }
        let mut before = None;
        if let (Some(parts), Some((second, _))) = (head.clone(), seqs.last_key_value()) {
            let newest = store_seen::newest_text(self.tx, &record.id.0).await?;
            before = Some(Before {
                parts,
                second: *second,
                words: newest.and_then(|(_, words)| words),
            });
        }
        let mut conversion = Conversion::new(self.there, self.known, id, before);
        let mut parts = head.unwrap_or_default();
        let mut last = None;
        while let Some(written) = conversion.step() {
            if record.head == 0 {
                record.made_at = written.at();
                texts_store::insert_record(self.tx, &record, "").await?;
            }
            record.head += 1;
            self.write(&record, &written, &parts, &seqs).await?;
            seqs.insert(written.second, record.head);
            record.changed_at = written.at();
            let is_gone = written.act == "delete";
            if is_gone { "deleted" } else { "live" }.clone_into(&mut record.state);
            last = Some(written.act);
            parts = written.parts;
        }
        report.revisions += usize::try_from(record.head - from).unwrap_or_default();
        report.lines.append(&mut conversion.lines);
        if last.is_none() && record.head > 0 && self.was_taken_back(&record, &seqs, id) {
            let by = Author {
                id: None,
                name: self.wiki.title.clone(),
                is_steward: true,
            };
            let note = Note::of("recover", by, self.now);
            "live".clone_into(&mut record.state);
            saving::advance(self.tx, &Guides, &mut record, &parts, &parts, &note).await?;
            store::page_is(self.tx, &self.wiki.id, id, &record.id, record.head).await?;
        }
        if last.is_none() {
            report.pages += usize::from(record.head > 0 && record.is_live());
            return Ok((record.head > 0).then_some(record.id));
        }
        report.note_page(self.there, id, last);
        self.finish(&mut record, &parts, from, id).await?;
        for file in &conversion.newest.media {
            files
                .put_on(self.tx, &self.wiki.id, file, &record.id)
                .await?;
        }
        Ok(Some(record.id))
    }

    /// Whether a page that is there went when the wiki was taken back, and not by anybody's hand.
    fn was_taken_back(&self, record: &Record, seqs: &BTreeMap<i64, i64>, page: &str) -> bool {
        let is_ours = seqs.values().any(|seq| *seq == record.head);
        record.state == "deleted" && !is_ours && self.there.has_page(page)
    }

    fn record(&self, number: i64, page: &str) -> Record {
        let visibility = match self.there.closed(page) {
            Some(_) => Visibility::Members,
            None => Visibility::Public,
        };
        Record {
            id: RecordId(new_id(self.now)),
            kind: "guide".to_owned(),
            number,
            title: String::new(),
            slug: String::new(),
            summary: String::new(),
            visibility: visibility.name().to_owned(),
            author_id: None,
            is_unfinished: false,
            state: "live".to_owned(),
            into_number: None,
            head: 0,
            made_at: self.now,
            changed_at: self.now,
            licence: self.wiki.licence.clone(),
            credit: self.wiki.title.clone(),
            is_demo: false,
        }
    }

    async fn write(
        &self,
        record: &Record,
        written: &Written,
        before: &Parts,
        seqs: &BTreeMap<i64, i64>,
    ) -> db::Result<()> {
        let content_hash = written.parts.hash();
        let chained_to = texts_store::chain_at(self.tx, &record.id, record.head - 1).await?;
        let (author, at) = (written.author.as_str(), written.at());
        let new = NewRevision {
            record_id: &record.id,
            seq: record.head,
            act: written.act,
            parts: &written.parts.to_json(),
            summary: &written.summary,
            is_minor: written.is_minor,
            author_id: None,
            author_name: author,
            at,
            other_seq: written.other.and_then(|other| seqs.get(&other).copied()),
            stat: stat(before.get("text"), written.parts.get("text")),
            content_hash: &content_hash,
            chain_hash: &chain_hash(&chained_to, record.head, &content_hash, author, at),
        };
        texts_store::insert_revision(self.tx, &new).await?;
        store::keep_text(self.tx, &record.id, record.head, written).await
    }

    /// Brings the record's own words, links and tags up to its newest revision.
    async fn finish(
        &self,
        record: &mut Record,
        parts: &Parts,
        from: i64,
        page: &str,
    ) -> db::Result<()> {
        parts.get("title").clone_into(&mut record.title);
        record.slug = slug(&record.title);
        record.summary = opening(&Guides, parts);
        let key = sort_key(&record.title);
        texts_store::move_head(self.tx, record, &key, from).await?;
        let found = links_in(&Guides, parts);
        let tags = parts.list("tags");
        texts_store::replace_links(self.tx, &record.id, &found.to, &found.wanted, &tags).await?;
        store::page_is(self.tx, &self.wiki.id, page, &record.id, record.head).await?;
        texts_store::index_changed(self.tx, &record.id).await?;
        Ok(())
    }
}
