//! What files of a wiki were, and what becomes of it here: taken off, erased, closed, merged.

use db::Reads;
use fosbury::attachments::files::Folder;
use fosbury::attachments::tidying;
use fosbury::wikis::model::{Line, Report};

use crate::attachments::png;
use crate::wikis::{comes, guide, lays};
use crate::wikis_files::{
    files_of, leads, number, repainted, sign, touched, width_of, with_older_files,
};
use crate::world::{World, both};

both!(
    what_a_file_was_goes_off_the_page_with_it_and_comes_back,
    what_is_erased_of_a_file_does_not_come_again,
    a_file_that_is_erased_takes_what_it_was_along,
    what_was_taken_off_here_stays_off_when_it_changes_there,
    what_was_closed_there_since_does_not_become_public,
    what_was_refused_comes_once_it_can,
    a_history_comes_back_with_its_page,
    a_page_erased_for_good_takes_the_reasons_of_its_files_along,
    bytes_of_a_wiki_on_its_way_are_not_tidied_away,
);

async fn what_a_file_was_goes_off_the_page_with_it_and_comes_back(world: World) {
    comes(&world, with_older_files().path());
    let (ruth, visitor) = (world.as_ruth(), world.as_visitor());
    let now = leads(&visitor, "/_media/sign.png").await;
    let old = leads(&visitor, "/_media/sign.png?rev=1200000010").await;
    let other = leads(&visitor, "/_media/sign.png?rev=1200000030").await;
    // One version alone.
    ruth.post(&format!("/attachments/{}/removals", number(&other)), &[])
        .await
        .is(303);
    visitor.get(&other).await.is(404);
    assert_eq!(width_of(&visitor, &old).await, 30);
    world.minutes_pass(1);
    ruth.post(&format!("/attachments/{}/removals", number(&now)), &[])
        .await
        .is(303);
    for gone in [&now, &old, &other] {
        visitor.get(gone).await.is(404);
    }
    let files = files_of(&ruth, "hurdles:filters").await;
    let offered = files.forms().into_iter();
    let offered = offered.filter(|form| form.action.ends_with("/recoveries"));
    assert_eq!(
        offered.count(),
        2,
        "the file with what went with it, and what went before"
    );
    ruth.post(&format!("/attachments/{}/recoveries", number(&now)), &[])
        .await
        .is(303);
    assert_eq!(width_of(&visitor, &now).await, 64);
    assert_eq!(width_of(&visitor, &old).await, 30);
    visitor.get(&other).await.is(404);
}

async fn what_is_erased_of_a_file_does_not_come_again(world: World) {
    let folder = with_older_files();
    comes(&world, folder.path());
    let ruth = world.as_ruth();
    let old = leads(&ruth, "/_media/sign.png?rev=1200000010").await;
    let number = old.split('/').nth(2).unwrap();
    let page = ruth.get(&format!("/attachments/{number}/erase")).await;
    page.is(200).keeps_quiet_of("What it was before");
    ruth.post(
        &format!("/attachments/{number}/erasures"),
        &[("why", "a face")],
    )
    .await
    .is(303);
    repainted(folder.path());
    // And somebody there brings the erased one back, under another second.
    let log = "data/media_meta/sign.png.changes";
    let before = std::fs::read_to_string(folder.path().join(log)).unwrap();
    let again = format!("{before}1200000080\t-\tR\tsign.png\tann\tas first\t1200000010\n");
    lays(folder.path(), log, again.as_bytes());
    lays(
        folder.path(),
        "data/media_attic/sign.1200000060.png",
        &sign(33),
    );
    lays(folder.path(), "data/media/sign.png", &sign(30));
    let report = comes(&world, folder.path());
    assert!(report.lines.iter().any(|line| line.what == "erased-file"));
    ruth.get("/_media/sign.png?rev=1200000010").await.is(404);
    ruth.get("/_media/sign.png?rev=1200000080").await.is(404);
    files_of(&ruth, "hurdles:filters")
        .await
        .says("larger")
        .says("repainted")
        .keeps_quiet_of("first drawing");
    assert_eq!(
        world
            .number("SELECT count(*) FROM file_version WHERE summary = 'first drawing'")
            .await,
        0
    );
}

async fn a_file_that_is_erased_takes_what_it_was_along(world: World) {
    comes(&world, with_older_files().path());
    let ruth = world.as_ruth();
    let now = leads(&ruth, "/_media/sign.png").await;
    let old = ruth.get("/_media/sign.png?rev=1200000010").await.leads_to();
    let erasing = format!("/attachments/{}", number(&now));
    let page = ruth.get(&format!("{erasing}/erase")).await;
    page.says("What it was before goes with it: 2 versions.");
    ruth.post(&format!("{erasing}/erasures"), &[("why", "a face")])
        .await
        .is(303);
    for gone in [&now, &old] {
        ruth.get(gone).await.is(404);
    }
    let files = files_of(&ruth, "hurdles:filters").await;
    files.keeps_quiet_of("sign.png").keeps_quiet_of("larger");
    let kept = "SELECT count(*) FROM file_version WHERE file = 'sign.png' AND summary <> ''";
    assert_eq!(
        world.number(kept).await,
        1,
        "that of the lost version alone"
    );
}

async fn what_was_taken_off_here_stays_off_when_it_changes_there(world: World) {
    let folder = with_older_files();
    comes(&world, folder.path());
    let (ruth, visitor) = (world.as_ruth(), world.as_visitor());
    let now = leads(&visitor, "/_media/sign.png").await;
    ruth.post(&format!("/attachments/{}/removals", number(&now)), &[])
        .await
        .is(303);
    repainted(folder.path());
    let report = comes(&world, folder.path());
    assert!(report.lines.iter().any(|line| line.what == "off-file"));
    for old in [
        "sign.png",
        "sign.png?rev=1200000060",
        "sign.png?rev=1200000010",
    ] {
        visitor.get(&format!("/_media/{old}")).await.is(404);
    }
    files_of(&visitor, "hurdles:filters")
        .await
        .keeps_quiet_of("sign.png");
}

async fn what_was_closed_there_since_does_not_become_public(world: World) {
    let folder = with_older_files();
    let at = folder.path();
    lays(
        at,
        "data/pages/maps/town.txt",
        b"====== Town ======\n\n{{:maps:town.png|the town}}",
    );
    lays(at, "data/media/maps/town.png", &png());
    comes(&world, at);
    let visitor = world.as_visitor();
    let before = leads(&visitor, "/_media/maps/town.png").await;
    let rules = "*\t@ALL\t1\nprivate:*\t@ALL\t0\nmaps:*\t@ALL\t0\nmaps:*\t@editors\t2\n";
    lays(at, "conf/acl.auth.php", rules.as_bytes());
    lays(at, "data/media/maps/town.png", &sign(33));
    touched(&at.join("data/media/maps/town.png"), 2_000_000_000);
    let report = comes(&world, at);
    let told = |line: &&Line| line.what == "closed-file";
    assert_eq!(
        report.lines.iter().find(told).unwrap().page,
        "maps:town.png"
    );
    assert_eq!(
        width_of(&visitor, &before).await,
        64,
        "what was open stays as it was"
    );
}

async fn what_was_refused_comes_once_it_can(world: World) {
    let folder = with_older_files();
    let at = folder.path();
    lays(
        at,
        "data/media_attic/sign.1200000030.png",
        b"\x89PNG\r\n\x1a\ncut off",
    );
    let report = comes(&world, at);
    let refused = |report: &Report| {
        let lines = report.lines.iter();
        lines.filter(|line| line.what == "refused-older").count()
    };
    assert_eq!((refused(&report), report.older_files), (1, 2));
    assert_eq!(refused(&comes(&world, at)), 1, "told again");
    lays(at, "data/media_attic/sign.1200000030.png", &sign(31));
    let report = comes(&world, at);
    assert_eq!((refused(&report), report.older_files), (0, 3));
    let visitor = world.as_visitor();
    let old = leads(&visitor, "/_media/sign.png?rev=1200000030").await;
    assert_eq!(width_of(&visitor, &old).await, 31);
    assert_eq!(world.number("SELECT count(*) FROM attachment").await, 4);
}

async fn a_history_comes_back_with_its_page(world: World) {
    let folder = with_older_files();
    comes(&world, folder.path());
    let ruth = world.as_ruth();
    let (from, into) = (
        guide(&ruth, "hurdles:filters").await.address,
        guide(&ruth, "hurdles:consent").await.address,
    );
    let into = into.split('/').nth(2).unwrap().split('-').next().unwrap();
    ruth.post(&format!("{from}/mergers"), &[("into", into)])
        .await
        .is(303);
    repainted(folder.path());
    comes(&world, folder.path());
    let bytes = "SELECT count(*) FROM attachment a
                 JOIN went_along w ON w.subject = a.id
                 JOIN file_version v ON v.attachment = a.number
                 WHERE v.file = 'sign.png'";
    assert_eq!(world.number(bytes).await, 4, "each version goes along");
    ruth.post(&format!("{from}/separations"), &[]).await.is(303);
    let files = files_of(&ruth, "hurdles:filters").await;
    for words in ["repainted", "as it hangs", "first drawing", "as it is now"] {
        files.says(words);
    }
    files_of(&ruth, "hurdles:consent")
        .await
        .keeps_quiet_of("sign.png");
}

async fn bytes_of_a_wiki_on_its_way_are_not_tidied_away(world: World) {
    let folder = with_older_files();
    comes(&world, folder.path());
    let app = world.app();
    let laid = Folder::of(&app.settings);
    let hash = "ab".repeat(32);
    laid.keep(&hash, b"of a file that no page shows yet".to_vec())
        .await
        .unwrap();
    let is_kept = || world.files_kept().iter().any(|file| file.ends_with(&hash));
    let tx = app.db.begin().await.unwrap();
    tx.query("UPDATE wiki SET state = 'coming'")
        .run()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    tidying::tidy(app).await.unwrap();
    assert!(is_kept());
    // It was stopped long ago.
    world.minutes_pass(25 * 60);
    tidying::tidy(app).await.unwrap();
    assert!(!is_kept());
}

async fn a_page_erased_for_good_takes_the_reasons_of_its_files_along(world: World) {
    comes(&world, with_older_files().path());
    let ruth = world.as_ruth();
    // What was deleted there lies on the first page.
    let page = guide(&ruth, "start").await.address;
    let why = ("why", "a name");
    ruth.post(&format!("{page}/deletions"), &[why])
        .await
        .is(303);
    let erasing = format!("{page}/erasures");
    ruth.post(&erasing, &[("revision", "2"), why]).await.is(303);
    let told = "SELECT count(*) FROM file_version WHERE file = 'map.png' AND summary <> ''";
    assert_eq!(world.number(told).await, 0);
    let others = "SELECT count(*) FROM file_version WHERE file = 'sign.png' AND summary <> ''";
    assert_eq!(world.number(others).await, 4, "other pages keep theirs");
}
