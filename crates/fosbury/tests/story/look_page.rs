//! The owner decides on a page how the place looks; everybody sees it at once.

use std::io::Read;

use db::{Db, Reads};
use fosbury::look::memory::Looks;
use fosbury::settings::Settings;
use image::ImageFormat;

use crate::attachments::{Fetched, encoded, fetched, picture, sends};
use crate::browser::Browser;
use crate::elsewhere::{Elsewhere, exports};
use crate::page::Page;
use crate::world::{Engine, World, both, tell_with};

both!(
    a_look_is_looked_at_then_kept_and_seen_by_everybody_at_once,
    only_the_owner_decides_and_only_what_was_looked_at,
    what_cannot_be_is_refused_with_the_words_kept,
    a_logo_is_drawn_anew_and_served_so_that_it_cannot_run,
    the_way_back_to_the_file_can_be_gone_back,
    every_node_and_every_copy_shows_the_look,
);

const PAGE: &str = "/place/look";
const PREVIEW: &str = "/place/look/previews";

/// A form of the look as a browser sends it; `logo` is the picture that was chosen.
async fn looks_at(browser: &Browser, fields: &[(&str, &str)], logo: Option<&[u8]>) -> Page {
    let form = browser.get(PAGE).await.is(200).form("/previews");
    let mut body = Vec::new();
    let mut all = form.fields.clone();
    all.retain(|(name, _)| name != "logo" && !fields.iter().any(|(own, _)| own == name));
    let sent = fields
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
    for (name, value) in all.into_iter().chain(sent) {
        let part =
            format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    if let Some(bytes) = logo {
        let part = "--X\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"l.png\"\r\nContent-Type: image/png\r\n\r\n";
        body.extend(part.as_bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--X--\r\n");
    sends(browser, PREVIEW, body).await
}

/// Looks at it and keeps it.
async fn keeps(browser: &Browser, fields: &[(&str, &str)], logo: Option<&[u8]>) {
    looks_at(browser, fields, logo).await.is(303);
    let preview = browser.get(PREVIEW).await;
    let kept = browser.submit(&preview.form("/place/look")).await;
    browser
        .follow(kept.is(303))
        .await
        .says("Every page shows it now");
}

async fn a_look_is_looked_at_then_kept_and_seen_by_everybody_at_once(world: World) {
    let (ruth, visitor) = (world.as_ruth(), world.as_visitor());
    visitor.get("/").await.says("Fosbury");
    visitor.get("/hurdles").await.says("Hurdles");
    ruth.get("/desk").await.says("Look of the place");
    ruth.get(PAGE).await.says("The settings file says: Fosbury");
    let chosen = [
        ("name", "Over in <b>Northshire</b>"),
        ("introduction", "What stops you & \"us\"?"),
        ("accent", "#0B7A75"),
        ("licence", "OGL 3.0"),
        ("licence-url", "https://licence.example/ogl"),
        ("credit", "the people of Northshire"),
        ("word-hurdle", "barrier"),
        ("word-hurdles", "barriers"),
    ];
    let sent = looks_at(&ruth, &chosen, None).await;
    let preview = ruth.follow(sent.is(303)).await;
    // The page shows itself as all pages would be.
    preview
        .says("Over in <b>Northshire</b>")
        .says("What stops you & \"us\"?")
        .says("Against the light page 5.0 : 1, against the dark one 3.4 : 1")
        .says("hurdle → barrier");
    assert!(preview.has("nav", "Barriers"));
    assert!(
        preview
            .body
            .contains("/place/look/previews/accent.css?v=0b7a75")
    );
    assert!(!preview.body.contains("<b>Northshire"));
    visitor.get("/").await.keeps_quiet_of("Northshire");
    visitor.get("/hurdles").await.says("Hurdles");
    let kept = ruth.submit(&preview.form("/place/look")).await;
    ruth.follow(kept.is(303))
        .await
        .says("Every page shows it now");
    // Pages that were kept for visitors are made anew.
    let front = visitor.get("/").await;
    front
        .says("Over in <b>Northshire</b>")
        .says("What stops you & \"us\"?")
        .says("OGL 3.0")
        .says("the people of Northshire");
    assert!(front.body.contains("/accent.css?v=0b7a75"));
    visitor
        .get("/hurdles")
        .await
        .says("Barriers")
        .keeps_quiet_of("Hurdles");
    let accent = visitor.get("/accent.css").await;
    assert!(accent.body.contains("--accent:#0b7a75"), "{}", accent.body);
    let about = visitor.get("/api/v1/openapi.json").await.json();
    assert!(about["info"]["title"].to_string().contains("Northshire"));
    // What is written from now on carries the licence.
    let address = world.as_tom().writes_hurdle("Sites are blocked", &[]).await;
    visitor.get(&address).await.says("OGL 3.0");
    let audited = "SELECT count(*) FROM audit WHERE act = 'look' AND detail LIKE '%accent%words%'";
    assert_eq!(world.number(audited).await, 1);
}

async fn only_the_owner_decides_and_only_what_was_looked_at(world: World) {
    let ruth = world.as_ruth();
    looks_at(&ruth, &[("name", "First")], None).await.is(303);
    let form = ruth.get(PREVIEW).await.form("/place/look");
    for (browser, status) in [
        (world.as_visitor(), 401),
        (world.as_tom(), 403),
        (world.as_amina(), 403),
    ] {
        browser.get(PAGE).await.is(status);
        browser.get(PREVIEW).await.is(status);
        browser
            .get("/place/look/previews/accent.css")
            .await
            .is(status);
        browser.submit(&form).await.is(status);
        browser.post("/place/look/removal", &[]).await.is(status);
    }
    looks_at(&ruth, &[("name", "Second")], None).await.is(303);
    let other = ruth.submit(&form).await;
    ruth.follow(other.is(303))
        .await
        .says("another look than the one you saw");
    world
        .as_visitor()
        .get("/")
        .await
        .keeps_quiet_of("Second")
        .says("Fosbury");
    let preview = ruth.get(PREVIEW).await;
    ruth.submit(&preview.form("/removal")).await.is(303);
    ruth.get(PREVIEW).await.is(303);
    assert_eq!(world.number("SELECT count(*) FROM look").await, 0);
    // A look that is the file's leaves nothing behind.
    keeps(&ruth, &[("name", "Third")], None).await;
    keeps(&ruth, &[("name", "")], None).await;
    assert_eq!(world.number("SELECT count(*) FROM look").await, 0);
    world.as_visitor().get("/").await.says("Fosbury");
}

async fn what_cannot_be_is_refused_with_the_words_kept(world: World) {
    let ruth = world.as_ruth();
    let long = "x".repeat(61);
    for (field, value, sentence) in [
        ("accent", "yellow", "A colour is written like #0b7a75"),
        (
            "accent",
            "#ffb703",
            "stands out only 1.7 : 1 from the light page",
        ),
        (
            "accent",
            "#14213d",
            "stands out only 1.1 : 1 from the dark page",
        ),
        ("accent", "#fff}body{x:y", "A colour is written like"),
        ("name", &long, "60 letters at the most"),
        (
            "licence-url",
            "javascript:alert(1)",
            "An address that begins with https://",
        ),
        (
            "word-steward",
            "<b>",
            "The word for “steward” has 1 to 40 letters",
        ),
    ] {
        let answer = looks_at(&ruth, &[(field, value)], None).await;
        answer.is(422).says(sentence);
        assert_eq!(answer.form("/previews").get(field), value, "{field}");
    }
    // The colour that is offered instead is one that is taken.
    let answer = looks_at(&ruth, &[("accent", "#ffb703")], None).await;
    let text = answer.text();
    let near = text.split("Near it, ").nth(1).unwrap().get(..7).unwrap();
    looks_at(&ruth, &[("accent", near)], None).await.is(303);
    for (logo, sentence) in [
        (
            &b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"[..],
            "A logo is a PNG",
        ),
        (b"%PDF-1.7", "A logo is a PNG"),
        (b"\x89PNG\r\n\x1a\nnot really", "damaged"),
    ] {
        let answer = looks_at(&ruth, &[("name", "Kept words")], Some(logo)).await;
        answer.is(422).says(sentence);
        assert_eq!(answer.form("/previews").get("name"), "Kept words");
    }
}

async fn a_logo_is_drawn_anew_and_served_so_that_it_cannot_run(world: World) {
    let (ruth, visitor) = (world.as_ruth(), world.as_visitor());
    assert_eq!(fetched(&visitor, "/logo").await.status, 404);
    let mut photo = encoded(&picture(1200, 750), ImageFormat::Png);
    photo.extend(b"<script>alert(1)</script>");
    keeps(&ruth, &[], Some(&photo)).await;
    let front = visitor.get("/").await;
    let address = front.body.split("src=\"/logo").nth(1).unwrap();
    let address = format!("/logo{}", address.split('"').next().unwrap());
    let logo = fetched(&visitor, &address).await;
    assert_eq!(
        (logo.status, logo.header("content-type")),
        (200, "image/png")
    );
    assert!(logo.header("content-security-policy").contains("sandbox"));
    let bytes = whole(&logo);
    assert!(bytes.len() <= 40_000, "{}", bytes.len());
    assert!(!bytes.windows(7).any(|some| some == b"<script"));
    let drawn = image::load_from_memory(&bytes).unwrap();
    assert!(drawn.width() <= 256 && drawn.height() <= 160);
    // Another name leaves the logo; a tick takes it away.
    keeps(&ruth, &[("name", "Northshire")], None).await;
    assert_eq!(fetched(&visitor, &address).await.bytes, logo.bytes);
    keeps(&ruth, &[("no-logo", "1")], None).await;
    visitor.get("/").await.keeps_quiet_of("src=\"/logo");
    visitor.get("/").await.says("Northshire");
}

/// What a browser has of an answer once it is unpacked.
fn whole(fetched: &Fetched) -> Vec<u8> {
    if fetched.header("content-encoding") != "gzip" {
        return fetched.bytes.clone();
    }
    let mut whole = Vec::new();
    flate2::read::GzDecoder::new(fetched.bytes.as_slice())
        .read_to_end(&mut whole)
        .unwrap();
    whole
}

async fn the_way_back_to_the_file_can_be_gone_back(world: World) {
    let (ruth, visitor) = (world.as_ruth(), world.as_visitor());
    let logo = encoded(&picture(64, 40), ImageFormat::Png);
    keeps(&ruth, &[("name", "Northshire")], Some(&logo)).await;
    visitor.get("/").await.says("Northshire");
    let back = ruth.get(PAGE).await.form("/place/look/removal");
    let done = ruth.submit(&back).await;
    let page = ruth.follow(done.is(303)).await;
    page.says("As the settings file says again")
        .says("Something waits");
    visitor.get("/").await.keeps_quiet_of("Northshire");
    assert_eq!(fetched(&visitor, "/logo").await.status, 404);
    let preview = ruth.get(PREVIEW).await;
    preview.says("Northshire");
    ruth.submit(&preview.form("/place/look")).await.is(303);
    visitor.get("/").await.says("Northshire");
    assert_eq!(fetched(&visitor, "/logo").await.status, 200);
}

async fn every_node_and_every_copy_shows_the_look(world: World) {
    let ruth = world.as_ruth();
    let settings = world.app().settings.clone();
    let newest = async || {
        let db = &world.app().db;
        fosbury::search::store::newest(db).await.unwrap()
    };
    let node = Db::open(&settings.database).await.unwrap();
    let looks = Looks::new(&settings.site);
    assert_eq!(looks.today(&node).await.unwrap().site.name, "Fosbury");
    let heard = newest().await;
    let words = [("name", "Northshire"), ("word-guide", "handbook")];
    let logo = encoded(&picture(64, 40), ImageFormat::Png);
    keeps(&ruth, &words, Some(&logo)).await;
    assert!(newest().await > heard, "other nodes are told");
    node.touched();
    let look = looks.today(&node).await.unwrap();
    assert_eq!(look.site.name, "Northshire");
    assert!(look.logo.is_some());
    assert_eq!(look.words.say("one-guide"), "Handbook");
    // An export says it in its words, and brings it back.
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("export");
    exports(&world.app().db, &settings, &folder).await;
    let readme = std::fs::read_to_string(folder.join("README.txt")).unwrap();
    assert!(readme.contains("Northshire"), "{readme}");
    let engine = match world.app().db.engine_name() {
        "SQLite" => Engine::Postgres,
        _ => Engine::Sqlite,
    };
    let Some(elsewhere) = Elsewhere::new(&world, engine).await else {
        return;
    };
    elsewhere.imports(&folder).await.unwrap();
    let db = elsewhere.db().await;
    let there = Looks::new(&settings.site).today(&db).await.unwrap();
    assert_eq!(
        (there.site.name.as_str(), &there.logo),
        ("Northshire", &look.logo)
    );
    let row: (Vec<u8>,) = db
        .query("SELECT logo FROM look WHERE state = 'kept'")
        .one()
        .await
        .unwrap();
    assert_eq!(image::load_from_memory(&row.0).unwrap().width(), 64);
    drop(db);
    elsewhere.goes_away().await;
}

/// What stands in the settings file of this place.
fn of_northshire(settings: &mut Settings) {
    settings.site.name = "Northshire".to_owned();
    settings.site.accent = Some("#ffb703".to_owned());
}

async fn the_file_is_the_default_and_the_page_wins(world: World) {
    let (ruth, visitor) = (world.as_ruth(), world.as_visitor());
    let form = ruth.get(PAGE).await.form("/previews");
    assert_eq!(form.get("name"), "Northshire");
    // The file's own colour is its writer's business; it does not stand in the way of a name.
    keeps(&ruth, &[("name", "Southshire")], None).await;
    let front = visitor.get("/").await;
    front.says("Southshire");
    assert!(front.body.contains("accent.css?v=ffb703"));
    keeps(&ruth, &[("accent", "")], None).await;
    let front = visitor.get("/").await;
    front.says("Southshire").keeps_quiet_of("accent.css");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_is_the_default_and_the_page_wins_on_sqlite() {
    tell_with(
        Engine::Sqlite,
        of_northshire,
        the_file_is_the_default_and_the_page_wins,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_is_the_default_and_the_page_wins_on_postgres() {
    tell_with(
        Engine::Postgres,
        of_northshire,
        the_file_is_the_default_and_the_page_wins,
    )
    .await;
}
