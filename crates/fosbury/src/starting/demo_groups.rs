//! Which bodies of the invented county belong together.

use db::{Db, Result};

use super::demo::InventedGroup;
use super::demo_trials::body;
use crate::peers::model::Act;
use crate::peers::store_writing::{self as writing, Change, New};
use crate::people::store as people;
use crate::time::{DAY, HOUR, Moment};

/// Begins groups and adds their bodies.
pub async fn begin(db: &Db, groups: &[InventedGroup], now: Moment) -> Result<()> {
    let tx = db.begin().await?;
    for one in groups {
        let keeper = body(&tx, &one.keeper).await?;
        let author = people::by_address(&tx, &one.author).await?;
        let new = New {
            keeper: &keeper.key(),
            name: &one.name,
            why: &one.why,
            is_demo: true,
        };
        let number = writing::begin(&tx, &new).await?;
        let codes = std::iter::once(&one.keeper).chain(&one.bodies);
        for (seq, code) in (1..).zip(codes) {
            let body = body(&tx, code).await?;
            writing::add(&tx, number, &body.key()).await?;
            if seq > 1 {
                writing::next(&tx, number).await?;
            }
            let change = Change {
                number,
                seq,
                person: author.as_ref().map(|person| person.id.0.as_str()),
                now: now.plus(-one.days_ago * DAY + seq * HOUR),
                act: if seq == 1 { Act::Begun } else { Act::Added },
                detail: &body.short_name,
            };
            writing::note(&tx, &change).await?;
        }
    }
    tx.commit().await
}
