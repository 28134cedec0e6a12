//! What was said of a page goes along when it is merged into another, and comes back with it.

use crate::browser::Browser;
use crate::world::{World, both};

both!(
    what_was_said_goes_along_with_a_merged_page_and_comes_back,
    whoever_comes_back_first_takes_only_its_own_words_along,
    words_of_a_page_for_few_are_not_shown_to_many,
);

async fn merges(steward: &Browser, from: &str, into: &str) {
    let fields = [("into", into)];
    let merged = steward.post(&format!("{from}/mergers"), &fields).await;
    merged.is(303);
}

async fn separates(steward: &Browser, page: &str) {
    let history = steward.get(&format!("{page}/history")).await;
    steward.submit(&history.form("/separations")).await.is(303);
}

async fn what_was_said_goes_along_with_a_merged_page_and_comes_back(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let stays = tom.writes_hurdle("Sites are blocked", &[]).await;
    let goes = tom.writes_hurdle("The proxy says no", &[]).await;
    let words = [("words", "Ours was a firewall")];
    tom.says(&goes, &words).await.is(303);
    merges(&amina, &goes, "1").await;
    visitor.get(&stays).await.says("Ours was a firewall");
    let feed = visitor.get(&format!("{stays}/discussion.atom")).await;
    assert!(feed.body.contains("Ours was a firewall"));
    tom.says(&stays, &[("words", "Said since")]).await.is(303);
    separates(&amina, &goes).await;
    let back = visitor.get(&goes).await;
    back.says("Ours was a firewall")
        .keeps_quiet_of("Said since");
    let stayed = visitor.get(&stays).await;
    stayed
        .says("Said since")
        .keeps_quiet_of("Ours was a firewall");
}

async fn whoever_comes_back_first_takes_only_its_own_words_along(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let mut pages = Vec::new();
    for title in ["First hurdle", "Second hurdle", "Third hurdle"] {
        let page = tom.writes_hurdle(title, &[]).await;
        let words = format!("Of the {}", title.to_lowercase());
        tom.says(&page, &[("words", &words)]).await.is(303);
        pages.push(page);
    }
    for order in [[0, 1], [1, 0]] {
        merges(&amina, &pages[0], "2").await;
        merges(&amina, &pages[1], "3").await;
        let all = visitor.get(&pages[2]).await;
        all.says("Of the first")
            .says("Of the second")
            .says("Of the third");
        for page in order {
            separates(&amina, &pages[page]).await;
        }
        for (page, words) in pages.iter().zip(["first", "second", "third"]) {
            let shown = visitor.get(page).await;
            for other in ["first", "second", "third"] {
                let said = format!("Of the {other}");
                if other == words {
                    shown.says(&said);
                } else {
                    shown.keeps_quiet_of(&said);
                }
            }
        }
    }
}

async fn words_of_a_page_for_few_are_not_shown_to_many(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let open = tom.writes_hurdle("Sites are blocked", &[]).await;
    let closed = tom
        .writes_hurdle("The proxy says no", &[("visibility", "members")])
        .await;
    let words = [("words", "Between ourselves")];
    tom.says(&closed, &words).await.is(303);
    merges(&amina, &closed, "1").await;
    visitor.get(&open).await.keeps_quiet_of("Between ourselves");
    separates(&amina, &closed).await;
    tom.get(&closed).await.says("Between ourselves");
}
