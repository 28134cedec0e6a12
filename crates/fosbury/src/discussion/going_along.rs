//! Whether what was said of a page may go along to another.

use db::{Reads, Result};

use crate::history::model::Record;
use crate::organisations::store_readers;
use crate::viewer::{Visibility, may_be_repeated};

/// Whether nobody reads it there who may not read it here.
pub async fn may_go_along(db: &impl Reads, from: &Record, to: &Record) -> Result<bool> {
    let Some(seen_by) = Visibility::parse(&from.visibility) else {
        return Ok(false);
    };
    let (mut own, mut there) = (Vec::new(), Vec::new());
    for (names, record) in [(&mut own, from), (&mut there, to)] {
        let readers = store_readers::of(db, &record.id.0).await?;
        names.extend(readers.into_iter().map(|reader| reader.0));
    }
    // What is for one person is theirs alone: two such pages need not be the same person's.
    let is_own = seen_by != Visibility::OnlyMe || from.author_id == to.author_id;
    Ok(is_own && may_be_repeated((seen_by, &own), (&to.visibility, &there)))
}
