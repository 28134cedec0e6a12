//! Files on pages: what is taken, what is refused, and what comes back of it.

use std::io::Cursor;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, header};
use image::{DynamicImage, ImageFormat, RgbImage};
use tower::ServiceExt;

use crate::browser::Browser;
use crate::page::Page;
use crate::world::{BASE, World, both};

both!(
    a_photo_comes_to_a_page_and_into_its_text,
    a_picture_needs_words_unless_it_is_decoration,
    what_is_refused_is_told_and_the_words_are_kept,
    where_a_photo_was_taken_is_gone_and_it_stands_upright,
    a_picture_that_is_a_script_as_well_is_only_a_picture_afterwards,
    a_bomb_is_refused_before_it_is_drawn,
    a_wide_picture_is_shown_smaller,
    a_document_is_only_ever_downloaded_under_a_safe_name,
    texts_show_no_picture_of_another_place,
);

/// The bytes of an answer, whatever they are.
pub struct Fetched {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Fetched {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// Fetches an address as it is.
pub async fn fetched(browser: &Browser, path: &str) -> Fetched {
    let request = browser.request(Method::GET, path);
    let request = request.header(header::ACCEPT_ENCODING, "gzip");
    let answer = browser
        .world
        .router()
        .oneshot(request.body(Body::empty()).unwrap());
    let (parts, body) = answer.await.unwrap().into_parts();
    Fetched {
        status: parts.status.as_u16(),
        headers: parts.headers,
        bytes: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
    }
}

/// A file in a form, with the fields beside it.
pub fn form(name: &str, bytes: &[u8], fields: &[(&str, &str)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, value) in fields {
        let part =
            format!("--X\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    let name = name
        .replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    let part = format!(
        "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    body.extend(part.into_bytes());
    body.extend(bytes);
    body.extend(b"\r\n--X--\r\n");
    body
}

/// Posts a form with a file.
pub async fn sends(browser: &Browser, address: &str, body: Vec<u8>) -> Page {
    let request = browser
        .request(Method::POST, address)
        .header(header::ORIGIN, BASE)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
    browser.send(request.body(Body::from(body)).unwrap()).await
}

/// Brings a file to a page, and asserts that it was taken.
pub async fn brings(browser: &Browser, page: &str, name: &str, bytes: &[u8]) {
    let fields = [("alt", "A sign at a door"), ("credit", "")];
    let body = form(name, bytes, &fields);
    let answer = sends(browser, &format!("{page}/attachments"), body).await;
    answer.is(303);
    let list = browser.follow(&answer).await;
    list.is(200).says("The file is on the page");
}

/// A picture with something to see on it.
pub fn picture(width: u32, height: u32) -> DynamicImage {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let shade = |n: u32| u8::try_from(n % 256).unwrap();
        image::Rgb([shade(x), shade(y), if x < width / 2 { 255 } else { 0 }])
    });
    image.into()
}

pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn png() -> Vec<u8> {
    encoded(&picture(64, 40), ImageFormat::Png)
}

/// A JPEG that says in its Exif where it was taken, and that it lies on its side.
fn photo() -> Vec<u8> {
    let plain = encoded(&picture(80, 40), ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08".to_vec();
    // Orientation 6, and the maker.
    exif.extend(
        b"\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x01\x0F\0\x02\0\0\0\x14\0\0\0\x26\0\0\0\0",
    );
    exif.extend(b"GPS 53.2274 -4.1293\0");
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xFF, 0xE1]);
    bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

fn contains(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|piece| piece == words)
}

async fn a_photo_comes_to_a_page_and_into_its_text(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    visitor
        .get(&format!("{address}/attachments"))
        .await
        .is(200)
        .says("There are no files on this page yet")
        .says("Sign in to add a file");
    brings(&tom, &address, "Sign at the door.png", &png()).await;
    let list = tom.get(&format!("{address}/attachments")).await;
    let line = "![A sign at a door](/attachments/1/sign-at-the-door-64x40.png)";
    list.says(line)
        .says("It shows: A sign at a door")
        .says("Tom");
    tom.changed(&address, &[("problem", line)]).await;
    let page = visitor.get(&address).await;
    page.is(200).says("Sign at the door.png");
    let image = "<img src=\"/attachments/1/sign-at-the-door-64x40.png\" alt=\"A sign at a door\" width=\"64\" height=\"40\" loading=\"lazy\">";
    assert!(page.body.contains(image), "{}", page.body);
    let file = fetched(&visitor, "/attachments/1/sign-at-the-door-64x40.png").await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "image/png");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(
        file.header("content-security-policy"),
        "default-src 'none'; sandbox"
    );
    assert_eq!(file.header("cache-control"), "public, max-age=3600");
    assert!(file.header("content-disposition").starts_with("inline; "));
    assert_eq!(file.header("content-encoding"), "");
    let shown = image::load_from_memory(&file.bytes).unwrap();
    assert_eq!(shown.to_rgb8(), picture(64, 40).to_rgb8());
    let old = fetched(&visitor, "/attachments/1/old-name.png").await;
    assert_eq!(
        old.header("location"),
        "/attachments/1/sign-at-the-door.png"
    );
    fetched(&visitor, "/attachments/1/sign-at-the-door.png").await;
    assert_eq!(
        fetched(&visitor, "/attachments/2/sign.png").await.status,
        404
    );
}

async fn a_picture_needs_words_unless_it_is_decoration(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_guide("Begin", &[("text", "Words.")]).await;
    let files = format!("{address}/attachments");
    let fields = [("alt", "  "), ("credit", "Photo: Jo \"B\" Bloggs")];
    let refused = sends(&tom, &files, form("a.png", &png(), &fields)).await;
    refused
        .is(422)
        .says("Say in a sentence what the picture shows");
    refused.says("Choose the file again");
    assert_eq!(
        refused.form("/attachments").get("credit"),
        "Photo: Jo \"B\" Bloggs"
    );
    assert_eq!(world.number("SELECT count(*) FROM attachment").await, 0);
    let fields = [("alt", ""), ("decoration", "1")];
    sends(&tom, &files, form("a.png", &png(), &fields))
        .await
        .is(303);
    tom.get(&files)
        .await
        .says("Only decoration")
        .says("![](/attachments/1/a-64x40.png)");
    let none = tom.post(&files, &[("alt", "Something")]).await;
    none.is(422).says("Choose a file");
    assert_eq!(none.form("/attachments").get("alt"), "Something");
    let long = "é".repeat(301);
    let answer = sends(&tom, &files, form("a.png", &png(), &[("alt", &long)])).await;
    answer.is(422).says("300 letters at the most");
    assert_eq!(answer.form("/attachments").get("alt"), long);
}

async fn what_is_refused_is_told_and_the_words_are_kept(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let files = format!("{address}/attachments");
    let svg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let wrong: [(&str, &[u8], &str); 8] = [
        ("logo.svg", svg.as_bytes(), "That is an SVG drawing"),
        ("logo.png", svg.as_bytes(), "That is an SVG drawing"),
        (
            "page.txt",
            b"<!doctype html><title>x</title>",
            "That is a web page or a script",
        ),
        ("photo.jpg", b"MZ\x90\0\x03\0\0\0", "That is a program"),
        (
            "film.pdf",
            b"\0\0\0\x18ftypmp42\0\0\0\0",
            "cannot be added yet",
        ),
        (
            "broken.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDRnothing",
            "We could not read that file",
        ),
        (
            "odd.pdf",
            b"\x01\x02\x03",
            "We do not know what that file is",
        ),
        ("nothing.pdf", b"", "There is nothing in that file"),
    ];
    for (name, bytes, sentence) in wrong {
        let fields = [
            ("alt", "What I <wrote> & \u{202E}meant"),
            ("credit", "Mine"),
        ];
        let answer = sends(&tom, &files, form(name, bytes, &fields)).await;
        answer.is(422).says(sentence);
        let form = answer.form("/attachments");
        assert_eq!(form.get("alt"), "What I <wrote> & \u{202E}meant", "{name}");
        assert_eq!(form.get("credit"), "Mine");
    }
    assert_eq!(world.number("SELECT count(*) FROM attachment").await, 0);
    assert!(world.files_kept().is_empty());
}

async fn where_a_photo_was_taken_is_gone_and_it_stands_upright(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let photo = photo();
    assert!(contains(&photo, b"GPS 53.2274") && contains(&photo, b"Exif"));
    brings(&tom, &address, "IMG_0001.JPG", &photo).await;
    let file = fetched(&tom, "/attachments/1/img-0001-40x80.jpg").await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "image/jpeg");
    assert!(!contains(&file.bytes, b"GPS") && !contains(&file.bytes, b"Exif"));
    let shown = image::load_from_memory(&file.bytes).unwrap().to_rgb8();
    assert_eq!(shown.dimensions(), (40, 80));
    // What was on the left, blue, is above now.
    assert!(shown.get_pixel(20, 5)[2] > 200 && shown.get_pixel(20, 75)[2] < 60);
    for kept in world.files_kept() {
        assert!(!contains(&std::fs::read(kept).unwrap(), b"GPS"));
    }
}

async fn a_picture_that_is_a_script_as_well_is_only_a_picture_afterwards(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let mut gif = encoded(&picture(10, 10), ImageFormat::Gif);
    gif.extend(b"*/=1;alert(document.domain);/*<script>alert(1)</script>");
    brings(&tom, &address, "dance.gif", &gif).await;
    let file = fetched(&tom, "/attachments/1/dance-10x10.png").await;
    assert_eq!(
        (file.status, file.header("content-type")),
        (200, "image/png")
    );
    assert!(!contains(&file.bytes, b"alert") && !contains(&file.bytes, b"GIF8"));
    let mut jpeg = encoded(&picture(10, 10), ImageFormat::Jpeg);
    jpeg.extend(b"PK\x03\x04 an archive behind it");
    brings(&tom, &address, "both.jpg", &jpeg).await;
    let file = fetched(&tom, "/attachments/2/both-10x10.jpg").await;
    assert!(!contains(&file.bytes, b"PK\x03\x04"));
}

async fn a_bomb_is_refused_before_it_is_drawn(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let mut small = png();
    // A header that claims 19,000 points each way; its checksum is right.
    small[16..20].copy_from_slice(&19_000_u32.to_be_bytes());
    small[20..24].copy_from_slice(&19_000_u32.to_be_bytes());
    let sum = checksum(&small[12..29]);
    small[29..33].copy_from_slice(&sum.to_be_bytes());
    let files = format!("{address}/attachments");
    let answer = sends(&tom, &files, form("a.png", &small, &[("alt", "A bomb")])).await;
    answer.is(422).says("more than 40 million points");
}

/// The checksum of a chunk of a PNG.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}

async fn a_wide_picture_is_shown_smaller(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let wide = encoded(&picture(2000, 500), ImageFormat::Jpeg);
    brings(&tom, &address, "wide.jpg", &wide).await;
    let list = tom.get(&format!("{address}/attachments")).await;
    list.says("/attachments/1/wide-1600x400.jpg");
    for (name, size) in [
        ("wide-1600x400.jpg", (1600, 400)),
        ("wide.jpg", (2000, 500)),
    ] {
        let file = fetched(&tom, &format!("/attachments/1/{name}")).await;
        let shown = image::load_from_memory(&file.bytes).unwrap();
        assert_eq!((shown.width(), shown.height()), size, "{name}");
    }
    assert_eq!(world.files_kept().len(), 2);
}

async fn a_document_is_only_ever_downloaded_under_a_safe_name(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let pdf = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj <script>alert(1)</script>".repeat(40);
    let name = "../../x\"; attachment=\"y\r\nSet-Cookie: a=b Ŵyl.html";
    brings(&tom, &address, name, &pdf).await;
    let list = visitor.get(&format!("{address}/attachments")).await;
    let link = list
        .links()
        .into_iter()
        .find(|link| link.starts_with("/attachments/1/"));
    let file = fetched(&visitor, &link.unwrap()).await;
    assert_eq!(
        (file.status, file.header("content-type")),
        (200, "application/pdf")
    );
    let how = file.header("content-disposition");
    assert!(how.starts_with("attachment; filename=\""), "{how}");
    assert!(
        how.rsplit_once('.').is_some_and(|(_, kind)| kind == "pdf")
            && how.matches('"').count() == 2,
        "{how}"
    );
    assert!(!how.contains("..") && !how.contains('/'), "{how}");
    assert_eq!(file.header("set-cookie"), "");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(
        file.header("content-security-policy"),
        "default-src 'none'; sandbox"
    );
    assert_eq!(file.header("content-encoding"), "");
    assert_eq!(file.bytes, pdf);
    for path in world.files_kept() {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(
            name.len() == 64 && name.chars().all(|c| c.is_ascii_hexdigit()),
            "{name}"
        );
    }
}

async fn texts_show_no_picture_of_another_place(world: World) {
    let tom = world.as_tom();
    let pictures = "![spy](https://evil.example/a.png) ![up](/attachments/../a) ![in](/logo)\n\n<img src=x onerror=alert(1)>";
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", pictures)])
        .await;
    let page = world.as_visitor().get(&address).await;
    page.is(200).says("spy");
    let prose = page.body.split("class=\"prose\"").nth(1).unwrap();
    assert!(!prose.contains("<img"), "{prose}");
}
