//! Moving house in little memory: a program of its own, since memory is counted by process.

#[cfg(test)]
#[path = "../all/places.rs"]
#[expect(dead_code, reason = "the other tests of the floor use the rest")]
mod places;

#[cfg(test)]
mod copying {
    use db::{Copied, Db, Value, copy_all};

    use crate::places::{
        TABLES, THING, admin, count, file, fresh, server, with_database, with_tables,
    };

    const MANY: i64 = 20_000;
    /// A row's text: twenty thousand of them are 30 MB, which a copy must not hold at once.
    const LONG: usize = 1_500;
    /// What a copy may add to this process, in kilobytes.
    const MORE_MEMORY: u64 = 27_000;

    fn rows(from: i64, to: i64, long: &str) -> Vec<Vec<Value>> {
        let row = |at: i64| {
            let weight = f64::from(i32::try_from(at).unwrap()) / 7.0;
            vec![
                at.into(),
                format!("{at} {long}").into(),
                (at % 2 == 0).into(),
                (at % 3 != 0).then_some(weight).into(),
                (at % 5 == 0).then(|| at.to_be_bytes().to_vec()).into(),
                "amina".into(),
            ]
        };
        (from..to).map(row).collect()
    }

    async fn filled(address: &str) -> Db {
        let db = with_tables(address).await;
        let long = "x".repeat(LONG);
        let tx = db.begin().await.unwrap();
        tx.insert_many("owner (id)", 1, vec![vec!["amina".into()]])
            .await
            .unwrap();
        for from in (0..MANY).step_by(500) {
            tx.insert_many(THING, 6, rows(from, from + 500, &long))
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        db
    }

    async fn copied(from: &Db, to: &Db) -> Vec<Copied> {
        let mut told = 0;
        let copied = copy_all(from, to, &TABLES.schema(), |_| told += 1)
            .await
            .unwrap();
        assert_eq!(told, copied.len());
        copied
    }

    /// The most memory this process ever held, in kilobytes.
    fn peak() -> Option<u64> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_long_table_goes_there_and_back_in_little_memory() {
        let folder = tempfile::tempdir().unwrap();
        let first = filled(&file(&folder, "first.db")).await;
        let before = peak();
        let second = with_tables(&file(&folder, "second.db")).await;
        let there = copied(&first, &second).await;
        assert_eq!(there.iter().map(|one| one.rows).sum::<u64>(), 20_001);
        assert_eq!(count(&second).await, MANY);
        if let Some(server) = server() {
            let name = fresh(&server).await;
            let middle = with_tables(&with_database(&server, &name)).await;
            assert_eq!(copied(&first, &middle).await, there);
            let back = with_tables(&file(&folder, "back.db")).await;
            assert_eq!(copied(&middle, &back).await, there);
            drop(middle);
            admin(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        if let Some((before, after)) = before.zip(peak()) {
            let more = after.saturating_sub(before);
            println!("copying 30 MB took {more} kB more");
            assert!(more < MORE_MEMORY, "{more} kB more");
        }
    }
}
