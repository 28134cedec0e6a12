//! Lists of bodies: brought in again without change, and nothing half done whatever is in them.

use fosbury::organisations::importing::{self, CannotImport};
use fosbury::organisations::planning::{Files, Plan};
use fosbury::words::Words;

use crate::bodies::{LIST, imports};
use crate::world::{World, both};

both!(
    the_same_list_again_changes_nothing,
    a_merger_keeps_every_old_address_answering,
    who_worked_at_a_body_that_is_no_more_is_not_led_on,
    what_people_wrote_stays_where_the_list_says_nothing,
    a_list_is_read_whoever_wrote_it,
    what_is_wrong_with_a_list_is_told_in_a_sentence,
    rows_that_cannot_be_read_are_named_and_the_others_count,
);

pub fn counts(plan: &Plan) -> (usize, usize, usize, usize) {
    let (new, changed) = (plan.new.len(), plan.changed.len());
    (new, changed, plan.unchanged, plan.problems.len())
}

/// What is said of a list that is refused.
async fn refused(world: &World, list: Vec<u8>) -> String {
    let files = Files {
        list,
        ..Files::default()
    };
    let app = world.app();
    match importing::run(&app.db, files, "list.csv", app.clock.now()).await {
        Err(CannotImport::File(located)) => {
            let problem = located.problem;
            Words::english().fill(problem.key, &[("value", problem.value.as_str())])
        }
        other => panic!("it was not refused: {other:?}"),
    }
}

async fn the_same_list_again_changes_nothing(world: World) {
    assert_eq!(counts(&imports(&world, LIST).await), (3, 0, 0, 0));
    world.works_at("Tom", "aldham").await;
    let before = world.everything().await;
    world.minutes_pass(60);
    for list in [
        LIST.to_owned(),
        LIST.replace('\n', "\r\n"),
        format!("\u{feff}{LIST}"),
    ] {
        assert_eq!(counts(&imports(&world, list).await), (0, 0, 3, 0));
    }
    assert_eq!(world.everything().await, before);
}

/// The list as it may look once Aldham and Beckham are one, and once more after that.
const MERGED: &str = "\
code,name,short-name,type-name,nation,other-names,public-code,start-date,end-date,replaced-by
ALD,Aldham Borough Council,Aldham,Borough,Northland,\"Aldham BC, The Mill Town\",X01,2001-04-01,2026-04-01,NEW
BEC,Beckham District Council,Beckham,District,Southland,,X02,,2026-04-01,NEW
OLD,Old Aldham Rural District,Old Aldham,District,Northland,,X03,1974-04-01,2001-04-01,ALD
NEW,Aldbeck Council,Aldbeck,Unitary,Northland,,X04,2026-04-01,,
";

async fn a_merger_keeps_every_old_address_answering(world: World) {
    imports(&world, LIST).await;
    let visitor = world.as_visitor();
    // Known before the day: the page says what is coming, and the address stays.
    imports(&world, MERGED.replace("2026-04-01", "2026-10-01")).await;
    let page = visitor.get("/organisations/aldham").await;
    page.is(200)
        .says("It ends on 1 October 2026.")
        .says("Aldbeck");
    let listed = visitor.get("/api/v1/organisations").await.json();
    assert!(
        listed["results"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["ended"] == false)
    );
    assert_eq!(counts(&imports(&world, MERGED).await), (0, 3, 1, 0));
    for (old, name) in [
        ("aldham", "Aldham Borough Council"),
        ("beckham", "Beckham District Council"),
        ("old-aldham", "Old Aldham Rural District"),
    ] {
        let page = visitor.get(&format!("/organisations/{old}")).await;
        assert!(
            page.is(302)
                .leads_to()
                .starts_with("/organisations/aldbeck"),
            "{old}"
        );
        let page = visitor.follow(&page).await;
        page.is(200)
            .says(&format!("You asked for {name}, which is no more."));
        visitor
            .get(&format!("/api/v1/organisations/{old}"))
            .await
            .is(200);
    }
    let page = visitor.get("/organisations/X01").await;
    let page = visitor.follow(&page).await;
    assert_eq!(visitor.follow(&page).await.is(200).all("h1"), ["Aldbeck"]);
    visitor.get("/organisations").await.says("1 organisation");
    visitor
        .get("/organisations?ended=1")
        .await
        .says("4 organisations");
    // A body that was split leads nowhere by itself: its page says who followed.
    let split = MERGED.replace("2001-04-01,ALD", "2001-04-01,ALD;BEC");
    imports(&world, split).await;
    let page = visitor.get("/organisations/old-aldham").await;
    page.is(200)
        .says("This organisation is no more. It ended on 1 April 2001.");
    page.says("These followed it:")
        .says("Aldham")
        .says("Beckham");
    // Followed in a circle, or by nobody.
    let circle = MERGED.replace("X04,2026-04-01,,", "X04,2026-04-01,2026-04-02,ALD");
    imports(&world, circle).await;
    visitor
        .get("/organisations/aldham")
        .await
        .is(200)
        .says("no more");
    imports(&world, MERGED.replace(",NEW\n", ",\n")).await;
    let page = visitor.get("/organisations/aldham").await;
    page.is(200).says("Nobody wrote down who followed it.");
}

async fn who_worked_at_a_body_that_is_no_more_is_not_led_on(world: World) {
    imports(&world, LIST).await;
    world.works_at("Tom", "aldham").await;
    world.works_at("Dafydd", "aldham").await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let fields = [("visibility", "own-organisation")];
    let address = tom.writes_hurdle("Among colleagues", &fields).await;
    imports(&world, MERGED).await;
    let page = tom.get("/organisations/aldham").await;
    page.is(200)
        .says("This organisation is no more.")
        .says("You work here.");
    dafydd.get(&address).await.is(200);
    let page = dafydd.get("/organisations/aldham").await;
    dafydd.submit(&page.form("/departures")).await.is(303);
    dafydd.get("/organisations/aldham").await.is(302);
    dafydd
        .post("/organisations/aldham/memberships", &[])
        .await
        .is(410);
    dafydd.get(&address).await.is(404);
}

async fn what_people_wrote_stays_where_the_list_says_nothing(world: World) {
    imports(&world, LIST).await;
    let amina = world.as_amina();
    let form = amina
        .get("/organisations/aldham")
        .await
        .form("/mail-domain");
    amina
        .submit(&form.with("mail-domain", "aldham.example"))
        .await
        .is(303);
    let renamed = LIST.replace(
        "Aldham Borough Council,Aldham",
        "Aldham City Council,Aldham City",
    );
    assert_eq!(counts(&imports(&world, renamed).await), (0, 1, 2, 0));
    // The address stays; the old names still find it; the steward's domain is there.
    let page = world.as_visitor().get("/organisations/aldham").await;
    page.is(200)
        .says("Aldham City")
        .says("Aldham Borough Council");
    let found = world
        .as_visitor()
        .get("/organisations?name=aldham+borough")
        .await;
    found.says("1 organisation");
    let page = amina.get("/organisations/aldham").await;
    assert_eq!(
        page.form("/mail-domain").get("mail-domain"),
        "aldham.example"
    );
    // What the list does not have is there still.
    let plan = imports(&world, "code,name\nZZZ,Another\n").await;
    assert_eq!((plan.elsewhere, plan.new.len()), (3, 1));
    world
        .as_visitor()
        .get("/organisations/beckham")
        .await
        .is(200);
}

async fn a_list_is_read_whoever_wrote_it(world: World) {
    let visitor = world.as_visitor();
    let windows = b"code;name\nYNY;Ynys M\xf4n\n".to_vec();
    assert_eq!(counts(&imports(&world, windows).await), (1, 0, 0, 0));
    visitor
        .get("/organisations/ynys-mon")
        .await
        .is(200)
        .says("Ynys Môn");
    let wide: Vec<u8> =
        "\u{feff}Local_Authority_Code\tOfficial Name\nYNY\tYnys Môn\nTAB\tTab Body\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
    assert_eq!(counts(&imports(&world, wide).await), (1, 0, 1, 0));
    let odd = "code,name,unknown\n\"QUO\",\"Quoted, \"\"Body\"\"\nof two lines\",x\n";
    imports(&world, odd).await;
    let page = visitor.get("/organisations/quoted-body-of-two-lines").await;
    page.is(200).says("Quoted, \"Body\" of two lines");
    let turned = "code,name\nRLO,Evil\u{202e}lacol\u{0} body\n";
    imports(&world, turned).await;
    visitor
        .get("/organisations?name=evil")
        .await
        .says("Evillacol body");
    let script = "code,name,homepage\nSCR,<script>alert(1)</script>,\n";
    imports(&world, script).await;
    let page = visitor.get("/organisations?name=script").await;
    page.says("<script>alert(1)</script>");
    assert!(!page.body.contains("<script>alert(1)"));
}

async fn what_is_wrong_with_a_list_is_told_in_a_sentence(world: World) {
    let before = world.everything().await;
    for (list, sentence) in [
        ("", "There is nothing in this file."),
        (" \n\n", "There is nothing in this file."),
        ("name,nation\nAldham,England\n", "no column “code”"),
        ("code;nation\nALD;England\n", "no column “name”"),
        ("<html><p>Not found</p></html>", "no column “code”"),
        ("PK\u{3}\u{4}\u{0}\u{0}binary\u{1}", "no column “code”"),
    ] {
        let said = refused(&world, list.into()).await;
        assert!(said.contains(sentence), "{list:?}: {said}");
    }
    let rows = (0..1_000_000).map(|n| format!("C{n},Body {n}\n"));
    let million = std::iter::once("code,name\n".to_owned()).chain(rows);
    let said = refused(&world, million.collect::<String>().into_bytes()).await;
    assert_eq!(
        said,
        "It has more than 50000 rows: no list of public bodies has."
    );
    assert_eq!(world.everything().await, before);
    assert_eq!(counts(&imports(&world, "code,name\n").await), (0, 0, 0, 0));
}

async fn rows_that_cannot_be_read_are_named_and_the_others_count(world: World) {
    let list = "\
code,name,start-date,end-date,population,homepage,mail-domain,replaced-by
ONE,Good Body,01/04/1974,,\"1,234\",https://one.example/,one.example,
,No Code,,,,,,
bad code!,Bad Code,,,,,,
TWO,,,,,,,
ONE,A Twin,,,,,,
DAY,Bad Day,April 1974,,,,,
NUM,Bad Number,,,many,,,
WEB,Bad Site,,,,javascript:alert(1),,
DOM,Bad Domain,,,,,gmail.com,
FEW,Too few
NXT,Followed by nobody we know,,1999-04-01,,,,XXX
";
    let plan = imports(&world, list).await;
    assert_eq!(counts(&plan), (2, 0, 0, 10));
    let problems = plan.problems.iter();
    let keys: Vec<(u64, &str)> = problems
        .map(|one| (one.problem.line, one.problem.key))
        .collect();
    let expected = [
        (3, "row-no-code"),
        (4, "row-code"),
        (5, "row-no-name"),
        (6, "row-twice"),
        (7, "row-day"),
        (8, "row-number"),
        (9, "row-homepage"),
        (10, "row-mail-domain"),
        (11, "row-cells"),
        (12, "row-successor"),
    ];
    assert_eq!(keys, expected);
    let page = world.as_visitor().get("/organisations/good-body").await;
    page.says("1,234")
        .says("1 April 1974")
        .says("https://one.example/");
    world
        .as_visitor()
        .get("/organisations/a-twin")
        .await
        .is(404);
}
