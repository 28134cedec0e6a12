//! The form of the look: what the owner wants, checked before it is looked at.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use web::{Brought, Fields, Query, Trouble, Upload, asset_tag, redirect};

use super::colour::{Colour, DARK, ENOUGH, LIGHT, ratio};
use super::model::{
    Chosen, LONGEST_INTRODUCTION, LONGEST_LICENCE, LONGEST_NAME, LONGEST_URL, is_address,
};
use super::store::{self, Kept};
use crate::attachments::content::{Content, Refusal, recognised};
use crate::attachments::model::Kind;
use crate::attachments::picture::within;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::settings::Site;
use crate::state::App;
use crate::words::house::{HouseWords, OURS};

/// Frames that a logo is drawn within, the largest first: twice as large as it is shown, and less
/// where it would be too many bytes.
const FRAMES: [(u32, u32); 3] = [(256, 160), (160, 100), (96, 60)];
/// Bytes of a logo at the most: every first page waits for it.
const LARGEST: usize = 40_000;

#[derive(Template)]
#[template(path = "look/form.html")]
struct FormPage<'v> {
    v: &'v Visit,
    file: &'v Site,
    sent: Sent,
    is_decided: bool,
    has_draft: bool,
    /// Whether it goes on from what was looked at.
    is_again: bool,
    errors: FieldErrors,
}

impl FormPage<'_> {
    fn ours(&self) -> [&'static str; 12] {
        OURS
    }

    fn file_accent(&self) -> &str {
        self.file.accent.as_deref().unwrap_or_default()
    }
}

/// What was sent, as it was typed.
#[derive(Clone, Debug, Default)]
struct Sent {
    name: String,
    introduction: String,
    accent: String,
    licence: String,
    licence_url: String,
    credit: String,
    words: BTreeMap<String, String>,
    drops_logo: bool,
    is_again: bool,
}

impl Sent {
    fn of(site: &Site) -> Self {
        Self {
            name: site.name.clone(),
            introduction: site.introduction.clone(),
            accent: site.accent.clone().unwrap_or_default(),
            licence: site.licence.clone(),
            licence_url: site.licence_url.clone(),
            credit: site.credit.clone(),
            words: site.words.pairs().clone(),
            ..Self::default()
        }
    }

    fn read(fields: &Fields) -> Self {
        let get = |name: &str| texts::one_line(fields.get(name));
        let word = |ours: &str| (ours.to_owned(), get(&format!("word-{ours}")));
        Self {
            name: get("name"),
            // Shown again as it was sent; one line of it is kept.
            introduction: fields.get("introduction").to_owned(),
            accent: get("accent"),
            licence: get("licence"),
            licence_url: get("licence-url"),
            credit: get("credit"),
            words: OURS
                .into_iter()
                .map(word)
                .filter(|(_, theirs)| !theirs.is_empty())
                .collect(),
            drops_logo: fields.ticked("no-logo"),
            is_again: fields.ticked("again"),
        }
    }

    fn word(&self, ours: &&str) -> &str {
        self.words.get(*ours).map_or("", String::as_str)
    }

    /// The site as it is wanted; what was left empty and cannot be is the file's.
    fn site(&self, file: &Site) -> Site {
        let or_file = |own: &str, file: &str| {
            let chosen = if own.is_empty() { file } else { own };
            chosen.to_owned()
        };
        let colour = Colour::parse(&self.accent).map(Colour::written);
        Site {
            name: or_file(&self.name, &file.name),
            introduction: texts::one_line(&self.introduction),
            accent: colour,
            licence: or_file(&self.licence, &file.licence),
            licence_url: or_file(&self.licence_url, &file.licence_url),
            credit: or_file(&self.credit, &file.credit),
            words: HouseWords::try_from(self.words.clone()).unwrap_or_default(),
            ..file.clone()
        }
    }

    fn wrong(&self, v: &Visit, file: &Site) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for (field, words, longest) in [
            ("name", &self.name, LONGEST_NAME),
            ("introduction", &self.introduction, LONGEST_INTRODUCTION),
            ("licence", &self.licence, LONGEST_LICENCE),
            ("licence-url", &self.licence_url, LONGEST_URL),
            ("credit", &self.credit, LONGEST_LICENCE),
        ] {
            if words.chars().count() > longest {
                errors.add(field, v.with("wrong-look-long", "longest", longest));
            }
        }
        // In the order of the form, so that the summary leads down the page.
        if let Some(words) = wrong_accent(v, &self.accent, file) {
            errors.add("accent", words);
        }
        if !self.licence_url.is_empty() && !is_address(&self.licence_url) {
            errors.add("licence-url", v.say("wrong-look-url"));
        }
        for (ours, theirs) in &self.words {
            let pair = BTreeMap::from([(ours.clone(), theirs.clone())]);
            if HouseWords::try_from(pair).is_err() {
                let words = v.with("wrong-look-word", "word", ours);
                errors.add(&format!("word-{ours}"), words);
            }
        }
        errors
    }
}

/// What is wrong with a colour: it is none, or it cannot be seen in one of the schemes. The file's
/// own is the business of whoever wrote the file.
fn wrong_accent(v: &Visit, accent: &str, file: &Site) -> Option<String> {
    if accent.is_empty() || file.accent.as_deref() == Some(accent) {
        return None;
    }
    let Some(colour) = Colour::parse(accent) else {
        return Some(v.say("wrong-look-colour"));
    };
    let near = colour.seen().written();
    let (light, dark) = (colour.contrast(LIGHT), colour.contrast(DARK));
    if light < ENOUGH {
        let ratio = ratio(light);
        return Some(v.with_two("wrong-look-light", ("ratio", &ratio), ("near", &near)));
    }
    if dark < ENOUGH {
        let ratio = ratio(dark);
        return Some(v.with_two("wrong-look-dark", ("ratio", &ratio), ("near", &near)));
    }
    None
}

/// The form, with what is shown today, or with what was looked at.
pub async fn form(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let draft = app.looks.draft(&app.db).await?;
    let sent = match draft.filter(|_| query.ticked("again")) {
        Some(draft) => Sent {
            is_again: true,
            ..Sent::of(&draft.site)
        },
        None => Sent::of(v.site()),
    };
    shown(&v, &app, StatusCode::OK, sent, FieldErrors::default()).await
}

async fn shown(
    v: &Visit,
    app: &App,
    status: StatusCode,
    sent: Sent,
    errors: FieldErrors,
) -> Answer {
    let page = FormPage {
        v,
        file: app.looks.file(),
        is_again: sent.is_again,
        sent,
        is_decided: v.look.is_decided(),
        has_draft: store::of(&app.db, store::DRAFT).await?.is_some(),
        errors,
    };
    v.page_with(status, &page)
}

/// Keeps what was sent for its owner to look at; nobody else sees it yet.
pub async fn send(v: Visit, State(app): State<App>, upload: Upload) -> Answer {
    let (sent, file) = (Sent::read(&upload.fields), app.looks.file());
    let mut errors = sent.wrong(&v, file);
    let logo = match upload.file("logo").cloned() {
        Some(brought) => match drawn(brought).await? {
            Ok(logo) => Some(logo),
            Err(words) => {
                errors.add("logo", v.say(words));
                None
            }
        },
        None => None,
    };
    if !errors.is_empty() {
        if logo.is_some() {
            errors.add("logo", v.say("wrong-file-again"));
        }
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return shown(&v, &app, status, sent, errors).await;
    }
    let (logo_kind, logo) = match logo {
        Some((kind, bytes)) => (kind.to_owned(), bytes),
        None if sent.drops_logo => Default::default(),
        None => logo_of_before(&app, sent.is_again).await?,
    };
    let draft = Kept {
        fields: Chosen::between(file, &sent.site(file)).written(),
        logo_mark: if logo.is_empty() {
            String::new()
        } else {
            asset_tag(&logo)
        },
        logo_kind,
        at: v.now(),
    };
    let tx = app.db.begin().await?;
    store::draw(&tx, &draft, logo).await?;
    tx.commit_quietly().await?;
    Ok(redirect(StatusCode::SEE_OTHER, "/place/look/previews"))
}

/// The logo that stays where none was brought: of what was looked at before, or of today.
async fn logo_of_before(app: &App, is_again: bool) -> Answer<(String, Vec<u8>)> {
    let draft = if is_again {
        store::logo(&app.db, store::DRAFT).await?
    } else {
        None
    };
    let logo = match draft {
        Some(logo) => Some(logo),
        None => store::logo(&app.db, store::KEPT).await?,
    };
    Ok(logo.unwrap_or_default())
}

/// A logo drawn anew, so that nothing that was hidden in the file comes along; or the key of the
/// sentence that says why not.
async fn drawn(file: Brought) -> Answer<Result<(&'static str, Vec<u8>), &'static str>> {
    let drawn = tokio::task::spawn_blocking(move || small(&file.bytes, &file.name)).await;
    let drawn = drawn.map_err(|error| Trouble::OurFault(error.to_string()))?;
    Ok(drawn.map_err(|refusal| match refusal {
        Some(Refusal::Damaged) => "refused-damaged",
        Some(Refusal::TooManyPoints) => "refused-too-many-points",
        Some(_) => "wrong-look-logo",
        None => "wrong-look-logo-large",
    }))
}

fn small(bytes: &[u8], name: &str) -> Result<(&'static str, Vec<u8>), Option<Refusal>> {
    let Content::Picture(format) = recognised(bytes, name)? else {
        return Err(Some(Refusal::Unknown));
    };
    for frame in FRAMES {
        let picture = within(bytes, format, frame)?;
        if picture.bytes.len() <= LARGEST {
            let kind = match picture.kind {
                Kind::Jpeg => "image/jpeg",
                Kind::Webp => "image/webp",
                _ => "image/png",
            };
            return Ok((kind, picture.bytes));
        }
    }
    Err(None)
}
