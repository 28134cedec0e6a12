//! Coming in without a password.

use fosbury::settings::{Settings, SignUp};

use crate::browser::Browser;
use crate::page::Page;
use crate::world::{Engine, World, both, tell_with};

both!(
    a_link_by_mail_acts_only_by_post_and_once,
    a_code_works_only_in_the_browser_that_asked,
    five_wrong_codes_end_it,
    a_link_lasts_a_quarter_of_an_hour,
    known_and_unknown_addresses_get_the_same_answer,
    after_signing_in_one_is_where_one_wanted_to_be_and_nowhere_else,
    somebody_new_is_asked_for_a_name,
    too_many_letters_to_one_address_are_refused_for_a_while,
    too_many_tries_from_one_network_are_refused_for_a_while,
    a_wrong_address_is_told_and_kept,
    signing_out_ends_the_sign_in_itself,
    cookies_are_kept_from_scripts_and_other_sites,
    a_place_for_the_invited_lets_in_nobody_else,
);

/// Asks for a letter and waits for it to arrive.
pub async fn asks(world: &World, browser: &Browser, to: &str, count: usize) -> crate::sink::Letter {
    let form = browser
        .get("/sign-in")
        .await
        .form("/sign-in")
        .with("address", to);
    let asked = browser.submit(&form).await;
    assert_eq!(asked.is(303).leads_to(), "/sign-in/check");
    world.sink().letter(to, count).await
}

const TOM: &str = "tom@council.example";

async fn a_link_by_mail_acts_only_by_post_and_once(world: World) {
    let (asking, other) = (world.as_visitor(), world.as_visitor());
    let letter = asks(&world, &asking, TOM, 1).await;
    assert_eq!(letter.subject, "Sign in to Fosbury");
    let sign_ins = "SELECT count(*) FROM sign_in";
    let before = world.number(sign_ins).await;
    for _ in 0..2 {
        let landing = other.get(&letter.link()).await;
        landing.is(200).says("One more press");
        assert_eq!(landing.header("referrer-policy"), "strict-origin");
        assert_eq!(landing.header("set-cookie"), "");
    }
    assert_eq!(world.number(sign_ins).await, before);
    let landing = other.get(&letter.link()).await;
    let inside = other.submit(&landing.forms().pop().unwrap()).await;
    assert_eq!(inside.is(303).leads_to(), "/");
    other.get("/account").await.is(200).says("Tom");
    for page in [
        asking.get(&letter.link()).await,
        asking.post(&letter.link(), &[]).await,
    ] {
        page.is(410).says("This link has ended");
    }
    asking
        .post("/sign-in/code", &[("code", &letter.code())])
        .await
        .is(422);
    asking.get("/sign-in/0123").await.is(410);
}

async fn a_code_works_only_in_the_browser_that_asked(world: World) {
    let (asking, other) = (world.as_visitor(), world.as_visitor());
    let letter = asks(&world, &asking, TOM, 1).await;
    let ended = other
        .post("/sign-in/code", &[("code", &letter.code())])
        .await;
    ended.is(422).says("asked for in another browser");
    let spaced = format!(" {} {}", &letter.code()[..3], &letter.code()[3..]);
    asking
        .post("/sign-in/code", &[("code", &spaced)])
        .await
        .is(303);
    asking
        .get("/account")
        .await
        .is(200)
        .says("Firefox on Windows");
    asking.post(&letter.link(), &[]).await.is(410);
}

async fn five_wrong_codes_end_it(world: World) {
    let asking = world.as_visitor();
    let letter = asks(&world, &asking, TOM, 1).await;
    let wrong = if letter.code() == "000000" {
        "111111"
    } else {
        "000000"
    };
    for _ in 0..5 {
        let page = asking.post("/sign-in/code", &[("code", wrong)]).await;
        page.is(422).says("That is not the code");
    }
    let page = asking
        .post("/sign-in/code", &[("code", &letter.code())])
        .await;
    page.is(422).says("That code has ended");
    asking.get("/account").await.is(401);
    asking.post(&letter.link(), &[]).await.is(303);
}

async fn a_link_lasts_a_quarter_of_an_hour(world: World) {
    let asking = world.as_visitor();
    let first = asks(&world, &asking, TOM, 1).await;
    world.minutes_pass(14);
    asking.get(&first.link()).await.is(200);
    world.minutes_pass(1);
    asking.get(&first.link()).await.is(410);
    asking.post(&first.link(), &[]).await.is(410);
    asking
        .post("/sign-in/code", &[("code", &first.code())])
        .await
        .is(422);
}

async fn known_and_unknown_addresses_get_the_same_answer(world: World) {
    let tell = async |address: &str| {
        let browser = world.as_visitor();
        let before = rows(&world).await;
        let page = browser.post("/sign-in", &[("address", address)]).await;
        let written: Vec<(String, u64)> = rows(&world)
            .await
            .into_iter()
            .zip(before)
            .map(|(after, before)| (after.0, after.1 - before.1))
            .collect();
        world.sink().letter(address, 1).await;
        let next = browser.follow(&page).await;
        (without_secrets(&page), without_secrets(&next), written)
    };
    let known = tell(TOM).await;
    let unknown = tell("nobody@elsewhere.example").await;
    assert_eq!(known, unknown);
    assert_eq!(known.0.0, 303);
}

async fn rows(world: &World) -> Vec<(String, u64)> {
    let all = world.everything().await.into_iter();
    let lasting = all.filter(|table| table.table != "job");
    lasting.map(|table| (table.table, table.rows)).collect()
}

fn without_secrets(page: &Page) -> (u16, Vec<(String, String)>, String) {
    let told = page.headers.iter().map(|(name, value)| {
        let value = value.to_str().unwrap().to_owned();
        let value = if name == "set-cookie" {
            let (_, after) = value.split_once(';').unwrap();
            after.to_owned()
        } else {
            value
        };
        (name.to_string(), value)
    });
    (page.status, told.collect(), page.body.clone())
}

async fn after_signing_in_one_is_where_one_wanted_to_be_and_nowhere_else(world: World) {
    let visitor = world.as_visitor();
    let page = visitor
        .get("/sign-in?next=/hurdles/new%3Ftitle=a%2520b")
        .await;
    assert_eq!(
        page.form("/sign-in").get("next"),
        "/hurdles/new?title=a%20b"
    );
    let elsewhere = [
        "//evil.example",
        "/\\evil.example",
        "\t//evil.example",
        "https:evil.example",
        "https://evil.example/",
        "/\t/evil.example",
        "/%09/evil.example",
        "/.//evil.example",
        "/..//evil.example",
        "//user@evil.example",
        "\\\\evil.example",
        "/\u{0}/evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "/\r\nSet-Cookie: a=b",
        "evil.example",
        "",
        "http:/evil.example",
        "/\u{2028}/evil.example",
        "//\u{ff0f}evil.example",
    ];
    for (count, next) in (0_u8..).zip(elsewhere) {
        let from_elsewhere = || {
            let mut browser = world.as_visitor();
            browser.peer = ([198, 51, 100, count], 40_000).into();
            browser
        };
        let browser = from_elsewhere();
        let query: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let form = browser
            .get(&format!("/sign-in?next={query}"))
            .await
            .form("/sign-in");
        is_here(form.get("next"), next);
        let to = format!("new{count}@council.example");
        let fields = [("address", &*to), ("next", next)];
        browser.post("/sign-in", &fields).await.is(303);
        let letter = world.sink().letter(&to, 1).await;
        browser.post(&letter.link(), &[]).await.is(303);
        let browser = from_elsewhere();
        browser.post("/sign-in", &fields).await.is(303);
        let letter = world.sink().letter(&to, 2).await;
        let inside = browser.post(&letter.link(), &[]).await;
        is_here(&inside.is(303).leads_to(), next);
    }
}

/// Asserts that a browser would stay on this site, by the rules of the URL standard.
#[track_caller]
fn is_here(to: &str, asked: &str) {
    let base = url::Url::parse(crate::world::BASE).unwrap();
    let joined = base.join(to).unwrap();
    assert_eq!(joined.origin(), base.origin(), "{asked:?} leads to {to:?}");
    assert!(
        to.starts_with('/') && !to.starts_with("//"),
        "{asked:?} leads to {to:?}"
    );
}

async fn somebody_new_is_asked_for_a_name(world: World) {
    let browser = world.as_visitor();
    let letter = asks(&world, &browser, "nerys@council.example", 1).await;
    let inside = browser.post(&letter.link(), &[]).await;
    let account = browser.follow(&inside).await;
    account
        .says("Welcome. How do you want to be called?")
        .says("Contributor");
    let form = account.form("/account/name");
    for wrong in ["", "   ", "!!", &"x".repeat(61), "\u{202e}"] {
        let page = browser.submit(&form.clone().with("name", wrong)).await;
        page.is(422).says("Give a name of up to 60 characters");
    }
    browser
        .submit(&form.with("name", "  Nerys \n Pugh "))
        .await
        .is(303);
    browser.get("/account").await.says("Nerys Pugh");
}

async fn too_many_letters_to_one_address_are_refused_for_a_while(world: World) {
    for _ in 0..6 {
        world
            .as_visitor()
            .post("/sign-in", &[("address", TOM)])
            .await
            .is(303);
    }
    let page = world
        .as_visitor()
        .post("/sign-in", &[("address", " TOM@council.EXAMPLE ")])
        .await;
    page.is(429).says("Too many tries");
    let wait: u32 = page.header("retry-after").parse().unwrap();
    assert!((1..=3600).contains(&wait));
    let other = [("address", "dafydd@council.example")];
    world.as_visitor().post("/sign-in", &other).await.is(303);
}

async fn too_many_tries_from_one_network_are_refused_for_a_while(world: World) {
    let browser = world.as_visitor();
    for _ in 0..60 {
        browser
            .post("/sign-in/code", &[("code", "1")])
            .await
            .is(422);
    }
    for path in ["/sign-in/code", "/sign-in/0123", "/join/0123"] {
        let page = browser.post(path, &[("code", "1")]).await;
        assert!(!page.is(429).header("retry-after").is_empty());
    }
    browser.get("/hurdles").await.is(200);
    let mut elsewhere = world.as_visitor();
    elsewhere.peer = ([198, 51, 100, 1], 40_000).into();
    elsewhere
        .post("/sign-in/code", &[("code", "1")])
        .await
        .is(422);
}

async fn a_wrong_address_is_told_and_kept(world: World) {
    let browser = world.as_visitor();
    for wrong in [
        "",
        "x",
        "a@b@c",
        "a b@c.example",
        "a@b.example\r\nBcc: d@e.example",
        "@c",
        "a@",
    ] {
        let page = browser.post("/sign-in", &[("address", wrong)]).await;
        page.is(422)
            .says("Give one mail address, such as name@example.org");
        let kept = page.form("/sign-in").get("address").to_owned();
        assert_eq!(
            kept.replace(['\r', '\n'], ""),
            wrong.replace(['\r', '\n'], "")
        );
    }
    assert_eq!(world.number("SELECT count(*) FROM entry_link").await, 0);
}

async fn signing_out_ends_the_sign_in_itself(world: World) {
    let tom = world.as_tom();
    let stolen = world.as_tom();
    stolen.get("/account").await.is(200);
    let out = tom.submit(&tom.get("/").await.form("/sign-out")).await;
    tom.follow(&out).await.is(200).says("You are signed out");
    assert_eq!(tom.cookie("__Host-fosbury"), None);
    stolen.get("/account").await.is(401);
}

async fn cookies_are_kept_from_scripts_and_other_sites(world: World) {
    let browser = world.as_visitor();
    let asked = browser.post("/sign-in", &[("address", TOM)]).await;
    let letter = world.sink().letter(TOM, 1).await;
    let inside = browser.post(&letter.link(), &[]).await;
    for page in [asked, inside] {
        for cookie in page.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.starts_with("__Host-"), "{cookie}");
            for part in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
                assert!(cookie.contains(part), "{cookie}");
            }
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
    }
    let secret = browser.cookie("__Host-fosbury").unwrap();
    assert_eq!(secret.len(), 64);
    assert_eq!(
        browser.get("/account").await.header("cache-control"),
        "no-store"
    );
}

async fn a_place_for_the_invited_lets_in_nobody_else(world: World) {
    let engine = match world.app().db.engine_name() {
        "SQLite" => Engine::Sqlite,
        _ => Engine::Postgres,
    };
    let invited = |settings: &mut Settings| settings.sign_up = SignUp::Invited;
    tell_with(engine, invited, only_the_invited).await;
}

async fn only_the_invited(world: World) {
    let browser = world.as_visitor();
    let stranger = "stranger@elsewhere.example";
    browser
        .post("/sign-in", &[("address", stranger)])
        .await
        .is(303);
    let letter = world.sink().letter(stranger, 1).await;
    assert!(
        letter.text.contains("There is no account with it"),
        "{}",
        letter.text
    );
    assert!(!letter.text.contains("/sign-in/"), "{}", letter.text);
    let letter = asks(&world, &browser, TOM, 1).await;
    browser.post(&letter.link(), &[]).await.is(303);
}
