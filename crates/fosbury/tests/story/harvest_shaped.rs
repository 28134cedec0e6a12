//! Lines are cut, joined and decided by two people at once; mistakes keep what was written.

use fosbury::viewer::Visibility;

use crate::harvest::{
    HERE, NOTES, TRIAGE, form, form_of, makes, noted, part_form, presses, undoes,
};
use crate::page::Form;
use crate::world::{World, both};

both!(
    lines_are_cut_and_joined_without_losing_a_word,
    of_two_people_at_one_line_the_second_sees_what_the_first_decided,
    mistakes_keep_what_was_written,
);

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
