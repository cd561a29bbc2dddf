-- What was heard of a run's identities lately: pages that are open on it ask for that every second.
create index identity_heard on identity (run, heard_at);
