//! The look as it is just now: read again after each change, made again only where it is another.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use db::{Db, Reads, Result};

use super::model::{Chosen, Logo};
use super::store::{self, Kept};
use crate::settings::Site;
use crate::words::Words;

/// How the place presents itself, ready for pages.
pub struct Look {
    /// Name, introduction, colour, licence; its `logo` is the file's.
    pub site: Site,
    /// The interface in the words of the place.
    pub words: Arc<Words>,
    /// The logo that the owner brought.
    pub logo: Option<Logo>,
    /// Where the colour and the logo are served.
    folder: &'static str,
    kept: Option<Kept>,
}

impl Look {
    /// The look of what is kept over the file's, if anything is.
    fn of(file: &Site, kept: Option<Kept>, folder: &'static str, before: &Self) -> Self {
        let site = match &kept {
            Some(kept) => Chosen::read(&kept.fields).over(file),
            None => file.clone(),
        };
        let words = if site.words == before.site.words {
            before.words.clone()
        } else {
            Arc::new(Words::english_of(&site.words))
        };
        let logo = kept.as_ref();
        Self {
            logo: logo.and_then(|kept| Logo::read(&kept.logo_kind, &kept.logo_mark)),
            site,
            words,
            folder,
            kept,
        }
    }

    /// The address of the style of the colour, where it is not ours; another for each colour.
    pub fn accent_address(&self) -> Option<String> {
        let colour = self.site.accent.as_deref()?.trim_start_matches('#');
        Some(format!("{}/accent.css?v={colour}", self.folder))
    }

    /// The style of the colour.
    pub fn accent_css(&self) -> String {
        let accent = self.site.accent.as_ref();
        accent.map_or_else(String::new, |colour| {
            format!(":root{{--accent:{colour}}}\n")
        })
    }

    /// The address of the logo, where it is not our mark.
    pub fn logo_address(&self) -> Option<String> {
        match &self.logo {
            Some(logo) => Some(format!("{}/logo?v={}", self.folder, logo.mark)),
            None => self.site.logo.as_ref().map(|_| "/logo".to_owned()),
        }
    }

    /// Whether the owner decided anything on the page.
    pub fn is_decided(&self) -> bool {
        self.kept.is_some()
    }
}

/// The looks of a running program: the file's, and today's.
pub struct Looks {
    file: Site,
    known: Mutex<Known>,
}

#[derive(Clone)]
struct Known {
    /// The database's generation in which it was read; 0 before.
    generation: u64,
    look: Arc<Look>,
}

impl Looks {
    /// The file's look, until the database is asked.
    pub fn new(file: &Site) -> Self {
        let look = Look {
            words: Arc::new(Words::english_of(&file.words)),
            site: file.clone(),
            logo: None,
            folder: "",
            kept: None,
        };
        Self {
            file: file.clone(),
            known: Mutex::new(Known {
                generation: 0,
                look: Arc::new(look),
            }),
        }
    }

    /// What the settings file says.
    pub fn file(&self) -> &Site {
        &self.file
    }

    /// The look as it is now, on whichever node it was decided.
    pub async fn today(&self, db: &Db) -> Result<Arc<Look>> {
        let generation = db.generation();
        let known = self.known().clone();
        if known.generation == generation {
            return Ok(known.look);
        }
        let kept = store::of(db, store::KEPT).await?;
        let look = if kept == known.look.kept {
            known.look
        } else {
            Arc::new(Look::of(&self.file, kept, "", &known.look))
        };
        *self.known() = Known {
            generation,
            look: look.clone(),
        };
        Ok(look)
    }

    /// The look as it was last known: for words without a page.
    pub fn last(&self) -> Arc<Look> {
        self.known().look.clone()
    }

    /// The look that the owner is looking at before keeping it.
    pub async fn draft(&self, db: &impl Reads) -> Result<Option<Arc<Look>>> {
        let draft = store::of(db, store::DRAFT).await?;
        let folder = "/place/look/previews";
        Ok(draft.map(|draft| Arc::new(Look::of(&self.file, Some(draft), folder, &self.last()))))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
