//! Lines of notes: nothing lost, nothing doubled, one order for everybody.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::sessions::{line, noted, sends, told};
use crate::world::{World, both};

both!(
    a_line_put_below_another_stands_there_for_everybody,
    lines_that_arrive_twice_or_out_of_order_are_their_union,
    a_line_is_its_authors_and_says_what_it_said_before,
    the_form_writes_a_line_for_each_line_and_not_twice,
    lines_appear_for_whoever_watches,
);

fn below(id: &str, place: i64, above: &str, text: &str) -> Value {
    let mut line = line(id, place, text);
    line["below"] = json!(above);
    line
}

/// The lines of the page, in the order in which they stand there.
async fn standing(browser: &Browser, at: &str) -> Vec<String> {
    browser.get(at).await.all("span.text")
}

async fn a_line_put_below_another_stands_there_for_everybody(world: World) {
    let at = noted(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let typed = [
        line("tomsline1", 1_000, "First"),
        line("tomsline2", 1_001, "Last"),
    ];
    sends(&tom, at, json!(typed)).await.is(200);
    // Side by side: room is made, as often as somebody wants, and what arrives again changes nothing.
    for _ in 0..2 {
        for (id, text) in [("tomsline3", "Third"), ("tomsline4", "Second")] {
            let line = below(id, 1_000, "tomsline1", text);
            let answer = sends(&tom, at, json!([line])).await.is(200).json();
            assert_eq!(answer["kept"], json!([id]));
        }
    }
    let order = ["First", "Second", "Third", "Last"];
    assert_eq!(standing(&tom, at).await, order);
    assert_eq!(standing(&world.as_visitor(), at).await, order);
    // Whoever watches since before is told where lines went that made room.
    let news = tom.get(&format!("{at}/lines?since=1")).await.json();
    let last = news["lines"].as_array().unwrap().iter();
    let mut places: Vec<_> = last
        .map(|line| (line["place"].as_i64().unwrap(), line["text"].clone()))
        .collect();
    places.sort_by_key(|(place, _)| *place);
    let texts: Vec<_> = places.iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["Second", "Third", "Last"]);
    // A change keeps the place, whatever a late script believes.
    let changed = json!([{ "id": "tomsline2", "place": 1, "together": false, "text": "The last",
        "edition": 2 }]);
    sends(&tom, at, changed).await.is(200);
    assert_eq!(standing(&tom, at).await.last().unwrap(), "The last");
    // Another's own column is theirs; below a line that is not there is at the end of one's own.
    let odd = json!([
        below("dafydds1", 5, "tomsline1", "Mine"),
        below("dafydds2", 6, "nosuchline", "Also")
    ]);
    sends(&dafydd, at, odd).await.is(200);
    assert_eq!(standing(&dafydd, at).await[4..], ["Mine", "Also"]);
    let wrong = json!([below("dafydds3", 7, "<x>", "Wrong")]);
    let answer = sends(&dafydd, at, wrong).await.json();
    assert_eq!(answer["refused"], json!(["dafydds3"]));
    // Without scripts, and in the column that all share: below anybody's line.
    let form = tom.get(at).await.form("/lines").with("where", "together");
    tom.submit(&form.with("text", "One\nFour")).await.is(303);
    let page = dafydd.get(at).await;
    let link = page.link("Line below : One");
    tom.get(at).await.keeps_quiet_of("Line below : Mine");
    world.as_visitor().get(at).await.keeps_quiet_of("?below=");
    let page = dafydd.get(link.split('#').next().unwrap()).await;
    page.is(200).says("What you write goes below");
    let form = page.form("/lines").with("text", "Two\nThree");
    for _ in 0..2 {
        dafydd.submit(&form).await.is(303);
    }
    let together = ["One", "Two", "Three", "Four"];
    assert_eq!(standing(&tom, at).await[..4], together);
    let page = dafydd.submit(&form.with("text", " ")).await;
    page.is(422).says("What you write goes below");
    world
        .as_amina()
        .post(&format!("{at}/locks"), &[])
        .await
        .is(303);
    let whole = told(&tom, 1).await;
    assert_eq!(whole[..4], together);
    assert_eq!(whole[4..7], order[..3]);
}

pub fn edition(id: &str, text: &str, edition: i64) -> Value {
    json!({ "id": id, "place": 1, "together": false, "text": text, "edition": edition })
}

async fn lines_that_arrive_twice_or_out_of_order_are_their_union(world: World) {
    let at = noted(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let all: Vec<Value> = (1..=6)
        .map(|n| line(&format!("tomsline{n}"), n * 1000, &format!("Tom {n}")))
        .collect();
    // The network drops an answer, reorders, and brings what was sent again.
    sends(&tom, at, json!([all[3], all[1]])).await.is(200);
    sends(&tom, at, json!([all[0], all[1], all[2]]))
        .await
        .is(200);
    let both = [
        sends(&tom, at, json!([all[4], all[5], all[3]])),
        sends(&dafydd, at, json!([line("dafydds1", 5, "Dafydd 1")])),
        sends(&tom, at, json!([all[5], all[4], all[0]])),
    ];
    for page in futures_util::future::join_all(both).await {
        let told = page.is(200).json();
        assert_eq!(told["refused"], json!([]));
    }
    let mut told = told(&world.as_visitor(), 1).await;
    told.sort();
    let union = [
        "Dafydd 1", "Tom 1", "Tom 2", "Tom 3", "Tom 4", "Tom 5", "Tom 6",
    ];
    assert_eq!(told, union);
    let page = world.as_visitor().get(at).await;
    let order = page.text().find("Tom 1").unwrap() < page.text().find("Tom 4").unwrap();
    assert!(order, "in the order in which they were written");
}

async fn a_line_is_its_authors_and_says_what_it_said_before(world: World) {
    let at = noted(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    // The change arrives before the line itself.
    sends(&tom, at, json!([edition("onlyline", "Second words", 2)]))
        .await
        .is(200);
    sends(&tom, at, json!([edition("onlyline", "First words", 1)]))
        .await
        .is(200);
    assert_eq!(told(&tom, 1).await, ["Second words"]);
    let refused = sends(&dafydd, at, json!([edition("onlyline", "Mine", 3)]))
        .await
        .json();
    assert_eq!(refused["refused"], json!(["onlyline"]));
    // Two devices of one person write the same edition: neither is lost.
    sends(&tom, at, json!([edition("onlyline", "Third here", 3)]))
        .await
        .is(200);
    sends(&tom, at, json!([edition("onlyline", "Third there", 3)]))
        .await
        .is(200);
    sends(&tom, at, json!([edition("onlyline", "Third here", 3)]))
        .await
        .is(200);
    assert_eq!(told(&tom, 1).await, ["Third there"]);
    let form = tom
        .get(&format!("{at}?change=onlyline"))
        .await
        .form("/lines");
    assert_eq!(form.get("text"), "Third there");
    tom.submit(&form.with("text", "Fourth")).await.is(303);
    assert_eq!(told(&tom, 1).await, ["Fourth"]);
    let form = tom
        .get(&format!("{at}?change=onlyline"))
        .await
        .form("/lines");
    tom.submit(&form.with("text", "")).await.is(303);
    assert!(told(&tom, 1).await.is_empty(), "taken out");
    let odd = json!([{ "id": "x", "place": -1, "together": false, "text": "", "edition": 0 }]);
    assert_eq!(sends(&tom, at, odd).await.json()["refused"], json!(["x"]));
    tom.post(&format!("{at}/lines"), &[("lines", "{")])
        .await
        .is(400);
}

async fn the_form_writes_a_line_for_each_line_and_not_twice(world: World) {
    let at = noted(&world).await;
    let tom = world.as_tom();
    let form = tom.get(at).await.form("/lines");
    tom.submit(&form.clone().with("text", " \n "))
        .await
        .is(422)
        .says("Write something first");
    let form = form.with("text", "One line.\n\n  Another   one.\n<b>Three</b>");
    tom.submit(&form).await.is(303);
    tom.submit(&form).await.is(303);
    assert_eq!(
        told(&tom, 1).await,
        ["One line.", "Another one.", "<b>Three</b>"]
    );
    world
        .as_visitor()
        .get(at)
        .await
        .says("Tom")
        .says("<b>Three</b>");
    let together = tom.get(at).await.form("/lines").with("where", "together");
    tom.submit(&together.with("text", "For all")).await.is(303);
    assert_eq!(told(&tom, 1).await[0], "For all");
}

async fn lines_appear_for_whoever_watches(world: World) {
    use axum::body::Body;
    use axum::http::Method;
    use futures_util::StreamExt;
    use tower::ServiceExt;

    let at = noted(&world).await;
    let tom = world.as_tom();
    sends(&tom, at, json!([line("tomsline1", 1, "Before")]))
        .await
        .is(200);
    let visitor = world.as_visitor();
    let request = visitor.request(Method::GET, &format!("{at}/live?since=0"));
    let request = request
        .header("accept-encoding", "gzip")
        .body(Body::empty())
        .unwrap();
    let answer = world.router().oneshot(request).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert!(
        !answer.headers().contains_key("content-encoding"),
        "nothing is held back"
    );
    let mut news = answer.into_body().into_data_stream();
    let first = String::from_utf8(news.next().await.unwrap().unwrap().to_vec()).unwrap();
    assert!(first.contains("Before"), "{first}");
    sends(
        &world.as_dafydd(),
        at,
        json!([line("dafydds1", 1, "As it is written")]),
    )
    .await
    .is(200);
    let next = String::from_utf8(news.next().await.unwrap().unwrap().to_vec()).unwrap();
    assert!(
        next.contains("As it is written") && next.contains("Dafydd"),
        "{next}"
    );
    world
        .as_amina()
        .post(&format!("{at}/locks"), &[])
        .await
        .is(303);
    let last = String::from_utf8(news.next().await.unwrap().unwrap().to_vec()).unwrap();
    assert!(last.contains("\"locked\":true"), "{last}");
    drop(news);
    world.app().live.close();
    visitor.get(&format!("{at}/live")).await.is(429);
    let asked = visitor.get(&format!("{at}/lines?since=1")).await.json();
    assert_eq!(asked["lines"].as_array().unwrap().len(), 1);
}
