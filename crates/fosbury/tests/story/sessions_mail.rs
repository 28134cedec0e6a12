//! Answers by mail to letters about a session: taken once, by the rules of the form, or refused with a
//! sentence.

use fosbury::sessions::after::receiving::{LARGEST, Refused, Taken, receive};
use fosbury::time::{DAY, MINUTE};

use crate::sessions::noted;
use crate::sessions_thread::{AT, TOM, says, tips};
use crate::sink::Letter;
use crate::world::{World, both};

both!(
    an_answer_by_mail_stands_in_the_thread_once,
    what_cannot_be_taken_by_mail_is_refused_with_a_sentence_and_a_code,
    an_answer_by_mail_keeps_the_rules_of_the_form,
    whoever_wants_no_letters_of_an_event_gets_none,
);

/// A message that answers a letter, as a mail server hands it over.
fn answer(letter: &Letter, from: &str, id: &str, words: &str) -> String {
    let to = letter.header("Reply-To");
    format!(
        "From: Somebody <{from}>\r\nTo: {to}\r\nMessage-ID: <{id}@n.example>\r\n\
         Subject: Re: {}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n\r\n\
         On Sunday, 3 May 2026, Fosbury wrote:\r\n> --- write your answer above this line ---\r\n\
         > Amina said\r\n-- \r\nTom\r\n",
        letter.subject
    )
}

async fn taken(world: &World, message: &str) -> Result<Taken, Refused> {
    taken_for(world, message.as_bytes(), None).await
}

async fn taken_for(world: &World, bytes: &[u8], to: Option<&str>) -> Result<Taken, Refused> {
    let (app, mark) = (world.app(), "write your answer above this line");
    receive(&app.db, &app.settings, bytes, (to, mark), app.clock.now()).await
}

async fn count(world: &World) -> i64 {
    world.number("SELECT count(*) FROM said").await
}

async fn an_answer_by_mail_stands_in_the_thread_once(world: World) {
    noted(&world).await;
    let amina = world.as_amina();
    tips(&world.as_tom(), "Ask IT").await;
    says(&amina, "Did anybody ask since?").await;
    let letter = world.sink().letter(TOM, 1).await;
    let reply = letter.header("Reply-To").to_owned();
    assert!(
        reply.starts_with("reply+") && reply.ends_with("@hurdles.example.org"),
        "{reply}"
    );
    assert!(letter.header("List-Unsubscribe").contains("/letters/"));
    let kept = "SELECT count(*) FROM event_letter WHERE secret_hash LIKE '%reply%'";
    assert_eq!(world.number(kept).await, 0);
    let message = answer(
        &letter,
        TOM,
        "1",
        "I did, on *Friday*.\r\n\r\nThey said yes.",
    );
    let said = taken(&world, &message).await.unwrap();
    let Taken::Said {
        number: 2,
        is_held: false,
        files: 0,
    } = said
    else {
        panic!("{said:?}");
    };
    assert_eq!(taken(&world, &message).await.unwrap(), Taken::Before);
    assert_eq!(count(&world).await, 2);
    let page = world.as_visitor().get(&format!("{AT}/discussion")).await;
    page.says("I did, on Friday.")
        .says("They said yes.")
        .says("Tom")
        .keeps_quiet_of("wrote:")
        .keeps_quiet_of("above this line");
    let all = world
        .as_visitor()
        .get("/api/v1/sessions/1/discussion")
        .await;
    let all = all.json();
    let mut said = all["results"].as_array().unwrap().iter();
    assert!(said.all(|one| one["thread"] == 1), "{all}");
    // Whom it answers hears of it, by mail too.
    let letter = world.sink().letter("amina@council.example", 1).await;
    assert!(letter.text.contains("They said yes."));
    // Without headers that name it, the mail server's word counts.
    let other = message
        .replace(&reply, "undisclosed-recipients:;")
        .replace("<1@", "<2@");
    let upper = reply.to_uppercase();
    let said = taken_for(&world, other.as_bytes(), Some(&upper)).await;
    assert!(
        matches!(said, Ok(Taken::Said { number: 3, .. })),
        "{said:?}"
    );
}

async fn what_cannot_be_taken_by_mail_is_refused_with_a_sentence_and_a_code(world: World) {
    noted(&world).await;
    tips(&world.as_tom(), "Ask IT").await;
    says(&world.as_amina(), "Did anybody ask since?").await;
    let letter = world.sink().letter(TOM, 1).await;
    let right = answer(&letter, TOM, "1", "Yes");
    let reply = letter.header("Reply-To").to_owned();
    let other = reply.replace("reply+", "reply+0");
    let long = "x".repeat(4_001);
    for (message, code, sentence) in [
        (right.replace(&reply, &other), 67, "takes no answers"),
        (
            right.replace(&reply, "reply@hurdles.example.org"),
            67,
            "takes no answers",
        ),
        (
            right.replace(TOM, "dafydd@council.example"),
            77,
            "another address",
        ),
        (right.replace("\r\nYes\r\n", "\r\n"), 65, "says nothing"),
        (
            right.replace("\r\nYes\r\n", &format!("\r\n{long}\r\n")),
            65,
            "longer than 4000",
        ),
        (String::new(), 65, "not a mail message"),
    ] {
        let refused = taken(&world, &message).await.unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
        assert!(refused.to_string().contains(sentence), "{refused}");
    }
    let refused = taken_for(&world, &vec![b'x'; LARGEST + 1], None).await;
    assert_eq!(refused.unwrap_err().code(), 65);
    for header in [
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "Return-Path: <>",
    ] {
        let message = format!("{header}\r\n{right}");
        assert_eq!(taken(&world, &message).await.unwrap(), Taken::Automatic);
    }
    assert_eq!(count(&world).await, 1);
    // HTML alone, an old encoding, a file beside the words.
    let html = right
        .replace("text/plain; charset=utf-8", "text/html; charset=iso-8859-1")
        .replace("\r\nYes\r\n", "\r\n<p>Yes &amp; <b>no</b></p>\r\n");
    assert!(matches!(taken(&world, &html).await, Ok(Taken::Said { .. })));
    let with_file = format!(
        "From: {TOM}\r\nTo: {reply}\r\nMessage-ID: <9@n.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
         See the file\r\n--b\r\nContent-Type: application/pdf\r\n\
         Content-Disposition: attachment; filename=x.pdf\r\n\r\n%PDF\r\n--b--\r\n"
    );
    let said = taken(&world, &with_file).await;
    assert!(matches!(said, Ok(Taken::Said { files: 1, .. })), "{said:?}");
    let whole = format!("{AT}/discussion");
    world.as_visitor().get(&whole).await.says("Yes & no");
    // Its time is over.
    world.minutes_pass(91 * DAY / MINUTE);
    let late = taken(&world, &right.replace("<1@", "<7@")).await;
    assert_eq!(late.unwrap_err().code(), 67);
}

async fn an_answer_by_mail_keeps_the_rules_of_the_form(world: World) {
    noted(&world).await;
    let event = "/events/1-camp";
    tips(&world.as_tom(), "Ask IT").await;
    says(&world.as_amina(), "Did anybody ask since?").await;
    let letter = world.sink().letter(TOM, 1).await;
    // A newcomer's link waits for a steward.
    let spam = answer(&letter, TOM, "1", "See https://spam.example");
    let said = taken(&world, &spam).await.unwrap();
    assert!(
        matches!(said, Taken::Said { is_held: true, .. }),
        "{said:?}"
    );
    let whole = format!("{AT}/discussion");
    let visitor = world.as_visitor();
    visitor.get(&whole).await.keeps_quiet_of("spam");
    world
        .as_amina()
        .decides("accept", "spam.example", "")
        .await
        .is(303);
    visitor.get(&whole).await.says("spam.example");
    // What became hidden is answered no more.
    let hidden = [("visibility", "only-me"), ("why", "Not yet.")];
    world.as_amina().changed(event, &hidden).await;
    let hidden = taken(&world, &answer(&letter, TOM, "2", "Hello")).await;
    assert_eq!(hidden.unwrap_err().code(), 67);
    assert_eq!(count(&world).await, 2);
}

async fn whoever_wants_no_letters_of_an_event_gets_none(world: World) {
    noted(&world).await;
    tips(&world.as_tom(), "Ask IT").await;
    says(&world.as_amina(), "The first").await;
    let letter = world.sink().letter(TOM, 1).await;
    let (visitor, link) = (world.as_visitor(), letter.path("/letters/"));
    let form = visitor.get(&link).await.is(200).form("/ends");
    visitor.submit(&form).await.is(303);
    visitor.get("/letters/nothing").await.is(410);
    says(&world.as_amina(), "The second, @dafydd").await;
    world.sink().letter("dafydd@council.example", 1).await;
    let letter = world.sink().letter(TOM, 1).await;
    assert!(letter.text.contains("The first"), "{}", letter.text);
    world.as_tom().get("/waiting").await.says("The second");
}
