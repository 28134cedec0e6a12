//! The desk: one queue, pages protected for a time, split, looked at, and authors undone.

use db::Reads;
use fosbury::time::DAY;
use serde_json::json;

use crate::attachments::{brings, fetched, png};
use crate::browser::Browser;
use crate::tokens::Program;
use crate::world::{World, both};

both!(
    a_spammer_is_undone_in_one_act,
    a_spammers_files_go_in_the_same_act_and_can_be_put_back,
    what_others_built_on_is_left_to_a_hand,
    visitors_of_one_hour_are_undone_together,
    a_page_is_protected_for_a_time_on_every_way_in,
    a_page_is_split_and_both_histories_say_so,
    the_desk_counts_what_waits,
    empty_sections_that_many_see_are_on_the_desk,
    pages_are_due_after_their_period,
);

const SPAM: &str = "Buy pills now.";

/// The steward's page that undoes whoever wrote the newest revision there.
async fn undo_page(amina: &Browser, address: &str) -> String {
    let history = amina.get(&format!("{address}/history")).await;
    let links = history.links();
    let link = links.iter().find(|link| link.starts_with("/desk/undo?"));
    format!("{}&span=all", link.unwrap())
}

async fn a_spammer_is_undone_in_one_act(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let spammer = world.as_dafydd();
    let one = tom
        .writes_hurdle("Sites are blocked", &[("problem", "The filter.")])
        .await;
    for words in [format!("{SPAM}\n\nThe filter."), SPAM.to_owned()] {
        spammer.changed(&one, &[("problem", &words)]).await;
    }
    let two = spammer
        .writes_hurdle("Cheap pills", &[("problem", SPAM)])
        .await;
    spammer.says(&one, &[("words", SPAM)]).await.is(303);
    let asked = amina.get(&undo_page(&amina, &two).await).await;
    asked
        .is(200)
        .says("Undo everything by Dafydd")
        .says("Their changes are undone on Hurdle 1")
        .says("are deleted Hurdle 2")
        .says("What they said is taken away");
    visitor.get(&one).await.says(SPAM);
    let form = asked.form("/desk/undoings");
    amina.submit(&form).await.is(422).says("Say why");
    let form = form.with("why", "Advertising").with("close", "1");
    let done = amina.submit(&form).await;
    amina
        .follow(&done)
        .await
        .is(200)
        .says("Nothing is left to undo")
        .keeps_quiet_of("Dafydd");
    visitor
        .get(&one)
        .await
        .says("The filter.")
        .keeps_quiet_of(SPAM);
    visitor.get(&two).await.is(410);
    let talk = visitor.get(&format!("{one}/discussion")).await;
    talk.keeps_quiet_of(SPAM);
    spammer.get("/account").await.is(401);
    let log = visitor.get("/moderation").await;
    log.says("Undone, all of one author: Change × 2 “Advertising”")
        .says("Undone, all of one author: Page")
        .says("Undone, all of one author: Comment")
        .says("Closed: Account")
        .keeps_quiet_of("Dafydd")
        .keeps_quiet_of("Cheap pills");
    world.chains_hold().await;
}

async fn a_spammers_files_go_in_the_same_act_and_can_be_put_back(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let spammer = world.as_dafydd();
    let one = tom.writes_hurdle("Sites are blocked", &[]).await;
    brings(&tom, &one, "Sign.png", &png()).await;
    brings(&spammer, &one, "Before.png", &png()).await;
    world.minutes_pass(120);
    brings(&spammer, &one, "Pills.png", &png()).await;
    let hidden = [("visibility", "members")];
    let two = tom.writes_hurdle("For members", &hidden).await;
    brings(&spammer, &two, "More pills.txt", b"Buy pills now.").await;
    // Whoever only brought files is found from the list of files.
    let list = amina.get(&format!("{one}/attachments")).await;
    let links = list.links().into_iter();
    let mut undo = links.filter(|link| link.starts_with("/desk/undo?person="));
    let undo = undo.next_back().unwrap();
    tom.get(&format!("{one}/attachments"))
        .await
        .keeps_quiet_of("Undo all of theirs");
    let asked = amina.get(&format!("{undo}&span=hour")).await;
    asked
        .is(200)
        .says("2 files that they brought are taken off their pages")
        .says("Pills.png, Hurdle 1: Sites are blocked")
        .says("More pills.txt, Hurdle 2: For members")
        .keeps_quiet_of("Before.png")
        .keeps_quiet_of("Sign.png");
    let form = asked.form("/desk/undoings").with("why", "Advertising");
    amina.submit(&form).await.is(303);
    visitor
        .get(&one)
        .await
        .says("Sign.png")
        .says("Before.png")
        .keeps_quiet_of("Pills.png");
    tom.get(&two).await.keeps_quiet_of("More pills");
    assert_eq!(
        fetched(&visitor, "/attachments/3/Pills.png").await.status,
        404
    );
    let log = visitor.get("/moderation").await;
    log.says("Undone, all of one author: File × 2 “Advertising”")
        .keeps_quiet_of("Pills.png")
        .keeps_quiet_of("Dafydd");
    amina
        .get(&format!("{undo}&span=hour"))
        .await
        .says("Nothing is left to undo");
    let audited = "SELECT count(*) FROM audit WHERE act = 'attachment-removal'";
    assert_eq!(world.number(audited).await, 2);
    let back = amina.post("/attachments/3/recoveries", &[]).await;
    amina.follow(back.is(303)).await.is(200);
    visitor.get(&one).await.says("Pills.png");
}

async fn what_others_built_on_is_left_to_a_hand(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let spammer = world.as_dafydd();
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "The filter.")])
        .await;
    spammer.changed(&address, &[("problem", SPAM)]).await;
    let undo = undo_page(&amina, &address).await;
    tom.changed(&address, &[("problem", "Buy no pills ever.")])
        .await;
    let page = amina.get(&undo).await;
    page.says("These need your hand Others built on their words")
        .says("Nothing is left to undo");
    visitor.get(&address).await.says("Buy no pills ever.");
    tom.get(&undo).await.is(403);
    visitor.get(&undo).await.is(401);
}

async fn visitors_of_one_hour_are_undone_together(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    visitor
        .says(&address, &[("words", "We know this too.")])
        .await;
    world.minutes_pass(120);
    for words in ["Pills one", "Pills two", "A fair question"] {
        visitor.says(&address, &[("words", words)]).await.is(303);
    }
    amina.decides("accept", "Pills one", "").await.is(303);
    let page = amina.get("/desk/undo?said=3").await;
    page.says("Pills one")
        .says("Pills two")
        .says("A fair question")
        .keeps_quiet_of("We know this too");
    let form = page.form("/desk/undoings").without("item");
    amina.submit(&form).await.is(422).says("Tick what");
    let sent = [("item", "2"), ("item", "3"), ("why", "Advertising")];
    amina.post("/desk/undoings", &sent).await.is(303);
    let talk = visitor.get(&format!("{address}/discussion")).await;
    talk.keeps_quiet_of("Pills one");
    amina
        .get("/desk")
        .await
        .says("A fair question")
        .says("We know this too")
        .keeps_quiet_of("Pills");
    let kept = world.number("SELECT count(*) FROM said WHERE state = 'held'");
    assert_eq!(kept.await, 2);
}

async fn a_page_is_protected_for_a_time_on_every_way_in(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "One.")])
        .await;
    tom.changed(&address, &[("problem", "Two.")]).await;
    let open = tom.get(&format!("{address}/edit")).await;
    let keeping = amina.get(&format!("{address}/keeping")).await;
    let form = keeping.form("/protections").with("days", "7");
    amina.submit(&form).await.is(422).says("Say why");
    let form = form.with("why", "Two sides keep undoing each other");
    amina.submit(&form).await.is(303);
    let page = visitor.get(&address).await;
    page.says("Only stewards change this page until 10 May 2026: Two sides");
    let form = open.form("/revisions").with("problem", "Three, at length.");
    let refused = tom.submit(&form).await;
    // The words are kept, and can be suggested.
    let suggest = tom.follow(&refused).await;
    suggest.says("Only stewards change this page just now");
    let suggestion = suggest.form("/suggestions");
    assert_eq!(suggestion.get("problem").trim(), "Three, at length.");
    for (act, fields) in [
        ("restorations", [("revision", "1"), ("base", "2")]),
        ("undoings", [("revision", "2"), ("base", "2")]),
    ] {
        let sent = tom.post(&format!("{address}/{act}"), &fields).await;
        assert!(sent.is(303).leads_to().ends_with("told=protected"), "{act}");
    }
    let part = tom.get(&format!("{address}/edit?part=why")).await;
    assert!(part.is(303).leads_to().contains("/suggest"));
    // A program gets no further than its person.
    let program = Program::of(&tom, &["write"]).await;
    let path = "/api/v1/hurdles/1/";
    for (act, body) in [
        (
            "revisions",
            json!({ "base": 2, "parts": { "problem": "By a program." } }),
        ),
        ("restorations", json!({ "base": 2, "revision": 1 })),
        ("undoings", json!({ "revision": 2 })),
    ] {
        let answer = program.post(&format!("{path}{act}"), &body).await;
        assert_eq!(answer.is(403).json()["error"], "protected", "{act}");
        answer.says("10 May 2026");
    }
    let head = "SELECT max(head) FROM record";
    assert_eq!(world.number(head).await, 2);
    tom.submit(&suggestion).await.is(303);
    amina
        .decides("accept", "A suggested change", "")
        .await
        .is(303);
    visitor.get(&address).await.says("Three, at length.");
    amina.changed(&address, &[("problem", "Four.")]).await;
    world.minutes_pass(7 * 24 * 60 + 1);
    tom.changed(&address, &[("problem", "Five.")]).await;
    let log = visitor.get("/moderation").await;
    log.says("Protected for a time: Page, Hurdle 1: Sites are blocked “Two sides");
    let keeping = amina.get(&format!("{address}/keeping")).await;
    keeping.keeps_quiet_of("End the protection now");
}

async fn a_page_is_split_and_both_histories_say_so(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let until = "Ask.\n\n## Phones\n\nAsk again.\n";
    let address = tom
        .writes_hurdle(
            "Sites and phones",
            &[("problem", "Both."), ("until", until), ("why", "Fear.")],
        )
        .await;
    let page = amina.get(&format!("{address}/split")).await;
    let form = page.form("/splits").with("title", "Phones are banned");
    amina.submit(&form).await.is(422).says("Tick what moves");
    let sent = [
        ("title", "Phones are banned"),
        ("piece", "until.0"),
        ("piece", "why"),
    ];
    let done = amina.post(&format!("{address}/splits"), &sent).await;
    let new = amina.follow(&done).await;
    new.says("Phones are banned")
        .says("Ask again.")
        .says("Fear.");
    let old = visitor.get(&address).await;
    old.says("Ask.")
        .says("Both.")
        .keeps_quiet_of("Ask again")
        .keeps_quiet_of("Fear.");
    let history = visitor.get(&format!("{address}/history")).await;
    history.says("moved a part to another page: to Hurdle 2: Phones are banned");
    let history = visitor.get("/hurdles/2-phones-are-banned/history").await;
    history.says("begun as a part of another page: from Hurdle 1: Sites and phones");
    let log = visitor.get("/moderation").await;
    log.says("Split: Page, Hurdle 1: Sites and phones");
    world.chains_hold().await;
}

async fn the_desk_counts_what_waits(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let desk = amina.get("/desk").await;
    desk.says("Comments that wait 0")
        .says("Nothing waits. Thank you.")
        .says("None. What people read is written.")
        .says("None is due.")
        .says("Every letter was sent");
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    visitor.says(&address, &[("words", "So do ours.")]).await;
    let suggest = visitor.get(&format!("{address}/suggest")).await;
    let form = suggest.form("/suggestions").with("problem", "A filter.");
    visitor.submit(&form).await.is(303);
    let desk = amina.get("/desk").await;
    desk.says("Comments that wait 1")
        .says("Suggested changes 1")
        .says("Flags 0")
        .says("So do ours.");
    assert_eq!(desk.all("ins").concat(), "A filter.");
    let form = desk.form("/desk/held/decisions");
    amina.submit(&form.with("accept", "1")).await.is(303);
    visitor.get(&address).await.says("So do ours.");
}

async fn empty_sections_that_many_see_are_on_the_desk(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let seen = tom
        .writes_hurdle("Sites are blocked", &[("problem", "The filter.")])
        .await;
    tom.writes_hurdle("Phones are banned", &[]).await;
    for _ in 0..12 {
        visitor.get(&seen).await.is(200);
    }
    visitor.get("/hurdles/99").await.is(404);
    fosbury::stewards::readings::flush(world.app())
        .await
        .unwrap();
    let desk = amina.get("/desk").await;
    desk.says("Hurdle 1: Sites are blocked").says("opened ");
    assert!(
        desk.links()
            .iter()
            .any(|link| link.ends_with("/edit?part=until"))
    );
    assert!(
        !desk
            .links()
            .iter()
            .any(|link| link.ends_with("/edit?part=problem"))
    );
    desk.keeps_quiet_of("Phones are banned");
    let rows = world.number("SELECT count(*) FROM reading").await;
    assert_eq!(rows, 1, "a total for each page and month, and nothing else");
}

async fn pages_are_due_after_their_period(world: World) {
    let (tom, amina) = (world.as_tom(), world.as_amina());
    let one = tom.writes_hurdle("Sites are blocked", &[]).await;
    tom.writes_hurdle("Phones are banned", &[]).await;
    let form = amina.get("/desk").await.form("/desk/review-period");
    amina.submit(&form.with("months", "6")).await.is(303);
    for address in ["/desk/review-period", "/hurdles/2/review-period"] {
        amina.post(address, &[("months", "5")]).await.is(400);
    }
    let keeping = amina.get("/hurdles/2/keeping").await;
    let form = keeping.form("/review-period").with("months", "0");
    amina.submit(&form).await.is(303);
    amina.get("/desk").await.says("None is due.");
    let long_ago = world.app().clock.now().plus(-190 * DAY);
    let tx = world.app().db.begin().await.unwrap();
    let aged = tx.query("UPDATE record SET changed_at = $1").bind(long_ago);
    aged.run().await.unwrap();
    tx.commit().await.unwrap();
    let desk = amina.get("/desk").await;
    desk.says("Pages due to be looked at 1")
        .says("Sites are blocked")
        .keeps_quiet_of("Phones are banned");
    let form = desk.form(&format!("{one}/reviews"));
    let done = amina.submit(&form).await;
    amina.follow(&done).await.says("None is due.");
}
