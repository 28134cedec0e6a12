//! Who works where: asked for, confirmed, refused, left.

use crate::bodies::{LIST, imports};
use crate::browser::Browser;
use crate::world::{World, both};

both!(
    a_colleague_confirms_who_says_that_they_work_there,
    a_mail_domain_confirms_at_once_and_those_who_wait,
    a_domain_where_everybody_has_an_address_is_none,
    who_leaves_reads_no_more_of_it,
    who_was_refused_or_taken_off_reads_nothing,
    who_leaves_the_place_leaves_every_body,
);

/// Somebody presses "I work here".
async fn asks(person: &Browser, slug: &str) {
    let page = person.get(&format!("/organisations/{slug}")).await;
    person.submit(&page.form("/memberships")).await.is(303);
}

async fn a_colleague_confirms_who_says_that_they_work_there(world: World) {
    imports(&world, LIST).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    world
        .as_visitor()
        .get("/organisations/aldham")
        .await
        .says("Do you work there? Sign in");
    world.works_at("Tom", "aldham").await;
    let fields = [
        ("visibility", "own-organisation"),
        ("problem", "Only for us."),
    ];
    let address = tom.writes_hurdle("Among colleagues", &fields).await;
    dafydd.get(&address).await.is(404);
    asks(&dafydd, "aldham").await;
    dafydd
        .get("/organisations/aldham")
        .await
        .says("You said that you work here.");
    dafydd.get(&address).await.is(404);
    dafydd
        .post("/organisations/aldham/memberships", &[])
        .await
        .is(303);
    let account = tom.get("/account").await;
    account.says("Dafydd says that they work at Aldham");
    let page = tom.get("/organisations/aldham").await;
    page.says("1 person waits to be confirmed");
    page.keeps_quiet_of("dafydd@council.example");
    let form = page.form("/confirmations");
    let to = tom.submit(&form).await;
    tom.follow(&to).await.says("2 people here work there.");
    dafydd.get(&address).await.is(200).says("Only for us.");
    tom.get("/account")
        .await
        .keeps_quiet_of("says that they work at");
    let noted = "SELECT count(*) FROM audit WHERE act = 'membership-confirmed'";
    assert_eq!(world.number(noted).await, 2);
    let members = "SELECT count(*) FROM membership WHERE how = 'member' AND is_confirmed";
    assert_eq!(world.number(members).await, 1);
}

async fn a_mail_domain_confirms_at_once_and_those_who_wait(world: World) {
    imports(&world, LIST).await;
    let (tom, dafydd, amina) = (world.as_tom(), world.as_dafydd(), world.as_amina());
    asks(&tom, "aldham").await;
    let page = amina.get("/organisations/aldham").await;
    let form = page
        .form("/mail-domain")
        .with("mail-domain", "@Council.Example ");
    amina.submit(&form).await.is(303);
    tom.get("/organisations/aldham")
        .await
        .says("You work here.");
    let page = dafydd.get("/organisations/aldham").await;
    page.says("With an address ending in @council.example you are confirmed at once.");
    asks(&dafydd, "aldham").await;
    dafydd
        .get("/organisations/aldham")
        .await
        .says("You work here.");
    // A part of a domain is another domain.
    let form = amina
        .get("/organisations/beckham")
        .await
        .form("/mail-domain");
    for other in ["uncil.example", "sub.council.example"] {
        amina
            .submit(&form.clone().with("mail-domain", other))
            .await
            .is(303);
        asks(&dafydd, "beckham").await;
        let page = dafydd.get("/organisations/beckham").await;
        page.says("You said that you work here.");
        dafydd.submit(&page.form("/departures")).await.is(303);
    }
    // A list may bring a domain as well.
    asks(&dafydd, "beckham").await;
    let list = "code,name,short-name,mail-domain\nBEC,Beckham,Beckham,council.example\n";
    imports(&world, list).await;
    dafydd
        .get("/organisations/beckham")
        .await
        .says("You work here.");
}

async fn a_domain_where_everybody_has_an_address_is_none(world: World) {
    imports(&world, LIST).await;
    let amina = world.as_amina();
    let form = amina
        .get("/organisations/aldham")
        .await
        .form("/mail-domain");
    for (domain, why) in [
        ("gmail.com", "Everybody can have an address there."),
        ("not a domain", "Write a domain such as northshire.gov.uk"),
        ("%", "Write a domain such as northshire.gov.uk"),
    ] {
        let page = amina
            .submit(&form.clone().with("mail-domain", domain))
            .await;
        page.is(422).says(why);
        assert_eq!(page.form("/mail-domain").get("mail-domain"), domain);
    }
}

async fn who_leaves_reads_no_more_of_it(world: World) {
    imports(&world, LIST).await;
    world.works_at("Tom", "aldham").await;
    world.works_at("Dafydd", "aldham").await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let fields = [("visibility", "own-organisation"), ("tags", "within")];
    let address = tom.writes_hurdle("The quokka plan", &fields).await;
    let places = [
        "/hurdles",
        "/search?q=quokka",
        "/tags/within",
        "/changes",
        "/api/v1/hurdles",
    ];
    world.waits_for_its_index().await;
    for place in places {
        dafydd.get(place).await.is(200).says("quokka");
    }
    let form = dafydd
        .get("/organisations/aldham")
        .await
        .form("/departures");
    dafydd.submit(&form).await.is(303);
    for place in places {
        dafydd.get(place).await.keeps_quiet_of("The quokka plan");
    }
    dafydd.get(&address).await.is(404);
    dafydd
        .get("/organisations/aldham")
        .await
        .keeps_quiet_of("You work here.");
    // Who wrote it reads it still, and may open it to others.
    let form = tom.get("/account").await.form("/departures");
    tom.submit(&form).await.is(303);
    tom.get(&address).await.is(200);
    tom.changed(&address, &[("visibility", "public")]).await;
    dafydd.get(&address).await.is(200);
}

async fn who_was_refused_or_taken_off_reads_nothing(world: World) {
    imports(&world, LIST).await;
    world.works_at("Tom", "aldham").await;
    let (tom, dafydd, amina) = (world.as_tom(), world.as_dafydd(), world.as_amina());
    let fields = [("visibility", "bodies"), ("body", "Aldham")];
    let address = tom.writes_hurdle("Among colleagues", &fields).await;
    asks(&dafydd, "aldham").await;
    let form = tom.get("/organisations/aldham").await.form("/removal");
    tom.submit(&form).await.is(303);
    dafydd.get(&address).await.is(404);
    dafydd
        .get("/organisations/aldham")
        .await
        .says("I work here");
    tom.submit(&form).await.is(404);
    world.works_at("Dafydd", "aldham").await;
    dafydd.get(&address).await.is(200);
    // A colleague takes no colleague off; a steward does.
    tom.submit(&form).await.is(403);
    dafydd.get(&address).await.is(200);
    amina.submit(&form).await.is(303);
    dafydd.get(&address).await.is(404);
}

async fn who_leaves_the_place_leaves_every_body(world: World) {
    imports(&world, LIST).await;
    world.works_at("Tom", "aldham").await;
    world.works_at("Dafydd", "aldham").await;
    let ruth = world.as_ruth();
    let link = ruth.get("/people").await.link(": Dafydd");
    let form = ruth.get(&link).await.form("/departure");
    ruth.submit(&form).await.is(303);
    let page = world.as_tom().get("/organisations/aldham").await;
    page.says("1 person here works there.")
        .keeps_quiet_of("Dafydd");
    let left = "SELECT count(*) FROM membership";
    assert_eq!(world.number(left).await, 1);
}
