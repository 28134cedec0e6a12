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
use crate::bodies::{LIST, imports};
use crate::browser::Browser;
use crate::page::{Form, Page};
use crate::trials::{furnished, tells};
use crate::world::{World, both};

both!(
    a_press_makes_a_record_that_cites_its_line_and_the_line_says_what_it_became,
    what_a_session_keeps_makes_no_record_and_an_example_waits_to_be_told,
    a_line_that_is_here_already_is_cited_there_and_repeated_where_somebody_wants_it,
    lines_are_cut_and_joined_without_losing_a_word,
    of_two_people_at_one_line_the_second_sees_what_the_first_decided,
    undoing_takes_back_what_was_made_unless_others_changed_it,
    mistakes_keep_what_was_written,
    what_is_made_is_shown_to_no_more_people_than_the_notes,
    notes_with_young_people_stay_with_members_until_they_are_published,
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
const HERE: &str = "/sessions/1-answering";
const TRIAGE: &str = "/sessions/1-answering/harvest";

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
async fn form(browser: &Browser, line: i64) -> Form {
    part_form(browser, line, 0).await
}

async fn part_form(browser: &Browser, line: i64, part: i64) -> Form {
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
async fn presses(browser: &Browser, line: i64, act: &str, (name, value): (&str, &str)) -> Page {
    let mut form = form(browser, line).await.with(name, value);
    form.action = format!("{HERE}/harvest/{act}");
    browser.submit(&form).await
}

async fn makes(browser: &Browser, line: i64, kind: &str) -> Page {
    let made = presses(browser, line, "made", ("kind", kind)).await;
    browser.follow(made.is(303)).await
}

/// The form that undoes somebody's last act.
async fn undoing(browser: &Browser) -> Form {
    let page = browser.get(TRIAGE).await;
    let act = page.body.rsplit_once("name=\"act\" value=\"").unwrap().1;
    let act = act.split('"').next().unwrap();
    page.form("/undoings").with("act", act)
}

async fn undoes(browser: &Browser) -> Page {
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
        .says("Tell it in full");
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
        .keeps_quiet_of("Tell it in full");
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

async fn lines_are_cut_and_joined_without_losing_a_word(world: World) {
    noted(&world, Visibility::Public, false, NOTES).await;
    let tom = world.as_tom();
    let other = presses(&tom, 3, "cuts", ("pieces", "Write something else\nThen")).await;
    other
        .is(422)
        .says("The pieces must hold the same words as the line");
    assert_eq!(
        form_of(&other, 3).get("pieces"),
        "Write something else\nThen"
    );
    let pieces = "Write down each time a block holds you up, with the minutes lost.\n\n  Then take it to the head of service.";
    presses(&tom, 3, "cuts", ("pieces", pieces)).await.is(303);
    tom.submit(&part_form(&tom, 3, 1).await.with("kind", "solution"))
        .await
        .is(303);
    let way = tom.get("/solutions/1").await;
    let way = tom.follow(&way).await;
    way.says("Then take it to the head of service")
        .says(NOTES[2]);
    // The first piece waits still, and the line cannot be joined to it as if it were whole.
    assert_eq!(
        part_form(&tom, 3, 0).await.get("title"),
        "Write down each time a block holds you up, with the minutes lost"
    );
    presses(&tom, 6, "joins", ("kind", "")).await.is(303);
    let page = tom.get(TRIAGE).await;
    page.says("Who answers at weekends? Priya to send the rota round by Friday");
    world.minutes_pass(1);
    makes(&tom, 5, "principle").await.says("Became");
    let guide = tom.get("/guides/1").await;
    let guide = tom.follow(&guide).await;
    guide
        .says("“Who answers at weekends?”")
        .says("“Priya to send the rota round by Friday”");
    undoes(&tom).await.is(200);
    let whole = form(&tom, 5).await;
    let whole = Form {
        action: format!("{HERE}/harvest/wholes"),
        ..whole
    };
    tom.submit(&whole).await.is(303);
    assert_eq!(
        form(&tom, 6).await.get("title"),
        "Priya to send the rota round by Friday"
    );
}

fn form_of(page: &Page, line: i64) -> Form {
    let forms = page.forms().into_iter();
    let mut forms = forms.filter(|form| form.action.ends_with("/made"));
    forms
        .find(|form| form.get("line") == line.to_string())
        .unwrap()
}

async fn of_two_people_at_one_line_the_second_sees_what_the_first_decided(world: World) {
    noted(&world, Visibility::Public, false, NOTES).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let (first, second) = (form(&tom, 2).await, form(&dafydd, 2).await);
    tom.submit(&first.with("kind", "hurdle")).await.is(303);
    let late = dafydd
        .submit(&second.clone().with("kind", "solution"))
        .await;
    let page = dafydd.follow(late.is(303)).await;
    page.says("Somebody else decided this line first.")
        .says("(Hurdle 1)");
    for act in ["mergers", "cuts", "joins", "wholes"] {
        let late = Form {
            action: format!("{HERE}/harvest/{act}"),
            ..second.clone().with("to", "hurdle-1")
        };
        let answer = dafydd.submit(&late).await;
        assert!(
            [303, 422].contains(&answer.status),
            "{act}: {}",
            answer.status
        );
    }
    assert_eq!(world.number("SELECT count(*) FROM harvest").await, 1);
    assert_eq!(
        world
            .number("SELECT count(*) FROM record WHERE kind = 'solution'")
            .await,
        0
    );
    // What was decided and undone meanwhile counts as well.
    undoes(&tom).await.is(200);
    let stale = dafydd.submit(&second.with("kind", "solution")).await;
    dafydd
        .follow(stale.is(303))
        .await
        .says("8 of 8 lines wait.");
    // At the same instant, one of them makes something.
    let (one, other) = (form(&tom, 2).await, form(&dafydd, 2).await);
    let (one, other) = (one.with("kind", "hurdle"), other.with("kind", "hurdle"));
    let (one, other) = tokio::join!(tom.submit(&one), dafydd.submit(&other));
    assert_eq!((one.status, other.status), (303, 303));
    assert_eq!(world.number("SELECT count(*) FROM harvest").await, 1);
    let live = "SELECT count(*) FROM record WHERE kind = 'hurdle' AND state = 'live'";
    assert_eq!(world.number(live).await, 1);
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

async fn mistakes_keep_what_was_written(world: World) {
    noted(&world, Visibility::Public, false, NOTES).await;
    let tom = world.as_tom();
    let untitled = form(&tom, 2)
        .await
        .with("title", "  ")
        .with("kind", "hurdle");
    tom.submit(&untitled).await.is(422).says("Give it a title.");
    let long = "a ".repeat(80);
    let long = form(&tom, 2)
        .await
        .with("title", &long)
        .with("kind", "hurdle");
    let page = tom.submit(&long).await;
    page.is(422).says("too long by 19");
    assert!(form_of(&page, 2).get("title").starts_with("a a a"));
    let nowhere = presses(&tom, 2, "mergers", ("other", "hurdle 99")).await;
    nowhere.is(422).says("Name a record that is here");
    assert_eq!(form_of(&nowhere, 2).get("other"), "hurdle 99");
    tom.submit(&form(&tom, 2).await.with("kind", "poem"))
        .await
        .is(400);
    tom.post(&format!("{HERE}/harvest/made"), &[("line", "99")])
        .await
        .is(404);
    assert_eq!(world.number("SELECT count(*) FROM harvest").await, 0);
    // Nobody writes two records by pressing twice.
    let twice = form(&tom, 2).await.with("kind", "hurdle");
    tom.submit(&twice).await.is(303);
    tom.submit(&twice).await.is(303);
    assert_eq!(
        world
            .number("SELECT count(*) FROM record WHERE kind = 'hurdle'")
            .await,
        1
    );
}

async fn what_is_made_is_shown_to_no_more_people_than_the_notes(world: World) {
    imports(&world, LIST).await;
    for (name, body) in [("Tom", "aldham"), ("Ruth", "aldham"), ("Dafydd", "beckham")] {
        world.works_at(name, body).await;
    }
    noted(&world, Visibility::NamedBodies, false, NOTES).await;
    let (tom, ruth) = (world.as_tom(), world.as_ruth());
    tom.writes_hurdle("Something public", &[]).await;
    for name in ["Dafydd", "Amina"] {
        world.whose(name).get(TRIAGE).await.is(404);
    }
    assert_eq!(
        tom.get(TRIAGE)
            .await
            .is(200)
            .form("/made")
            .get("visibility"),
        "bodies"
    );
    // A form that asks for more gets what the notes allow.
    let public = form(&tom, 2)
        .await
        .with("visibility", "public")
        .with("kind", "hurdle");
    tom.submit(&public).await.is(303);
    let own = form(&tom, 3)
        .await
        .with("visibility", "only-me")
        .with("kind", "solution");
    tom.submit(&own).await.is(303);
    let hurdle = ruth.get("/hurdles/2").await;
    ruth.follow(&hurdle).await.is(200).says("From the notes");
    ruth.get("/solutions/1").await.is(404);
    ruth.get(TRIAGE)
        .await
        .says("Became: a record that you may not see.")
        .keeps_quiet_of("/solutions/1");
    for name in ["Dafydd", "Amina", "nobody"] {
        world.whose(name).get("/hurdles/2").await.is(404);
    }
    // A public page may cite the line, and only those who may read the notes see that.
    let leak = form(&tom, 5)
        .await
        .with("other", "hurdle 1")
        .with("how", "comment");
    let leak = Form {
        action: format!("{HERE}/harvest/mergers"),
        ..leak
    };
    tom.submit(&leak)
        .await
        .is(422)
        .says("the words cannot be repeated there");
    tom.submit(&leak.with("how", "cited")).await.is(303);
    let page = ruth.get("/hurdles/1").await;
    ruth.follow(&page).await.says("Who answers at weekends?");
    for name in ["Dafydd", "Amina", "nobody"] {
        let browser = world.whose(name);
        let page = browser.get("/hurdles/1").await;
        browser
            .follow(&page)
            .await
            .is(200)
            .keeps_quiet_of("weekends")
            .keeps_quiet_of("/sessions/");
    }
}

async fn notes_with_young_people_stay_with_members_until_they_are_published(world: World) {
    noted(&world, Visibility::Public, true, NOTES).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let public = form(&tom, 2)
        .await
        .with("visibility", "public")
        .with("kind", "hurdle");
    assert_eq!(form(&tom, 2).await.get("visibility"), "members");
    tom.submit(&public).await.is(303);
    visitor.get("/hurdles/1").await.is(404);
    visitor.get("/api/v1/sessions/1/harvest").await.is(404);
    world.as_dafydd().get("/hurdles/1").await.is(301);
    let tx = world.app().db.begin().await.unwrap();
    tx.query("UPDATE session SET published_at = 1")
        .run()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let public = form(&tom, 3).await.with("kind", "solution");
    assert_eq!(public.get("visibility"), "public");
    tom.submit(&public).await.is(303);
    visitor.get("/solutions/1").await.is(301);
}
