//! An owner sends a wiki, of whatever kind, and looks before it comes.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::attachments::form;
use crate::browser::Browser;
use crate::page::Page;
use crate::wikis::{guide, northshire};
use crate::wikis_others::dump;
use crate::world::{World, both};

both!(
    an_owner_looks_before_a_wiki_comes,
    an_owner_sends_a_dump_or_notes,
);

const TAR: &str = "wiki.tar.gz";

fn archive(folder: &Path) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    archive.append_dir_all("wiki", folder).unwrap();
    archive.into_inner().unwrap().finish().unwrap()
}

async fn sends(browser: &Browser, name: &str, archive: Vec<u8>) -> Page {
    let words = form(name, &archive, &[]);
    let named = b"name=\"file\"";
    let mut places = words.windows(named.len());
    let at = places.position(|part| part == named).unwrap();
    let after = &words[at + named.len()..];
    let body = [&words[..at], b"name=\"archive\"", after].concat();
    crate::attachments::sends(browser, "/place/wikis/previews", body).await
}

async fn an_owner_looks_before_a_wiki_comes(world: World) {
    let (ruth, folder) = (world.as_ruth(), northshire());
    ruth.get("/place/wikis").await.is(200).says("None came yet");
    sends(&ruth, TAR, Vec::new())
        .await
        .is(422)
        .says("Choose the file");
    sends(&ruth, TAR, b"no archive at all".to_vec())
        .await
        .is(422)
        .says("There is no wiki in that file");
    let looked = sends(&ruth, TAR, archive(folder.path())).await;
    assert_eq!(looked.leads_to(), "/place/wikis/previews");
    let preview = ruth.get("/place/wikis/previews").await;
    preview
        .is(200)
        .says("Northshire notes")
        .says("4 pages.")
        .says("hurdles:consent");
    world.as_visitor().get("/doku.php?id=start").await.is(404);
    ruth.get("/place/wikis")
        .await
        .says("A wiki that you sent waits");
    let gone = ruth
        .submit(&preview.form("/place/wikis/previews/removal"))
        .await;
    ruth.follow(&gone)
        .await
        .says("Nothing came")
        .keeps_quiet_of("waits");
    sends(&ruth, TAR, archive(folder.path())).await.is(303);
    let bring = ruth.get("/place/wikis/previews").await.form("/place/wikis");
    ruth.submit(&bring).await.is(303);
    let mut here = ruth.get("/place/wikis/1").await;
    for _ in 0..600 {
        if here.status == 200 && here.text().contains("It came") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        here = ruth.get("/place/wikis/1").await;
    }
    here.is(200)
        .says("It came")
        .says("4 pages.")
        .says("Nobody wrote")
        .says("damaged");
    let picture = guide(&world.as_visitor(), "hurdles:filters").await;
    assert!(picture.body.contains("/attachments/1/"));
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (path, bytes) in files {
        writer.start_file(*path, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

async fn an_owner_sends_a_dump_or_notes(world: World) {
    let ruth = world.as_ruth();
    let sent = sends(&ruth, "northshire.xml", dump("").into_bytes()).await;
    let looked = ruth.follow(&sent).await;
    looked
        .is(200)
        .says("Northshire web notes")
        .says("2 pages.")
        .says("Sign.png");
    ruth.get("/wiki/Filters").await.is(404);
    let notes = zipped(&[
        ("vault/Start.md", b"# Start\n[[Other]]"),
        ("vault/Other.md", b"Other."),
        ("../climbs.md", b"xylophone"),
    ]);
    let sent = sends(&ruth, "vault.zip", notes).await;
    let looked = ruth.follow(&sent).await;
    looked.is(200).says("2 pages.").keeps_quiet_of("climbs");
    let nothing = sends(&ruth, "nothing.zip", zipped(&[("a.txt", b"x")])).await;
    nothing.is(422).says("There is no wiki in that file");
}
