//! Who is like whom: the nearest bodies with the reasons, or why there are none.

use fosbury::organisations::importing;
use fosbury::organisations::planning::Files;

use crate::api::{described, fits};
use crate::world::{World, both};

both!(
    a_body_is_told_who_is_like_it_and_why,
    programs_read_who_is_like_whom,
    where_nobody_is_like_it_the_page_says_why,
    a_body_that_is_no_more_leads_to_those_that_followed,
);

/// Six districts, one of which lacks a figure, a county alone, and two that are no more.
const LIST: &str = "\
code,name,short-name,type-name,nation,population,end-date,replaced-by
ALD,Aldham District Council,Aldham,District,Northland,100000,,
BEC,=Beckham District Council,Beckham,District,Northland,102000,,
CRA,Cranham District Council,Cranham,District,Northland,150000,,
DUN,Dunham District Council,Dunham,District,Southland,200000,,
ELM,Elmham District Council,Elmham,District,Southland,300000,,
FEN,Fenham District Council,Fenham,District,Northland,90000,,
COU,Northland County Council,The county,County,Northland,900000,,
OLD,Old Aldham Rural District,Old Aldham,District,Northland,,2001-04-01,ALD
LST,Lost Rural District,Lost,District,Northland,,2001-04-01,
";
const FIGURES: &str = "\
code,low-deprivation,high-deprivation,density
ALD,0.40,0.10,500
BEC,0.39,0.115,520
CRA,0.30,0.20,900
DUN,0.20,0.30,1500
ELM,0.10,0.40,3000
FEN,0.35,0.15,
COU,0.30,0.20,200
";

/// Brings the bodies in with their figures.
pub async fn compared(world: &World) {
    let app = world.app();
    let files = Files {
        list: LIST.as_bytes().to_vec(),
        figures: Some(("shares.csv".to_owned(), FIGURES.as_bytes().to_vec())),
        homepages: None,
    };
    let done = importing::run(&app.db, files, "bodies.csv", app.clock.now()).await;
    done.unwrap();
}

const PEERS: &str = "/organisations/aldham/peers";

async fn a_body_is_told_who_is_like_it_and_why(world: World) {
    compared(&world).await;
    let visitor = world.as_visitor();
    let page = visitor.get(PEERS).await;
    page.is(200).says("The 4 organisations of its kind");
    let rows = page.all("tr");
    assert!(
        rows[1].contains("Aldham") && rows[1].contains("itself"),
        "{rows:?}"
    );
    for figure in ["40 %", "10 %", "500", "100,000"] {
        assert!(rows[1].contains(figure), "{figure}: {rows:?}");
    }
    for (row, name) in [(2, "Beckham"), (3, "Cranham"), (4, "Dunham"), (5, "Elmham")] {
        assert!(rows[row].starts_with(name), "{name}: {rows:?}");
    }
    for words in [
        "Very like it",
        "how many people most deprived places",
        "39 %",
        "102,000",
        "District · Northland",
    ] {
        assert!(rows[2].contains(words), "{words}: {}", rows[2]);
    }
    page.keeps_quiet_of("Fenham");
    page.keeps_quiet_of("CIPFA");
    // The numbers, how they are made, and where each figure comes from.
    page.says("How is this worked out?")
        .says("d = √Σ (z − z′)²");
    page.says("shares.csv, read here on 3 May 2026");
    page.says("bodies.csv, read here on 3 May 2026");
    for measure in [
        "low-deprivation",
        "high-deprivation",
        "density",
        "population",
    ] {
        assert!(page.body.contains(&format!("href=\"#source-{measure}\"")));
        assert!(page.body.contains(&format!("id=\"source-{measure}\"")));
    }
    // Its own page says who is nearest, and leads there.
    let own = visitor.get("/organisations/aldham").await;
    own.says("Most like it: Beckham, Cranham, Dunham.");
    assert_eq!(own.link("Which organisations are like it?"), PEERS);
    let table = visitor.get(&format!("{PEERS}.csv")).await;
    let lines: Vec<&str> = table.is(200).body.lines().collect();
    assert_eq!(lines.len(), 6, "{lines:?}");
    assert_eq!(
        lines[1],
        "aldham,Aldham District Council,District,Northland,,0.4,0.1,500,100000"
    );
    assert!(lines[2].starts_with("beckham,'=Beckham District Council,District,Northland,0."));
    // Another list changes what is nearest, at once.
    let nearer = FIGURES.replace("ELM,0.10,0.40,3000", "ELM,0.40,0.10,500");
    let app = world.app();
    let files = Files {
        list: LIST.replace("300000", "100000").into_bytes(),
        figures: Some(("shares.csv".to_owned(), nearer.into_bytes())),
        homepages: None,
    };
    let done = importing::run(&app.db, files, "bodies.csv", app.clock.now()).await;
    done.unwrap();
    let rows = visitor.get(PEERS).await.all("tr");
    assert!(rows[2].starts_with("Elmham"), "{rows:?}");
    assert!(
        rows[2].contains("–"),
        "twins differ in nothing: {}",
        rows[2]
    );
}

async fn programs_read_who_is_like_whom(world: World) {
    compared(&world).await;
    let visitor = world.as_visitor();
    let all = described(&visitor).await;
    let pattern = "/api/v1/organisations/{slug}/peers";
    let schema =
        &all["paths"][pattern]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    for slug in ["aldham", "fenham", "the-county", "old-aldham", "lost"] {
        let path = format!("/api/v1/organisations/{slug}/peers");
        let told = visitor.get(&path).await.is(200).json();
        fits(&told, schema, &all, &path);
        let expected = match slug {
            "aldham" => serde_json::Value::Null,
            "fenham" => "missing".into(),
            "the-county" => "too-few".into(),
            _ => "ended".into(),
        };
        assert_eq!(told["why_not"], expected, "{slug}");
    }
    let told = visitor
        .get("/api/v1/organisations/aldham/peers")
        .await
        .json();
    let peers = told["results"].as_array().unwrap();
    assert_eq!(peers.len(), 4);
    assert_eq!(peers[0]["organisation"]["slug"], "beckham");
    assert_eq!(peers[0]["most_alike"], "population");
    assert_eq!(peers[0]["figures"]["density"], 520.0);
    let told = visitor
        .get("/api/v1/organisations/fenham/peers")
        .await
        .json();
    assert_eq!(told["missing"], serde_json::json!(["density"]));
    assert_eq!(told["instead"].as_array().unwrap().len(), 3);
    visitor
        .get("/api/v1/organisations/nowhere/peers")
        .await
        .is(404);
}

async fn where_nobody_is_like_it_the_page_says_why(world: World) {
    compared(&world).await;
    let visitor = world.as_visitor();
    let page = visitor.get("/organisations/fenham/peers").await;
    page.is(200)
        .says("Fenham cannot be compared, because something is not known here: people for each square kilometre.")
        .says("the others of its kind in Northland are counted as like it, 3 in number")
        .says("Aldham")
        .says("How is this worked out?");
    let named = page.all("li").join(" ");
    assert!(!named.contains("Dunham"), "another nation: {named}");
    let page = visitor.get("/organisations/the-county/peers").await;
    page.is(200)
        .says("It is the only one of its kind here")
        .says("Nobody else is counted as like it.");
    visitor
        .get("/organisations/fenham")
        .await
        .keeps_quiet_of("Most like it");
    let table = visitor.get("/organisations/fenham/peers.csv").await;
    assert_eq!(table.is(200).body.lines().count(), 5);
    visitor.get("/organisations/nowhere/peers").await.is(404);
    visitor
        .get("/organisations/nowhere/peers.csv")
        .await
        .is(404);
}

async fn a_body_that_is_no_more_leads_to_those_that_followed(world: World) {
    compared(&world).await;
    let visitor = world.as_visitor();
    let page = visitor.get("/organisations/old-aldham/peers").await;
    page.is(200)
        .says("Old Aldham ended on 1 April 2001, so it is not compared.");
    assert_eq!(page.link("Aldham District Council"), PEERS);
    let page = visitor.get("/organisations/lost/peers").await;
    page.is(200).says("so it is not compared.");
    visitor
        .get("/organisations/old-aldham/peers.csv")
        .await
        .is(200);
}
