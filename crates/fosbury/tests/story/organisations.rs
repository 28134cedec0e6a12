//! Public bodies: found by any of their names, added, and with the services in them.

use crate::bodies::{LIST, imports};
use crate::world::{World, both};

both!(
    a_body_is_found_by_any_of_its_names,
    a_long_list_goes_on_and_says_how_long_it_is,
    where_there_is_no_body_the_pages_say_what_to_do,
    services_are_written_down_changed_and_taken_off,
    a_steward_adds_a_body_that_no_list_has,
);

async fn a_body_is_found_by_any_of_its_names(world: World) {
    imports(&world, LIST).await;
    let visitor = world.as_visitor();
    for words in [
        "aldham",
        "mill town",
        "the+MILL",
        "x01",
        "ALD",
        "Borough aldham",
    ] {
        let words = words.replace(' ', "+");
        let page = visitor.get(&format!("/organisations?name={words}")).await;
        page.is(200).says("1 organisation");
        assert_eq!(page.link("Aldham"), "/organisations/aldham", "{words}");
    }
    for (query, quiet) in [
        ("nation=Southland", "Aldham"),
        ("type=District", "Aldham"),
        ("type=Borough", "Beckham"),
        ("name=%25&nation=Northland", "Beckham"),
    ] {
        let page = visitor.get(&format!("/organisations?{query}")).await;
        page.is(200).says("1 organisation");
        let shown = page.all("li").join(" ");
        assert!(!shown.contains(quiet), "{query}: {shown}");
    }
    let all = visitor.get("/organisations?ended=1").await;
    all.says("3 organisations").says("no more");
    let none = visitor
        .get("/organisations?name=aldham&nation=Southland")
        .await;
    none.says("No organisation fits. Take a filter away");
    for odd in [
        "nation=Atlantis",
        "type=%00",
        "after=zzzz",
        "name=%F0%9F%98%80",
    ] {
        visitor.get(&format!("/organisations?{odd}")).await.is(200);
    }
    for (word, to) in [
        ("ald", "aldham"),
        ("X02", "beckham"),
        ("the%20mill%20town", "aldham"),
    ] {
        let page = visitor.get(&format!("/organisations/{word}")).await;
        assert_eq!(page.is(302).leads_to(), format!("/organisations/{to}"));
    }
    visitor.get("/organisations/nowhere").await.is(404);
    let page = visitor.get("/organisations/aldham").await;
    for words in [
        "Aldham Borough Council",
        "Northland",
        "The Mill Town",
        "1 April 2001",
        "X01",
        "Old Aldham Rural District",
        "No services are written down yet.",
        "Nobody here has said that they work there.",
        "There is nothing here that you may read yet.",
    ] {
        page.says(words);
    }
    let listed = visitor.get("/api/v1/organisations?ended=1").await.json();
    let ended: Vec<bool> = listed["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["ended"].as_bool().unwrap())
        .collect();
    assert_eq!(ended, [false, false, true]);
    let one = visitor.get("/api/v1/organisations/aldham").await.json();
    assert_eq!(one["followed"][0]["slug"], "old-aldham");
    assert_eq!(one["other_names"][0], "Aldham BC");
}

async fn a_long_list_goes_on_and_says_how_long_it_is(world: World) {
    let rows: Vec<String> = (0..150).map(|n| format!("C{n:03},Body {n:03}")).collect();
    imports(&world, format!("code,name\n{}", rows.join("\n"))).await;
    let visitor = world.as_visitor();
    let mut page = visitor.get("/organisations").await;
    for (first, last) in [("000", "059"), ("060", "119"), ("120", "149")] {
        page.says("150 organisations");
        page.says(&format!("On this page: from Body {first} to Body {last}"));
        if last != "149" {
            page = visitor.get(&page.link("The next organisations")).await;
        }
    }
    let narrow = visitor.get("/organisations?name=body+14").await;
    narrow
        .says("12 organisations")
        .keeps_quiet_of("On this page");
}

async fn where_there_is_no_body_the_pages_say_what_to_do(world: World) {
    let page = world.as_visitor().get("/organisations").await;
    page.says("No organisations are known here yet.");
    page.keeps_quiet_of("Import a list");
    let amina = world.as_amina().get("/organisations").await;
    amina
        .says("Add one by hand")
        .keeps_quiet_of("Import a list");
    world
        .as_ruth()
        .get("/organisations")
        .await
        .says("Import a list");
    world
        .as_tom()
        .get("/account")
        .await
        .says("Say where you work");
    imports(&world, "code,name,end-date\nOLD,Old Body,1999-04-01\n").await;
    let page = world.as_visitor().get("/organisations").await;
    page.says("No organisation fits.");
}

async fn services_are_written_down_changed_and_taken_off(world: World) {
    imports(&world, LIST).await;
    world.works_at("Tom", "aldham").await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let form = tom.get("/organisations/aldham").await.form("/services");
    let form = form
        .with("name", "Parks & paths")
        .with("note", "Grass, mostly.");
    tom.submit(&form).await.is(303);
    let page = visitor.get("/organisations/aldham").await;
    page.says("Parks & paths")
        .says("Grass, mostly.")
        .keeps_quiet_of("Add this service");
    let again = tom
        .submit(&form.clone().with("name", "PARKS & PATHS"))
        .await;
    again
        .is(422)
        .says("There is a service of this name already");
    assert_eq!(again.form("/services").get("note"), "Grass, mostly.");
    let long = "x".repeat(121);
    for name in ["", "   ", "!?", long.as_str()] {
        let page = tom.submit(&form.clone().with("name", name)).await;
        page.is(422)
            .says("Give the service a name of at most 120 letters");
    }
    let page = tom.get("/organisations/aldham").await;
    let rename = page
        .forms()
        .into_iter()
        .find(|one| one.get("name") == "Parks & paths")
        .unwrap();
    tom.submit(&rename.clone().with("name", "Green places"))
        .await
        .is(303);
    let one = visitor.get("/api/v1/organisations/aldham").await.json();
    assert_eq!(one["services"][0]["name"], "Green places");
    let remove = tom.get("/organisations/aldham").await.form("/removal");
    let to = tom.submit(&remove).await;
    tom.follow(&to)
        .await
        .says("No services are written down yet.");
    tom.submit(&remove).await.is(404);
    tom.submit(&rename).await.is(404);
}

async fn a_steward_adds_a_body_that_no_list_has(world: World) {
    imports(&world, LIST).await;
    let (amina, visitor) = (world.as_amina(), world.as_visitor());
    let form = amina.get("/organisations/new").await.form("/organisations");
    let form = form.with("name", "Import").with("code", "imp 1");
    let page = amina
        .submit(&form.clone().with("homepage", "javascript:alert(1)"))
        .await;
    page.is(422)
        .says("without spaces")
        .says("beginning with https://");
    assert_eq!(page.form("/organisations").get("code"), "imp 1");
    let page = amina.submit(&form.clone().with("code", "ald")).await;
    page.is(422).says("Another organisation has this code");
    let saved = amina.submit(&form.with("code", "imp-1")).await;
    let address = saved.is(303).leads_to();
    assert!(
        address.starts_with("/organisations/import-imp-1?"),
        "{address}"
    );
    visitor.get("/organisations/import-imp-1").await.is(200);
    visitor
        .get("/organisations?name=imp1")
        .await
        .says("1 organisation");
    for browser in [world.as_visitor(), world.as_tom()] {
        let status = browser.get("/organisations/new").await.status;
        assert!([401, 403].contains(&status));
    }
}
