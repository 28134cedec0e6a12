//! Saying something: without an account held for a steward, with one at once.

use crate::world::{World, both};

both!(
    what_a_visitor_says_is_read_by_nobody_until_it_is_accepted,
    a_refusal_says_why_to_its_author_alone,
    what_was_said_can_be_taken_back,
    a_field_that_nobody_sees_catches_programs,
    what_is_wrong_is_said_and_the_words_are_kept,
    members_talk_at_once,
    a_newcomers_links_wait_for_a_steward,
    thanks_count_once,
    a_way_over_becomes_a_solution,
    a_hidden_pages_discussion_is_hidden,
    strange_words_are_said_as_they_are,
);

pub const WORDS: &str = "We asked Siân in legal first.";

async fn what_a_visitor_says_is_read_by_nobody_until_it_is_accepted(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let sent = [("what", "way"), ("words", WORDS), ("name", "Bryn")];
    let said = visitor.says(&address, &sent).await;
    let link = said.is(303).leads_to();
    let secret = link.strip_prefix("/said/").unwrap();
    let secret = secret.split('?').next().unwrap().to_owned();
    let mine = visitor.follow(&said).await;
    mine.is(200).says("Thank you.").says(WORDS);
    mine.says("Waiting for a steward")
        .says("Keep this page's address");
    assert_eq!(mine.header("referrer-policy"), "strict-origin");
    assert_eq!(mine.header("cache-control"), "no-store");
    let feed = format!("{address}/discussion.atom");
    let whole = format!("{address}/discussion");
    for place in [
        &address,
        &whole,
        &feed,
        "/changes",
        "/comments/1",
        "/moderation",
    ] {
        for reader in [world.as_visitor(), world.as_dafydd()] {
            reader.get(place).await.keeps_quiet_of("legal first");
        }
    }
    assert_eq!(
        world
            .number("SELECT count(*) FROM said WHERE words LIKE '%legal%'")
            .await,
        1
    );
    for table in world.everything().await {
        assert!(
            !format!("{table:?}").contains(&secret),
            "the secret is stored"
        );
    }
    amina.get("/desk").await.says("1 item waits");
    amina.decides("accept", WORDS, "").await.is(303);
    let page = world.as_visitor().get(&address).await;
    page.is(200).says(WORDS).says("1 comment").says("Bryn");
    world
        .as_visitor()
        .get(&feed)
        .await
        .is(200)
        .says("legal first");
    let whole = visitor.get(&whole).await;
    whole.says("A way over").says("Bryn");
    visitor.get(&link).await.says("Published.");
    world
        .as_visitor()
        .get("/changes")
        .await
        .keeps_quiet_of("legal first");
}

async fn a_refusal_says_why_to_its_author_alone(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let link = visitor.says(&address, &[("words", WORDS)]).await.leads_to();
    let unsaid = amina.decides("refuse", WORDS, "").await;
    unsaid.is(422).says("Give a reason: its author reads it");
    let decided = amina
        .decides("refuse", WORDS, "It tells who was asked")
        .await;
    amina
        .follow(&decided)
        .await
        .says("Decided")
        .says("Nothing waits");
    let mine = visitor.get(&link).await;
    mine.says("Not published.")
        .says("The reason: It tells who was asked");
    visitor.get(&address).await.keeps_quiet_of("legal first");
    let late = amina.post("/desk/held/decisions", &[("accept", "1")]).await;
    amina.follow(&late).await.says("decided by somebody else");
}

async fn what_was_said_can_be_taken_back(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let first = visitor.says(&address, &[("words", WORDS)]).await;
    let mine = visitor.follow(&first).await;
    let gone = visitor.submit(&mine.form("/withdrawal")).await;
    visitor.follow(&gone).await.says("Taken back.");
    amina.get("/desk/held").await.says("Nothing waits");
    let second = visitor.says(&address, &[("words", WORDS)]).await;
    amina.decides("accept", WORDS, "").await;
    let mine = visitor.follow(&second).await;
    visitor.submit(&mine.form("/withdrawal")).await.is(303);
    visitor.get(&address).await.keeps_quiet_of("legal first");
    let whole = visitor.get(&format!("{address}/discussion")).await;
    whole.says("Removed by its author").says("No comments yet");
    visitor.get("/said/0123").await.is(404);
}

async fn a_field_that_nobody_sees_catches_programs(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let caught = [("words", WORDS), ("website", "https://spam.example")];
    let said = visitor.says(&address, &caught).await;
    visitor.follow(&said).await.is(200).says("Thank you.");
    let form = visitor
        .get(&format!("{address}/suggest"))
        .await
        .form("/suggestions");
    let form = form.with("problem", "Spam").with("website", "x");
    visitor.submit(&form).await.is(303);
    let form = visitor.get(&format!("{address}/flag")).await.form("/flags");
    visitor.submit(&form.with("website", "x")).await.is(303);
    assert_eq!(world.number("SELECT count(*) FROM said").await, 0);
}

async fn what_is_wrong_is_said_and_the_words_are_kept(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let nothing = visitor
        .says(&address, &[("words", " \r\n "), ("name", "Bryn")])
        .await;
    nothing.is(422).says("Write a few words");
    assert_eq!(nothing.form("/said").get("name"), "Bryn");
    let long = "ŵ".repeat(4_001);
    let sent = [("words", long.as_str()), ("what", "help"), ("name", "()")];
    let page = visitor.says(&address, &sent).await;
    page.is(422)
        .says("Your words: shorten this by 1 characters");
    page.says("Give a name of up to 60 characters");
    assert_eq!(page.form("/said").get("words"), long);
    assert_eq!(page.form("/said").get("what"), "help");
    let unknown = visitor.post("/hurdles/99/said", &[("words", "x")]).await;
    unknown.is(404);
}

async fn members_talk_at_once(world: World) {
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    visitor.get(&address).await.keeps_quiet_of("Ask IT, see");
    let said = dafydd
        .says(&address, &[("words", "Ask **IT**, see [[1]].")])
        .await;
    let page = dafydd.follow(&said).await;
    page.is(200).says("Said. Thank you.").says("Dafydd");
    assert!(page.has("strong", "IT"));
    assert!(page.links().contains(&address));
    let whole = format!("{address}/discussion");
    let form = tom.get(&format!("{whole}?answer=1")).await.form("/said");
    let answered = tom.submit(&form.with("words", "They said no.")).await;
    tom.follow(&answered).await.says("They said no.");
    let form = dafydd.get(&format!("{whole}?answer=2")).await;
    assert_eq!(form.form("/said").get("thread"), "1");
    let again = dafydd.get(&format!("{whole}?answer=1")).await.form("/said");
    dafydd
        .submit(&again.with("thread", "2").with("words", "Ask again."))
        .await
        .is(303);
    let page = visitor.get(&whole).await;
    page.says("3 comments");
    assert_eq!(page.all("div.answers").len(), 1);
    assert!(page.has("div.answers", "They said no."));
    assert!(page.has("div.answers", "Ask again."));
    visitor.get(&address).await.says("2 answers");
    let there = visitor.get("/comments/3").await;
    let there = there.is(302).leads_to();
    assert!(
        there.starts_with(&whole) && there.ends_with("#comment-3"),
        "{there}"
    );
    // A visitor's answer begins a thread of its own.
    visitor
        .post(
            &format!("{address}/said"),
            &[("words", "Me too"), ("thread", "1")],
        )
        .await;
    let own = "SELECT count(*) FROM said WHERE thread = number";
    assert_eq!(world.number(own).await, 2);
}

async fn a_newcomers_links_wait_for_a_steward(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let link = "See https://other.example/page";
    let said = tom.says(&address, &[("words", link)]).await;
    let mine = tom.follow(&said).await;
    mine.says("Waiting for a steward").says(link);
    assert!(
        !mine
            .links()
            .contains(&"https://other.example/page".to_owned())
    );
    visitor.get(&address).await.keeps_quiet_of("other.example");
    let queue = amina.get("/desk/held").await;
    queue.says("It leads to other places");
    assert!(
        !queue
            .links()
            .contains(&"https://other.example/page".to_owned())
    );
    amina.decides("accept", link, "").await.is(303);
    let page = visitor.get(&format!("{address}/discussion")).await;
    assert!(
        page.links()
            .contains(&"https://other.example/page".to_owned())
    );
    tom.get("/waiting").await.says("Accepted: Comment");
    tom.says(&address, &[("words", "One")]).await;
    tom.says(&address, &[("words", "Two")]).await;
    tom.says(&address, &[("words", link)]).await;
    amina.get("/desk/held").await.says("1 item waits");
    world.minutes_pass(2 * 24 * 60);
    let known = tom.says(&address, &[("words", "www.other.example")]).await;
    tom.follow(&known).await.says("Said. Thank you.");
    let edit = tom.get("/comments/2/edit").await.form("/edits");
    tom.submit(&edit.with("words", "One, again")).await.is(303);
    visitor.get(&address).await.is(200);
}

async fn thanks_count_once(world: World) {
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    tom.says(&address, &[("words", WORDS)]).await;
    let whole = format!("{address}/discussion");
    let thanks = dafydd.get(&whole).await.form("/thanks");
    dafydd.submit(&thanks).await.is(303);
    dafydd.submit(&thanks).await.is(303);
    visitor.get(&whole).await.says("1 thanks");
    tom.post("/comments/1/thanks", &[]).await.is(403);
    visitor.post("/comments/1/thanks", &[]).await.is(401);
    let back = dafydd.get(&whole).await.form("/thanks");
    dafydd.submit(&back).await.is(303);
    visitor.get(&whole).await.keeps_quiet_of("1 thanks");
}

async fn a_way_over_becomes_a_solution(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let way = "Put a laptop on the public wifi. It costs nothing.";
    visitor
        .says(&address, &[("what", "way"), ("words", way)])
        .await;
    let there = amina.get("/desk/held").await.link("Make a solution of it");
    let form = amina.get(&there).await.is(200).form("/solutions");
    assert!(form.get("steps").starts_with(way));
    assert!(form.get("steps").contains("/comments/1"));
    assert_eq!(form.get("hurdles"), "1");
    amina.decides("accept", way, "").await;
    let whole = tom.get(&format!("{address}/discussion")).await;
    whole.link("Make a solution of it");
    let page = visitor.get(&format!("{address}/discussion")).await;
    page.keeps_quiet_of("Make a solution of it");
}

async fn a_hidden_pages_discussion_is_hidden(world: World) {
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    let hidden = [("visibility", "members")];
    let address = tom.writes_hurdle("Sites are blocked", &hidden).await;
    dafydd.says(&address, &[("words", "zanzibar @tom")]).await;
    dafydd
        .says(&address, &[("words", "https://zanzibar.example")])
        .await;
    tom.get(&address).await.says("1 comment");
    tom.get("/waiting").await.says("zanzibar");
    for place in ["", "/discussion", "/discussion.atom", "/suggest", "/flag"] {
        visitor.get(&format!("{address}{place}")).await.is(404);
    }
    visitor.get("/comments/1").await.is(404);
    for act in ["said", "suggestions", "flags"] {
        let sent = [("words", "x"), ("base", "1"), ("reason", "rude")];
        visitor
            .post(&format!("{address}/{act}"), &sent)
            .await
            .is(404);
    }
    world
        .as_amina()
        .get("/desk/held")
        .await
        .says("zanzibar.example");
    tom.changed(&address, &[("visibility", "only-me")]).await;
    dafydd.get(&format!("{address}/discussion")).await.is(404);
    dafydd.get("/comments/1").await.is(404);
    let desk = world.as_amina().get("/desk/held").await;
    desk.says("Nothing waits").keeps_quiet_of("zanzibar");
    world
        .as_amina()
        .post("/desk/held/decisions", &[("accept", "2")])
        .await
        .is(303);
    assert_eq!(
        world
            .number("SELECT count(*) FROM said WHERE state = 'held'")
            .await,
        1
    );
    tom.get(&address).await.says("1 comment");
}

async fn strange_words_are_said_as_they_are(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let strange = [
        "\"><script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "a\0b",
        "\u{202e}tfel",
        "[[99]] [[hurdle 0]] [[No such page]]",
        "@ @@ @- @\u{1}",
        "]]>",
        "🐎",
        "'; DROP TABLE said; --",
        "\u{fdd0}\u{fffe}x",
    ];
    for words in strange {
        let said = visitor
            .says(&address, &[("words", words), ("name", words)])
            .await;
        if said.status == 422 {
            assert_eq!(said.form("/said").get("words"), words.replace('\0', ""));
            visitor.says(&address, &[("words", words)]).await.is(303);
        }
        tom.says(&address, &[("words", words)]).await.is(303);
        let flag = [("reason", "other"), ("words", words)];
        visitor
            .post(&format!("{address}/flags"), &flag)
            .await
            .is(303);
        let flag = [("reason", words), ("comment", words)];
        let answer = visitor.post(&format!("{address}/flags"), &flag).await;
        assert_eq!(answer.status, 422, "{words:?}");
        for (path, name) in [
            ("/watches", "subject"),
            ("/watches", "what"),
            ("/watches/removals", "subject"),
            ("/waiting/readings", "until"),
            ("/desk/held/decisions", "accept"),
            ("/desk/held/decisions", "item"),
            ("/desk/held/clearances", "why-all"),
            ("/desk/held/1/resolutions", "base"),
        ] {
            let page = amina.post(path, &[(name, words), ("what", "tag")]).await;
            assert!(
                page.status < 500,
                "{path} {name} {words:?}: {}",
                page.text()
            );
        }
    }
    amina.get("/desk/held").await.is(200);
    let ticked: Vec<(&str, String)> = (1..100).map(|n| ("item", n.to_string())).collect();
    let mut ticked: Vec<(&str, &str)> = ticked.iter().map(|(k, v)| (*k, v.as_str())).collect();
    ticked.push(("do", "accept"));
    amina.post("/desk/held/decisions", &ticked).await.is(303);
    for place in ["", "/discussion"] {
        let page = visitor.get(&format!("{address}{place}")).await;
        page.is(200);
        for bad in ["<script>", "<img", "href=\"javascript", "\0"] {
            assert!(!page.body.contains(bad), "{bad}: {}", page.body);
        }
    }
    let feed = visitor.get(&format!("{address}/discussion.atom")).await;
    roxmltree::Document::parse(&feed.is(200).body).unwrap();
    visitor.get("/moderation").await.is(200);
    tom.get("/waiting").await.is(200);
}
