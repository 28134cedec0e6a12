//! The look in the database: one row for what is kept, one for what is only looked at.

use db::{Reads, Result, Tx};

use super::model::Chosen;
use crate::settings::Site;
use crate::time::Moment;

/// The row that every page shows.
pub const KEPT: &str = "kept";
/// The row that the owner is looking at.
pub const DRAFT: &str = "draft";

/// A look without the bytes of its logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What was decided, as JSON.
    pub fields: String,
    /// The type of its logo, or nothing.
    pub logo_kind: String,
    /// What tells its logo from others.
    pub logo_mark: String,
    /// When.
    pub at: Moment,
}
db::columns!(Kept {
    fields,
    logo_kind,
    logo_mark,
    at
});

/// The look in this state.
pub async fn of(db: &impl Reads, state: &str) -> Result<Option<Kept>> {
    db.query("SELECT fields, logo_kind, logo_mark, at FROM look WHERE state = $1")
        .bind(state)
        .one_or_none()
        .await
}

/// How the place presents itself: what is kept over the settings file.
pub async fn site(db: &impl Reads, file: &Site) -> Result<Site> {
    let kept = of(db, KEPT).await?;
    Ok(kept.map_or_else(
        || file.clone(),
        |kept| Chosen::read(&kept.fields).over(file),
    ))
}

/// The logo of the look in this state: its type and its bytes.
pub async fn logo(db: &impl Reads, state: &str) -> Result<Option<(String, Vec<u8>)>> {
    db.query("SELECT logo_kind, logo FROM look WHERE state = $1")
        .bind(state)
        .one_or_none()
        .await
}

/// Keeps a look to look at, in place of an earlier one.
pub async fn draw(tx: &Tx, draft: &Kept, logo: Vec<u8>) -> Result<()> {
    forget(tx, DRAFT).await?;
    tx.query(
        "INSERT INTO look (state, fields, logo_kind, logo_mark, logo, at)
         VALUES ('draft', $1, $2, $3, $4, $5)",
    )
    .bind(&draft.fields)
    .bind(&draft.logo_kind)
    .bind(&draft.logo_mark)
    .bind(logo)
    .bind(draft.at)
    .run()
    .await?;
    Ok(())
}

/// Moves a look from one state to the other, in place of what was there.
pub async fn turn(tx: &Tx, from: &str, into: &str) -> Result<()> {
    forget(tx, into).await?;
    tx.query("UPDATE look SET state = $2 WHERE state = $1")
        .bind(from)
        .bind(into)
        .run()
        .await?;
    Ok(())
}

/// Forgets the look in this state.
pub async fn forget(tx: &Tx, state: &str) -> Result<()> {
    tx.query("DELETE FROM look WHERE state = $1")
        .bind(state)
        .run()
        .await?;
    Ok(())
}
