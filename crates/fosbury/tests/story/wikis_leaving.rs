//! What is here leaves as a wiki, with all that came of it.

use dokuwiki::{Change, Folder, Wiki};
use fosbury::wikis::leaving;

use crate::attachments::{brings, encoded, picture, png};
use crate::wikis::{comes, guide, lays, northshire};
use crate::wikis_files::{sign, with_older_files};
use crate::world::{World, both};

both!(
    what_leaves_as_a_wiki_is_what_came_and_what_was_written_here,
    files_of_closed_pages_leave_as_closed,
    two_wikis_with_pages_and_files_of_one_name_leave_whole,
);

/// Every revision of a page as it can be told: when, what, by whom, why, and its text.
fn told(wiki: &Wiki<'_>, page: &str) -> Vec<(i64, bool, String, String, Option<String>)> {
    let revisions = wiki.page(page).revisions;
    let told = revisions.iter().filter_map(|one| {
        let is_gone = one.change == Change::Deleted;
        let words = wiki.words(page, one, &mut Vec::new());
        let name = wiki
            .users
            .get(&one.login)
            .map_or(&one.login, |user| &user.name);
        let name = if one.change == Change::Outside {
            "Not known"
        } else {
            name
        };
        let is_whole = is_gone || words.is_some();
        is_whole.then(|| (one.at, is_gone, name.to_owned(), one.summary.clone(), words))
    });
    told.collect()
}

async fn what_leaves_as_a_wiki_is_what_came_and_what_was_written_here(world: World) {
    let folder = northshire();
    comes(&world, folder.path());
    let tom = world.as_tom();
    let problem = "Blocked // by **default**, see [[guide 2]].";
    let hurdle = tom
        .writes_hurdle("Sites are blocked", &[("problem", problem)])
        .await;
    tom.changed(&hurdle, &[("problem", "Less blocked.")]).await;
    let out = folder.path().join("out");
    let left = leaving::leave(&world.app().db, &world.app().settings, &out)
        .await
        .unwrap();
    assert_eq!((left.pages, left.revisions, left.files), (6, 11, 1));
    let again = leaving::leave(&world.app().db, &world.app().settings, &out).await;
    assert!(again.unwrap_err().to_string().contains("not empty"));
    let (before, after) = (Folder::at(folder.path()), Folder::at(&out));
    let (before, after) = (Wiki::open(&before).unwrap(), Wiki::open(&after).unwrap());
    for page in [
        "start",
        "hurdles:filters",
        "hurdles:consent",
        "private:plan",
        "gone",
    ] {
        assert_eq!(told(&after, page), told(&before, page), "{page}");
    }
    assert!(after.closed("private:plan").is_some() && after.closed("start").is_none());
    let ours = told(&after, "hurdles:1-sites-are-blocked");
    assert_eq!(ours.len(), 2);
    let text = ours[0].4.as_deref().unwrap();
    assert!(
        text.starts_with("====== Sites are blocked ======"),
        "{text}"
    );
    assert!(text.contains("Blocked %%//%% by **default**"), "{text}");
    assert!(
        text.contains("[[:hurdles:"),
        "links lead to the pages of the wiki: {text}"
    );
}

async fn two_wikis_with_pages_and_files_of_one_name_leave_whole(world: World) {
    let (first, second) = (northshire(), tempfile::tempdir().unwrap());
    comes(&world, first.path());
    let at = second.path();
    let conf = "<?php $conf['title']='Southshire notes';";
    lays(at, "conf/local.php", conf.as_bytes());
    let start = "====== Another welcome ======\n\nAs {{:sign.png|it hangs}}.";
    lays(at, "data/pages/start.txt", start.as_bytes());
    let sign = encoded(&picture(30, 20), image::ImageFormat::Png);
    lays(at, "data/media/sign.png", &sign);
    comes(&world, at);
    let out = first.path().join("out");
    let left = leaving::leave(&world.app().db, &world.app().settings, &out)
        .await
        .unwrap();
    assert_eq!((left.pages, left.files), (6, 2));
    let source = Folder::at(&out);
    let wiki = Wiki::open(&source).unwrap();
    let ids = wiki.page_ids();
    let own = ids.iter().find(|id| id.ends_with("another-welcome"));
    for (page, words) in [("start", "Welcome"), (own.unwrap(), "Another welcome")] {
        let told = told(&wiki, page);
        let text = told.last().and_then(|last| last.4.clone()).unwrap();
        assert!(text.contains(words), "{page}: {text}");
    }
    let media = wiki.media();
    let widths: Vec<u32> = media
        .iter()
        .map(|one| wiki.bytes(one.now().unwrap(), 9_999).unwrap())
        .map(|bytes| image::load_from_memory(&bytes).unwrap().width())
        .collect();
    assert_eq!(widths, [30, 64], "files:…, then sign.png");
}

async fn files_of_closed_pages_leave_as_closed(world: World) {
    let folder = with_older_files();
    let at = folder.path();
    lays(
        at,
        "data/pages/private/plan.txt",
        b"====== The hidden plan ======\n\n{{:private:plan.png|the plan}}",
    );
    lays(at, "data/media/private/plan.png", &png());
    comes(&world, at);
    let tom = world.as_tom();
    let page = guide(&tom, "hurdles:consent").await.address;
    brings(&tom, &page, "form.png", &sign(40)).await;
    let plan = guide(&tom, "private:plan").await.address;
    brings(&tom, &plan, "draft.png", &sign(41)).await;
    let out = at.join("out");
    let left = leaving::leave(&world.app().db, &world.app().settings, &out)
        .await
        .unwrap();
    assert_eq!((left.files, left.older_files), (4, 3));
    let source = Folder::at(&out);
    let wiki = Wiki::open(&source).unwrap();
    assert!(wiki.closed("private:plan.png").is_some());
    assert!(wiki.closed("private:plan").is_some());
    assert!(wiki.closed("files:members:x").is_some());
    for open in ["sign.png", "files:x", "hurdles:filters", "start"] {
        assert!(wiki.closed(open).is_none(), "{open}");
    }
    let media = wiki.media();
    let ids: Vec<&str> = media.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), 5, "{ids:?}");
    assert!(ids.iter().any(|id| id.starts_with("files:members:")));
    let sign_png = media.iter().find(|one| one.id == "sign.png").unwrap();
    let told: Vec<_> = sign_png
        .versions
        .iter()
        .map(|one| {
            (
                one.at,
                one.login.as_str(),
                one.summary.as_str(),
                wiki.bytes(one, 9_999).is_ok(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (1_200_000_010, "Ann Example", "first drawing", true),
            (1_200_000_020, "Ann Example", "lost on the way", false),
            (1_200_000_030, "", "larger", true),
            (1_200_000_040, "Ann Example", "as it hangs", true),
        ]
    );
    let ours = media
        .iter()
        .find(|one| one.id.starts_with("files:"))
        .unwrap();
    assert_eq!(ours.versions[0].login, "Tom");
    let map = media.iter().find(|one| one.id == "map.png").unwrap();
    assert!(map.now().is_none() && map.versions.len() == 2);
}
