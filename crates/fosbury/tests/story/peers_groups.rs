//! Groups that people keep beside what is worked out: begun, filled, read, undone.

use db::Reads;
use fosbury::peers::store_writing;

use crate::browser::Browser;
use crate::page::Page;
use crate::peers::compared;
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{World, both};

both!(
    people_of_a_body_keep_a_group_and_everybody_reads_it,
    a_group_takes_nothing_that_cannot_be,
    nobody_else_changes_a_group_but_a_body_may_leave_it,
    stewards_bring_back_what_a_group_was,
    a_body_that_ends_in_a_group_is_followed_by_its_successor,
    what_worked_is_counted_in_a_group,
    a_group_that_is_not_what_its_changes_say_is_found,
);

pub const ALDHAM: &str = "/organisations/aldham";

pub async fn begins(person: &Browser, body: &str, name: &str) -> Page {
    let fields = [("name", name), ("why", "We meet on Mondays.")];
    person.post(&format!("{body}/groups"), &fields).await
}

async fn adds(person: &Browser, group: &str, body: &str) -> Page {
    person
        .post(&format!("{group}/members"), &[("body", body)])
        .await
}

/// Tom keeps a group of Aldham and Beckham; Dafydd works at Beckham.
pub async fn kept(world: &World) -> Browser {
    compared(world).await;
    world.works_at("Tom", "aldham").await;
    world.works_at("Dafydd", "beckham").await;
    let tom = world.as_tom();
    begins(&tom, ALDHAM, "The five we meet with").await.is(303);
    adds(&tom, "/groups/1", "beckham").await.is(303);
    tom
}

async fn people_of_a_body_keep_a_group_and_everybody_reads_it(world: World) {
    compared(&world).await;
    world.works_at("Tom", "aldham").await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    visitor
        .get(&format!("{ALDHAM}/peers"))
        .await
        .says("It is in no group yet.");
    let form = tom
        .get(&format!("{ALDHAM}/peers"))
        .await
        .link("Begin a group");
    let form = tom.get(&form).await.form("/groups");
    let form = form
        .with("name", "  Northshire   neighbours ")
        .with("why", "They share a river.");
    let begun = tom.submit(&form).await;
    let edit = tom.follow(begun.is(303)).await;
    edit.says("The group is begun.");
    // Found by part of a name, added by a press, without scripts.
    let found = tom.get("/groups/1/edit?find=ham").await;
    found.says("is in the group").says("Dunham");
    let press = found.forms().into_iter();
    let press = press.filter(|form| form.action.ends_with("/members"));
    assert_eq!(press.count(), 5, "all but Aldham and what is no more");
    adds(&tom, "/groups/1", "dunham").await.is(303);
    adds(&tom, "/groups/1", "ELM").await.is(303);
    let page = visitor.get("/groups/1").await;
    page.is(200)
        .says("Northshire neighbours")
        .says("They share a river.")
        .says("3 organisations")
        .says("Last changed by Tom on 3 May 2026.")
        .says("begun as “Northshire neighbours”")
        .says("Elmham added");
    page.keeps_quiet_of("/removal");
    for body in ["aldham", "dunham"] {
        let page = visitor.get(&format!("/organisations/{body}/peers")).await;
        page.says("Northshire neighbours").says("kept by Aldham");
    }
    visitor.get("/groups").await.says("Northshire neighbours");
    let out = tom.get("/groups/1/edit").await.form("/dunham/removal");
    let out = tom.submit(&out).await;
    tom.follow(out.is(303)).await.says("2 organisations");
    let words = tom.get("/groups/1/edit").await.form("/groups/1");
    let words = words.with("name", "River neighbours");
    tom.submit(&words).await.is(303);
    visitor
        .get("/groups/1")
        .await
        .says("River neighbours")
        .says("Dunham taken out")
        .says("its words changed: “River neighbours”");
    visitor
        .get("/organisations/dunham/peers")
        .await
        .keeps_quiet_of("River neighbours");
    // A spreadsheet takes nothing for a formula.
    adds(&tom, "/groups/1", "beckham").await.is(303);
    let table = visitor.get("/groups/1/members.csv").await;
    assert!(table.body.contains("beckham,'=Beckham"), "{}", table.body);
    let noted = "SELECT count(*) FROM audit WHERE act LIKE 'group-%'";
    assert_eq!(world.number(noted).await, 6);
    tom.post("/groups/1/removal", &[]).await.is(303);
    visitor.get("/groups/1").await.is(410);
    visitor
        .get("/groups")
        .await
        .says("No group is kept here yet.");
    begins(&tom, ALDHAM, "River neighbours").await.is(303);
}

async fn a_group_takes_nothing_that_cannot_be(world: World) {
    let tom = kept(&world).await;
    let long = "x".repeat(300);
    for (name, why) in [
        (
            long.as_str(),
            "Give the group a name of at most 120 letters",
        ),
        ("…", "Give the group a name of at most 120 letters"),
        ("", "Give the group a name of at most 120 letters"),
        ("the FIVE we meet with", "There is a group called"),
    ] {
        let page = begins(&tom, ALDHAM, name).await;
        page.is(422).says(why);
        assert_eq!(page.form("/groups").get("name"), name, "words are kept");
    }
    begins(&tom, ALDHAM, "Another").await.is(303);
    let fields = [("name", "The five we meet with"), ("why", "Because.")];
    tom.post("/groups/2", &fields)
        .await
        .is(422)
        .says("There is a group called");
    let longer = format!("{long}x");
    let fields = [("name", "Another"), ("why", longer.as_str())];
    let page = tom.post("/groups/2", &fields).await;
    page.is(422)
        .says("Say why in a line of at most 300 letters");
    for (body, why) in [
        ("beckham", "Beckham is in the group already"),
        ("Atlantis", "We know no organisation called “Atlantis”"),
        ("", "Write the name of an organisation first"),
        (
            "old-aldham",
            "Old Aldham Rural District is no more. Those that followed it: Aldham",
        ),
        ("lost", "Lost Rural District ended on 1 April 2001"),
    ] {
        adds(&tom, "/groups/1", body).await.is(422).says(why);
    }
    tom.post("/groups/1/members/cranham/removal", &[])
        .await
        .is(404);
    tom.post("/groups/1/members/atlantis/removal", &[])
        .await
        .is(404);
    for number in ["0", "-1", "x", "99", "99999999999999999999"] {
        tom.get(&format!("/groups/{number}")).await.is(404);
        tom.post(&format!("/groups/{number}/removal"), &[])
            .await
            .is(404);
    }
    // A group with nobody in it says so, and asks for the first.
    for body in ["aldham", "beckham"] {
        let path = format!("/groups/1/members/{body}/removal");
        tom.post(&path, &[]).await.is(303);
    }
    tom.get("/groups/1")
        .await
        .says("There is no organisation in it yet. Add the first.");
    world
        .as_visitor()
        .get(&format!("{ALDHAM}/peers"))
        .await
        .says("0 organisations");
    for n in 3..=50 {
        begins(&tom, ALDHAM, &format!("Group {n}")).await.is(303);
    }
    begins(&tom, ALDHAM, "One more")
        .await
        .is(422)
        .says("at most 50 groups");
    let list = world.as_visitor().get("/groups").await;
    list.is(200).says("Group 50");
}

async fn nobody_else_changes_a_group_but_a_body_may_leave_it(world: World) {
    kept(&world).await;
    let (visitor, dafydd) = (world.as_visitor(), world.as_dafydd());
    let words = [("name", "Taken"), ("why", "Over"), ("body", "cranham")];
    let acts = [
        "/groups/1",
        "/groups/1/members",
        "/groups/1/members/aldham/removal",
        "/groups/1/removal",
        "/groups/1/restorations",
        "/organisations/aldham/groups",
    ];
    let before = world.everything().await;
    for path in acts {
        visitor.post(path, &words).await.is(401);
        dafydd.post(path, &words).await.is(403);
    }
    dafydd.get("/groups/1/edit").await.is(403);
    dafydd.get("/organisations/aldham/groups/new").await.is(403);
    assert_eq!(world.everything().await, before, "something moved");
    // Whoever works at a body decides whether it is in.
    let out = dafydd.get("/groups/1").await.form("/beckham/removal");
    let out = dafydd.submit(&out).await;
    dafydd.follow(out.is(303)).await.says("1 organisation");
    dafydd.get("/groups/1").await.says("Beckham taken out");
    // A steward keeps every group, and one that stewards begin is kept by its body's people.
    let amina = world.as_amina();
    adds(&amina, "/groups/1", "cranham").await.is(303);
    begins(&amina, "/organisations/beckham", "Begun for them")
        .await
        .is(303);
    adds(&dafydd, "/groups/2", "aldham").await.is(303);
    begins(&amina, "/organisations/lost", "Too late")
        .await
        .is(410);
}

async fn stewards_bring_back_what_a_group_was(world: World) {
    let tom = kept(&world).await;
    let (amina, visitor) = (world.as_amina(), world.as_visitor());
    world.minutes_pass(24 * 60);
    let fields = [("name", "Vandals"), ("why", "Were here.")];
    tom.post("/groups/1", &fields).await.is(303);
    tom.post("/groups/1/members/beckham/removal", &[])
        .await
        .is(303);
    tom.get("/groups/1")
        .await
        .keeps_quiet_of("Make it so again");
    let page = amina.get("/groups/1").await;
    let form = page.form("/restorations").with("revision", "2");
    let back = amina.submit(&form).await;
    amina
        .follow(back.is(303))
        .await
        .says("The group is again as it was.");
    visitor
        .get("/groups/1")
        .await
        .says("The five we meet with")
        .says("We meet on Mondays.")
        .says("Beckham")
        .says("made again as it was on 3 May 2026");
    // One that was removed is gone for everybody but stewards.
    tom.post("/groups/1/removal", &[]).await.is(303);
    for path in [
        "/groups/1",
        "/groups/1/edit",
        "/groups/1/members.csv",
        "/api/v1/groups/1",
    ] {
        tom.get(path).await;
        assert!(
            [401, 410].contains(&visitor.get(path).await.status),
            "{path}"
        );
    }
    tom.get("/groups/1").await.is(410);
    tom.post("/groups/1", &fields).await.is(410);
    amina
        .get("/groups/1")
        .await
        .is(200)
        .says("This group was removed.");
    begins(&tom, ALDHAM, "the five we meet with").await.is(303);
    let again = [("revision", "2")];
    let page = amina.post("/groups/1/restorations", &again).await;
    page.is(422).says("There is a group called");
    tom.post("/groups/2/removal", &[]).await.is(303);
    amina.post("/groups/1/restorations", &again).await.is(303);
    visitor
        .get("/groups/1")
        .await
        .is(200)
        .says("2 organisations");
    for (revision, status) in [("6", 404), ("99", 404), ("x", 404)] {
        let fields = [("revision", revision)];
        let path = "/groups/1/restorations";
        amina.post(path, &fields).await.is(status);
    }
    assert_eq!(
        store_writing::faults(&world.app().db).await.unwrap(),
        [0_i64; 0]
    );
    // Who left is named no more.
    let ruth = world.as_ruth();
    let person = ruth.get("/people").await.link(": Tom");
    let form = ruth.get(&person).await.form("/departure");
    ruth.submit(&form).await.is(303);
    visitor.get("/groups/1").await.keeps_quiet_of("Tom");
}

async fn a_body_that_ends_in_a_group_is_followed_by_its_successor(world: World) {
    let tom = kept(&world).await;
    let list = "code,name,short-name,type-name,nation,population,end-date,replaced-by\n\
                BEC,Beckham District Council,Beckham,District,Northland,102000,2026-05-01,CRA\n\
                CRA,Cranham District Council,Cranham,District,Northland,252000,,\n";
    crate::bodies::imports(&world, list).await;
    let visitor = world.as_visitor();
    visitor
        .get("/groups/1")
        .await
        .says("no more")
        .says("These followed it: Cranham");
    let edit = tom.get("/groups/1/edit").await;
    edit.says("Add Cranham, which followed it");
    adds(&tom, "/groups/1", "cranham").await.is(303);
    tom.get("/groups/1/edit")
        .await
        .keeps_quiet_of("which followed it");
    let told = visitor.get("/api/v1/groups/1").await.json();
    let ended: Vec<bool> = told["organisations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["ended"].as_bool().unwrap())
        .collect();
    assert_eq!(ended, [false, true, false]);
}

async fn what_worked_is_counted_in_a_group(world: World) {
    furnished(&world).await;
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    tells(&tom, &[]).await.is(303);
    tells(&dafydd, &[("body", "Westmoor"), ("outcome", "no-effect")])
        .await
        .is(303);
    let worked = format!("{HURDLE}/worked");
    visitor.get(&worked).await.says("Worked in 1 of 2 places.");
    visitor.get(&worked).await.keeps_quiet_of("name=\"group\"");
    begins(&tom, "/organisations/eastmoor", "Only us")
        .await
        .is(303);
    begins(&tom, "/organisations/eastmoor", "Nobody")
        .await
        .is(303);
    tom.post("/groups/2/members/eastmoor/removal", &[])
        .await
        .is(303);
    let of_group = format!("{worked}?group=1");
    let page = visitor.get(&of_group).await;
    page.says("Worked in 1 of 1 place.");
    assert!(page.body.contains("<option value=\"1\" selected>Only us"));
    let table = visitor.get(&format!("{worked}.csv?group=1")).await;
    assert!(table.body.contains("Ask IT,1,0,0,0,0"), "{}", table.body);
    let nobody = visitor.get(&format!("{worked}?group=2")).await;
    nobody.keeps_quiet_of("Worked in");
    // Whoever comes in later counts from then on.
    adds(&tom, "/groups/1", "westmoor").await.is(303);
    visitor
        .get(&of_group)
        .await
        .says("Worked in 1 of 2 places.");
    // A trial whose organisation is not named is not found out by asking for a group.
    let hidden = [("solution", "2"), ("unnamed", "1")];
    tells(&tom, &hidden).await.is(303);
    visitor
        .get(&of_group)
        .await
        .says("Worked in 1 of 2 places.");
    // A group that is not there narrows nothing.
    for odd in ["99", "x", "-1"] {
        let page = visitor.get(&format!("{worked}?group={odd}")).await;
        page.is(200).says("Worked in 1 of 2 places.");
    }
    tom.post("/groups/1/removal", &[]).await.is(303);
    visitor.get(&of_group).await.keeps_quiet_of("Only us");
}

async fn a_group_that_is_not_what_its_changes_say_is_found(world: World) {
    kept(&world).await;
    let db = &world.app().db;
    let faults = async || store_writing::faults(db).await.unwrap();
    assert_eq!(faults().await, [0_i64; 0]);
    for text in [
        "DELETE FROM body_group_member WHERE organisation_id IN (
             SELECT id FROM organisation WHERE code = 'BEC')",
        "UPDATE body_group SET head = 3",
    ] {
        let tx = db.begin().await.unwrap();
        tx.query(text).run().await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(faults().await, [1], "{text}");
    }
}
