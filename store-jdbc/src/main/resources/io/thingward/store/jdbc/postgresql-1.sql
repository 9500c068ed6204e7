-- Thingward, schema 1, PostgreSQL and compatibles.
--
-- What a record says stands in its body; the columns beside it are for keys, comparisons and listings.
-- Texts compare by code point: collate "C".

create table if not exists thingward_meta (
  name text collate "C" primary key,
  setting text not null
);

create table if not exists thingward_principal (
  id text collate "C" primary key,
  parent text collate "C", -- the workspace of an API user, '' of a user, null of a deleted API user
  version bigint not null,
  change uuid not null,
  format int not null,
  body text not null
);
create index if not exists thingward_principal_parent on thingward_principal (parent, id);

create table if not exists thingward_claim (
  username text collate "C" primary key,
  version bigint not null,
  change uuid not null,
  format int not null,
  body text not null
);

create table if not exists thingward_workspace (
  id text collate "C" primary key,
  version bigint not null,
  change uuid not null,
  format int not null,
  body text not null
);

create table if not exists thingward_membership (
  workspace text collate "C" not null,
  principal text collate "C" not null,
  listed boolean not null, -- false once removed
  roles text[] collate "C" not null, -- the ids that the body names, each once
  version bigint not null,
  change uuid not null,
  format int not null,
  body text not null,
  primary key (workspace, principal)
);
create index if not exists thingward_membership_members on thingward_membership (workspace, listed, principal);
create index if not exists thingward_membership_of on thingward_membership (principal, listed, workspace);

create table if not exists thingward_role (
  id text collate "C" primary key,
  parent text collate "C", -- the workspace, '' of a shared role, null of a deleted one
  version bigint not null,
  change uuid not null,
  format int not null,
  body text not null
);
create index if not exists thingward_role_parent on thingward_role (parent, id);

create table if not exists thingward_key (
  id uuid primary key,
  kind text not null, -- 'api' or 'access'
  parent text collate "C" not null, -- the principal of an API key, the workspace of an access key
  ends_at bigint, -- milliseconds since 1970
  version bigint not null,
  change uuid not null,
  format int not null,
  body text not null
);
create index if not exists thingward_key_parent on thingward_key (kind, parent, id);
create index if not exists thingward_key_end on thingward_key (ends_at);

create table if not exists thingward_session (
  id uuid primary key,
  principal text collate "C" not null,
  ends_at bigint not null,
  format int not null,
  body text not null
);
create index if not exists thingward_session_principal on thingward_session (principal, id);
create index if not exists thingward_session_end on thingward_session (ends_at);

create table if not exists thingward_key_use (
  id uuid primary key,
  used_at bigint not null,
  source text,
  agent text
);
create index if not exists thingward_key_use_at on thingward_key_use (used_at);

create table if not exists thingward_session_use (
  id uuid primary key,
  used_at bigint not null,
  source text,
  agent text
);
create index if not exists thingward_session_use_at on thingward_session_use (used_at);

-- Last: which schema this is, whoever ran the script. A later one stays.
insert into thingward_meta as meta (name, setting) values ('schema', '1')
on conflict (name) do update set setting = excluded.setting
  where cast(meta.setting as int) < cast(excluded.setting as int);
