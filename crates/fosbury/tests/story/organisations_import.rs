//! Lists of bodies: brought in again without change, and nothing half done whatever is in them.

use std::process::Command;

use axum::body::Body;
use axum::http::{Method, header};
use fosbury::organisations::importing::{self, CannotImport};
use fosbury::organisations::planning::{Files, Plan};
use fosbury::words::Words;

use crate::bodies::{LIST, imports};
use crate::browser::Browser;
use crate::page::Page;
use crate::world::{BASE, World, both};

both!(
    the_same_list_again_changes_nothing,
    a_merger_keeps_every_old_address_answering,
    who_worked_at_a_body_that_is_no_more_is_not_led_on,
    what_people_wrote_stays_where_the_list_says_nothing,
    a_list_is_read_whoever_wrote_it,
    what_is_wrong_with_a_list_is_told_in_a_sentence,
    rows_that_cannot_be_read_are_named_and_the_others_count,
    an_owner_looks_at_a_list_before_it_counts,
    only_what_was_looked_at_is_imported,
    figures_and_homepages_come_from_files_of_their_own,
    the_command_imports_and_says_what_it_did,
);

fn counts(plan: &Plan) -> (usize, usize, usize, usize) {
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

/// Sends a list through the owner's form.
async fn sends(browser: &Browser, list: &[u8]) -> Page {
    let mut body = Vec::new();
    for (field, bytes) in [
        ("list", list),
        ("figures", b"".as_slice()),
        ("homepages", b""),
    ] {
        let name = if bytes.is_empty() { "" } else { "list.csv" };
        let head = format!(
            "--X\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--X--\r\n");
    let request = browser
        .request(Method::POST, "/organisations/previews")
        .header(header::ORIGIN, BASE)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
    browser.send(request.body(Body::from(body)).unwrap()).await
}

const BODIES: &str = "SELECT count(*) FROM organisation";

async fn an_owner_looks_at_a_list_before_it_counts(world: World) {
    let ruth = world.as_ruth();
    for (list, why) in [
        (b"".as_slice(), "Choose a file"),
        (b"\n\n", "There is nothing in this file."),
        (b"a,b\n1,2\n", "no column “code”"),
    ] {
        let page = sends(&ruth, list).await;
        page.is(422).says(why);
    }
    sends(&ruth, &vec![b'x'; 9 * 1024 * 1024]).await.is(413);
    for browser in [world.as_amina(), world.as_tom()] {
        sends(&browser, LIST.as_bytes()).await.is(403);
        browser.get("/organisations/previews").await.is(403);
    }
    let sent = sends(&ruth, LIST.as_bytes()).await;
    sent.is(303);
    let preview = ruth.follow(&sent).await;
    preview
        .says("3 rows read: 2 bodies of today, 1 that are no more.")
        .says("3 are new")
        .says("Beckham District Council");
    assert_eq!(world.number(BODIES).await, 0);
    let form = preview.form("/organisations/imports");
    let done = ruth.submit(&form).await;
    done.is(303);
    ruth.follow(&done).await.says("2 organisations");
    assert_eq!(world.number(BODIES).await, 3);
    ruth.submit(&form).await.is(422).says("No list is waiting.");
    let again = sends(&ruth, LIST.as_bytes()).await;
    let preview = ruth.follow(&again).await;
    preview.says("Everything in this list is known here already.");
    preview.keeps_quiet_of("Import this list");
    let list = LIST.replace("Southland", "Northland") + "BAD ROW,x\n";
    let changed = sends(&ruth, list.as_bytes()).await;
    let preview = ruth.follow(&changed).await;
    preview
        .says("1 changes")
        .says("place")
        .says("1 row could not be read, or not wholly")
        .says("It has 2 cells");
    let form = preview.form("/previews/removal");
    ruth.submit(&form).await.is(303);
    ruth.get("/organisations/previews")
        .await
        .says("Import a list of organisations");
    let noted = "SELECT count(*) FROM audit WHERE act = 'organisations-imported'";
    assert_eq!(world.number(noted).await, 1);
}

async fn only_what_was_looked_at_is_imported(world: World) {
    let ruth = world.as_ruth();
    let first = sends(&ruth, LIST.as_bytes()).await;
    let form = ruth.follow(&first).await.form("/organisations/imports");
    sends(&ruth, b"code,name\nEVL,Another list\n").await.is(303);
    ruth.submit(&form).await.is(422);
    ruth.submit(&form.with("mark", "")).await.is(422);
    assert_eq!(world.number(BODIES).await, 0);
    // Looked at, then known already: importing it changes nothing and breaks nothing.
    let again = sends(&ruth, LIST.as_bytes()).await;
    let form = ruth.follow(&again).await.form("/organisations/imports");
    imports(&world, LIST).await;
    ruth.submit(&form).await.is(303);
    assert_eq!(world.number(BODIES).await, 3);
    let left = "SELECT count(*) FROM organisation_upload";
    assert_eq!(world.number(left).await, 0);
}

async fn figures_and_homepages_come_from_files_of_their_own(world: World) {
    let app = world.app();
    let files = || Files {
        list: LIST.into(),
        figures: Some((
            "places.csv".to_owned(),
            b"local-authority-code,high-deprivation,density\nALD,0.25,120.4\nXXX,1,1\n".to_vec(),
        )),
        homepages: Some(b"gss,slug,homepage_url\nX02,,https://beckham.example/\n".to_vec()),
    };
    let now = app.clock.now();
    let plan = importing::run(&app.db, files(), "list.csv", now)
        .await
        .unwrap();
    assert_eq!(counts(&plan), (3, 0, 0, 1));
    let again = importing::run(&app.db, files(), "list.csv", now)
        .await
        .unwrap();
    assert_eq!(counts(&again), (0, 0, 3, 1));
    let page = world.as_visitor().get("/organisations/aldham").await;
    page.says("25 % (places.csv)").says("120 (places.csv)");
    let page = world.as_visitor().get("/organisations/beckham").await;
    page.says("https://beckham.example/");
    // The list alone takes neither away.
    assert_eq!(counts(&imports(&world, LIST).await), (0, 0, 3, 0));
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests start the product as people do"
)]
fn runs(world: &World, folder: &std::path::Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fosbury"))
        .args(["import", "organisations"])
        .args(arguments)
        .args(["--database", &world.app().settings.database])
        .arg("--data")
        .arg(folder)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

async fn the_command_imports_and_says_what_it_did(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.csv");
    std::fs::write(&file, LIST).unwrap();
    let path = file.to_str().unwrap();
    let (ok, said) = runs(&world, folder.path(), &[path, "--dry-run"]);
    assert!(ok && said.contains("3 would be new"), "{said}");
    assert_eq!(world.number(BODIES).await, 0);
    let (ok, said) = runs(&world, folder.path(), &[path]);
    assert!(ok, "{said}");
    for words in [
        "3 rows read: 2 current, 1 ended, 0 with a problem.",
        "3 new, 0 changed",
        "Took ",
    ] {
        assert!(said.contains(words), "{said}");
    }
    // A program that serves meanwhile learns of it by the log that it follows.
    let log = "SELECT count(*) FROM index_change WHERE record_id = 'organisations'";
    assert_eq!(world.number(log).await, 1);
    world
        .as_visitor()
        .get("/organisations/aldham")
        .await
        .is(200);
    let (ok, said) = runs(&world, folder.path(), &[path]);
    assert!(
        ok && said.contains("0 new, 0 changed, 3 unchanged"),
        "{said}"
    );
    assert_eq!(world.number(log).await, 1);
    std::fs::write(&file, "name\nNobody\n").unwrap();
    let (ok, said) = runs(&world, folder.path(), &[path]);
    assert!(!ok && said.contains("There is no column “code”"), "{said}");
    let gone = folder.path().join("gone.csv");
    let (ok, said) = runs(&world, folder.path(), &[gone.to_str().unwrap()]);
    assert!(!ok && said.contains("cannot be read"), "{said}");
    assert_eq!(world.number(BODIES).await, 3);
}
