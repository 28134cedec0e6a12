//! Tokens: made on the account page, shown once, listed with their last use, ended.

use axum::body::Body;
use axum::http::{Method, header};
use serde_json::Value;

use crate::api::{described, fits};
use crate::browser::Browser;
use crate::page::Page;
use crate::world::{BASE, World, both};

both!(
    a_token_is_shown_once_and_only_its_hash_stays,
    the_list_says_on_which_day_a_token_was_used,
    a_token_ends_with_its_time_by_its_person_and_by_the_owner,
    a_token_ends_when_its_person_leaves,
    a_form_with_mistakes_keeps_what_was_chosen,
    nobody_makes_a_token_above_their_role,
    nobody_ends_the_token_of_another,
    a_program_reads_what_its_person_reads,
    no_cookie_counts_beside_a_token,
    a_token_opens_no_page,
);

/// Makes a token with these scopes in somebody's name.
pub async fn token_of(browser: &Browser, scopes: &[&str]) -> String {
    let mut fields = vec![("name", "A copy for our intranet"), ("days", "90")];
    fields.extend(scopes.iter().map(|scope| ("scope", *scope)));
    let page = browser.post("/account/tokens", &fields).await;
    secret_in(page.is(200))
}

fn secret_in(page: &Page) -> String {
    let at = page.body.find("fosbury_").expect("a token is shown");
    page.body[at..at + "fosbury_".len() + 64].to_owned()
}

/// Somebody's program.
pub struct Program {
    pub browser: Browser,
    pub token: String,
}

impl Program {
    pub async fn of(browser: &Browser, scopes: &[&str]) -> Self {
        Self {
            browser: browser.world.as_visitor(),
            token: token_of(browser, scopes).await,
        }
    }

    pub async fn with_all(browser: &Browser) -> Self {
        Self::of(browser, &["read", "write", "say"]).await
    }

    pub async fn get(&self, path: &str) -> Page {
        self.asks(Method::GET, path, &[], Body::empty()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Page {
        self.post_with(path, body, &[]).await
    }

    pub async fn post_with(&self, path: &str, body: &Value, more: &[(&str, &str)]) -> Page {
        let page = self.post_words(path, body.to_string(), more).await;
        answered_as_described(self, path, &page).await;
        page
    }

    pub async fn post_words(&self, path: &str, words: String, more: &[(&str, &str)]) -> Page {
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(more);
        self.asks(Method::POST, path, &headers, words.into()).await
    }

    pub async fn asks(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Page {
        let mut request = self
            .browser
            .request(method, path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.browser.send(request.body(body).unwrap()).await
    }
}

/// Asserts that the description says what was answered to an act.
pub async fn answered_as_described(program: &Program, path: &str, page: &Page) {
    as_described(program, ("post", path), page).await;
}

/// Asserts that the description says what was read.
pub async fn read_as_described(program: &Program, path: &str, page: &Page) {
    as_described(program, ("get", path), page).await;
}

async fn as_described(program: &Program, (method, path): (&str, &str), page: &Page) {
    let all = described(&program.browser).await;
    let mut before = "";
    let mut pattern = Vec::new();
    for piece in path.split('/') {
        pattern.push(match piece {
            _ if before == "organisations" => "{slug}",
            number if number.parse::<i64>().is_ok() => "{number}",
            word => word,
        });
        before = piece;
    }
    let pattern = pattern.join("/");
    let answer = &all["paths"][&pattern][method]["responses"][page.status.to_string()];
    let schema = &answer["content"]["application/json"]["schema"];
    assert!(
        !schema.is_null(),
        "{path}: {} is not described",
        page.status
    );
    fits(&page.json(), schema, &all, path);
}

async fn a_token_is_shown_once_and_only_its_hash_stays(world: World) {
    let tom = world.as_tom();
    let token = token_of(&tom, &["read"]).await;
    assert_eq!(token.len(), 72);
    let page = tom.get("/account/tokens").await;
    page.is(200).says("A copy for our intranet").says("not yet");
    assert!(!page.body.contains(&token[8..]));
    let kept = world.number("SELECT count(*) FROM api_token").await;
    assert_eq!(kept, 1);
    let dump = format!("{:?}", world.everything().await);
    assert!(!dump.contains(&token));
    tom.get("/account")
        .await
        .is(200)
        .says("Tokens for programs");
}

async fn the_list_says_on_which_day_a_token_was_used(world: World) {
    let tom = world.as_tom();
    let program = Program::of(&tom, &["read"]).await;
    program.get("/api/v1/hurdles").await.is(200);
    let page = tom.get("/account/tokens").await;
    page.says("3 May 2026");
    assert!(!page.text().contains("not yet"));
    world.minutes_pass(3 * 24 * 60);
    program.get("/api/v1/hurdles").await.is(200);
    tom.get("/account/tokens").await.says("6 May 2026");
    let hours = "SELECT count(*) FROM api_token WHERE used_on % 86400000 <> 0";
    assert_eq!(world.number(hours).await, 0, "only the day is kept");
}

async fn a_token_ends_with_its_time_by_its_person_and_by_the_owner(world: World) {
    let (tom, ruth) = (world.as_tom(), world.as_ruth());
    let program = Program::of(&tom, &["read"]).await;
    let page = tom.get("/account/tokens").await;
    tom.submit(&page.form("/removal")).await.is(303);
    let page = program.get("/api/v1/hurdles").await;
    assert_eq!(page.is(401).json()["error"], "token-ended");
    page.says("Make another on the page /account/tokens");
    assert_eq!(page.header("www-authenticate"), "Bearer");

    let program = Program::of(&tom, &["read"]).await;
    let link = ruth.get("/people").await.link(": Tom");
    let page = ruth.get(&link).await;
    let page = ruth
        .submit(&page.says("A copy for our intranet").form("/removal"))
        .await;
    ruth.follow(&page).await.is(200).says("The token has ended");
    program.get("/api/v1/hurdles").await.is(401);
    let noted = "SELECT count(*) FROM audit WHERE act = 'token-end'";
    assert_eq!(world.number(noted).await, 2);

    let program = Program::of(&tom, &["read"]).await;
    world.minutes_pass(89 * 24 * 60);
    program.get("/api/v1/hurdles").await.is(200);
    world.minutes_pass(2 * 24 * 60);
    program.get("/api/v1/hurdles").await.is(401);
}

async fn a_token_ends_when_its_person_leaves(world: World) {
    let (tom, ruth) = (world.as_tom(), world.as_ruth());
    let program = Program::of(&tom, &["read"]).await;
    let link = ruth.get("/people").await.link(": Tom");
    ruth.post(&format!("{link}/departure"), &[]).await.is(303);
    program.get("/api/v1/hurdles").await.is(401);
    assert_eq!(world.number("SELECT count(*) FROM api_token").await, 0);
}

async fn a_form_with_mistakes_keeps_what_was_chosen(world: World) {
    let tom = world.as_tom();
    let page = tom
        .post(
            "/account/tokens",
            &[("name", "  "), ("days", "9"), ("scope", "write")],
        )
        .await;
    page.is(422)
        .says("Say what the token is for")
        .says("Choose how long it lasts");
    assert!(page.body.contains("value=\"write\" checked"));
    let page = tom
        .post("/account/tokens", &[("name", "x"), ("days", "30")])
        .await;
    page.is(422).says("Choose what the token may do");
    for n in 0..20 {
        let name = format!("Program {n}");
        let fields = [("name", name.as_str()), ("days", "30"), ("scope", "read")];
        tom.post("/account/tokens", &fields).await.is(200);
    }
    let fields = [("name", "One more"), ("days", "30"), ("scope", "read")];
    tom.post("/account/tokens", &fields)
        .await
        .is(422)
        .says("You have 20 tokens");
}

async fn nobody_makes_a_token_above_their_role(world: World) {
    let tom = world.as_tom();
    let fields = [("name", "x"), ("days", "30"), ("scope", "keep")];
    tom.post("/account/tokens", &fields).await.is(422);
    assert!(
        !tom.get("/account/tokens")
            .await
            .text()
            .contains("as stewards do")
    );
    world
        .as_amina()
        .post("/account/tokens", &fields)
        .await
        .is(200);
}

async fn nobody_ends_the_token_of_another(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let program = Program::of(&tom, &["read"]).await;
    let page = tom.get("/account/tokens").await;
    let removal = page.form("/removal").action;
    dafydd.post(&removal, &[]).await.is(303);
    program.get("/api/v1/hurdles").await.is(200);
}

async fn a_program_reads_what_its_person_reads(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    tom.writes_hurdle("For members", &[("visibility", "members")])
        .await;
    tom.writes_hurdle("For me", &[("visibility", "only-me")])
        .await;
    tom.writes_hurdle("For all", &[]).await;
    let visitor = world.as_visitor();
    for (number, member, anybody) in [(1, 200, 404), (2, 404, 404), (3, 200, 200)] {
        let path = format!("/api/v1/hurdles/{number}");
        visitor.get(&path).await.is(anybody);
        let theirs = Program::of(&dafydd, &["read"]).await;
        let page = theirs.get(&path).await;
        page.is(member);
        assert_eq!(page.header("cache-control"), "no-store");
        let own = Program::of(&tom, &["read"]).await;
        own.get(&path).await.is(200);
        // And what a visitor is told afterwards is not what a program was told.
        visitor.get(&path).await.is(anybody);
    }
    let list = Program::of(&dafydd, &["read"])
        .await
        .get("/api/v1/hurdles")
        .await;
    assert_eq!(list.json()["results"].as_array().unwrap().len(), 2);
}

async fn no_cookie_counts_beside_a_token(world: World) {
    let (tom, ruth) = (world.as_tom(), world.as_ruth());
    tom.writes_hurdle("For me", &[("visibility", "only-me")])
        .await;
    let bad = [
        "Bearer x",
        "Bearer",
        "bearer  ",
        "BEARER fosbury_0000",
        "Bearer \u{e4}",
    ];
    for value in bad {
        for browser in [&tom, &ruth] {
            let request = browser
                .request(Method::GET, "/api/v1/hurdles/1")
                .header(header::AUTHORIZATION, value.as_bytes());
            browser
                .send(request.body(Body::empty()).unwrap())
                .await
                .is(401);
        }
    }
    // Another scheme is somebody's proxy, and no business of ours.
    let request = tom
        .request(Method::GET, "/api/v1/hurdles/1")
        .header(header::AUTHORIZATION, "Basic eDp5");
    tom.send(request.body(Body::empty()).unwrap()).await.is(200);
    // Tom's cookie with Dafydd's token is Dafydd.
    let token = token_of(&world.as_dafydd(), &["read", "write"]).await;
    let request = tom
        .request(Method::GET, "/api/v1/hurdles/1")
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    tom.send(request.body(Body::empty()).unwrap()).await.is(404);
    // A forged act with a token that is none is refused, not done in the cookie's name.
    let request = tom
        .request(Method::POST, "/api/v1/hurdles")
        .header(header::AUTHORIZATION, "Bearer x")
        .header(header::ORIGIN, "https://evil.example")
        .header(header::CONTENT_TYPE, "application/json");
    let body = Body::from(r#"{"title": "Forged", "parts": {"heading": "it"}}"#);
    tom.send(request.body(body).unwrap()).await.is(401);
    // And with a cookie alone programs write nothing, even from our own pages.
    let request = tom
        .request(Method::POST, "/api/v1/hurdles")
        .header(header::ORIGIN, BASE)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json");
    tom.send(request.body(Body::from("{}")).unwrap())
        .await
        .is(401);
}

async fn a_token_opens_no_page(world: World) {
    let ruth = world.as_ruth();
    let program = Program::of(&ruth, &["read", "write", "say", "keep"]).await;
    for path in ["/account", "/people", "/desk", "/hurdles/new"] {
        program.get(path).await.is(401);
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = || Body::from("title=x&why=x");
    for path in ["/hurdles", "/hurdles/1/deletions", "/account/tokens"] {
        let page = program.asks(Method::POST, path, &form, body()).await;
        page.is(403).says("We did not accept that");
    }
}
