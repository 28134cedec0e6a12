//! The invented county shows what a body's people see and others do not.

use fosbury::starting::demo;

use crate::browser::Browser;
use crate::people::invites;
use crate::world::{World, both};

both!(a_bodys_people_find_what_others_do_not,);

const ITS_OWN: &str = "Our own sign-off takes nine days and three chairs";
const FOR_TWO: &str = "Lend each other a reader for a month";

/// Somebody of the invented county, let in as the manual says.
async fn let_in(world: &World, address: &str) -> Browser {
    let link = invites(&world.as_ruth(), address, "contributor").await;
    let browser = world.as_visitor();
    let join = browser.get(&link).await;
    browser.submit(&join.form(&link)).await.is(303);
    browser
}

async fn a_bodys_people_find_what_others_do_not(world: World) {
    let app = world.app();
    demo::fill(&app.db, app.clock.now()).await.unwrap();
    world.waits_for_its_index().await;
    let nell = let_in(&world, "nell.ottersby@northshire.example").await;
    let kit = let_in(&world, "kit.sallowdene@quarrenmoor.example").await;
    let gethin = let_in(&world, "gethin.larkspool@portansel.example").await;
    let its_own = [
        "/hurdles?heading=structures",
        "/search?q=nine+days+and+three+chairs",
        "/changes",
    ];
    let for_two = [
        "/solutions",
        "/search?q=lend+each+other+a+reader",
        "/changes",
    ];
    for (who, own, two) in [
        (&nell, true, true),
        (&kit, false, true),
        (&gethin, false, false),
        (&world.as_visitor(), false, false),
        (&world.as_ruth(), false, false),
    ] {
        for (title, places, sees) in [(ITS_OWN, its_own, own), (FOR_TWO, for_two, two)] {
            for place in places {
                let page = who.get(place).await;
                let found = page.is(200).body.contains(title);
                assert_eq!(found, sees, "{title} at {place}");
            }
        }
        // A tag that only hidden pages have is no tag for others.
        let tag = who.get("/tags/sign-off").await;
        assert_eq!(tag.body.contains(FOR_TWO), two);
    }
    demo::remove(&app.db).await.unwrap();
    assert_eq!(world.number("SELECT count(*) FROM record_reader").await, 0);
}
