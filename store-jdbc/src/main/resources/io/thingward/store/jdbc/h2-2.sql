-- Thingward, schema 2, H2: the change feed.
--
-- A change locks the head of its shard as the last thing before it commits, and takes the next number from
-- it. So within a shard the order of numbers is the order of commits, and none is missing.

create table if not exists thingward_feed_head (
  shard int primary key,
  seq bigint not null,
  entry uuid -- the random id of the newest entry; null before the first
);
merge into thingward_feed_head head
  using (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15)) shards (shard)
  on head.shard = shards.shard
  when not matched then insert (shard, seq) values (shards.shard, 0);

create table if not exists thingward_feed (
  shard int not null,
  seq bigint not null,
  entry uuid not null,
  kind varchar not null,
  key_1 varchar not null,
  key_2 varchar,
  version bigint,
  change uuid,
  primary key (shard, seq)
);

-- Last: which schema this is, whoever ran the script. A later one stays.
merge into thingward_meta meta
  using (values ('schema', '2')) script (name, setting)
  on meta.name = script.name
  when matched and cast(meta.setting as int) < cast(script.setting as int) then
    update set setting = script.setting
  when not matched then insert (name, setting) values (script.name, script.setting);
