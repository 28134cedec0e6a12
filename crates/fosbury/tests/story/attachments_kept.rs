//! Files on pages: who sees them, how much there may be, and how they go.

use fosbury::attachments::tidying;
use fosbury::interchange::soundness;
use fosbury::settings::{Attachments, Settings};

use crate::attachments::{brings, encoded, fetched, form, picture, png, sends};
use crate::world::{Engine, World, both, tell_with};
use image::ImageFormat;

both!(
    the_same_bytes_are_kept_once,
    a_file_is_seen_by_whoever_sees_its_page,
    a_file_goes_with_its_page_and_comes_back_with_it,
    a_file_of_a_page_joined_to_another_is_there_still,
    what_was_taken_off_can_be_put_back_for_a_month,
    nobody_takes_off_what_somebody_else_brought,
    what_the_owner_erases_is_gone_at_once,
    words_erased_for_good_take_their_files_along,
    a_check_finds_what_is_missing_or_changed,
    whoever_leaves_leaves_their_files,
);

const FILE: &str = "/attachments/1/a-64x40.png";

async fn with_a_file(world: &World) -> String {
    let tom = world.as_tom();
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    brings(&tom, &address, "a.png", &png()).await;
    address
}

async fn the_same_bytes_are_kept_once(world: World) {
    let address = with_a_file(&world).await;
    let other = world
        .as_dafydd()
        .writes_solution("Ask IT", &[("hurdles", "1")])
        .await;
    brings(&world.as_dafydd(), &other, "b.png", &png()).await;
    assert_eq!(world.files_kept().len(), 1);
    world
        .as_tom()
        .post("/attachments/1/removals", &[])
        .await
        .is(303);
    world.minutes_pass(31 * 24 * 60);
    tidying::tidy(world.app()).await.unwrap();
    assert_eq!(world.files_kept().len(), 1);
    assert_eq!(fetched(&world.as_visitor(), FILE).await.status, 404);
    assert_eq!(
        fetched(&world.as_visitor(), "/attachments/2/b-64x40.png")
            .await
            .status,
        200
    );
    world
        .as_visitor()
        .get(&address)
        .await
        .is(200)
        .keeps_quiet_of("a.png");
}

async fn a_file_is_seen_by_whoever_sees_its_page(world: World) {
    let address = with_a_file(&world).await;
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    assert_eq!(fetched(&visitor, FILE).await.status, 200);
    tom.changed(&address, &[("visibility", "members")]).await;
    assert_eq!(fetched(&visitor, FILE).await.status, 404);
    let file = fetched(&dafydd, FILE).await;
    assert_eq!(
        (file.status, file.header("cache-control")),
        (200, "no-store")
    );
    visitor.get(&format!("{address}/attachments")).await.is(404);
    tom.changed(&address, &[("visibility", "only-me")]).await;
    for other in [
        world.as_visitor(),
        world.as_dafydd(),
        world.as_amina(),
        world.as_ruth(),
    ] {
        assert_eq!(fetched(&other, FILE).await.status, 404);
        other.get(&format!("{address}/attachments")).await.is(404);
        for act in ["removals", "recoveries", "erasures"] {
            let page = other
                .post(&format!("/attachments/1/{act}"), &[("why", "x")])
                .await;
            assert!(
                [401, 403, 404].contains(&page.status),
                "{act}: {}",
                page.status
            );
        }
    }
    assert_eq!(fetched(&tom, FILE).await.status, 200);
}

async fn a_file_goes_with_its_page_and_comes_back_with_it(world: World) {
    let address = with_a_file(&world).await;
    let amina = world.as_amina();
    amina
        .post(&format!("{address}/deletions"), &[("why", "Twice")])
        .await
        .is(303);
    for viewer in [world.as_visitor(), world.as_tom(), world.as_ruth()] {
        assert_eq!(fetched(&viewer, FILE).await.status, 404);
    }
    tidying::tidy(world.app()).await.unwrap();
    amina
        .post(&format!("{address}/recoveries"), &[])
        .await
        .is(303);
    assert_eq!(fetched(&world.as_visitor(), FILE).await.status, 200);
}

async fn a_file_of_a_page_joined_to_another_is_there_still(world: World) {
    let address = with_a_file(&world).await;
    let amina = world.as_amina();
    let other = amina.writes_hurdle("Websites are blocked", &[]).await;
    amina
        .post(&format!("{address}/mergers"), &[("into", "2")])
        .await
        .is(303);
    assert_eq!(fetched(&world.as_visitor(), FILE).await.status, 200);
    world.as_visitor().get(&other).await.says("a.png");
    amina.changed(&other, &[("visibility", "members")]).await;
    assert_eq!(fetched(&world.as_visitor(), FILE).await.status, 404);
    let file = fetched(&world.as_tom(), FILE).await;
    assert_eq!(
        (file.status, file.header("cache-control")),
        (200, "no-store")
    );
    amina
        .post(&format!("{other}/deletions"), &[("why", "Gone")])
        .await
        .is(303);
    assert_eq!(fetched(&world.as_tom(), FILE).await.status, 404);
}

async fn what_was_taken_off_can_be_put_back_for_a_month(world: World) {
    let address = with_a_file(&world).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let files = format!("{address}/attachments");
    let form = tom.get(&files).await.form("/1/removals");
    let list = tom.submit(&form).await;
    tom.follow(&list)
        .await
        .says("The file is off the page")
        .says("Put it back");
    visitor.get(&files).await.keeps_quiet_of("a.png");
    world.as_dafydd().get(&files).await.keeps_quiet_of("a.png");
    assert_eq!(fetched(&visitor, FILE).await.status, 404);
    let form = tom.get(&files).await.form("/1/recoveries");
    tom.submit(&form).await.is(303);
    assert_eq!(fetched(&visitor, FILE).await.status, 200);
    tom.post("/attachments/1/removals", &[]).await.is(303);
    world.minutes_pass(31 * 24 * 60);
    tidying::tidy(world.app()).await.unwrap();
    assert!(world.files_kept().is_empty());
    let amina = world.signs_in_anew("Amina").await;
    amina.get(&files).await.is(200).keeps_quiet_of("a.png");
    amina.post("/attachments/1/recoveries", &[]).await.is(404);
}

async fn nobody_takes_off_what_somebody_else_brought(world: World) {
    let address = with_a_file(&world).await;
    let dafydd = world.as_dafydd();
    let list = dafydd.get(&format!("{address}/attachments")).await;
    list.keeps_quiet_of("Take it off the page");
    dafydd.post("/attachments/1/removals", &[]).await.is(403);
    world
        .as_amina()
        .post("/attachments/1/removals", &[])
        .await
        .is(303);
    dafydd.post("/attachments/1/recoveries", &[]).await.is(403);
    let noted = "SELECT count(*) FROM audit WHERE act = 'attachment-removal'";
    assert_eq!(world.number(noted).await, 1);
}

async fn what_the_owner_erases_is_gone_at_once(world: World) {
    let address = with_a_file(&world).await;
    let (ruth, tom) = (world.as_ruth(), world.as_tom());
    let other = tom.writes_guide("Begin", &[("text", "Words.")]).await;
    brings(&tom, &other, "secret name.png", &png()).await;
    let wide = encoded(&picture(2000, 300), ImageFormat::Png);
    brings(&tom, &other, "wide.png", &wide).await;
    assert_eq!(world.files_kept().len(), 3);
    let page = ruth.get("/attachments/1/erase").await;
    page.is(200).says("every other page that has the same file");
    ruth.submit(&page.form("/1/erasures").with("why", " "))
        .await
        .is(422);
    let form = page.form("/1/erasures").with("why", "A child's face");
    let answer = ruth.submit(&form).await;
    ruth.follow(&answer).await.says("gone for good");
    assert_eq!(world.files_kept().len(), 2);
    for file in [FILE, "/attachments/2/secret-name-64x40.png"] {
        assert_eq!(fetched(&ruth, file).await.status, 404, "{file}");
    }
    world
        .as_visitor()
        .get(&other)
        .await
        .keeps_quiet_of("secret name");
    ruth.get(&format!("{address}/attachments"))
        .await
        .keeps_quiet_of("a.png");
    ruth.post("/attachments/3/erasures", &[("why", "x")])
        .await
        .is(303);
    assert!(world.files_kept().is_empty());
    let left = "SELECT count(*) FROM attachment WHERE name <> '' OR alt <> ''";
    assert_eq!(world.number(left).await, 0);
}

async fn words_erased_for_good_take_their_files_along(world: World) {
    let address = with_a_file(&world).await;
    let ruth = world.as_ruth();
    ruth.post(&format!("{address}/deletions"), &[("why", "Private")])
        .await
        .is(303);
    let fields = [("revision", "2"), ("why", "Private")];
    ruth.post("/hurdles/1/erasures", &fields).await.is(303);
    assert!(world.files_kept().is_empty());
}

async fn a_check_finds_what_is_missing_or_changed(world: World) {
    with_a_file(&world).await;
    assert_eq!(faults(&world).await, Vec::<String>::new());
    let file = world.files_kept().pop().unwrap();
    std::fs::write(&file, b"other bytes").unwrap();
    let changed = faults(&world).await;
    assert!(changed[0].contains("is not what was stored"), "{changed:?}");
    std::fs::remove_file(&file).unwrap();
    let missing = faults(&world).await;
    assert!(missing[0].contains("is missing"), "{missing:?}");
    assert_eq!(fetched(&world.as_visitor(), FILE).await.status, 500);
}

/// What `fosbury check` finds wrong.
async fn faults(world: &World) -> Vec<String> {
    let app = world.app();
    let folder = app.settings.attachments_folder();
    soundness::look(&app.db, &folder).await.unwrap().faults
}

async fn whoever_leaves_leaves_their_files(world: World) {
    let address = with_a_file(&world).await;
    let ruth = world.as_ruth();
    let people = ruth.get("/people").await;
    let tom = people.link("Tom");
    ruth.post(&format!("{tom}/departure"), &[]).await.is(303);
    let list = ruth.get(&format!("{address}/attachments")).await;
    list.says("Former colleague").keeps_quiet_of("Tom");
    assert_eq!(fetched(&world.as_visitor(), FILE).await.status, 200);
}

/// A place with little room.
fn narrow(settings: &mut Settings) {
    settings.attachments = Attachments {
        largest: 1,
        a_day: 2,
        in_all: 3,
    };
}

/// Plain text of this many kilobytes, each different.
fn words(kilobytes: usize, word: char) -> Vec<u8> {
    word.to_string().repeat(kilobytes * 1_000).into_bytes()
}

async fn each_measure_has_its_sentence(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let files = format!("{address}/attachments");
    let large = form("a.txt", &words(1_001, 'a'), &[("credit", "Kept")]);
    let answer = sends(&tom, &files, large).await;
    answer.is(422).says("The file is larger than 1 MB");
    assert_eq!(answer.form("/attachments").get("credit"), "Kept");
    brings(&tom, &address, "a.txt", &words(900, 'a')).await;
    brings(&tom, &address, "b.txt", &words(900, 'b')).await;
    let third = || form("c.txt", &words(900, 'c'), &[]);
    let answer = sends(&tom, &files, third()).await;
    answer
        .is(422)
        .says("You may add 2 MB in a day, and have added 1.8 MB");
    world.minutes_pass(25 * 60);
    sends(&tom, &files, third()).await.is(303);
    let answer = sends(&dafydd, &files, form("d.txt", &words(900, 'd'), &[])).await;
    answer.is(422).says("no room for more files: 3 MB are full");
}

mod with_little_room {
    use super::{Engine, each_measure_has_its_sentence, narrow, tell_with};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_sqlite() {
        tell_with(Engine::Sqlite, narrow, each_measure_has_its_sentence).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_postgres() {
        tell_with(Engine::Postgres, narrow, each_measure_has_its_sentence).await;
    }
}
