//! What an engine itself says about its tables.

use std::collections::BTreeMap;

use db::{Db, Reads};

/// Lists of columns by table.
type ByTable = BTreeMap<String, Vec<Vec<String>>>;

/// What one engine holds.
#[derive(Debug, Default)]
pub struct Told {
    /// Columns in their order, and whether each must have a value.
    pub tables: BTreeMap<String, Vec<(String, bool)>>,
    pub keys: BTreeMap<String, Vec<String>>,
    pub unique: ByTable,
    /// Indexes that allow the same twice.
    pub indexes: ByTable,
    /// Columns that refer to another table.
    pub references: BTreeMap<String, Vec<String>>,
}

const SQLITE_COLUMNS: &str = "
    SELECT m.name, c.name, (c.\"notnull\" OR c.pk > 0), c.pk
    FROM sqlite_schema m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
    ORDER BY m.name, c.cid";
const SQLITE_INDEXES: &str = "
    SELECT m.name, i.name, i.\"unique\", c.name
    FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
    WHERE m.type = 'table' AND i.origin <> 'pk'
    ORDER BY m.name, i.name, c.seqno";
const SQLITE_REFERENCES: &str = "
    SELECT m.name, f.\"from\"
    FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table'
    ORDER BY m.name, f.\"from\"";
const POSTGRES_COLUMNS: &str = "
    SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT), a.attnotnull,
           CAST(coalesce(array_position(CAST(i.indkey AS SMALLINT[]), a.attnum) + 1, 0) AS BIGINT)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    WHERE c.relkind = 'r'
    ORDER BY c.relname COLLATE \"C\", a.attnum";
const POSTGRES_INDEXES: &str = "
    SELECT CAST(t.relname AS TEXT), CAST(x.relname AS TEXT), i.indisunique,
           CAST(a.attname AS TEXT)
    FROM pg_index i
    JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
    JOIN pg_class x ON x.oid = i.indexrelid
    CROSS JOIN unnest(CAST(i.indkey AS SMALLINT[])) WITH ORDINALITY AS k (attnum, place)
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
    WHERE NOT i.indisprimary
    ORDER BY t.relname COLLATE \"C\", x.relname COLLATE \"C\", k.place";
const POSTGRES_REFERENCES: &str = "
    SELECT CAST(t.relname AS TEXT), CAST(a.attname AS TEXT)
    FROM pg_constraint c
    JOIN pg_class t ON t.oid = c.conrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f'
    ORDER BY t.relname COLLATE \"C\", a.attname COLLATE \"C\"";

/// Asks the engine.
pub async fn told(db: &Db) -> Told {
    let is_sqlite = db.engine_name() == "SQLite";
    let choose = |sqlite, postgres| if is_sqlite { sqlite } else { postgres };
    let mut told = Told::default();
    columns(db, choose(SQLITE_COLUMNS, POSTGRES_COLUMNS), &mut told).await;
    indexes(db, choose(SQLITE_INDEXES, POSTGRES_INDEXES), &mut told).await;
    let rows: Vec<(String, String)> = db
        .query(choose(SQLITE_REFERENCES, POSTGRES_REFERENCES))
        .all()
        .await
        .unwrap();
    for (table, column) in rows {
        told.references.entry(table).or_default().push(column);
    }
    told
}

async fn columns(db: &Db, text: &'static str, told: &mut Told) {
    let rows: Vec<(String, String, bool, i64)> = db.query(text).all().await.unwrap();
    let mut keys: BTreeMap<String, BTreeMap<i64, String>> = BTreeMap::new();
    for (table, column, is_needed, place) in rows {
        if place > 0 {
            let key = keys.entry(table.clone()).or_default();
            key.insert(place, column.clone());
        }
        let columns = told.tables.entry(table).or_default();
        columns.push((column, is_needed));
    }
    for (table, key) in keys {
        told.keys.insert(table, key.into_values().collect());
    }
}

async fn indexes(db: &Db, text: &'static str, told: &mut Told) {
    let rows: Vec<(String, String, bool, String)> = db.query(text).all().await.unwrap();
    let mut lists: BTreeMap<(String, String, bool), Vec<String>> = BTreeMap::new();
    for (table, index, is_unique, column) in rows {
        lists
            .entry((table, index, is_unique))
            .or_default()
            .push(column);
    }
    for ((table, _, is_unique), columns) in lists {
        let kept = if is_unique {
            &mut told.unique
        } else {
            &mut told.indexes
        };
        kept.entry(table).or_default().push(columns);
    }
}
