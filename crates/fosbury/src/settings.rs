//! What the owner decides: by flags, by the environment (`FOSBURY_…`), or in one TOML file.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;
use url::Url;

use crate::mail_settings::check_answers;
pub use crate::mail_settings::{Security, Smtp};
use crate::words::house::HouseWords;

/// Flags that every command understands.
#[derive(Args, Clone, Debug, Default)]
pub struct Flags {
    /// The file with settings; without it `fosbury.toml` is read where it exists.
    #[arg(long, env = "FOSBURY_CONFIG", global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where to listen, such as 127.0.0.1:8080.
    #[arg(long, env = "FOSBURY_LISTEN", global = true, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// The folder for everything that is kept.
    #[arg(long, env = "FOSBURY_DATA", global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The database: `sqlite:PATH` or `postgres://…`; without it a file in the data folder.
    #[arg(long, env = "FOSBURY_DATABASE", global = true, value_name = "URL")]
    pub database: Option<String>,
    /// The address people type, such as <https://hurdles.example.gov.uk>.
    #[arg(long, env = "FOSBURY_BASE_URL", global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// Serves over plain http to other machines, which lets others read along; every page says so.
    #[arg(long, env = "FOSBURY_INSECURE_HTTP", global = true)]
    pub insecure_http: bool,
    /// The password of the mail server, better kept out of the file.
    #[arg(long, env = "FOSBURY_SMTP_PASSWORD", global = true, hide = true)]
    pub smtp_password: Option<String>,
}

/// How much may wait for a steward where nobody says otherwise.
pub const HELD_AT_MOST: usize = 2_000;

/// The file's contents; all of it may be left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Written {
    listen: Option<SocketAddr>,
    data: Option<PathBuf>,
    database: Option<String>,
    base_url: Option<String>,
    insecure_http: bool,
    trusted_proxies: Vec<IpAddr>,
    held_at_most: Option<usize>,
    sign_up: SignUp,
    site: Site,
    smtp: Option<Smtp>,
    backup: Option<Backups>,
    attachments: Attachments,
}

/// How the place presents itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// A sentence under the name on the front page.
    pub introduction: String,
    /// The colour of the bar, such as `#ffb703`.
    pub accent: Option<String>,
    /// A picture beside the name in place of our mark: an SVG, PNG, JPEG or WebP file.
    pub logo: Option<PathBuf>,
    /// The licence of what people write.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: String,
    /// Whom to credit.
    pub credit: String,
    /// Where to write to about the place.
    pub contact: Option<String>,
    /// What it calls hurdles, solutions, websites.
    pub words: HouseWords,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: "Fosbury".to_owned(),
            introduction: String::new(),
            accent: None,
            logo: None,
            licence: "CC BY 4.0".to_owned(),
            licence_url: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
            credit: "Fosbury contributors".to_owned(),
            contact: None,
            words: HouseWords::default(),
        }
    }
}

/// How many megabytes of files people may bring to pages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Attachments {
    /// One file; 30 at the most.
    pub largest: u64,
    /// One person in a day.
    pub a_day: u64,
    /// Everybody together.
    pub in_all: u64,
}

impl Default for Attachments {
    fn default() -> Self {
        Self {
            largest: 10,
            a_day: 100,
            in_all: 2_000,
        }
    }
}

/// Who may make an account.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum SignUp {
    /// Whoever can read mail at an address.
    #[default]
    Open,
    /// Only people who were invited.
    Invited,
}

/// Backups made by themselves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Backups {
    /// Where they are kept, best on another disk.
    pub folder: PathBuf,
    /// How often, such as `12h` or `1d`.
    #[serde(default)]
    pub every: Every,
    /// How many are kept.
    #[serde(default = "fourteen")]
    pub keep: usize,
    /// The recipient they are encrypted for, such as `age1…`.
    pub encrypt_for: Option<String>,
    /// The file with the passphrase they are encrypted with.
    pub passphrase_file: Option<PathBuf>,
}

const fn fourteen() -> usize {
    14
}

/// A period in milliseconds, written `90m`, `12h` or `1d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Every(pub i64);

impl Default for Every {
    fn default() -> Self {
        Self(crate::time::DAY)
    }
}

impl TryFrom<String> for Every {
    type Error = String;

    fn try_from(words: String) -> Result<Self, String> {
        use crate::time::{DAY, HOUR, MINUTE};
        let unit = match words.chars().last() {
            Some('m') => Some(MINUTE),
            Some('h') => Some(HOUR),
            Some('d') => Some(DAY),
            _ => None,
        };
        let number = words.trim_end_matches(['m', 'h', 'd']).parse::<i64>().ok();
        let period = number.zip(unit).and_then(|(n, unit)| n.checked_mul(unit));
        period
            .filter(|period| (10 * MINUTE..=366 * DAY).contains(period))
            .map(Self)
            .ok_or_else(|| {
                format!("“{words}” is not a period such as 12h or 1d, ten minutes at the least")
            })
    }
}

/// All settings, complete.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The folder for everything that is kept.
    pub data: PathBuf,
    /// The database's address.
    pub database: String,
    /// The address people type, without a slash at its end.
    pub base_url: String,
    /// Whether plain http to other machines was asked for.
    pub insecure_http: bool,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How much may wait for a steward before visitors are asked to come back.
    pub held_at_most: usize,
    /// Who may make an account.
    pub sign_up: SignUp,
    /// How the place presents itself.
    pub site: Site,
    /// The mail server.
    pub smtp: Option<Smtp>,
    /// Backups made by themselves.
    pub backup: Option<Backups>,
    /// How much people may bring.
    pub attachments: Attachments,
}

/// Settings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
    /// The file cannot be read.
    #[error("The settings file {0} cannot be read: {1}")]
    Unreadable(String, String),
    /// The file says something that is not a setting.
    #[error("The settings file {0} is not right: {1}")]
    File(String, String),
    /// The base address is not an address.
    #[error("The base URL {0} is not an address such as https://hurdles.example.gov.uk")]
    BaseUrl(String),
    /// Plain http to other machines.
    #[error(
        "The base URL {0} is plain http: passwordless sign-in would travel unprotected and browsers would refuse our cookies. Put a proxy with https before Fosbury and give its address, or add --insecure-http to go on regardless"
    )]
    PlainHttp(String),
    /// The address for answers cannot be used.
    #[error(
        "The address for answers {0} cannot be used: give one such as reply@hurdles.example.gov.uk, 23 letters before the @ at the most and no +"
    )]
    Answers(String),
    /// The logo cannot be used.
    #[error("The logo {0} cannot be used: {1}")]
    Logo(String, String),
    /// A file would not fit into a form.
    #[error("Files of {0} MB do not fit into a form: attachments.largest is 30 at the most")]
    LargestFile(u64),
    /// The accent is not a colour.
    #[error("The accent {0} is not a colour such as #ffb703")]
    Accent(String),
}

/// Megabytes of a file at the most, whatever the owner wants.
const LARGEST_FILE: u64 = 30;

impl Settings {
    /// Reads the file and lets flags and environment have the last word.
    pub fn read(flags: &Flags) -> Result<Self, Wrong> {
        let written = written(flags.config.as_deref())?;
        let data = flags
            .data
            .clone()
            .or(written.data)
            .unwrap_or_else(|| "fosbury-data".into());
        let default_listen = SocketAddr::from(([127, 0, 0, 1], 8080));
        let listen = flags.listen.or(written.listen).unwrap_or(default_listen);
        let database = flags.database.clone().or(written.database);
        let database =
            database.unwrap_or_else(|| format!("sqlite:{}", data.join("fosbury.db").display()));
        let base = flags.base_url.clone().or(written.base_url);
        let base = base.unwrap_or_else(|| format!("http://{listen}"));
        let insecure_http = flags.insecure_http || written.insecure_http;
        let mut smtp = written.smtp;
        if let (Some(smtp), Some(password)) = (&mut smtp, &flags.smtp_password) {
            smtp.password = Some(password.clone());
        }
        if written.attachments.largest > LARGEST_FILE {
            return Err(Wrong::LargestFile(written.attachments.largest));
        }
        check_answers(smtp.as_ref())?;
        check_accent(written.site.accent.as_deref())?;
        check_logo(written.site.logo.as_deref())?;
        Ok(Self {
            listen,
            data,
            database,
            base_url: checked_base(&base, insecure_http)?,
            insecure_http,
            trusted_proxies: written.trusted_proxies,
            held_at_most: written.held_at_most.unwrap_or(HELD_AT_MOST),
            sign_up: written.sign_up,
            site: written.site,
            smtp,
            backup: written.backup,
            attachments: written.attachments,
        })
    }

    /// Where attachments live, by the hash of their contents.
    pub fn attachments_folder(&self) -> PathBuf {
        self.data.join("attachments")
    }

    /// Where the index lives.
    pub fn index_folder(&self) -> PathBuf {
        self.data.join("index")
    }
}

fn written(config: Option<&Path>) -> Result<Written, Wrong> {
    let path = config.unwrap_or(Path::new("fosbury.toml"));
    let shown = path.display().to_string();
    if config.is_none() && !path.exists() {
        return Ok(Written::default());
    }
    let text = std::fs::read_to_string(path)
        .map_err(|error| Wrong::Unreadable(shown.clone(), error.to_string()))?;
    toml::from_str(&text).map_err(|error| Wrong::File(shown, error.to_string()))
}

fn checked_base(base: &str, insecure_http: bool) -> Result<String, Wrong> {
    let url = Url::parse(base).map_err(|_| Wrong::BaseUrl(base.to_owned()))?;
    let host = url.host_str().unwrap_or_default();
    let is_loopback = host == "localhost" || host == "[::1]" || host.starts_with("127.");
    match url.scheme() {
        "https" => {}
        "http" if is_loopback || insecure_http => {}
        "http" => return Err(Wrong::PlainHttp(base.to_owned())),
        _ => return Err(Wrong::BaseUrl(base.to_owned())),
    }
    if host.is_empty() || url.path() != "/" {
        return Err(Wrong::BaseUrl(base.to_owned()));
    }
    Ok(base.trim_end_matches('/').to_owned())
}

fn check_accent(accent: Option<&str>) -> Result<(), Wrong> {
    let Some(accent) = accent else { return Ok(()) };
    let digits = accent.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit()) {
        return Ok(());
    }
    Err(Wrong::Accent(accent.to_owned()))
}

/// The content type of a logo, by its file's ending.
pub fn logo_kind(logo: &Path) -> Option<&'static str> {
    match logo.extension()?.to_str()? {
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "webp" => Some("image/webp"),
        _ => None,
    }
}

fn check_logo(logo: Option<&Path>) -> Result<(), Wrong> {
    let Some(logo) = logo else { return Ok(()) };
    let wrong = |reason: &str| Wrong::Logo(logo.display().to_string(), reason.to_owned());
    if logo_kind(logo).is_none() {
        return Err(wrong("it must be an svg, png, jpg or webp file"));
    }
    let size = std::fs::metadata(logo)
        .map_err(|error| wrong(&error.to_string()))?
        .len();
    if size > 40_000 {
        return Err(wrong(
            "it is larger than 40 kB, which makes every first page slow",
        ));
    }
    Ok(())
}
