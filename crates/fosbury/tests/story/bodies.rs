//! Two invented councils for stories, what is written in them, and who may read it.

use fosbury::organisations::importing;
use fosbury::organisations::planning::{Files, Plan};

use crate::browser::Browser;
use crate::page::Page;
use crate::world::World;

/// A list of two councils that stand and one that is no more.
pub const LIST: &str = "\
code,name,short-name,type-name,nation,other-names,public-code,start-date,end-date,replaced-by
ALD,Aldham Borough Council,Aldham,Borough,Northland,\"Aldham BC, The Mill Town\",X01,2001-04-01,,
BEC,Beckham District Council,Beckham,District,Southland,,X02,,,
OLD,Old Aldham Rural District,Old Aldham,District,Northland,,X03,1974-04-01,2001-04-01,ALD
";

/// Imports a list of bodies, which must be one.
pub async fn imports(world: &World, list: impl AsRef<[u8]>) -> Plan {
    let app = world.app();
    let files = Files {
        list: list.as_ref().to_vec(),
        ..Files::default()
    };
    let done = importing::run(&app.db, files, "list.csv", app.clock.now()).await;
    done.unwrap()
}

impl World {
    /// The browser of one of four people, or a visitor's.
    pub fn whose(&self, name: &str) -> Browser {
        match name {
            "Tom" => self.as_tom(),
            "Dafydd" => self.as_dafydd(),
            "Amina" => self.as_amina(),
            "Ruth" => self.as_ruth(),
            _ => self.as_visitor(),
        }
    }

    /// Somebody says that they work at a body, and Amina confirms it.
    pub async fn works_at(&self, name: &str, slug: &str) {
        let person = self.whose(name);
        let body = format!("/organisations/{slug}");
        let form = person.get(&body).await.form("/memberships");
        person.submit(&form).await.is(303);
        let form = self.as_amina().get(&body).await.form("/confirmations");
        self.as_amina().submit(&form).await.is(303);
        person.get(&body).await.says("You work here.");
    }
}

/// Everybody who looks: a visitor, a member of Aldham, another who owns the place, a member of
/// Beckham, and a steward who works nowhere.
pub const VIEWERS: [&str; 5] = ["", "Tom", "Ruth", "Dafydd", "Amina"];
/// The kinds of page.
pub const KINDS: [&str; 7] = [
    "hurdles",
    "solutions",
    "guides",
    "evidence",
    "cases",
    "events",
    "write-ups",
];

/// Who writes, for whom, opened to which bodies, and who may read that.
type Case = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const CASES: [Case; 12] = [
    (
        "Tom",
        "public",
        &[],
        &["", "Tom", "Ruth", "Dafydd", "Amina"],
    ),
    ("Tom", "members", &[], &["Tom", "Ruth", "Dafydd", "Amina"]),
    ("Tom", "bodies", &["Aldham"], &["Tom", "Ruth"]),
    ("Tom", "bodies", &["BEC"], &["Tom", "Dafydd"]),
    (
        "Tom",
        "bodies",
        &["aldham", "Beckham"],
        &["Tom", "Ruth", "Dafydd"],
    ),
    ("Tom", "own-organisation", &[], &["Tom", "Ruth"]),
    ("Tom", "only-me", &[], &["Tom"]),
    (
        "Dafydd",
        "bodies",
        &["The Mill Town"],
        &["Dafydd", "Tom", "Ruth"],
    ),
    ("Dafydd", "own-organisation", &[], &["Dafydd"]),
    ("Dafydd", "only-me", &[], &["Dafydd"]),
    ("Amina", "members", &[], &["Tom", "Ruth", "Dafydd", "Amina"]),
    ("Amina", "only-me", &[], &["Amina"]),
];

/// A page somebody wrote, and who may read it.
#[derive(Clone, Debug)]
pub struct Written {
    /// `hurdles`, `solutions`, `guides`, `evidence`, `cases`.
    pub kind: &'static str,
    pub number: i64,
    pub address: String,
    /// A word that stands in it and nowhere else.
    pub mark: String,
    pub author: &'static str,
    pub visibility: &'static str,
    pub readers: &'static [&'static str],
}

impl Written {
    /// Whether this viewer may read it.
    pub fn is_for(&self, viewer: &str) -> bool {
        self.readers.contains(&viewer)
    }
}

/// Everything that was written.
pub struct Shelf(pub Vec<Written>);

impl Shelf {
    /// What this viewer may read.
    pub fn for_viewer(&self, viewer: &str) -> Vec<&Written> {
        self.0.iter().filter(|one| one.is_for(viewer)).collect()
    }

    /// What this viewer may not read.
    pub fn hidden_from(&self, viewer: &str) -> Vec<&Written> {
        self.0.iter().filter(|one| !one.is_for(viewer)).collect()
    }

    /// Asserts that an answer gives nothing away that this viewer may not read.
    #[track_caller]
    pub fn is_kept_from(&self, viewer: &str, page: &Page) {
        for one in self.hidden_from(viewer) {
            page.keeps_quiet_of(&one.mark);
        }
    }
}

/// A wiki with two public pages and one page of every kind for every case; each links to the
/// first, and one that two people may read links to the second.
pub async fn two_councils(world: &World) -> Shelf {
    imports(world, LIST).await;
    for (name, slug) in [("Tom", "aldham"), ("Ruth", "aldham"), ("Dafydd", "beckham")] {
        world.works_at(name, slug).await;
    }
    let amina = world.as_amina();
    amina.writes_hurdle("The quokka hub", &[]).await;
    amina.writes_hurdle("The lonely page", &[]).await;
    let mut shelf = Vec::new();
    for case in CASES {
        for kind in KINDS {
            shelf.push(written(world, case, kind, shelf.len()).await);
        }
    }
    Shelf(shelf)
}

async fn written(world: &World, case: Case, kind: &'static str, n: usize) -> Written {
    let (author, visibility, bodies, readers) = case;
    let browser = world.whose(author);
    let mark = format!("zqmark{n:02}x");
    let mut form = browser
        .get(&format!("/{kind}/new"))
        .await
        .form(&format!("/{kind}"));
    let lonely = if readers == ["Tom", "Ruth"] {
        "[[2]]"
    } else {
        ""
    };
    let words = format!("{mark}, see [[1]] and [[Unwritten plan]] {lonely}");
    let title = format!("The quokka {mark} plan");
    let tags = format!("shared, {mark}");
    let (text, of_kind): (&str, &[(&str, &str)]) = match kind {
        "hurdles" => ("problem", &[("heading", "access"), ("depends", "1")]),
        "solutions" => (
            "short",
            &[
                ("kind", "cure"),
                ("direction", "below"),
                ("effort", "days"),
                ("alone", "no"),
                ("hurdles", "1"),
            ],
        ),
        "evidence" => (
            "says",
            &[
                ("kind", "story"),
                ("strength", "told"),
                ("source", "Somebody"),
                ("date", "2026"),
                ("points", "for"),
                ("hurdles", "1"),
            ],
        ),
        "cases" => ("came", &[("sentence", "In short.")]),
        "events" => ("introduction", &[("first", "2026-05-03"), ("young", "no")]),
        _ => ("text", &[]),
    };
    let fields = [("title", title.as_str()), ("tags", &tags), (text, &words)];
    for (name, value) in fields.into_iter().chain(of_kind.iter().copied()) {
        form = form.with(name, value);
    }
    form = form.with("visibility", visibility).without("body");
    let named = bodies
        .iter()
        .map(|one| ("body".to_owned(), (*one).to_owned()));
    form.fields.extend(named);
    let to = browser.submit(&form).await.is(303).leads_to();
    let address = to.split(['?', '#']).next().unwrap();
    let address = address.trim_end_matches("/edit").to_owned();
    let number = address.rsplit('/').next().unwrap();
    let number = number.split('-').next().unwrap().parse().unwrap();
    Written {
        kind,
        number,
        address,
        mark,
        author,
        visibility,
        readers,
    }
}
