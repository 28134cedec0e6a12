//! A place looks and speaks as its owner wants: name, colour, introduction and words are data.

use std::collections::BTreeMap;

use fosbury::settings::Settings;
use fosbury::words::house::HouseWords;

use crate::world::{Engine, World, tell_with};

/// What the owner wrote into the settings.
fn of_northshire(settings: &mut Settings) {
    let words = [
        ("hurdle", "barrier"),
        ("hurdles", "barriers"),
        ("steward", "warden"),
        ("stewards", "wardens"),
    ];
    let words: BTreeMap<String, String> = words
        .into_iter()
        .map(|(ours, theirs)| (ours.to_owned(), theirs.to_owned()))
        .collect();
    let site = &mut settings.site;
    site.name = "Northshire <script>alert(1)</script>".to_owned();
    site.introduction = "Over & \"done\" with {7*7} {{7*7}}".to_owned();
    site.accent = Some("#0b7a75".to_owned());
    site.licence = "OGL <b>3</b>".to_owned();
    site.credit = "the people of \"Northshire\"".to_owned();
    site.contact = Some("hurdles@northshire.example".to_owned());
    site.words = HouseWords::try_from(words).unwrap();
}

async fn a_place_speaks_in_its_own_words(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let front = world.as_visitor().get("/").await;
    front.says("barrier").keeps_quiet_of("Hurdles");
    let page = world.as_visitor().get(&address).await;
    page.is(200).says("Barrier").says("Sites are blocked");
    assert!(address.starts_with("/hurdles/"), "addresses stay");
    world.as_visitor().get("/moderation").await.says("wardens");
}

async fn what_the_owner_wrote_is_words_and_never_code(world: World) {
    let visitor = world.as_visitor();
    for address in [
        "/",
        "/about",
        "/privacy",
        "/hurdles",
        "/changes.atom",
        "/no-such-page",
    ] {
        let page = visitor.get(address).await;
        assert!(!page.body.contains("<script>alert"), "{address}");
        assert!(!page.body.contains("<b>3</b>"), "{address}");
    }
    let front = visitor.get("/").await;
    front
        .says("Northshire <script>alert(1)</script>")
        .says("Over & \"done\" with {7*7} {{7*7}}");
    let accent = visitor.get("/accent.css").await;
    assert!(accent.body.contains("#0b7a75"), "{}", accent.body);
}

mod on_sqlite {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_place_speaks_in_its_own_words() {
        tell_with(
            Engine::Sqlite,
            of_northshire,
            super::a_place_speaks_in_its_own_words,
        )
        .await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_the_owner_wrote_is_words_and_never_code() {
        tell_with(
            Engine::Sqlite,
            of_northshire,
            super::what_the_owner_wrote_is_words_and_never_code,
        )
        .await;
    }
}

mod on_postgres {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_place_speaks_in_its_own_words() {
        tell_with(
            Engine::Postgres,
            of_northshire,
            super::a_place_speaks_in_its_own_words,
        )
        .await;
    }
}
