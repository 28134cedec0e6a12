-- Pages that only stewards change until a moment; it ends by itself.
CREATE TABLE protection (
    record_id TEXT PRIMARY KEY REFERENCES record (id),
    ends_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    person_id TEXT REFERENCES person (id)
);
CREATE INDEX protection_end ON protection (ends_at);
CREATE INDEX protection_person ON protection (person_id);

-- How often a page was opened in a month: totals, never by whom.
CREATE TABLE reading (
    record_id TEXT NOT NULL REFERENCES record (id),
    month TEXT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (record_id, month)
);
CREATE INDEX reading_month ON reading (month);

-- When a steward found a page still true, and after how many months it is due again.
CREATE TABLE review (
    record_id TEXT PRIMARY KEY REFERENCES record (id),
    months BIGINT,
    looked_at BIGINT,
    person_id TEXT REFERENCES person (id)
);
CREATE INDEX review_person ON review (person_id);

-- What stewards decided for the whole place.
CREATE TABLE desk_rule (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
