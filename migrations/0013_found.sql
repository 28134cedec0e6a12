-- A large hurdle has a hundred thousand trials: what is asked of all of them is found in an index.
CREATE INDEX trial_named ON trial (hurdle, visibility, is_named, service);
CREATE INDEX trial_year ON trial (hurdle, visibility, year);
