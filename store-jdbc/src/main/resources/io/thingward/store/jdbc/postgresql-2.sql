-- Thingward, schema 2, PostgreSQL and compatibles: the change feed.
--
-- A change locks the head of its shard as the last thing before it commits, and takes the next number from
-- it. So within a shard the order of numbers is the order of commits, and none is missing.

create table if not exists thingward_feed_head (
  shard int primary key,
  seq bigint not null,
  entry uuid -- the random id of the newest entry; null before the first
);
insert into thingward_feed_head (shard, seq) values
  (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0),
  (8, 0), (9, 0), (10, 0), (11, 0), (12, 0), (13, 0), (14, 0), (15, 0)
on conflict do nothing;

create table if not exists thingward_feed (
  shard int not null,
  seq bigint not null,
  entry uuid not null,
  kind text not null,
  key_1 text collate "C" not null,
  key_2 text collate "C",
  version bigint,
  change uuid,
  primary key (shard, seq)
);

-- Last: which schema this is, whoever ran the script. A later one stays.
insert into thingward_meta as meta (name, setting) values ('schema', '2')
on conflict (name) do update set setting = excluded.setting
  where cast(meta.setting as int) < cast(excluded.setting as int);
