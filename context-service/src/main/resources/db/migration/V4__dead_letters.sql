-- What became of a dead letter, for the record: it itself stays in its topic.
create table dead_letter (
    -- stage/partition/offset
    id             varchar(300) primary key,
    replayed_at    timestamp with time zone,
    dismissed_at   timestamp with time zone
);
