//! What goes in comes out: newtypes, options, structs, many rows at once.

use db::{Error, Reads, Value};

use crate::places::{THING, count, everywhere, keep, named};

#[derive(Debug, Clone, PartialEq)]
struct ThingId(i64);
db::newtype!(ThingId: i64);

#[derive(Debug, Clone, PartialEq)]
struct Name(String);
db::newtype!(Name: String);

#[derive(Debug, PartialEq)]
struct Thing {
    id: ThingId,
    name: Option<Name>,
    is_open: Option<bool>,
    weight: Option<f64>,
    body: Option<Vec<u8>>,
}
db::columns!(Thing {
    id,
    name,
    is_open,
    weight,
    body
});

/// Eight texts in a row.
type Eight = (
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
);

const ALL: &str = "SELECT id, name, is_open, weight, body FROM thing ORDER BY id";

#[tokio::test(flavor = "multi_thread")]
async fn rows_become_structs_with_and_without_values() {
    everywhere(async |db| {
        let full = Thing {
            id: ThingId(1),
            name: Some(Name("Żółć 🌉".to_owned())),
            is_open: Some(true),
            weight: Some(-0.5),
            body: Some(vec![0, 255, 7]),
        };
        let tx = db.begin().await.unwrap();
        tx.query("INSERT INTO thing (id, name, is_open, weight, body) VALUES ($1, $2, $3, $4, $5)")
            .bind(&full.id)
            .bind(full.name.clone())
            .bind(full.is_open)
            .bind(full.weight)
            .bind(full.body.clone())
            .run()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        keep(
            &db,
            vec![vec![
                2_i64.into(),
                Value::Null,
                Value::Null,
                Value::Null,
                Value::Null,
                Value::Null,
            ]],
        )
        .await;
        let empty = Thing {
            id: ThingId(2),
            name: None,
            is_open: None,
            weight: None,
            body: None,
        };
        let found: Vec<Thing> = db.query(ALL).all().await.unwrap();
        assert_eq!(found, [full, empty]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_where_something_must_be_is_told() {
    everywhere(async |db| {
        keep(
            &db,
            vec![vec![
                1_i64.into(),
                Value::Null,
                Value::Null,
                Value::Null,
                Value::Null,
                Value::Null,
            ]],
        )
        .await;
        let found: Result<(String,), Error> = db.query("SELECT name FROM thing").one().await;
        assert!(matches!(found, Err(Error::Unexpected(_))), "{found:?}");
        let none: Result<(i64,), Error> = db.query("SELECT id FROM thing WHERE id = 9").one().await;
        assert!(matches!(none, Err(Error::Unexpected(_))), "{none:?}");
        let text = "SELECT id FROM thing WHERE id = 9";
        let none: Option<(i64,)> = db.query(text).one_or_none().await.unwrap();
        assert_eq!(none, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tenth_placeholder_is_not_the_first_with_a_nought() {
    everywhere(async |db| {
        let text = "SELECT $10, $2, $1, $3, $4, $5, $6, $7 || $8 || $9";
        // PostgreSQL takes a placeholder of no other use for a text.
        let mut query = db.query(text);
        for at in 1..=10 {
            query = query.bind(format!("v{at}"));
        }
        let row: Eight = query.one().await.unwrap();
        let v = |at: &str| format!("v{at}");
        let expected = (
            v("10"),
            v("2"),
            v("1"),
            v("3"),
            v("4"),
            v("5"),
            v("6"),
            v("7v8v9"),
        );
        assert_eq!(row, expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_rows_than_one_statement_holds_go_in() {
    everywhere(async |db| {
        for many in [0, 1, 199, 200, 201, 1_001] {
            let tx = db.begin().await.unwrap();
            tx.query("DELETE FROM thing").run().await.unwrap();
            let rows = (0..many).map(|at| named(at, &format!("thing {at}")));
            tx.insert_many(THING, 6, rows.collect()).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(count(&db).await, many);
        }
        let text = "SELECT name FROM thing WHERE id = $1";
        let last: (String,) = db.query(text).bind(1_000_i64).one().await.unwrap();
        assert_eq!(last.0, "thing 1000");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_says_how_many_rows_it_touched() {
    everywhere(async |db| {
        keep(&db, (0..5).map(|at| named(at, &format!("{at}"))).collect()).await;
        let tx = db.begin().await.unwrap();
        let text = "UPDATE thing SET is_open = $1 WHERE id > $2";
        let touched = tx.query(text).bind(true).bind(1_i64).run().await.unwrap();
        assert_eq!(touched, 3);
        let open: (i64,) = tx
            .query("SELECT count(*) FROM thing WHERE is_open")
            .one()
            .await
            .unwrap();
        assert_eq!(open.0, 3);
        let none = tx.query("DELETE FROM thing WHERE id = 99").run().await;
        assert_eq!(none.unwrap(), 0);
        tx.commit().await.unwrap();
    })
    .await;
}
