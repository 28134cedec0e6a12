//! Evidence in mergers, programs, tables and checks.

use crate::evidence::adds;
use crate::tokens::Program;
use crate::trials::{furnished, tells};
use crate::world::{World, both};
use db::Reads;

both!(
    evidence_follows_a_page_that_is_merged_and_comes_back_with_it,
    programs_read_and_write_evidence_by_the_same_rules,
    a_table_of_evidence_holds_no_formula,
    a_check_sees_when_evidence_is_not_about_what_its_text_says,
);

async fn evidence_follows_a_page_that_is_merged_and_comes_back_with_it(world: World) {
    furnished(&world).await;
    let (tom, amina) = (world.as_tom(), world.as_amina());
    let visitor = world.as_visitor();
    for title in ["Pages do not open", "The filter"] {
        tom.writes_hurdle(title, &[("problem", "Words.")]).await;
    }
    let address = adds(&tom, &[]).await;
    let merges = |from: i64, into: &'static str| {
        let amina = &amina;
        async move {
            let path = format!("/hurdles/{from}/mergers");
            amina.post(&path, &[("into", into)]).await.is(303);
        }
    };
    merges(1, "2").await;
    merges(2, "3").await;
    visitor
        .get("/hurdles/3-the-filter")
        .await
        .says("Half a day");
    visitor.get("/evidence?hurdle=3").await.says("1 item");
    visitor.get(&address).await.says("Hurdle 3");
    // Saving it again keeps what it was about, whatever that has become.
    tom.changed(&address, &[("says", "More.")]).await;
    visitor
        .get("/hurdles/3-the-filter")
        .await
        .says("Half a day");
    amina.post("/hurdles/2/separations", &[]).await.is(303);
    let page = visitor.get("/hurdles/2-pages-do-not-open").await;
    page.says("Half a day");
    let page = visitor.get("/hurdles/3-the-filter").await;
    page.keeps_quiet_of("Half a day");
    // Two items that are one: what both are about is what the one is about.
    let other = [("title", "Another"), ("hurdles", "3"), ("solutions", "2")];
    adds(&tom, &other).await;
    amina
        .post("/evidence/2/mergers", &[("into", "1")])
        .await
        .is(303);
    let page = visitor.get(&address).await;
    page.says("Hurdle 3").says("Solution 2");
    visitor.get("/evidence/2").await.is(301);
    world.chains_hold().await;
}

async fn programs_read_and_write_evidence_by_the_same_rules(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    let program = Program::with_all(&tom).await;
    let item = serde_json::json!({
        "title": "Half a day a week",
        "parts": {
            "kind": "figures", "strength": "measured", "source": "Audit Office",
            "date": "May 2025", "points": "for", "hurdles": [1],
            "link": "https://example.org/a",
        },
    });
    let made = program.post("/api/v1/evidence", &item).await;
    let record = &made.is(201).json()["record"];
    assert_eq!(record["parts"]["date"], "2025-05");
    let twice = program.post("/api/v1/evidence", &item).await;
    let fields = &twice.is(422).json()["fields"];
    assert!(fields["title"].as_str().unwrap().contains("Evidence 1"));
    let mut wrong = item.clone();
    wrong["parts"]["date"] = "2099".into();
    let wrong = program.post("/api/v1/evidence", &wrong).await;
    assert!(wrong.is(422).json()["fields"]["parts.date"].is_string());
    let visitor = world.as_visitor();
    let of_hurdle = visitor.get("/api/v1/hurdles/1/evidence").await.json();
    let first = &of_hurdle["results"][0];
    assert_eq!(first["strength"], "measured");
    assert_eq!(first["link"], "https://example.org/a");
    assert!(of_hurdle["next"].is_null());
    for n in 0..3 {
        let title = format!("Item {n}");
        adds(&tom, &[("title", title.as_str())]).await;
    }
    let mut met = Vec::new();
    let mut next = Some("/api/v1/hurdles/1/evidence?limit=3".to_owned());
    while let Some(path) = next {
        let page = visitor.get(&path).await.is(200).json();
        let results = page["results"].as_array().unwrap();
        met.extend(results.iter().map(|one| one["number"].as_i64().unwrap()));
        next = page["next"].as_str().map(str::to_owned);
    }
    met.sort_unstable();
    assert_eq!(met, [1, 2, 3, 4]);
}

async fn a_table_of_evidence_holds_no_formula(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    let more = [
        ("title", "=HYPERLINK(\"https://example.org\")"),
        ("source", "+cmd|' /C calc'!A0"),
        ("quote", "@SUM(1+1)"),
    ];
    adds(&tom, &more).await;
    let table = world.as_visitor().get("/evidence.csv?hurdle=1").await;
    assert_eq!(
        table.is(200).header("content-type"),
        "text/csv; charset=utf-8"
    );
    let mut rows = csv::Reader::from_reader(table.body.as_bytes());
    let row = rows.records().next().unwrap().unwrap();
    for (at, cell) in row.iter().enumerate() {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{at}: {cell}");
    }
    assert_eq!(&row[6], "'+cmd|' /C calc'!A0");
}

async fn a_check_sees_when_evidence_is_not_about_what_its_text_says(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    tells(&tom, &[]).await.is(303);
    adds(&tom, &[("solutions", "1"), ("trials", "1")]).await;
    let db = &world.app().db;
    let faults = fosbury::evidence::store_check::faults;
    assert_eq!(faults(db).await.unwrap(), (1, Vec::new()));
    let tx = db.begin().await.unwrap();
    let text = "UPDATE evidence_tie SET number = 2 WHERE kind = 'solution'";
    tx.query(text).run().await.unwrap();
    tx.commit().await.unwrap();
    let (_, found) = faults(db).await.unwrap();
    assert_eq!(
        found,
        ["what evidence 1 is about is not what its text says"]
    );
}
