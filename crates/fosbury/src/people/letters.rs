//! Letters that let somebody in. A letter's secrets are made when it is written, so that they
//! never lie in the queue.

use serde::{Deserialize, Serialize};

use super::store;
use crate::ids::{hashed, new_code, new_secret};
use crate::settings::SignUp;
use crate::state::App;

/// The kind of job that writes a sign-in letter.
pub const SIGN_IN_LETTER: &str = "sign-in-letter";

/// What the job carries.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignInLetter {
    /// The link that the letter is to carry.
    pub link: String,
}

/// Writes and sends the letter for a link; an ended link needs none.
pub async fn send(app: &App, letter: &SignInLetter) -> jobs::Ended {
    let Some(mailer) = &app.mailer else {
        return jobs::Ended::Never("mail is not set up".to_owned());
    };
    let written = match write(app, &letter.link).await {
        Ok(Some(written)) => written,
        Ok(None) => return jobs::Ended::Done,
        Err(error) => return jobs::Ended::Again(error.to_string()),
    };
    after_sending(mailer.send(&written).await)
}

async fn write(app: &App, id: &str) -> db::Result<Option<mail::Letter>> {
    let Some(link) = store::link_by_id(&app.db, id, app.clock.now()).await? else {
        return Ok(None);
    };
    let is_known = store::by_address(&app.db, &link.address).await?.is_some();
    let look = app.looks.today(&app.db).await?;
    let site = &look.site.name;
    let words = |key: &str, values: &[(&str, &str)]| look.words.fill(key, values);
    let Ok(to) = mail::Address::parse(&link.address) else {
        return Ok(None);
    };
    if !is_known && app.settings.sign_up == SignUp::Invited {
        return Ok(Some(mail::Letter {
            to,
            subject: words("letter-unknown-subject", &[("site", site)]),
            text: words(
                "letter-unknown",
                &[("site", site), ("address", &app.settings.base_url)],
            ),
        }));
    }
    let (secret, code) = (new_secret(), new_code());
    let tx = app.db.begin().await?;
    store::arm_link(&tx, id, &hashed(&secret), &hashed(&format!("{id}{code}"))).await?;
    tx.commit_quietly().await?;
    let address = format!("{}/sign-in/{secret}", app.settings.base_url);
    let subject = words("letter-sign-in-subject", &[("site", site)]);
    let values = [
        ("site", site.as_str()),
        ("address", &address),
        ("code", &code),
    ];
    Ok(Some(mail::Letter {
        to,
        subject,
        text: words("letter-sign-in", &values),
    }))
}

/// How a job ended whose letter was handed over.
pub fn after_sending(sent: Result<(), mail::Failure>) -> jobs::Ended {
    match sent {
        Ok(()) => jobs::Ended::Done,
        Err(mail::Failure::Later(reason)) => jobs::Ended::Again(reason),
        Err(mail::Failure::Refused(reason)) => jobs::Ended::Never(reason),
    }
}
