//! A single page from elsewhere is pasted.

use crate::world::{World, both};

both!(
    a_pasted_page_is_kept_for_its_author_alone,
    a_pasted_page_says_what_is_missing_and_keeps_its_words,
);

async fn a_pasted_page_is_kept_for_its_author_alone(world: World) {
    let tom = world.as_tom();
    tom.get("/guides").await.says("Paste a page from elsewhere");
    let form = tom
        .get("/guides/from-elsewhere")
        .await
        .form("/guides/from-elsewhere");
    let text =
        "== Sites ==\nThe '''filter''' blocks [http://e.org/ all]. {{stub}}\n[[Category:IT]]";
    let form = form.with("text", text).with("do", "look");
    let looked = tom.submit(&form).await;
    looked
        .is(200)
        .says("Read as MediaWiki")
        .says("Not understood")
        .says("stub");
    let said = [
        ("title", "Filters"),
        ("source", "Northshire notes, Ann Example"),
        ("licence", "CC BY-SA 4.0"),
        ("do", "keep"),
    ];
    let mut form = looked.form("/guides/from-elsewhere");
    for (name, words) in said {
        form = form.with(name, words);
    }
    let kept = tom.submit(&form).await;
    let again = tom.submit(&form).await;
    assert_eq!(kept.leads_to(), again.leads_to(), "sent twice, kept once");
    let page = tom.follow(&kept).await;
    page.is(200)
        .says("Filters")
        .says("Northshire notes, Ann Example")
        .says("CC BY-SA 4.0")
        .says("only you see it so far");
    for other in [world.as_visitor(), world.as_amina()] {
        other.get(&page.address).await.is(404);
    }
    world
        .as_visitor()
        .get("/guides")
        .await
        .keeps_quiet_of("Filters");
}

async fn a_pasted_page_says_what_is_missing_and_keeps_its_words(world: World) {
    let tom = world.as_tom();
    let form = tom
        .get("/guides/from-elsewhere")
        .await
        .form("/guides/from-elsewhere");
    let form = form.with("do", "look");
    let empty = tom.submit(&form).await;
    empty.is(422).says("Paste the page");
    let html = "<h1>Title</h1><p>Words <script>alert(1)</script></p>";
    let form = form
        .with("text", html)
        .with("do", "keep")
        .with("syntax", "html");
    let missing = tom.submit(&form).await;
    missing
        .is(422)
        .says("Say where the page comes from")
        .says("Say under which licence it comes")
        .says("<script>alert(1)</script>");
    assert!(missing.has("h2", "Title"), "{}", missing.body);
    assert!(!missing.body.contains("<script>alert"));
    let visitor = world.as_visitor().get("/guides/from-elsewhere").await;
    assert_ne!(visitor.status, 200);
}
