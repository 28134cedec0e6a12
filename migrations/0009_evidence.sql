-- What speaks for a hurdle, a solution or a trial, or against it: facts kept beside the text.
CREATE TABLE evidence (
    record_id TEXT PRIMARY KEY REFERENCES record (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    strength TEXT NOT NULL,
    weight BIGINT NOT NULL,
    points TEXT NOT NULL,
    source TEXT NOT NULL,
    link TEXT NOT NULL,
    told_on TEXT NOT NULL,
    quote TEXT NOT NULL
);
CREATE UNIQUE INDEX evidence_number ON evidence (number);
CREATE INDEX evidence_weight ON evidence (weight, told_on, number);

-- What it is about: records by kind and number, and trials.
CREATE TABLE evidence_tie (
    evidence BIGINT NOT NULL,
    kind TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (evidence, kind, number)
);
CREATE INDEX evidence_tie_about ON evidence_tie (kind, number);
