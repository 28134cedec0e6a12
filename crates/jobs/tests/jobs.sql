CREATE TABLE job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    last_error TEXT,
    failed_at BIGINT,
    made_at BIGINT NOT NULL
);
CREATE INDEX job_due ON job (failed_at, due_at);
CREATE TABLE schedule (
    name TEXT PRIMARY KEY,
    next_at BIGINT NOT NULL,
    last_ended_at BIGINT
);
