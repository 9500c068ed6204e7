-- Thingward, schema 1, H2.
--
-- What a record says stands in its body; the columns beside it are for keys, comparisons and listings.
-- Texts compare exactly: VARCHAR without a collation. A body is a list of pieces, since one varchar has a limit.

create table if not exists thingward_meta (
  name varchar primary key,
  setting varchar not null
);

create table if not exists thingward_principal (
  id varchar primary key,
  parent varchar, -- the workspace of an API user, '' of a user, null of a deleted API user
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null
);
create index if not exists thingward_principal_parent on thingward_principal (parent, id);

create table if not exists thingward_claim (
  username varchar primary key,
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null
);

create table if not exists thingward_workspace (
  id varchar primary key,
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null
);

create table if not exists thingward_membership (
  workspace varchar not null,
  principal varchar not null,
  listed boolean not null, -- false once removed
  roles varchar array not null, -- the ids that the body names, each once
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null,
  primary key (workspace, principal)
);
create index if not exists thingward_membership_members on thingward_membership (workspace, listed, principal);
create index if not exists thingward_membership_of on thingward_membership (principal, listed, workspace);

create table if not exists thingward_role (
  id varchar primary key,
  parent varchar, -- the workspace, '' of a shared role, null of a deleted one
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null
);
create index if not exists thingward_role_parent on thingward_role (parent, id);

create table if not exists thingward_key (
  id uuid primary key,
  kind varchar not null, -- 'api' or 'access'
  parent varchar not null, -- the principal of an API key, the workspace of an access key
  ends_at bigint, -- milliseconds since 1970
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null
);
create index if not exists thingward_key_parent on thingward_key (kind, parent, id);
create index if not exists thingward_key_end on thingward_key (ends_at);

create table if not exists thingward_session (
  id uuid primary key,
  principal varchar not null,
  ends_at bigint not null,
  format int not null,
  body varchar array not null
);
create index if not exists thingward_session_principal on thingward_session (principal, id);
create index if not exists thingward_session_end on thingward_session (ends_at);

create table if not exists thingward_key_use (
  id uuid primary key,
  used_at bigint not null,
  source varchar,
  agent varchar
);
create index if not exists thingward_key_use_at on thingward_key_use (used_at);

create table if not exists thingward_session_use (
  id uuid primary key,
  used_at bigint not null,
  source varchar,
  agent varchar
);
create index if not exists thingward_session_use_at on thingward_session_use (used_at);

-- Last: which schema this is, whoever ran the script. A later one stays.
merge into thingward_meta meta
  using (values ('schema', '1')) script (name, setting)
  on meta.name = script.name
  when matched and cast(meta.setting as int) < cast(script.setting as int) then
    update set setting = script.setting
  when not matched then insert (name, setting) values (script.name, script.setting);
