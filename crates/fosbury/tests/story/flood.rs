//! A flood of anonymous posts: what is held is bounded, and readers read on.

use axum::body::Body;
use axum::http::{Method, header};

use crate::world::{BASE, Engine, World, tell_with};

const MOST: usize = 40;

/// Posts from an address that a trusted proxy tells.
async fn posts(world: &World, address: &str, n: u32) -> u16 {
    let visitor = world.as_visitor();
    let [_, b, c, d] = (n / 2).to_be_bytes();
    let request = visitor
        .request(Method::POST, &format!("{address}/said"))
        .header(header::ORIGIN, BASE)
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-for", format!("203.{b}.{c}.{d}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let body = Body::from(format!("what=comment&words=Buy+number+{n}"));
    visitor.send(request.body(body).unwrap()).await.status
}

async fn a_thousand_posts_leave_the_box_full_and_readers_undisturbed(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let mut answers = std::collections::BTreeMap::new();
    for n in 0..1_000 {
        *answers.entry(posts(&world, &address, n).await).or_insert(0) += 1;
        if n % 100 == 0 {
            let page = visitor.get(&address).await;
            page.is(200).keeps_quiet_of("Buy number");
        }
    }
    assert_eq!(answers.get(&303), Some(&MOST), "{answers:?}");
    assert_eq!(answers.get(&503), Some(&(1_000 - MOST)), "{answers:?}");
    let held = world.number("SELECT count(*) FROM said").await;
    assert_eq!(usize::try_from(held).unwrap(), MOST);
    let full = visitor.says(&address, &[("words", "I mean it")]).await;
    full.is(503).says("The box is full: a steward has to look");
    assert_eq!(full.form("/said").get("words"), "I mean it");
    tom.says(&address, &[("words", "Members talk on.")])
        .await
        .is(303);
    let form = amina.get("/desk/held").await.form("/clearances");
    let form = form.with("why-all", "Advertising").with("sure", "1");
    amina.submit(&form).await.is(303);
    visitor
        .says(&address, &[("words", "I mean it")])
        .await
        .is(303);
}

async fn one_address_is_told_to_wait(world: World) {
    let address = world.as_tom().writes_hurdle("Sites are blocked", &[]).await;
    let mut answers = std::collections::BTreeMap::new();
    for _ in 0..MOST + 40 {
        *answers.entry(posts(&world, &address, 1).await).or_insert(0) += 1;
    }
    assert_eq!(answers.get(&429), Some(&20), "{answers:?}");
    let other = posts(&world, &address, 99).await;
    assert_eq!(other, 503);
}

fn decide(settings: &mut fosbury::settings::Settings) {
    settings.held_at_most = MOST;
    settings.trusted_proxies = vec![[192, 0, 2, 7].into()];
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_on_sqlite() {
    let story = a_thousand_posts_leave_the_box_full_and_readers_undisturbed;
    tell_with(Engine::Sqlite, decide, story).await;
    tell_with(Engine::Sqlite, decide, one_address_is_told_to_wait).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_on_postgres() {
    let story = a_thousand_posts_leave_the_box_full_and_readers_undisturbed;
    tell_with(Engine::Postgres, decide, story).await;
    tell_with(Engine::Postgres, decide, one_address_is_told_to_wait).await;
}
