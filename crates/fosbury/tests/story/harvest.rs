//! A session's locked notes become records: who decides what, who may see it, how it is undone.

use db::Reads;
use fosbury::history::model::Parts;
use fosbury::history::saving::{Author, Beginning, Note, begin};
use fosbury::organisations::store_readers;
use fosbury::sessions::Events;
use fosbury::sessions::store_captures::lock;
use fosbury::sessions::store_lines::{Sent, Writer, write};
use fosbury::sessions::store_writing::{Planned, add};
use fosbury::viewer::{OrganisationId, PersonId, Visibility};

use crate::api::{described, fits};
use crate::browser::Browser;
use crate::page::{Form, Page};
use crate::trials::{furnished, tells};
use crate::world::{World, both};

both!(
    a_press_makes_a_record_that_cites_its_line_and_the_line_says_what_it_became,
    what_a_session_keeps_makes_no_record_and_an_example_waits_to_be_told,
    a_line_that_is_here_already_is_cited_there_and_repeated_where_somebody_wants_it,
    undoing_takes_back_what_was_made_unless_others_changed_it,
);

/// The notes of a session in Northshire.
pub const NOTES: &[&str] = &[
    "What gets in the way",
    "Nobody in the contact centre is allowed to answer on the web",
    "Write down each time a block holds you up, with the minutes lost. Then take it to the head of service.",
    "Fenmoor tried a rota of three people and halved the complaints",
    "Who answers at weekends?",
    "Priya to send the rota round by Friday",
    "Being useful once is worth more than being seen a hundred times",
    "The handbook of the clerks' association, free to download",
    "thanks for the biscuits",
];
pub const HERE: &str = "/sessions/1-answering";
pub const TRIAGE: &str = "/sessions/1-answering/harvest";

/// Locked notes of an event that Tom holds, for those who may see it; the session's number.
pub async fn noted(world: &World, visibility: Visibility, is_young: bool, lines: &[&str]) -> i64 {
    let (app, now) = (world.app(), world.app().clock.now());
    let tx = app.db.begin().await.unwrap();
    let tom: (PersonId,) = tx
        .query("SELECT id FROM person WHERE name = 'Tom'")
        .one()
        .await
        .unwrap();
    let mut parts = Parts::default();
    parts.set("title", "Northshire camp");
    parts.set("first", "2026-05-02");
    parts.set("last", "2026-05-02");
    parts.set("young", if is_young { "yes" } else { "no" });
    let author = Author {
        id: Some(tom.0.0.clone()),
        name: "Tom".to_owned(),
        is_steward: false,
    };
    let beginning = Beginning {
        kind: &Events,
        id: None,
        number: None,
        parts,
        note: Note::of("create", author, now),
        is_unfinished: false,
        visibility,
        licence: "CC BY 4.0".to_owned(),
        credit: "Northshire".to_owned(),
        is_demo: false,
    };
    let event = begin(&tx, &beginning).await.unwrap();
    let planned = Planned {
        day: "2026-05-02".to_owned(),
        starts: "10:00".to_owned(),
        ends: String::new(),
        room: String::new(),
        title: "Answering".to_owned(),
        lead: String::new(),
    };
    let (session, number) = add(&tx, event.number, &planned, false, now).await.unwrap();
    let writer = Writer {
        person: Some(tom.0.clone()),
        guest: String::new(),
        name: "Tom".to_owned(),
    };
    for (at, text) in lines.iter().enumerate() {
        let sent = Sent {
            id: format!("line-{at}"),
            place: i64::try_from(at).unwrap(),
            below: None,
            is_together: true,
            text: (*text).to_owned(),
            edition: 1,
        };
        write(&tx, &session, &sent, &writer, now).await.unwrap();
    }
    lock(&tx, &session, Some(&tom.0), now).await.unwrap();
    if visibility.is_for_bodies() {
        let body: (OrganisationId,) = tx
            .query("SELECT id FROM organisation WHERE slug = 'aldham'")
            .one()
            .await
            .unwrap();
        store_readers::replace(&tx, &event.id.0, &[body.0])
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    number
}

/// The form beside a line.
pub async fn form(browser: &Browser, line: i64) -> Form {
    part_form(browser, line, 0).await
}

pub async fn part_form(browser: &Browser, line: i64, part: i64) -> Form {
    let page = browser.get(TRIAGE).await;
    let forms = page.is(200).forms();
    let wanted = (line.to_string(), part.to_string());
    let found = forms.into_iter().find(|form| {
        form.action.ends_with("/made")
            && (form.get("line"), form.get("part")) == (&wanted.0, &wanted.1)
    });
    found.unwrap_or_else(|| panic!("line {line} waits for nobody: {}", page.text()))
}

/// Presses one of the buttons beside a line: to an act, with the button's name and value.
pub async fn presses(browser: &Browser, line: i64, act: &str, (name, value): (&str, &str)) -> Page {
    let mut form = form(browser, line).await.with(name, value);
    form.action = format!("{HERE}/harvest/{act}");
    browser.submit(&form).await
}

pub async fn makes(browser: &Browser, line: i64, kind: &str) -> Page {
    let made = presses(browser, line, "made", ("kind", kind)).await;
    browser.follow(made.is(303)).await
}

/// The form that undoes somebody's last act.
pub async fn undoing(browser: &Browser) -> Form {
    let page = browser.get(TRIAGE).await;
    let act = page.body.rsplit_once("name=\"act\" value=\"").unwrap().1;
    let act = act.split('"').next().unwrap();
    page.form("/undoings").with("act", act)
}

pub async fn undoes(browser: &Browser) -> Page {
    let undone = browser.submit(&undoing(browser).await).await;
    browser.follow(undone.is(303)).await
}

async fn a_press_makes_a_record_that_cites_its_line_and_the_line_says_what_it_became(world: World) {
    noted(&world, Visibility::Public, false, NOTES).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    visitor.get(TRIAGE).await.is(401);
    let page = tom.get(TRIAGE).await;
    page.is(200)
        .says("8 of 8 lines wait.")
        .says("written down by Tom");
    assert!(page.has("h2", "What gets in the way"));
    let after = makes(&tom, 2, "hurdle").await;
    after
        .says("7 of 8 lines wait.")
        .says("Became: Nobody in the contact centre is allowed to answer on the web (Hurdle 1)");
    for (line, kind, address) in [
        (3, "solution", "/solutions/1"),
        (7, "principle", "/guides/1"),
        (8, "resource", "/evidence/1"),
    ] {
        makes(&tom, line, kind).await.says("Became");
        let record = visitor.get(address).await;
        let record = visitor.follow(&record).await;
        record
            .is(200)
            .says("From the notes")
            .says(&format!("“{}”", NOTES[usize::try_from(line).unwrap() - 1]));
        let cited = record.link(&format!("Line {line}"));
        assert_eq!(cited, format!("{HERE}#l-line-{}", line - 1));
    }
    let notes = visitor.get(HERE).await;
    notes.is(200).says("Hurdle 1").says("Guide 1");
    assert_eq!(tom.get(HERE).await.link("Harvest"), TRIAGE);
    // What was not said is not made up.
    let way = visitor.get("/solutions/1").await;
    let way = visitor.follow(&way).await;
    way.says("Write down each time a block holds you up, with the minutes lost")
        .says("Not said yet")
        .says("Unfinished: its author");
    assert_eq!(
        world
            .number("SELECT count(*) FROM record WHERE is_unfinished")
            .await,
        4
    );
    world.chains_hold().await;
    // Programs read the same.
    let told = visitor.get("/api/v1/sessions/1/harvest").await;
    let all = described(&visitor).await;
    let answer = &all["paths"]["/api/v1/sessions/{number}/harvest"]["get"]["responses"]["200"];
    let schema = &answer["content"]["application/json"]["schema"];
    fits(&told.json(), schema, &all, "harvest");
    let all = told.json()["results"].as_array().unwrap().clone();
    assert_eq!(all.len(), NOTES.len());
    assert_eq!(
        (&all[1]["became"], &all[1]["record"]["number"]),
        (&"made".into(), &1.into())
    );
    assert_eq!(
        (&all[4]["became"], &all[4]["text"]),
        (&serde_json::Value::Null, &NOTES[4].into())
    );
}

async fn what_a_session_keeps_makes_no_record_and_an_example_waits_to_be_told(world: World) {
    furnished(&world).await;
    noted(&world, Visibility::Public, false, NOTES).await;
    let tom = world.as_tom();
    let before = world.number("SELECT count(*) FROM record").await;
    makes(&tom, 5, "question")
        .await
        .says("Kept with the session: Question");
    makes(&tom, 6, "action")
        .await
        .says("Kept with the session: Action");
    makes(&tom, 9, "aside").await.says("Left as it is.");
    let page = makes(&tom, 4, "example").await;
    page.says("Kept with the session: Example")
        .says("Make it a half-told trial");
    assert_eq!(world.number("SELECT count(*) FROM record").await, before);
    let none = tom
        .get(TRIAGE)
        .await
        .form("/harvest/trials")
        .with("trial", "77");
    let none = tom.submit(&none).await;
    none.is(422).says("trial");
    assert_eq!(none.form("/harvest/trials").get("trial"), "77");
    tells(&tom, &[]).await.is(303);
    let told = tom
        .get(TRIAGE)
        .await
        .form("/harvest/trials")
        .with("trial", "Trial 1");
    let told = tom.submit(&told).await;
    let page = tom.follow(told.is(303)).await;
    page.says("Noted. The trial tells the rest.")
        .keeps_quiet_of("Make it a half-told trial");
    assert_eq!(page.link("Trial 1"), "/trials/1");
}

async fn a_line_that_is_here_already_is_cited_there_and_repeated_where_somebody_wants_it(
    world: World,
) {
    let (amina, tom) = (world.as_amina(), world.as_tom());
    let hurdle = amina
        .writes_hurdle(
            "Nobody may answer on the web",
            &[("phrases", "contact centre not allowed to answer")],
        )
        .await;
    noted(&world, Visibility::Public, false, NOTES).await;
    let page = tom.get(TRIAGE).await;
    page.says("Is it here already?")
        .says("Hurdle 1: Nobody may answer on the web");
    let merged = presses(&tom, 2, "mergers", ("to", "hurdle-1")).await;
    tom.follow(merged.is(303))
        .await
        .says("Was here already: Nobody may answer on the web (Hurdle 1)");
    let page = tom.get(&hurdle).await;
    page.says("From the notes")
        .says("allowed to answer on the web”");
    tom.get(&format!("{hurdle}/discussion"))
        .await
        .keeps_quiet_of("weekends");
    let repeated = form(&tom, 5)
        .await
        .with("other", "Hurdle #1")
        .with("how", "help");
    let repeated = Form {
        action: format!("{HERE}/harvest/mergers"),
        ..repeated
    };
    tom.submit(&repeated).await.is(303);
    let talk = tom.get(&format!("{hurdle}/discussion")).await;
    talk.says("Who answers at weekends?");
    assert_eq!(talk.link("Answering"), format!("{HERE}#l-line-4"));
    // Undone, it is neither cited nor repeated.
    undoes(&tom).await.says("Undone. The line waits again.");
    assert_eq!(world.number("SELECT count(*) FROM harvest").await, 1);
}

pub fn form_of(page: &Page, line: i64) -> Form {
    let forms = page.forms().into_iter();
    let mut forms = forms.filter(|form| form.action.ends_with("/made"));
    forms
        .find(|form| form.get("line") == line.to_string())
        .unwrap()
}

async fn undoing_takes_back_what_was_made_unless_others_changed_it(world: World) {
    noted(&world, Visibility::Public, false, NOTES).await;
    let (tom, dafydd, amina) = (world.as_tom(), world.as_dafydd(), world.as_amina());
    makes(&tom, 2, "hurdle").await;
    let undoing = self::undoing(&tom).await;
    dafydd.submit(&undoing).await.is(403);
    tom.submit(&undoing).await.is(303);
    tom.submit(&undoing).await.is(303);
    let gone = tom.get("/hurdles/1").await;
    assert!([301, 410].contains(&gone.status), "{}", gone.status);
    world
        .as_visitor()
        .get("/hurdles")
        .await
        .keeps_quiet_of("contact centre");
    makes(&tom, 2, "hurdle").await.says("(Hurdle 2)");
    let hurdle = dafydd.get("/hurdles/2").await.leads_to();
    dafydd.changed(&hurdle, &[("detail", "Since March.")]).await;
    let undoing = self::undoing(&tom).await;
    let kept = amina.submit(&undoing).await;
    let page = amina.follow(kept.is(303)).await;
    page.says("Others have changed what was made of this line since")
        .says("(Hurdle 2)");
    dafydd.get(&hurdle).await.is(200).says("Since March.");
    world.chains_hold().await;
}
