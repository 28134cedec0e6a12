//! A line that the session keeps: an action that somebody does by a day, a question in its thread.

use fosbury::viewer::Visibility;

use crate::browser::Browser;
use crate::harvest::{NOTES, noted};
use crate::page::{Form, Page};
use crate::trials::furnished;
use crate::world::{World, both};

both!(
    a_line_becomes_an_action_of_whom_it_names_by_the_day_it_says,
    a_line_becomes_a_question_in_the_sessions_thread_or_on_a_record,
    undoing_takes_an_action_and_a_question_back,
    an_action_that_somebody_changed_is_not_undone,
    where_young_people_were_a_question_is_for_members,
);

const HERE: &str = "/sessions/1-answering";
const TRIAGE: &str = "/sessions/1-answering/harvest";
const QUESTION: i64 = 5;
const ACTION: i64 = 6;

async fn form(browser: &Browser, line: i64) -> Form {
    let page = browser.get(TRIAGE).await;
    let found = page
        .is(200)
        .forms()
        .into_iter()
        .find(|form| form.action.ends_with("/made") && form.get("line") == line.to_string());
    found.unwrap_or_else(|| panic!("line {line} waits for nobody: {}", page.text()))
}

async fn makes(browser: &Browser, line: i64, kind: &str) -> Page {
    let made = browser
        .submit(&form(browser, line).await.with("kind", kind))
        .await;
    browser.follow(made.is(303)).await
}

async fn undoes(browser: &Browser) -> Page {
    let page = browser.get(TRIAGE).await;
    let act = page.body.rsplit_once("name=\"act\" value=\"").unwrap().1;
    let act = act.split('"').next().unwrap();
    let undone = browser
        .submit(&page.form("/undoings").with("act", act))
        .await;
    browser.follow(undone.is(303)).await
}

async fn a_line_becomes_an_action_of_whom_it_names_by_the_day_it_says(world: World) {
    let lines = [
        NOTES,
        &["Tom will ask the clerks before 20 May", "We need a rota"],
    ]
    .concat();
    noted(&world, Visibility::Public, false, &lines).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let page = makes(&tom, ACTION, "action").await;
    assert_eq!(page.link("Action 1"), format!("{HERE}/actions/1"));
    // Two days are between the Saturday of the notes and a Friday: the next one is meant.
    visitor
        .get(&format!("{HERE}/actions/1"))
        .await
        .says("Priya to send the rota round by Friday")
        .says("Priya")
        .says("8 May 2026")
        .says("From line 6 of the notes");
    makes(&tom, 10, "action").await;
    tom.get("/waiting")
        .await
        .says("Tom will ask the clerks before 20 May")
        .says("20 May 2026");
    let reworded = form(&tom, 11).await.with("title", "Make a rota");
    tom.submit(&reworded.with("kind", "action")).await.is(303);
    visitor
        .get(&format!("{HERE}/actions/3"))
        .await
        .says("Make a rota")
        .says("Nobody yet");
    let notes = visitor.get(HERE).await;
    assert_eq!(notes.link("Action 2"), format!("{HERE}/actions/2"));
    // It is changed like any other.
    let step = tom.get(&format!("{HERE}/actions/1")).await.form("/steps");
    tom.submit(&step.with("owner", "Priya Nair")).await.is(303);
    visitor.get(HERE).await.says("Priya Nair");
}

async fn a_line_becomes_a_question_in_the_sessions_thread_or_on_a_record(world: World) {
    furnished(&world).await;
    let lines = [NOTES, &["Is there a policy for that?"]].concat();
    noted(&world, Visibility::Public, false, &lines).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let page = makes(&tom, QUESTION, "question").await;
    assert_eq!(page.link("Question, comment 1"), "/comments/1");
    let thread = visitor.get(&format!("{HERE}/discussion")).await;
    thread.is(200).says("Who answers at weekends?");
    assert_eq!(thread.link("Line 5"), format!("{HERE}#l-line-4"));
    visitor.get(HERE).await.says("1 comment");
    let other = form(&tom, 10).await.with("kind", "question");
    tom.submit(&other.clone().with("other", "hurdle 99"))
        .await
        .is(422)
        .says("Name a record that is here");
    let made = tom.submit(&other.with("other", "hurdle 1")).await;
    made.is(303);
    let hurdle = visitor.get("/hurdles/1/discussion").await;
    let hurdle = if hurdle.status == 200 {
        hurdle
    } else {
        visitor.follow(&hurdle).await
    };
    hurdle.says("Is there a policy for that?");
    visitor
        .get(&format!("{HERE}/discussion"))
        .await
        .keeps_quiet_of("Is there a policy");
}

async fn undoing_takes_an_action_and_a_question_back(world: World) {
    noted(&world, Visibility::Public, false, NOTES).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    makes(&tom, ACTION, "action").await;
    undoes(&tom).await.says("Undone. The line waits again.");
    visitor.get(&format!("{HERE}/actions/1")).await.is(404);
    makes(&tom, QUESTION, "question").await;
    undoes(&tom).await.says("Undone. The line waits again.");
    visitor
        .get(&format!("{HERE}/discussion"))
        .await
        .keeps_quiet_of("Who answers");
    let words = "SELECT count(*) FROM session_action WHERE what <> ''";
    assert_eq!(world.number(words).await, 0);
    makes(&tom, ACTION, "action").await.says("Action 2");
}

async fn an_action_that_somebody_changed_is_not_undone(world: World) {
    noted(&world, Visibility::Public, false, NOTES).await;
    let tom = world.as_tom();
    makes(&tom, ACTION, "action").await;
    let step = tom.get(&format!("{HERE}/actions/1")).await.form("/steps");
    tom.submit(&step.with("state", "done")).await.is(303);
    undoes(&tom).await.says("Others have changed what was made");
    world
        .as_visitor()
        .get(&format!("{HERE}/actions/1"))
        .await
        .is(200)
        .says("Done");
}

async fn where_young_people_were_a_question_is_for_members(world: World) {
    noted(&world, Visibility::Public, true, NOTES).await;
    let tom = world.as_tom();
    makes(&tom, QUESTION, "question").await;
    makes(&tom, ACTION, "action").await;
    let page = tom.get(&format!("{HERE}/actions/1")).await;
    page.is(200).says("P.");
    let visitor = world.as_visitor();
    visitor.get("/comments/1").await.is(404);
    visitor.get(&format!("{HERE}/actions/1")).await.is(404);
    visitor.get(HERE).await.keeps_quiet_of("Priya");
}
