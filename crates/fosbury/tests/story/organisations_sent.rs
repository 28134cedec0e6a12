//! Lists of bodies as an owner sends them: looked at before they count, on a page or by a command.

use std::process::Command;

use axum::body::Body;
use axum::http::{Method, header};
use fosbury::organisations::importing;
use fosbury::organisations::planning::Files;

use crate::bodies::{LIST, imports};
use crate::browser::Browser;
use crate::organisations_import::counts;
use crate::page::Page;
use crate::world::{BASE, World, both};

both!(
    an_owner_looks_at_a_list_before_it_counts,
    only_what_was_looked_at_is_imported,
    figures_and_homepages_come_from_files_of_their_own,
    the_command_imports_and_says_what_it_did,
);

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
        .says("3 rows read: 2 bodies of today, 1 that is no more.")
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
