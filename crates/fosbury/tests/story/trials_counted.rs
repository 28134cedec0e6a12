//! Numbers on pages are those of the trials that this reader may read, neither more nor fewer.

use std::collections::BTreeMap;

use crate::browser::Browser;
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{World, both};

both!(a_solutions_numbers_are_what_each_reader_may_read);

const SOLUTION: &str = "/solutions/1-ask-it";

/// A solution's trials by year, counted anew from the list that the reader may read: worked, partly,
/// did not, open.
async fn counted(who: &Browser) -> BTreeMap<String, [usize; 4]> {
    let list = who.get("/api/v1/solutions/1/trials").await.json();
    let mut years: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for one in list["results"].as_array().unwrap() {
        let year = one["ended_on"].as_str().unwrap()[..4].to_owned();
        let place = match one["outcome"].as_str().unwrap() {
            "worked" => 0,
            "partly" => 1,
            "no-effect" | "worse" => 2,
            _ => 3,
        };
        years.entry(year).or_default()[place] += 1;
    }
    years
}

/// The same as the solution's page tells it.
async fn shown(who: &Browser) -> BTreeMap<String, [usize; 4]> {
    let rows = who.get(SOLUTION).await.all("tr").into_iter();
    let numbers = |row: String| {
        let mut cells = row.split_whitespace().map(str::to_owned);
        let year = cells.next().filter(|year| year.parse::<i64>().is_ok())?;
        let cells: Vec<usize> = cells.map(|cell| cell.parse().unwrap()).collect();
        Some((year, cells.try_into().unwrap()))
    };
    rows.filter_map(numbers).collect()
}

async fn a_solutions_numbers_are_what_each_reader_may_read(world: World) {
    furnished(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    for (visibility, ended, outcome) in [
        ("public", "2021-03-01", "worked"),
        ("members", "2022-03-01", "partly"),
        ("own-organisation", "2023-03-01", "worked"),
        ("only-me", "2024-03-01", "no-effect"),
        ("bodies", "2025-03-01", "worked"),
        ("own-organisation", "2021-03-01", "worse"),
    ] {
        let more = [
            ("visibility", visibility),
            ("reader", "Westmoor"),
            ("ended", ended),
            ("outcome", outcome),
            ("another", "1"),
        ];
        tells(&tom, &more).await.is(303);
    }
    let own = [
        ("body", "Westmoor"),
        ("visibility", "own-organisation"),
        ("ended", "2026-03-01"),
        ("outcome", "worked"),
    ];
    tells(&dafydd, &own).await.is(303);
    let people = [
        (world.as_visitor(), 1),
        (world.as_amina(), 2),
        (tom, 6),
        (dafydd, 4),
    ];
    for (who, trials) in &people {
        let (counted, shown) = (counted(who).await, shown(who).await);
        assert_eq!(counted.values().flatten().sum::<usize>(), *trials);
        assert_eq!(counted, shown);
        for (year, [worked, ..]) in &counted {
            let page = who.get(&format!("{HURDLE}/worked?year={year}")).await;
            let is_shown = page.text().contains("Worked in 1 of 1");
            let has_harm = page.text().contains("Made it worse in 1");
            assert!(*worked == 0 || is_shown || has_harm, "{year}");
        }
    }
    let [visitor, amina, tom, dafydd] = people.map(|(who, _)| who);
    for (who, year, sees) in [
        (&visitor, 2023, false),
        (&amina, 2023, false),
        (&tom, 2023, true),
        (&dafydd, 2023, false),
        (&dafydd, 2025, true),
        (&amina, 2025, false),
        (&tom, 2026, false),
        (&dafydd, 2026, true),
    ] {
        for asked in [format!("year={year}"), format!("type=District&year={year}")] {
            let page = who.get(&format!("{HURDLE}/worked?{asked}")).await;
            assert_eq!(page.text().contains("Worked in 1 of 1"), sees, "{asked}");
        }
    }
    // The strip counts bodies: Eastmoor, and for Dafydd his own as well.
    dafydd.get(SOLUTION).await.says("Worked in 2 of 2");
    visitor.get(SOLUTION).await.says("Worked in 1 of 1");
    tom.get(SOLUTION).await.says("Made it worse in 1");
    visitor.get(SOLUTION).await.keeps_quiet_of("Made it worse");
}
