//! The talk about a session goes on, by web and by mail; after thirty days all who were there hear of
//! what came of it.

use fosbury::sessions::after::looking_back::look_back;
use fosbury::time::{DAY, MINUTE};

use crate::bodies::VIEWERS;
use crate::browser::Browser;
use crate::sessions::{held, noted, session};
use crate::sessions_seen::for_few;
use crate::world::{World, both};

both!(
    a_session_is_talked_about_and_those_who_were_there_hear_of_it,
    what_is_said_of_a_session_is_for_whom_its_event_is,
    where_young_people_were_the_talk_is_for_members_under_initials,
    after_thirty_days_all_who_were_there_hear_what_came_of_it,
    a_session_that_was_talked_about_stays_in_the_grid,
);

pub const AT: &str = "/sessions/1-blocked-sites";
pub const TOM: &str = "tom@council.example";

pub async fn tips(browser: &Browser, words: &str) {
    let tip = [("tip", words)];
    browser.post(&format!("{AT}/tips"), &tip).await.is(303);
}

pub async fn says(browser: &Browser, words: &str) {
    browser.says(AT, &[("words", words)]).await.is(303);
}

async fn a_session_is_talked_about_and_those_who_were_there_hear_of_it(world: World) {
    noted(&world).await;
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    tips(&tom, "Ask IT").await;
    let page = amina.get(AT).await;
    let form = page.form("/said").with("words", "Did anybody ask since?");
    amina.submit(&form).await.is(303);
    visitor.get(AT).await.says("Did anybody ask since?");
    let whole = format!("{AT}/discussion");
    visitor.get(&whole).await.is(200).says("Blocked sites");
    visitor
        .get("/api/v1/sessions/1/discussion")
        .await
        .is(200)
        .says("Did anybody ask since?");
    tom.get("/waiting")
        .await
        .says("Amina said something about a session that you were in")
        .says("Session 1: Blocked sites");
    let letter = world.sink().letter(TOM, 1).await;
    assert!(
        letter.text.contains("Amina said of “Blocked sites”"),
        "{}",
        letter.text
    );
    assert!(letter.text.contains("Did anybody ask since?"));
    let answer = tom.get(&format!("{whole}?answer=1")).await.form("/said");
    tom.submit(&answer.with("words", "I did, @dafydd knows."))
        .await
        .is(303);
    let letter = world.sink().letter("amina@council.example", 1).await;
    assert!(letter.text.contains("I did, @dafydd knows."));
    world.sink().letter("dafydd@council.example", 1).await;
    // A visitor's words wait for a steward here as everywhere.
    let said = visitor
        .says(AT, &[("words", "By a visitor"), ("name", "Bryn")])
        .await;
    visitor.follow(&said).await.says("Waiting for a steward");
    visitor.get(AT).await.keeps_quiet_of("By a visitor");
    amina.decides("accept", "By a visitor", "").await.is(303);
    visitor
        .get(AT)
        .await
        .says("By a visitor")
        .says("3 comments");
}

async fn what_is_said_of_a_session_is_for_whom_its_event_is(world: World) {
    let tom = world.as_tom();
    for (number, (visibility, readers)) in (1..).zip(for_few(&world, ("Camp", "Why")).await) {
        let at = format!("/sessions/{number}-why");
        let words = [("words", "A quiet mark, @ruth @dafydd @amina")];
        tom.says(&at, &words).await.is(303);
        for viewer in VIEWERS {
            let (browser, may) = (world.whose(viewer), readers.contains(&viewer));
            for path in [
                at.clone(),
                format!("{at}/discussion"),
                format!("{at}/discussion.atom"),
                format!("{at}/flag"),
                format!("/api/v1/sessions/{number}/discussion"),
                format!("/comments/{number}"),
            ] {
                let page = browser.get(&path).await;
                let right = match (may, path.starts_with("/comments")) {
                    (false, _) => 404,
                    (true, true) => 302,
                    (true, false) => 200,
                };
                assert_eq!(page.status, right, "{path}, {viewer:?}");
            }
            if !may {
                let words = [("what", "comment"), ("words", "Mine")];
                let said = browser.post(&format!("{at}/said"), &words).await;
                assert_eq!(said.status, 404, "as {viewer:?}");
            }
            if !viewer.is_empty() && viewer != "Tom" {
                let waiting = browser.get("/waiting").await;
                let told = waiting.body.contains(&format!("/comments/{number}"));
                assert_eq!(told, may, "waiting, {visibility}, {viewer}");
            }
        }
    }
}

async fn where_young_people_were_the_talk_is_for_members_under_initials(world: World) {
    let event = held(&world, &[("young", "yes")]).await;
    session(&world, &event, "Blocked sites").await;
    let (tom, amina, ruth) = (world.as_tom(), world.as_amina(), world.as_ruth());
    tips(&tom, "Somewhere dry").await;
    says(&amina, "Who brings a bench?").await;
    amina.post(&format!("{AT}/locks"), &[]).await.is(303);
    for one in [&amina, &ruth] {
        one.post(&format!("{AT}/publications"), &[]).await.is(303);
    }
    let visitor = world.as_visitor();
    visitor.get(AT).await.is(200).keeps_quiet_of("a bench");
    for at in ["discussion", "discussion.atom", "flag"] {
        visitor.get(&format!("{AT}/{at}")).await.is(404);
    }
    visitor.get("/api/v1/sessions/1/discussion").await.is(404);
    visitor.get("/comments/1").await.is(404);
    let words = [("what", "comment"), ("words", "Mine")];
    visitor.post(&format!("{AT}/said"), &words).await.is(404);
    let page = tom.get(&format!("{AT}/discussion")).await;
    page.says("Who brings a bench?").says("A.");
    assert!(!page.body.contains(">Amina<"), "{}", page.body);
    let told = tom.get("/waiting").await;
    told.says("A. said something about a session");
    let letter = world.sink().letter(TOM, 1).await;
    assert!(letter.text.contains("A. said of"), "{}", letter.text);
    assert!(!letter.text.contains("Amina"), "{}", letter.text);
}

async fn after_thirty_days_all_who_were_there_hear_what_came_of_it(world: World) {
    noted(&world).await;
    let event = "/events/1-camp";
    let (tom, amina) = (world.as_tom(), world.as_amina());
    tips(&tom, "Ask IT").await;
    for (doing, owner) in [
        ("Ask IT", "Tom"),
        ("Write it up", "Amina"),
        ("Find out", ""),
    ] {
        let fields = [("doing", doing), ("owner", owner)];
        amina.post(&format!("{AT}/actions"), &fields).await.is(303);
    }
    let form = amina.get(&format!("{AT}/actions/2")).await.form("/steps");
    amina.submit(&form.with("state", "done")).await.is(303);
    tom.get(event).await.keeps_quiet_of("1 thing is done");
    look_back(world.app()).await.unwrap();
    let told = "SELECT count(*) FROM event WHERE told_at IS NOT NULL";
    assert_eq!(world.number(told).await, 0, "it is too early");
    world.minutes_pass(31 * DAY / MINUTE);
    for _ in 0..2 {
        look_back(world.app()).await.unwrap();
    }
    let letter = world.sink().letter(TOM, 1).await;
    for words in [
        "1 thing is done.",
        "2 things are still to be done.",
        "You said that you would do this",
        "- Ask IT",
        "/came-of-it",
    ] {
        assert!(letter.text.contains(words), "{words}: {}", letter.text);
    }
    assert!(
        !letter.text.contains("You run this event"),
        "{}",
        letter.text
    );
    let letter = world.sink().letter("amina@council.example", 1).await;
    assert!(
        letter.text.contains("You run this event"),
        "{}",
        letter.text
    );
    assert!(
        letter.text.contains("1 thing has nobody"),
        "{}",
        letter.text
    );
    assert_eq!(world.number(told).await, 1);
    let letters = "SELECT count(*) FROM event_letter";
    assert_eq!(
        world.number(letters).await,
        2,
        "once, and nobody who was not there"
    );
    let page = world.as_visitor().get(event).await;
    page.says("1 thing is done.")
        .says("2 things are still to be done.");
}

async fn a_session_that_was_talked_about_stays_in_the_grid(world: World) {
    noted(&world).await;
    says(&world.as_tom(), "Here?").await;
    let amina = world.as_amina();
    amina.post(&format!("{AT}/removal"), &[]).await;
    amina.get(AT).await.is(200).says("Here?");
}
