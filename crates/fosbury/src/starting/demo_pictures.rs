//! Pictures on pages of the invented county: drawn for it, and taken away with it.

use db::{Db, Error, Result};

use super::store;
use crate::attachments::files::{Folder, hash};
use crate::attachments::model::{Attachment, Kind};
use crate::attachments::store as attachments;
use crate::ids::new_id;
use crate::people::store as people;
use crate::store_log;
use crate::time::Moment;

/// A picture that came with the program.
struct Picture {
    /// The title of the case it is on.
    on: &'static str,
    /// Whose it is, by their mail address.
    author: &'static str,
    name: &'static str,
    alt: &'static str,
    bytes: &'static [u8],
}

const PICTURES: &[Picture] = &[Picture {
    on: "One meeting opened eleven sites, and kept them open",
    author: "gethin.larkspool@portansel.example",
    name: "eleven-sites.png",
    alt: "Two people at a table, and between them a list of eleven lines, all ticked.",
    bytes: include_bytes!("../../starter/pictures/eleven-sites.png"),
}];

/// Hangs the pictures; the pages are there already.
pub async fn hang(db: &Db, folder: &Folder, now: Moment) -> Result<()> {
    for picture in PICTURES {
        let unknown = || Error::Unexpected(format!("nowhere to hang {}", picture.name));
        let record = store::demo_record(db, picture.on).await?;
        let person = people::by_address(db, picture.author).await?;
        let (record, person) = record.zip(person).ok_or_else(unknown)?;
        let sha256 = hash(picture.bytes);
        let kept = folder.keep(&sha256, picture.bytes.to_vec()).await;
        kept.map_err(|error| Error::Unexpected(error.to_string()))?;
        let tx = db.begin().await?;
        let number = store_log::next_number(&tx, "attachment").await?;
        let row = Attachment {
            number,
            record_id: record.0,
            kind: Kind::Png.name().to_owned(),
            name: picture.name.to_owned(),
            alt: picture.alt.to_owned(),
            credit: String::new(),
            is_decoration: false,
            sha256,
            bytes: i64::try_from(picture.bytes.len()).unwrap_or_default(),
            width: side(picture.bytes, 16),
            height: side(picture.bytes, 20),
            reading_sha256: None,
            reading_bytes: 0,
            reading_width: None,
            reading_height: None,
            person_id: person.id.0,
            person: person.name,
            at: now,
            removed_at: None,
            is_older: false,
            is_public: true,
        };
        attachments::insert(&tx, &new_id(now), &row).await?;
        attachments::shown(&tx, number).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// A side of a PNG in points: four bytes of its head.
fn side(png: &[u8], at: usize) -> Option<i64> {
    let bytes = png.get(at..at + 4)?.try_into().ok()?;
    Some(i64::from(u32::from_be_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use super::{PICTURES, side};

    #[test]
    fn pictures_say_what_they_show_and_how_large_they_are() {
        for one in PICTURES {
            assert!(
                one.alt.len() > 20 && one.bytes.len() < 60_000,
                "{}",
                one.name
            );
            assert_eq!(side(one.bytes, 16), Some(960));
            assert_eq!(side(one.bytes, 20), Some(600));
        }
    }
}
