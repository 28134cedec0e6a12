//! `fosbury people`: letting people in where there is no mail.

use clap::Subcommand;

use super::{Outcome, opening, say};
use crate::people::invitations;
use crate::people::model::Purpose;
use crate::people::store;
use crate::settings::Settings;
use crate::time::Clock;
use crate::viewer::Role;

/// What can be done with people.
#[derive(Subcommand)]
pub enum People {
    /// Makes a link that lets somebody in once, for a new account or an old one.
    Invite {
        /// Their mail address.
        address: String,
        /// What they are to be: contributor, facilitator, officer, manager, chief-officer,
        /// councillor, partner, steward or owner.
        #[arg(long, default_value = "contributor")]
        role: String,
    },
    /// Lists everybody with an account.
    List,
}

/// Does it.
pub async fn run(settings: Settings, people: People) -> Outcome {
    let db = opening::database(&settings).await?;
    let told = |error: db::Error| format!("The database failed: {error}.");
    match people {
        People::Invite { address, role } => {
            let address = mail::Address::parse(&address)
                .map_err(|wrong| format!("{address} is not a mail address: {wrong}."))?;
            let role = Role::parse(&role).ok_or_else(|| {
                let names = Role::ALL.map(Role::name).join(", ");
                format!("There is no role {role}. Choose one of: {names}.")
            })?;
            let now = Clock::Machine.now();
            let tx = db.begin().await.map_err(told)?;
            let purpose = Purpose::Invitation;
            let secret = invitations::make(&tx, purpose, address.as_str(), role, None, now)
                .await
                .map_err(told)?;
            tx.commit_quietly().await.map_err(told)?;
            say(&format!(
                "Give this link to {}. It works once, for fourteen days:",
                address.as_str()
            ));
            say(&format!("{}/join/{secret}", settings.base_url));
            Ok(())
        }
        People::List => {
            for person in store::everybody(&db).await.map_err(told)? {
                say(&format!(
                    "{}\t{}\t{}",
                    person.address, person.role, person.name
                ));
            }
            Ok(())
        }
    }
}
