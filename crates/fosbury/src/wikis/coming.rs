//! Bringing a wiki along: looked at first, then page by page, each a change of its own.
//!
//! It can be stopped at any page and begun again, and comes again without harm: what came already
//! is left as it is, new revisions are added, and a page that was edited here stays as it is here.

use std::collections::BTreeMap;

use db::Db;
use dokuwiki::Source;
use dokuwiki::read::NoWiki;

use super::conversion::{Conversion, NAMELESS};
use super::files::{Files, Keeping};
use super::files_known::{lines_of, older_of};
use super::model::{Known, Line, Report, Wiki};
use super::one_page::Coming;
use super::there::{Kind, There, opened};
use super::{store, store_authors};
use crate::attachments::store_versions;
use crate::ids::new_id;
use crate::people::store_audit as audit;
use crate::settings::Settings;
use crate::store_log;
use crate::time::Moment;
use crate::viewer::PersonId;

/// Pages written in one change.
const AT_ONCE: usize = 25;
/// Lines of the report at the most.
const MOST_LINES: usize = 20_000;

/// Why a wiki cannot come.
#[derive(Debug, thiserror::Error)]
pub enum CannotBring {
    /// There is none.
    #[error("This is no wiki of that kind: {0}.")]
    NoWiki(#[from] NoWiki),
    /// Its pages are in another syntax.
    #[error("Its pages are written in “{0}”, not in DokuWiki's own syntax.")]
    Syntax(String),
    /// It has files, and nobody is here in whose name they could come.
    #[error(
        "It has files, and nobody owns this place yet in whose name they could come. Begin with the link that “fosbury serve” prints."
    )]
    NoOwner,
    /// The database failed.
    #[error(
        "The database failed: {0}. What came so far stays; the same command goes on from there."
    )]
    Database(#[from] db::Error),
    /// The disk failed.
    #[error(
        "A file cannot be written: {0}. What came so far stays; the same command goes on from there."
    )]
    Disk(#[from] std::io::Error),
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What it is called where it does not say so itself: the folder's name.
    pub name: String,
    /// The licence of its words, where it does not say so itself.
    pub licence: String,
    /// Who asks, if they asked on a page.
    pub by: Option<PersonId>,
    /// What it is written in; whatever it is where that is not said.
    pub kind: Option<Kind>,
}

impl Asked {
    fn title(&self, there: &dyn There) -> String {
        let own = texts::one_line(there.title());
        if own.is_empty() {
            self.name.clone()
        } else {
            own
        }
    }

    fn licence(&self, there: &dyn There) -> String {
        let own = texts::one_line(&there.licence());
        if own.is_empty() {
            self.licence.clone()
        } else {
            own
        }
    }
}

/// What would come. Nothing is written.
pub fn look(source: &dyn Source, asked: &Asked) -> Result<Report, CannotBring> {
    let there = &*opened(source, asked.kind)?;
    let media = there.media();
    let ids = there.page_ids();
    let mut known = Known::of_look(ids.iter().cloned(), &media);
    known.interwiki = there.interwiki();
    known.aliases = there.aliases().into_iter().collect();
    let mut report = begun(there, asked);
    for media in &media {
        report.lines.extend(lines_of(media));
        report.files += usize::from(media.now().is_some());
        report.older_files += older_of(media);
    }
    for id in &ids {
        let mut conversion = Conversion::new(there, &known, id, None);
        let mut last = None;
        while let Some(written) = conversion.step() {
            report.revisions += 1;
            last = Some(written.act);
        }
        report.note_page(there, id, last);
        report.lines.append(&mut conversion.lines);
    }
    report.lines.truncate(MOST_LINES);
    Ok(report)
}

fn begun(there: &dyn There, asked: &Asked) -> Report {
    Report {
        title: asked.title(there),
        licence: asked.licence(there),
        lines: there.lines(),
        ..Report::default()
    }
}

impl Report {
    /// Counts a page that came, and tells where it was closed.
    pub(super) fn note_page(&mut self, there: &dyn There, id: &str, last: Option<&str>) {
        match last {
            Some("delete") => self.deleted += 1,
            Some(_) => self.pages += 1,
            None => {}
        }
        if let Some(closed) = there.closed(id).filter(|_| last.is_some()) {
            self.closed += 1;
            self.lines
                .push(Line::new(id, "closed", &closed.to.join(", ")));
        }
    }
}

/// Brings a wiki along; `tell` hears how far it is, in pages.
pub async fn bring(
    db: &Db,
    settings: &Settings,
    source: &dyn Source,
    asked: &Asked,
    now: Moment,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<(i64, Report), CannotBring> {
    let there = &*opened(source, asked.kind)?;
    let own = begin(db, there, asked, now).await?;
    let mut report = begun(there, asked);
    let mut files = Files::default();
    if !there.media().is_empty() {
        let by = match &asked.by {
            Some(by) => Some(by.clone()),
            None => store::first_owner(db).await?,
        };
        let by = &by.ok_or(CannotBring::NoOwner)?;
        let keeping = Keeping {
            db,
            settings,
            by,
            now,
        };
        files = Files::gather(there, &own.id, &keeping).await?;
    }
    let places = store::places(db, &own.id).await?;
    let known = Known {
        pages: places
            .iter()
            .map(|(page, number, _, _)| (page.clone(), *number))
            .collect(),
        files: files.known.clone(),
        interwiki: there.interwiki(),
        aliases: there.aliases().into_iter().collect(),
    };
    report.files = known.files.len();
    report.older_files = files.older;
    let (mut done, mut first) = (0, None);
    for chunk in places.chunks(AT_ONCE) {
        let tx = db.begin().await?;
        for place in chunk {
            let mut page = Coming {
                tx: &tx,
                there,
                known: &known,
                wiki: &own,
                now,
            };
            let record = page.come(place, &mut report, &mut files).await?;
            let is_first = first.is_none() || there.is_first(&place.0);
            first = record.filter(|_| is_first).or(first);
        }
        tx.commit().await?;
        done += chunk.len();
        tell(done, places.len());
    }
    let tx = db.begin().await?;
    if let Some(first) = first {
        for file in files.left() {
            let is_here = store_versions::page_of(&tx, &own.id, &file).await?;
            if is_here.is_some() || there.closed(&file).is_none() {
                files.put_on(&tx, &own.id, &file, &first).await?;
            }
        }
        files.tell_of_closed();
    }
    report.lines.append(&mut files.lines);
    report.lines.truncate(MOST_LINES);
    store::replace_lines(&tx, &own.id, &report.lines).await?;
    let people = there.people().into_iter();
    let users: Vec<(String, String)> = people
        .map(|(name, mail)| (texts::one_line(&name), mail))
        .collect();
    store_authors::gather(&tx, &own.id, &NAMELESS, &users).await?;
    store::is_here(&tx, &own.id, report.files, now).await?;
    let detail = format!("{} pages, {} revisions", report.pages, report.revisions);
    audit::note(
        &tx,
        now,
        asked.by.as_ref(),
        "bring-wiki",
        &own.title,
        &detail,
    )
    .await?;
    tx.commit().await?;
    Ok((own.number, report))
}

/// Writes the wiki down, and gives every page that has none a number.
async fn begin(db: &Db, there: &dyn There, asked: &Asked, now: Moment) -> db::Result<Wiki> {
    let title = asked.title(there);
    let key = key(&title, there.kind());
    let tx = db.begin().await?;
    let own = if let Some(own) = store::by_key(&tx, &key).await? {
        store::comes(&tx, &own.id, now).await?;
        own
    } else {
        let own = Wiki {
            id: new_id(now),
            number: store_log::next_number(&tx, "wiki").await?,
            key,
            kind: there.kind().name().to_owned(),
            title,
            licence: asked.licence(there),
            state: "coming".to_owned(),
            begun_at: now,
            ended_at: None,
            files: 0,
        };
        store::insert(&tx, &own, asked.by.as_ref()).await?;
        own
    };
    let known: BTreeMap<String, i64> = store::places(&tx, &own.id)
        .await?
        .into_iter()
        .map(|(page, number, _, _)| (page, number))
        .collect();
    let mut new = Vec::new();
    for page in there.page_ids() {
        if !known.contains_key(&page) {
            new.push((page, store_log::next_number(&tx, "guide").await?));
        }
    }
    store::number_pages(&tx, &own.id, new).await?;
    store::replace_aliases(&tx, &own.id, there.aliases()).await?;
    tx.commit().await?;
    Ok(own)
}

/// What makes it the same wiki when it comes again.
fn key(title: &str, kind: Kind) -> String {
    let title = dokuwiki::id::clean(title);
    match kind {
        Kind::Dokuwiki => title,
        other => format!("{} {title}", other.name()),
    }
}

/// What a wiki is called, and what makes it the same when it comes again.
pub fn title_of(source: &dyn Source, asked: &Asked) -> Result<(String, String), CannotBring> {
    let there = &*opened(source, asked.kind)?;
    let title = asked.title(there);
    let key = key(&title, there.kind());
    Ok((title, key))
}
