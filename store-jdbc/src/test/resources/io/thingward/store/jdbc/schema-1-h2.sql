-- A database of schema 1 in H2, as the first version that had it left it. It never changes.

create table thingward_meta (
  name varchar primary key,
  setting varchar not null
);

create table thingward_principal (
  id varchar primary key,
  parent varchar,
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null
);
create index thingward_principal_parent on thingward_principal (parent, id);

create table thingward_claim (
  username varchar primary key,
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null
);

create table thingward_workspace (
  id varchar primary key,
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null
);

create table thingward_membership (
  workspace varchar not null,
  principal varchar not null,
  listed boolean not null,
  roles varchar array not null,
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null,
  primary key (workspace, principal)
);
create index thingward_membership_members on thingward_membership (workspace, listed, principal);
create index thingward_membership_of on thingward_membership (principal, listed, workspace);

create table thingward_role (
  id varchar primary key,
  parent varchar,
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null
);
create index thingward_role_parent on thingward_role (parent, id);

create table thingward_key (
  id uuid primary key,
  kind varchar not null,
  parent varchar not null,
  ends_at bigint,
  version bigint not null,
  change uuid not null,
  format int not null,
  body varchar array not null
);
create index thingward_key_parent on thingward_key (kind, parent, id);
create index thingward_key_end on thingward_key (ends_at);

create table thingward_session (
  id uuid primary key,
  principal varchar not null,
  ends_at bigint not null,
  format int not null,
  body varchar array not null
);
create index thingward_session_principal on thingward_session (principal, id);
create index thingward_session_end on thingward_session (ends_at);

create table thingward_key_use (
  id uuid primary key,
  used_at bigint not null,
  source varchar,
  agent varchar
);
create index thingward_key_use_at on thingward_key_use (used_at);

create table thingward_session_use (
  id uuid primary key,
  used_at bigint not null,
  source varchar,
  agent varchar
);
create index thingward_session_use_at on thingward_session_use (used_at);

insert into thingward_meta (name, setting) values ('schema', '1');

insert into thingward_principal (id, parent, version, change, format, body) values
  ('ann',
   '',
   1,
   '00000000-0000-0007-0000-000000000001',
   1,
   array[U&'kind\0009user\000acreated\00091767225600000\000astate\0009suspended\000ausername\0009ann@acme.example\000aends\00091814358896789\000aepoch\0009-42\000apassword-login-stopped\000apassword\0009$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo\0009pepper-1\000aactivation\00090000000000000001fffffffffffffffe0000000000000003fffffffffffffffc\0009pepper-1\000aactivation-ends\00091814358896789\000a']);
insert into thingward_principal (id, parent, version, change, format, body) values
  ('gateway',
   'acme',
   1,
   '00000000-0000-0007-0000-000000000001',
   1,
   array[U&'kind\0009api-user\000acreated\00091767225600000\000astate\0009active\000aworkspace\0009acme\000aname\0009Gateway ü🔑\000aends\00091814358896789\000a']);
insert into thingward_claim (username, version, change, format, body) values
  ('ann@acme.example',
   1,
   '00000000-0000-0007-0000-000000000001',
   1,
   array[U&'user\0009ann\000a']);
insert into thingward_workspace (id, version, change, format, body) values
  ('acme',
   1,
   '00000000-0000-0007-0000-000000000001',
   1,
   array[U&'created\00091767225600000\000astate\0009active\000aname\0009Acme''s\000aowner\0009ann\000aowner\0009zoe\000a']);
insert into thingward_membership (workspace, principal, listed, roles, version, change, format, body) values
  ('acme',
   'gateway',
   true,
   array['operator'],
   1,
   '00000000-0000-0007-0000-000000000001',
   1,
   array[U&'created\00091767225600000\000apermissions\0009rules.edit\000arole\0009operator\0009t1, site=paris, floor=*\000agrant\0009*\0009device.view\000agrant\0009t1, site=paris, floor=*\0009device.record\0009device.view\000a']);
insert into thingward_role (id, parent, version, change, format, body) values
  ('operator',
   'acme',
   1,
   '00000000-0000-0007-0000-000000000001',
   1,
   array[U&'created\00091767225600000\000aworkspace\0009acme\000aname\0009Operator\000apermissions\0009rules.edit\0009thingward.members.read\000aon-all-devices\0009device.view\000aon-assigned-devices\0009device.record\000a']);
insert into thingward_key (id, kind, parent, ends_at, version, change, format, body) values
  ('00000000-0000-0001-ffff-ffffffffffff',
   'api',
   'ann',
   1814358896789,
   1,
   '00000000-0000-0007-0000-000000000001',
   1,
   array[U&'kind\0009api\000acreated\00091767225600000\000aprincipal\0009ann\000aname\0009Key\000asuspended\000aends\00091814358896789\000asecret\00090000000000000001fffffffffffffffe0000000000000003fffffffffffffffc\0009pepper-1\0009\000arestriction\0009acme\0009t1, site=paris, floor=*\0009device.view\000a']);
insert into thingward_key (id, kind, parent, ends_at, version, change, format, body) values
  ('ffffffff-ffff-fffe-0000-000000000002',
   'access',
   'acme',
   null,
   1,
   '00000000-0000-0007-0000-000000000001',
   1,
   array[U&'kind\0009access\000acreated\00091767225600000\000aworkspace\0009acme\000ascope\0009t1, site=paris, floor=*\000aname\0009Paris\000adescription\0009All of Paris\000asecret\00090000000000000005000000000000000600000000000000070000000000000008\0009\0009\000asecret\00090000000000000001fffffffffffffffe0000000000000003fffffffffffffffc\0009pepper-1\00091814358896789\000a']);
insert into thingward_session (id, principal, ends_at, format, body) values
  ('00000000-0000-0003-0000-000000000003',
   'ann',
   1814358896789,
   1,
   array[U&'created\00091767225600000\000auser\0009ann\000asecret\00090000000000000001fffffffffffffffe0000000000000003fffffffffffffffc\0009pepper-1\000aepoch\0009-42\000aends\00091814358896789\000aorigin\0009host\000a']);
insert into thingward_key_use (id, used_at, source, agent) values
  ('00000000-0000-0001-ffff-ffffffffffff',
   1767225600001,
   '192.0.2.1',
   'curl/8');
insert into thingward_session_use (id, used_at, source, agent) values
  ('00000000-0000-0003-0000-000000000003',
   1767225600002,
   null,
   null);
