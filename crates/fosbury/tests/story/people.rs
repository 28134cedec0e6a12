//! People: invitations, roles, sign-ins, leaving.

use crate::world::{World, both};

both!(
    an_invitation_lets_somebody_in_once_with_its_role,
    an_invitation_is_taken_back,
    nobody_grants_what_they_lack,
    nobody_becomes_somebody_above_them_by_an_invitation,
    the_owners_link_works_once,
    a_role_is_changed_by_the_owner_alone,
    the_last_owner_stays,
    sign_ins_are_listed_and_ended,
    nobody_ends_somebody_elses_sign_in,
    who_leaves_is_forgotten_everywhere,
    fields_that_were_not_asked_for_change_nothing,
);

/// Invites somebody and says where their link leads.
pub async fn invites(browser: &crate::browser::Browser, address: &str, role: &str) -> String {
    let form = browser.get("/people").await.form("/people/invitations");
    let made = browser
        .submit(&form.with("address", address).with("role", role))
        .await;
    let link = made
        .is(200)
        .says("It is shown only now")
        .all("code")
        .remove(0);
    link.strip_prefix(crate::world::BASE).unwrap().to_owned()
}

async fn an_invitation_lets_somebody_in_once_with_its_role(world: World) {
    let amina = world.as_amina();
    let link = invites(&amina, "nerys@council.example", "councillor").await;
    amina
        .get("/people")
        .await
        .says("nerys@council.example Councillor")
        .keeps_quiet_of("/join/");
    let nerys = world.as_visitor();
    let join = nerys.get(&link).await;
    join.is(200)
        .says("You are invited to Fosbury")
        .says("nerys@council.example");
    assert_eq!(join.header("referrer-policy"), "strict-origin");
    nerys
        .submit(&join.form(&link))
        .await
        .is(422)
        .says("Give a name of up to 60 characters");
    nerys
        .submit(&join.form(&link).with("name", "Nerys"))
        .await
        .is(303);
    nerys
        .get("/account")
        .await
        .says("You are here as: Councillor.");
    world.as_visitor().get(&link).await.is(410);
    world
        .as_visitor()
        .post(&link, &[("name", "Mallory")])
        .await
        .is(410);
    amina.get("/people").await.says("None are waiting.");
}

async fn an_invitation_is_taken_back(world: World) {
    let amina = world.as_amina();
    let link = invites(&amina, "nerys@council.example", "officer").await;
    let form = amina.get("/people").await.form("/removal");
    amina.submit(&form).await.is(303);
    world
        .as_visitor()
        .post(&link, &[("name", "Nerys")])
        .await
        .is(410);
    let late = invites(&amina, "late@council.example", "officer").await;
    world.minutes_pass(14 * 24 * 60);
    world
        .as_visitor()
        .post(&late, &[("name", "Late")])
        .await
        .is(410);
}

async fn nobody_grants_what_they_lack(world: World) {
    let amina = world.as_amina();
    let page = amina.get("/people").await;
    page.keeps_quiet_of("value=\"steward\"")
        .keeps_quiet_of("value=\"owner\"");
    for role in ["steward", "owner", "king", ""] {
        let fields = [("address", "nerys@council.example"), ("role", role)];
        let page = amina.post("/people/invitations", &fields).await;
        page.is(422).says("Choose a role that you may give");
    }
    assert_eq!(world.number("SELECT count(*) FROM entry_link").await, 0);
    invites(&world.as_ruth(), "nerys@council.example", "owner").await;
}

async fn nobody_becomes_somebody_above_them_by_an_invitation(world: World) {
    let (amina, ruth) = (world.as_amina(), world.as_ruth());
    for above in [
        "ruth@council.example",
        "RUTH@council.example",
        "amina@council.example",
    ] {
        let fields = [("address", above), ("role", "contributor")];
        amina.post("/people/invitations", &fields).await.is(422);
    }
    let link = invites(&amina, "tom@council.example", "contributor").await;
    let dafydds = invites(&amina, "dafydd@council.example", "contributor").await;
    let ruths = invites(&ruth, "amina@council.example", "contributor").await;
    let tom = id_of(&world, "Tom").await;
    ruth.post(&format!("/people/{tom}/role"), &[("role", "owner")])
        .await
        .is(303);
    world.as_visitor().post(&link, &[]).await.is(410);
    let dafydd = world.as_visitor();
    dafydd.post(&dafydds, &[]).await.is(303);
    dafydd
        .get("/account")
        .await
        .says("You are here as: Officer.");
    let browser = world.as_visitor();
    browser.post(&ruths, &[]).await.is(303);
    browser
        .get("/account")
        .await
        .says("You are here as: Steward.");
}

async fn id_of(world: &World, name: &str) -> String {
    let link = world
        .as_ruth()
        .get("/people")
        .await
        .link(&format!(": {name}"));
    link.strip_prefix("/people/").unwrap().to_owned()
}

async fn the_owners_link_works_once(world: World) {
    let app = world.app();
    let tx = app.db.begin().await.unwrap();
    let (purpose, role) = (
        fosbury::people::model::Purpose::Owner,
        fosbury::viewer::Role::Owner,
    );
    let now = app.clock.now();
    let secret = fosbury::people::invitations::make(&tx, purpose, "", role, None, now).await;
    tx.commit().await.unwrap();
    let link = format!("/join/{}", secret.unwrap());
    let owner = world.as_visitor();
    let join = owner.get(&link).await;
    let form = join.is(200).form(&link).with("name", "Olwen");
    owner
        .submit(&form.clone().with("address", "nonsense"))
        .await
        .is(422);
    owner
        .submit(&form.with("address", "olwen@council.example"))
        .await
        .is(303);
    owner.get("/account").await.says("You are here as: Owner.");
    let fields = [
        ("name", "Mallory"),
        ("address", "mallory@elsewhere.example"),
    ];
    world.as_visitor().post(&link, &fields).await.is(410);
}

async fn a_role_is_changed_by_the_owner_alone(world: World) {
    let (ruth, amina, dafydd) = (world.as_ruth(), world.as_amina(), world.as_dafydd());
    let id = id_of(&world, "Dafydd").await;
    let path = format!("/people/{id}/role");
    amina.post(&path, &[("role", "owner")]).await.is(403);
    dafydd.post(&path, &[("role", "owner")]).await.is(403);
    ruth.post(&path, &[("role", "king")])
        .await
        .is(422)
        .says("Choose a role");
    dafydd.get("/desk").await.is(403);
    ruth.post(&path, &[("role", "steward")]).await.is(303);
    dafydd.get("/desk").await.is(200);
    ruth.post(&path, &[("role", "contributor")]).await.is(303);
    dafydd.get("/desk").await.is(403);
    ruth.post("/people/nobody/role", &[("role", "officer")])
        .await
        .is(404);
}

async fn the_last_owner_stays(world: World) {
    let ruth = world.as_ruth();
    let id = id_of(&world, "Ruth").await;
    let page = ruth
        .post(&format!("/people/{id}/role"), &[("role", "steward")])
        .await;
    page.is(422).says("Somebody has to be the owner.");
    let page = ruth.post(&format!("/people/{id}/departure"), &[]).await;
    page.is(422).says("Somebody has to be the owner.");
    let tom = id_of(&world, "Tom").await;
    ruth.post(&format!("/people/{tom}/role"), &[("role", "owner")])
        .await
        .is(303);
    ruth.post(&format!("/people/{id}/departure"), &[])
        .await
        .is(303);
    ruth.get("/people").await.is(401);
    assert_eq!(
        world
            .number("SELECT count(*) FROM person WHERE role = 'owner' AND left_at IS NULL")
            .await,
        1
    );
}

async fn sign_ins_are_listed_and_ended(world: World) {
    let (here, stolen) = (world.as_tom(), world.as_visitor());
    stolen
        .post("/sign-in", &[("address", "tom@council.example")])
        .await
        .is(303);
    let letter = world.sink().letter("tom@council.example", 1).await;
    stolen.post(&letter.link(), &[]).await.is(303);
    let account = here.get("/account").await;
    account.says("2 sign-ins").says("Firefox on Windows");
    let forms = account.forms().into_iter();
    let ends: Vec<_> = forms
        .filter(|form| form.action.ends_with("/removal"))
        .collect();
    let mut ended = 0;
    for form in ends {
        if stolen.get("/account").await.status == 200 && here.get("/account").await.status == 200 {
            here.submit(&form).await.is(303);
            ended += 1;
        }
    }
    assert_eq!(ended, 1);
    let statuses = [
        here.get("/account").await.status,
        stolen.get("/account").await.status,
    ];
    assert!(
        statuses.contains(&401) && statuses.contains(&200),
        "{statuses:?}"
    );
    world.minutes_pass(30 * 24 * 60);
    for browser in [here, stolen] {
        browser.get("/account").await.is(401);
    }
}

async fn nobody_ends_somebody_elses_sign_in(world: World) {
    let (tom, ruth) = (world.as_tom(), world.as_ruth());
    let form = tom.get("/account").await.form("/removal");
    ruth.submit(&form).await;
    tom.get("/account").await.is(200);
}

async fn who_leaves_is_forgotten_everywhere(world: World) {
    let (tom, ruth, visitor) = (world.as_tom(), world.as_ruth(), world.as_visitor());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "Words.")])
        .await;
    tom.post("/guides/new/draft", &[("text", "A draft")])
        .await
        .is(204);
    visitor
        .post("/sign-in", &[("address", "tom@council.example")])
        .await
        .is(303);
    let letter = world.sink().letter("tom@council.example", 1).await;
    let link = invites(&ruth, "tom@council.example", "officer").await;
    let id = id_of(&world, "Tom").await;
    let form = ruth.get(&format!("/people/{id}")).await.form("/departure");
    ruth.submit(&form).await.is(303);
    tom.get("/account").await.is(401);
    visitor.post(&letter.link(), &[]).await.is(410);
    visitor.post(&link, &[]).await.is(410);
    for place in [
        address.as_str(),
        "/changes",
        "/changes.atom",
        "/hurdles/1/history",
    ] {
        visitor
            .get(place)
            .await
            .says("Former colleague")
            .keeps_quiet_of("Tom");
    }
    ruth.get("/people")
        .await
        .keeps_quiet_of("Tom")
        .keeps_quiet_of("tom@council.example");
    ruth.get(&format!("/people/{id}")).await.is(404);
    for left in [
        "SELECT count(*) FROM person WHERE address LIKE '%tom@%' OR name = 'Tom'",
        "SELECT count(*) FROM entry_link WHERE address LIKE '%tom@%'",
        "SELECT count(*) FROM revision WHERE author_name = 'Tom'",
        "SELECT count(*) FROM audit WHERE detail LIKE '%tom@%' OR subject LIKE '%tom@%'",
        "SELECT count(*) FROM job WHERE body LIKE '%tom@%' OR last_error LIKE '%tom@%'",
        "SELECT count(*) FROM draft",
    ] {
        assert_eq!(world.number(left).await, 0, "{left}");
    }
    world.chains_hold().await;
}

async fn fields_that_were_not_asked_for_change_nothing(world: World) {
    let tom = world.as_tom();
    let more = [
        ("name", "Tomos"),
        ("role", "owner"),
        ("id", "1"),
        ("is_demo", "1"),
        ("address", "evil@elsewhere.example"),
    ];
    tom.post("/account/name", &more).await.is(303);
    tom.get("/account")
        .await
        .says("You are here as: Contributor.");
    let kept =
        "SELECT count(*) FROM person WHERE address = 'tom@council.example' AND name = 'Tomos'";
    assert_eq!(world.number(kept).await, 1);
    let fields = [
        ("number", "77"),
        ("author_id", "x"),
        ("is_demo", "1"),
        ("licence", "none"),
    ];
    let address = tom.writes_hurdle("Sites are blocked", &fields).await;
    assert_eq!(address, "/hurdles/1-sites-are-blocked");
    let kept = "SELECT count(*) FROM record WHERE licence = 'CC BY 4.0' AND NOT is_demo";
    assert_eq!(world.number(kept).await, 1);
}
