//! Two councils, five viewers: every number on every page is the one that follows from what its
//! viewer may read.

use std::collections::BTreeSet;

use crate::attachments::{brings, fetched, png};
use crate::bodies::{KINDS, Shelf, VIEWERS, Written, two_councils};
use crate::browser::Browser;
use crate::page::Page;
use crate::world::{World, both};

both!(
    every_list_and_number_follows_from_what_its_viewer_may_read,
    what_is_said_and_watched_is_counted_for_those_who_may_read_it,
    files_and_what_is_held_stay_with_the_bodies_people,
);

/// The pages that a page links to, as addresses without words.
fn records(page: &Page) -> BTreeSet<String> {
    let links = page.links().into_iter();
    let found = links.filter_map(|link| {
        let mut parts = link
            .split(['?', '#'])
            .next()?
            .trim_start_matches('/')
            .split('/');
        let (kind, slug) = (parts.next()?, parts.next()?);
        let number: i64 = slug.split('-').next()?.parse().ok()?;
        (KINDS.contains(&kind) && parts.next().is_none()).then(|| format!("{kind}/{number}"))
    });
    found.collect()
}

fn names<'a>(pages: impl IntoIterator<Item = &'a Written>) -> BTreeSet<String> {
    let pages = pages.into_iter();
    pages
        .map(|one| format!("{}/{}", one.kind, one.number))
        .collect()
}

fn of_kind<'a>(pages: &[&'a Written], kind: &str) -> Vec<&'a Written> {
    pages
        .iter()
        .filter(|one| one.kind == kind)
        .copied()
        .collect()
}

fn numbers_of(page: &Page) -> Vec<i64> {
    let results = page.json()["results"].as_array().unwrap().clone();
    let numbers = results.iter().map(|one| one["number"].as_i64().unwrap());
    numbers.collect()
}

async fn every_list_and_number_follows_from_what_its_viewer_may_read(world: World) {
    let shelf = two_councils(&world).await;
    for one in shelf.0.iter().filter(|one| one.kind == "hurdles") {
        let author = world.whose(one.author);
        author
            .changed(&one.address, &[("summary", &one.mark)])
            .await;
    }
    world.waits_for_its_index().await;
    for viewer in VIEWERS {
        let browser = world.whose(viewer);
        let mine = shelf.for_viewer(viewer);
        lists(&shelf, viewer, &browser, &mine).await;
        searches(&shelf, viewer, &browser, &mine).await;
        neighbours(&shelf, viewer, &browser, &mine).await;
        interface(&browser, &mine).await;
    }
}

async fn lists(shelf: &Shelf, viewer: &str, browser: &Browser, mine: &[&Written]) {
    let hurdles = of_kind(mine, "hurdles").len() + 2;
    let front = browser.get("/").await;
    front.says(&format!("{hurdles} hurdles under seven headings"));
    shelf.is_kept_from(viewer, &front);
    let under = browser.get("/hurdles?heading=access").await;
    under.says(&format!("{hurdles} hurdles"));
    shelf.is_kept_from(viewer, &under);
    for kind in KINDS {
        let page = browser.get(&format!("/{kind}")).await;
        let mut expected = names(of_kind(mine, kind));
        if kind == "hurdles" {
            expected.extend(["hurdles/1".to_owned(), "hurdles/2".to_owned()]);
        }
        assert_eq!(records(&page), expected, "/{kind} for {viewer:?}");
        shelf.is_kept_from(viewer, &page);
    }
    let tags = browser.get("/tags").await;
    let expected: BTreeSet<String> = mine
        .iter()
        .map(|one| format!("{} 1 pages", one.mark))
        .chain([format!("shared {} pages", mine.len())])
        .collect();
    let shown = tags
        .all("li")
        .into_iter()
        .filter(|one| one.ends_with(" pages"));
    assert_eq!(
        shown.collect::<BTreeSet<_>>(),
        expected,
        "tags of {viewer:?}"
    );
    let tagged = browser.get("/tags/shared").await;
    assert_eq!(records(&tagged), names(mine.iter().copied()));
    let wanted = browser.get("/wanted").await;
    assert!(
        wanted
            .all("li")
            .contains(&format!("Unwritten plan {} pages", mine.len()))
    );
    let mut orphans = names(mine.iter().copied());
    if !mine.iter().any(|one| one.readers == ["Tom", "Ruth"]) {
        orphans.insert("hurdles/2".to_owned());
    }
    assert_eq!(records(&wanted), orphans, "orphans of {viewer:?}");
    for place in [
        "/changes",
        "/changes.atom",
        "/tags/shared/changes",
        "/moderation",
    ] {
        let page = browser.get(place).await;
        shelf.is_kept_from(viewer, page.is(200));
    }
    for (slug, people) in [("aldham", vec!["Tom", "Ruth"]), ("beckham", vec!["Dafydd"])] {
        let page = browser.get(&format!("/organisations/{slug}")).await;
        let begun = mine.iter().filter(|one| people.contains(&one.author));
        assert_eq!(
            records(&page),
            names(begun.copied()),
            "{slug} for {viewer:?}"
        );
        let n = people.len();
        let are = if n == 1 {
            "person here works there"
        } else {
            "people here work there"
        };
        page.says(&format!("{n} {are}"));
    }
}

async fn searches(shelf: &Shelf, viewer: &str, browser: &Browser, mine: &[&Written]) {
    let found = browser.get("/search?q=quokka").await;
    found.says(&format!("{} pages, the closest first", mine.len() + 1));
    shelf.is_kept_from(viewer, &found);
    let hurdles = of_kind(mine, "hurdles").len() + 1;
    let counts = [
        ("Hurdle", hurdles),
        ("Solution", of_kind(mine, "solutions").len()),
        ("Guide", of_kind(mine, "guides").len()),
        ("shared", mine.len()),
    ];
    for (label, n) in counts {
        let choices = found.all("div.choice");
        let fits = |one: &String| one.starts_with(label) && one.ends_with(&format!(" {n}"));
        assert!(
            choices.iter().any(fits),
            "{label} {n} for {viewer:?}: {choices:?}"
        );
    }
    let tagged = browser.get("/search?q=&tag=shared").await;
    tagged.says(&format!("{} pages", mine.len()));
    let hinted = browser.get("/search/suggest?q=the+quokka").await;
    shelf.is_kept_from(viewer, hinted.is(200));
    let secret = shelf.hidden_from(viewer);
    for one in secret.iter().take(3) {
        let found = browser.get(&format!("/api/v1/search?q={}", one.mark)).await;
        let numbers = found.json()["results"].to_string();
        assert!(!numbers.contains(&one.address), "{viewer:?}: {numbers}");
    }
}

/// What stands beside the page that all others are tied to.
async fn neighbours(shelf: &Shelf, viewer: &str, browser: &Browser, mine: &[&Written]) {
    let hub = browser.get("/hurdles/1-the-quokka-hub").await;
    let mut around = records(&hub);
    around.remove("hurdles/1");
    around.remove("guides/1");
    let mut expected = names(mine.iter().copied());
    expected.remove("guides/1");
    assert_eq!(around, expected, "around the hub for {viewer:?}");
    shelf.is_kept_from(viewer, &hub);
    for one in mine.iter().filter(|one| one.kind == "guides") {
        let page = browser.get(&one.address).await;
        shelf.is_kept_from(viewer, page.is(200));
    }
}

async fn interface(browser: &Browser, mine: &[&Written]) {
    for kind in KINDS {
        let page = browser.get(&format!("/api/v1/{kind}?limit=200")).await;
        let mut expected: Vec<i64> = of_kind(mine, kind).iter().map(|one| one.number).collect();
        if kind == "hurdles" {
            expected.splice(0..0, [1, 2]);
        }
        assert_eq!(numbers_of(&page), expected, "{kind}");
    }
    let found = browser.get("/api/v1/search?q=quokka&limit=200").await;
    assert_eq!(numbers_of(&found).len(), mine.len() + 1);
    let changes = browser.get("/api/v1/changes?limit=200").await;
    let revisions = mine.len() + of_kind(mine, "hurdles").len() + 2;
    assert_eq!(
        changes.json()["results"].as_array().unwrap().len(),
        revisions
    );
    assert!(changes.json()["next"].is_null());
}

async fn what_is_said_and_watched_is_counted_for_those_who_may_read_it(world: World) {
    let shelf = two_councils(&world).await;
    let people = VIEWERS.into_iter().filter(|viewer| !viewer.is_empty());
    world.minutes_pass(1);
    for viewer in people.clone() {
        let fields = [("what", "tag"), ("subject", "shared")];
        world.whose(viewer).post("/watches", &fields).await.is(303);
    }
    world.minutes_pass(1);
    let talked = shelf.0.iter().filter(|one| one.kind == "hurdles");
    for one in talked.clone() {
        let author = world.whose(one.author);
        let words = format!("{} @tom @ruth @dafydd @amina", one.mark);
        author
            .says(&one.address, &[("words", &words)])
            .await
            .is(303);
        author.changed(&one.address, &[("why", "More.")]).await;
    }
    world.minutes_pass(1);
    for viewer in people {
        let browser = world.whose(viewer);
        let others = talked
            .clone()
            .filter(|one| one.is_for(viewer) && one.author != viewer);
        let n = others.count();
        let page = browser.get("/waiting").await;
        page.says(&format!("({})", 2 * n));
        shelf.is_kept_from(viewer, &page);
        let told = page.all("li").into_iter();
        assert_eq!(
            told.filter(|one| one.contains("zqmark")).count(),
            2 * n,
            "{viewer}"
        );
    }
    for viewer in VIEWERS {
        for one in talked.clone().filter(|one| one.is_for(viewer)) {
            let page = world.whose(viewer).get(&one.address).await;
            page.says("1 comment").says("@ruth");
            let discussion = format!("/hurdles/{}/discussion", one.number);
            let page = world.whose(viewer).get(&format!("{discussion}.atom")).await;
            page.is(200).says(&one.mark);
        }
    }
}

async fn files_and_what_is_held_stay_with_the_bodies_people(world: World) {
    let shelf = two_councils(&world).await;
    let pictured = shelf.0.iter().filter(|one| {
        one.kind == "guides" && ["bodies", "own-organisation"].contains(&one.visibility)
    });
    let mut number = 0;
    for one in pictured {
        let author = world.whose(one.author);
        brings(&author, &one.address, "sign.png", &png()).await;
        number += 1;
        for viewer in VIEWERS {
            let browser = world.whose(viewer);
            let status = if one.is_for(viewer) { 200 } else { 404 };
            let file = fetched(&browser, &format!("/attachments/{number}/sign.png")).await;
            assert_eq!(file.status, status, "{} for {viewer:?}", one.mark);
            let list = browser.get(&format!("{}/attachments", one.address)).await;
            list.is(status);
            if one.is_for(viewer) {
                list.says("sign.png");
                assert!(
                    !file.header("cache-control").contains("public"),
                    "{viewer:?}"
                );
            }
        }
    }
    assert!(number >= 5);
    let dafydd = world.as_dafydd();
    for visibility in ["own-organisation", "bodies"] {
        let fits = |one: &&Written| {
            one.kind == "hurdles" && one.author == "Dafydd" && one.visibility == visibility
        };
        let own = shelf.0.iter().find(fits).unwrap();
        let words = format!("{} at https://elsewhere.example/", own.mark);
        dafydd
            .says(&own.address, &[("words", &words)])
            .await
            .is(303);
    }
    let public = shelf
        .0
        .iter()
        .find(|one| one.visibility == "public")
        .unwrap();
    let words = "Look at https://elsewhere.example/";
    dafydd
        .says(&public.address, &[("words", words)])
        .await
        .is(303);
    // Amina works nowhere; Ruth works at Aldham, to which one of the two pages is open.
    for (viewer, n) in [("Amina", "1 item waits"), ("Ruth", "2 items wait")] {
        let browser = world.whose(viewer);
        browser.get("/desk").await.says(n);
        let held = browser.get("/desk/held").await;
        held.says(n);
        shelf.is_kept_from(viewer, &held);
    }
}
