//! Two councils: whatever id somebody puts into an address or a form, nothing of others opens,
//! moves, or is even told apart from what never was.

use crate::bodies::{LIST, Shelf, VIEWERS, Written, imports, two_councils};
use crate::browser::Browser;
use crate::page::Page;
use crate::routes::expected;
use crate::world::{World, both};

both!(
    no_id_in_an_address_opens_what_its_viewer_may_not_read,
    a_second_id_in_a_request_reaches_nothing_hidden,
    a_body_is_kept_by_its_own_people_and_by_stewards,
);

/// What any of our forms may send, all at once.
const FIELDS: [(&str, &str); 14] = [
    ("base", "1"),
    ("revision", "1"),
    ("into", "1"),
    ("title", "Taken over"),
    ("text", "Taken over"),
    ("problem", "Taken over"),
    ("words", "Taken over"),
    ("why", "Because"),
    ("reason", "spam"),
    ("alt", "A sign"),
    ("visibility", "public"),
    ("thread", "1"),
    ("sure", "1"),
    ("summary", "Taken over"),
];

/// The addresses of every route that takes a page's number, with this page's number in it.
fn addresses(one: &Written) -> Vec<(String, String)> {
    let prefixes = [
        format!("/{}/{{slug}}", one.kind),
        format!("/{}/{{number}}", &one.kind[..1]),
        format!("/api/v1/{}/{{number}}", one.kind),
    ];
    let routes = expected().into_iter();
    let of_page = routes.filter(|(_, path, _)| prefixes.iter().any(|one| path.starts_with(one)));
    let number = one.number.to_string();
    of_page
        .map(|(method, path, _)| {
            let path = path.replace("{slug}", &number).replace("{number}", &number);
            (method, path.replace("{seq}", "1"))
        })
        .collect()
}

async fn asked(browser: &Browser, method: &str, path: &str) -> Page {
    match method {
        "GET" => browser.get(path).await,
        _ => browser.post(path, &FIELDS).await,
    }
}

async fn no_id_in_an_address_opens_what_its_viewer_may_not_read(world: World) {
    let shelf = two_councils(&world).await;
    let said = comments(&world, &shelf).await;
    let before = world.everything().await;
    for viewer in VIEWERS {
        let browser = world.whose(viewer);
        let hidden = shelf.hidden_from(viewer).into_iter();
        let for_bodies = hidden.filter(|one| one.visibility != "members");
        for one in for_bodies {
            for (method, path) in addresses(one) {
                let page = asked(&browser, &method, &path).await;
                let is_refused = [401, 403, 404].contains(&page.status);
                assert!(is_refused, "{viewer:?} {method} {path}: {}", page.status);
                shelf.is_kept_from(viewer, &page);
            }
        }
        for (number, one) in &said {
            let routes = expected().into_iter();
            let of_comment = routes.filter(|(_, path, _)| path.starts_with("/comments/{number}"));
            for (method, path, _) in of_comment.filter(|_| !one.is_for(viewer)) {
                let path = path.replace("{number}", &number.to_string());
                let page = asked(&browser, &method, &path).await;
                let is_refused = [401, 403, 404].contains(&page.status);
                assert!(is_refused, "{viewer:?} {method} {path}: {}", page.status);
            }
        }
    }
    assert_eq!(world.everything().await, before, "something moved");
    for viewer in VIEWERS {
        let browser = world.whose(viewer);
        for one in shelf.for_viewer(viewer) {
            let page = browser.get(&one.address).await;
            page.is(200).says(&one.mark);
            shelf.is_kept_from(viewer, &page);
        }
    }
}

/// One comment by its author below each page for bodies: its number and the page.
async fn comments<'s>(world: &World, shelf: &'s Shelf) -> Vec<(i64, &'s Written)> {
    let mut said = Vec::new();
    for one in shelf.0.iter().filter(|one| one.kind == "guides") {
        let author = world.whose(one.author);
        author
            .says(&one.address, &[("words", &one.mark)])
            .await
            .is(303);
        let number = world.number("SELECT max(number) FROM said").await;
        said.push((number, one));
    }
    said
}

/// The page of this kind that this person wrote for these.
fn by<'s>(shelf: &'s Shelf, author: &str, visibility: &str, kind: &str) -> &'s Written {
    let fits =
        |one: &&Written| one.author == author && one.visibility == visibility && one.kind == kind;
    shelf.0.iter().find(fits).unwrap()
}

async fn a_second_id_in_a_request_reaches_nothing_hidden(world: World) {
    let shelf = two_councils(&world).await;
    let (tom, dafydd, amina) = (world.as_tom(), world.as_dafydd(), world.as_amina());
    let hidden = by(&shelf, "Dafydd", "own-organisation", "hurdles");
    let public = by(&shelf, "Tom", "public", "hurdles");
    dafydd
        .says(&hidden.address, &[("words", "Among us")])
        .await
        .is(303);
    let secret = world
        .number("SELECT max(number) FROM said")
        .await
        .to_string();
    // An answer into a hidden thread begins a thread of its own below the public page.
    let fields = [("words", "An answer"), ("thread", secret.as_str())];
    tom.post(&format!("{}/said", public.address), &fields)
        .await
        .is(303);
    let own = world
        .number("SELECT count(*) FROM said WHERE thread = number")
        .await;
    assert_eq!(own, 2);
    tom.get(&public.address).await.says("An answer");
    dafydd.get(&hidden.address).await.says("1 comment");
    // A flag for a hidden comment is no flag for it.
    let flag = format!("{}/flag?comment={secret}", public.address);
    tom.get(&flag).await.keeps_quiet_of("Among us");
    let fields = [
        ("comment", secret.as_str()),
        ("reason", "spam"),
        ("words", "x"),
    ];
    tom.post(&format!("{}/flags", public.address), &fields)
        .await;
    let flags = "SELECT count(*) FROM said WHERE what = 'flag' AND thread <> 0";
    assert_eq!(world.number(flags).await, 0);
    // A page does not go into one that the steward cannot read, nor the other way round.
    let number = hidden.number.to_string();
    let into = [("into", number.as_str())];
    amina
        .post(&format!("{}/mergers", public.address), &into)
        .await
        .is(422);
    let into = [("into", "1")];
    amina
        .post(&format!("/hurdles/{number}/mergers"), &into)
        .await
        .is(404);
    amina.get("/hurdles/1-the-quokka-hub").await.is(200);
    // Nobody watches what they cannot read.
    let id = id_of(&world, hidden).await;
    for (what, subject) in [("page", id.as_str()), ("tag", hidden.mark.as_str())] {
        let fields = [("what", what), ("subject", subject)];
        tom.post("/watches", &fields).await.is(404);
        dafydd.post("/watches", &fields).await.is(303);
    }
    // What is held below a hidden page is decided by nobody who cannot read it.
    let words = [("words", "See https://elsewhere.example/")];
    dafydd.says(&hidden.address, &words).await.is(303);
    let held = world
        .number("SELECT max(number) FROM said")
        .await
        .to_string();
    for act in ["accept", "refuse"] {
        let why = format!("why-{held}");
        let fields = [
            (act, held.as_str()),
            (why.as_str(), "No"),
            ("item", held.as_str()),
        ];
        amina.post("/desk/held/decisions", &fields).await;
    }
    let fields = [("why-all", "No"), ("sure", "1")];
    amina.post("/desk/held/clearances", &fields).await;
    let waits = "SELECT count(*) FROM said WHERE state = 'held'";
    assert_eq!(world.number(waits).await, 1);
    opened_to_others(&world, &shelf).await;
}

async fn id_of(world: &World, one: &Written) -> String {
    let page = world.whose(one.author).get(&one.address).await;
    page.form("/watches").get("subject").to_owned()
}

/// Nobody opens a page in the name of a body where they do not work, or one that is not theirs.
async fn opened_to_others(world: &World, shelf: &Shelf) {
    let (tom, ruth, amina) = (world.as_tom(), world.as_ruth(), world.as_amina());
    let own = by(shelf, "Tom", "own-organisation", "hurdles");
    let form = tom.get("/hurdles/new").await.form("/hurdles");
    let form = form.with("title", "Elsewhere").with("heading", "access");
    let form = form
        .with("visibility", "own-organisation")
        .with("own", "beckham");
    let saved = tom.submit(&form).await;
    assert!(saved.status == 422, "{}", saved.status);
    for visibility in ["public", "bodies", "own-organisation"] {
        let fields = [
            ("visibility", visibility),
            ("own", "aldham"),
            ("body", "Beckham"),
        ];
        let more = [("why", visibility)];
        let fields: Vec<(&str, &str)> = fields.into_iter().chain(more).collect();
        ruth.changes(&own.address, &fields).await;
        ruth.get(&own.address).await.is(200).says(visibility);
        for outsider in [world.as_visitor(), world.as_dafydd(), world.as_amina()] {
            outsider.get(&own.address).await.is(404);
        }
    }
    let form = amina.get("/hurdles/new").await;
    form.keeps_quiet_of("own-organisation");
    let form = form
        .form("/hurdles")
        .with("title", "A steward")
        .with("heading", "access");
    amina
        .submit(&form.with("visibility", "bodies"))
        .await
        .is(422);
}

async fn a_body_is_kept_by_its_own_people_and_by_stewards(world: World) {
    imports(&world, LIST).await;
    let (tom, dafydd, amina) = (world.as_tom(), world.as_dafydd(), world.as_amina());
    world.works_at("Tom", "aldham").await;
    let (aldham, beckham) = ("/organisations/aldham", "/organisations/beckham");
    let fields = [("name", "Parks"), ("note", "")];
    tom.post(&format!("{aldham}/services"), &fields)
        .await
        .is(303);
    amina
        .post(&format!("{beckham}/services"), &fields)
        .await
        .is(303);
    let form = amina.get(beckham).await.form("/removal");
    let id = form.action.split('/').nth(4).unwrap().to_owned();
    dafydd
        .post(&format!("{beckham}/memberships"), &[])
        .await
        .is(303);
    let waiting = amina.get(beckham).await.form("/confirmations").action;
    let who = waiting.split('/').nth(4).unwrap().to_owned();
    let before = world.everything().await;
    // Tom keeps Aldham: neither Beckham nor, under Aldham's address, what is Beckham's.
    for (path, status) in [
        (format!("{beckham}/services"), 403),
        (format!("{beckham}/services/{id}"), 403),
        (format!("{beckham}/services/{id}/removal"), 403),
        (format!("{aldham}/services/{id}"), 404),
        (format!("{aldham}/services/{id}/removal"), 404),
        (format!("{beckham}/memberships/{who}/confirmations"), 403),
        (format!("{beckham}/memberships/{who}/removal"), 403),
        (format!("{aldham}/memberships/{who}/confirmations"), 404),
        (format!("{aldham}/memberships/{who}/removal"), 404),
        (format!("{beckham}/mail-domain"), 403),
        (format!("{aldham}/mail-domain"), 403),
        ("/organisations/nowhere/memberships".to_owned(), 404),
    ] {
        let fields = [("name", "Taken"), ("mail-domain", "evil.example")];
        tom.post(&path, &fields).await.is(status);
    }
    // Who waits confirms nobody, least of all themselves; a visitor nothing at all.
    dafydd.post(&waiting, &[]).await.is(403);
    amina
        .post(&format!("{aldham}/services/{id}/removal"), &[])
        .await
        .is(404);
    for path in [&waiting, &format!("{aldham}/services")] {
        world.as_visitor().post(path, &[]).await.is(401);
    }
    assert_eq!(world.everything().await, before);
    tom.get(beckham).await.keeps_quiet_of("Dafydd");
    world.as_visitor().get(aldham).await.keeps_quiet_of("Tom");
    dafydd.get(aldham).await.keeps_quiet_of(">Tom<");
}
