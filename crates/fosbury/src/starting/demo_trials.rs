//! What the invented county tried, and what is in its way.

use db::{Db, Error, Result};

use super::demo::{InventedSighting, InventedTrial};
use crate::ids::new_id;
use crate::organisations::model::{Organisation, day_of};
use crate::organisations::store as bodies;
use crate::people::store as people;
use crate::time::{DAY, Moment};
use crate::trials::model::Telling;
use crate::trials::store_sightings::{self, New};
use crate::trials::store_writing::{self, Teller};
use crate::viewer::Visibility;

/// Writes sightings and trials down; the numbers of the trials, in their order.
pub async fn tell(
    db: &Db,
    sightings: &[InventedSighting],
    trials: &[InventedTrial],
    now: Moment,
) -> Result<Vec<i64>> {
    let tx = db.begin().await?;
    let mut numbers = Vec::new();
    for one in sightings {
        for code in &one.bodies {
            let body = body(&tx, code).await?;
            let new = New {
                id: &new_id(now),
                hurdle: one.hurdle,
                organisation: Some(&body.id),
                service: "",
                stage: &one.stage,
                days_lost: None,
                visibility: Visibility::Public.name(),
                is_confirmed: true,
                author: None,
                secret_hash: None,
                at: now.plus(-one.days_ago * DAY),
                is_demo: true,
            };
            store_sightings::record(&tx, &new).await?;
        }
    }
    for one in trials {
        let body = body(&tx, &one.body).await?;
        let author = people::by_address(&tx, &one.author).await?;
        let (told_at, ended_on) = (
            now.plus(-one.days_ago * DAY),
            day_of(now.plus(-(one.days_ago + 14) * DAY)),
        );
        let is_open = matches!(one.outcome.as_str(), "too-early");
        let telling = Telling {
            hurdle: one.hurdle,
            solution: one.solution,
            organisation: body.id,
            service: one.service.clone(),
            outcome: one.outcome.clone(),
            begun_on: day_of(now.plus(-(one.days_ago + 90) * DAY)),
            ended_on: if is_open { String::new() } else { ended_on },
            differently: one.differently.clone(),
            learned: one.learned.clone(),
            cost: one.cost.clone(),
            time_taken: one.time.clone(),
            visibility: Visibility::parse(&one.visibility).unwrap_or_default(),
            is_named: true,
            ..Telling::default()
        };
        let teller = Teller {
            id: &new_id(now),
            author: author.as_ref().map(|person| person.id.0.as_str()),
            is_confirmed: true,
            now: told_at,
            today: &day_of(now),
            is_demo: true,
        };
        numbers.push(store_writing::record(&tx, &telling, teller).await?);
    }
    tx.commit().await?;
    Ok(numbers)
}

/// The invented body with this code.
pub(super) async fn body(db: &impl db::Reads, code: &str) -> Result<Organisation> {
    let found = bodies::by_code(db, code).await?;
    found.ok_or_else(|| Error::Unexpected(format!("no body {code} in the demo")))
}
