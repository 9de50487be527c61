-- The organisation: itself, its dated tree of units, its people, and how they sign in.

create extension if not exists btree_gist;

-- uuid v7 (RFC 9562): ids that sort by time of creation, so a page of newest rows is one index scan.
create function uuid_v7() returns uuid language sql volatile as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- Who acts in this transaction; set by the server for every write.
create function actor() returns uuid language sql stable as $$
  select nullif(current_setting('tathya.actor', true), '')::uuid
$$;

-- One way to refuse: the message starts with the problem code the server hands on.
create function refuse(code text, detail text) returns void language plpgsql as $$
begin
  raise exception using errcode = 'TATHY', message = code || ': ' || detail;
end $$;

create table organisations (
  id boolean primary key default true check (id),
  profile text not null check (profile in ('party','ngo','government')),
  time_zone text not null default 'Asia/Kolkata',
  -- Hours from noticing to a recall being complete (ECI, 6 May 2024: three).
  recall_hours integer not null default 3 check (recall_hours between 1 and 72),
  version integer not null default 1,
  updated_at timestamptz not null default now()
);

create table organisation_texts (
  organisation_id boolean not null default true references organisations,
  language text not null check (language in ('hi','en')),
  name text not null check (length(name) between 1 and 200),
  issued_by text not null check (length(issued_by) between 1 and 200),
  primary key (organisation_id, language)
);

create table unit_types (
  code text primary key check (code ~ '^[a-z][a-z0-9_]{1,40}$'),
  -- Order from the root downwards; only for display.
  rank integer not null
);

create table unit_type_texts (
  unit_type text not null references unit_types on delete cascade,
  language text not null check (language in ('hi','en')),
  name text not null,
  primary key (unit_type, language)
);

create table units (
  id uuid primary key default uuid_v7(),
  code text not null unique check (length(code) between 1 and 60),
  type text not null references unit_types,
  valid_from date not null default current_date,
  valid_to date check (valid_to > valid_from),
  version integer not null default 1,
  created_at timestamptz not null default now()
);
create index units_type on units (type, code);
create index units_code on units (lower(code) text_pattern_ops);

create table unit_texts (
  unit_id uuid not null references units on delete cascade,
  language text not null check (language in ('hi','en')),
  name text not null check (length(name) between 1 and 200),
  primary key (unit_id, language)
);
create index unit_texts_name on unit_texts (lower(name) text_pattern_ops);

-- The one organisational parent that carries authority and visibility, from a day to a day.
create table unit_parents (
  unit_id uuid not null references units on delete cascade,
  parent_id uuid not null references units,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  primary key (unit_id, valid_from),
  check (unit_id <> parent_id),
  exclude using gist (unit_id with =, daterange(valid_from, valid_to) with &&)
);
create index unit_parents_parent on unit_parents (parent_id);

create table link_relations (
  code text primary key check (code ~ '^[a-z][a-z0-9_]{1,40}$')
);

-- Electoral and administrative links: only selectors ("all seats of this Lok Sabha constituency").
create table unit_links (
  unit_id uuid not null references units on delete cascade,
  relation text not null references link_relations,
  other_id uuid not null references units on delete cascade,
  valid_from date not null default current_date,
  valid_to date check (valid_to > valid_from),
  primary key (unit_id, relation, other_id, valid_from)
);
create index unit_links_other on unit_links (other_id, relation);

-- Today's tree spelt out: one row per unit and each unit at or above it. A subtree is one index scan.
create table unit_paths (
  unit_id uuid not null references units on delete cascade,
  ancestor_id uuid not null references units on delete cascade,
  depth integer not null check (depth >= 0),
  primary key (unit_id, ancestor_id)
);
create index unit_paths_ancestor on unit_paths (ancestor_id, unit_id);

-- Rewrites the paths of the given units and everything now below them, as of today.
create function refresh_unit_paths(changed uuid[]) returns void language plpgsql security definer
set search_path from current as $$
declare affected uuid[]; loops boolean;
begin
  with recursive below(id) as (
    select unnest(changed)
    union
    select p.unit_id from unit_parents p join below b on p.parent_id = b.id
     where p.valid_from <= current_date and (p.valid_to is null or p.valid_to > current_date)
  )
  select array_agg(id) into affected from (
    select id from below
    union
    select p.unit_id from unnest(changed) c join unit_paths p on p.ancestor_id = c
  ) a;
  -- Joins over unnest, not "= any": 65,000 booths in one statement take seconds, not minutes.
  delete from unit_paths p using unnest(affected) a where p.unit_id = a;
  with recursive up(unit_id, ancestor_id, depth) as (
    select u.id, u.id, 0 from unnest(affected) a join units u on u.id = a
    union all
    select up.unit_id, p.parent_id, up.depth + 1
      from up join unit_parents p on p.unit_id = up.ancestor_id
     where p.valid_from <= current_date and (p.valid_to is null or p.valid_to > current_date)
       and up.depth < 50
  ), looped as (
    select 1 from up where depth > 0 and unit_id = ancestor_id limit 1
  ), written as (
    insert into unit_paths (unit_id, ancestor_id, depth)
    select unit_id, ancestor_id, min(depth) from up where not exists (select 1 from looped) group by unit_id, ancestor_id
  )
  select exists (select 1 from looped) into loops;
  if loops then
    perform refuse('conflict', 'a unit cannot stand below itself');
  end if;
end $$;

create function units_added() returns trigger language plpgsql as $$
begin
  perform refresh_unit_paths((select coalesce(array_agg(id), '{}') from added));
  return null;
end $$;
create trigger units_added after insert on units
  referencing new table as added for each statement execute function units_added();

create function unit_parents_changed() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform refresh_unit_paths((select coalesce(array_agg(distinct unit_id), '{}') from added));
  elsif tg_op = 'UPDATE' then
    perform refresh_unit_paths((select coalesce(array_agg(distinct unit_id), '{}')
      from (select unit_id from added union select unit_id from removed) c));
  else
    perform refresh_unit_paths((select coalesce(array_agg(distinct unit_id), '{}') from removed));
  end if;
  return null;
end $$;
create trigger unit_parents_inserted after insert on unit_parents
  referencing new table as added for each statement execute function unit_parents_changed();
create trigger unit_parents_updated after update on unit_parents
  referencing new table as added old table as removed for each statement execute function unit_parents_changed();
create trigger unit_parents_deleted after delete on unit_parents
  referencing old table as removed for each statement execute function unit_parents_changed();

-- Moves with a later date take effect on that day: called once a day and at start.
create function refresh_dated_units() returns integer language plpgsql security definer
set search_path from current as $$
declare due uuid[];
begin
  select array_agg(u.id) into due from units u
    left join lateral (
      select parent_id from unit_parents p where p.unit_id = u.id
         and p.valid_from <= current_date and (p.valid_to is null or p.valid_to > current_date)
    ) now_parent on true
    left join unit_paths path on path.unit_id = u.id and path.depth = 1
   where now_parent.parent_id is distinct from path.ancestor_id;
  if due is null then return 0; end if;
  perform refresh_unit_paths(due);
  return array_length(due, 1);
end $$;

create table members (
  id uuid primary key default uuid_v7(),
  login text not null unique check (login ~ '^[a-z0-9][a-z0-9._-]{1,60}$'),
  name text not null check (length(name) between 1 and 120),
  password_hash text not null,
  language text not null default 'hi' check (language in ('hi','en')),
  disabled_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now()
);

create table titles (
  code text primary key check (code ~ '^[a-z][a-z0-9_]{1,40}$')
);

create table title_texts (
  title text not null references titles on delete cascade,
  language text not null check (language in ('hi','en')),
  name text not null,
  primary key (title, language)
);

create table appointments (
  id uuid primary key default uuid_v7(),
  member_id uuid not null references members,
  unit_id uuid not null references units,
  role text not null check (role in ('researcher','designer','reviewer','district','observer','admin')),
  title text references titles,
  valid_from date not null default current_date,
  -- The first day it holds no longer. Ended on its first day it never holds again: an empty span.
  valid_to date check (valid_to >= valid_from),
  created_by uuid references members,
  created_at timestamptz not null default now()
);
create index appointments_member on appointments (member_id);
create index appointments_unit on appointments (unit_id, role);

create view appointments_in_force as
  select id, member_id, unit_id, role, title, valid_from, valid_to from appointments
   where valid_from <= current_date and (valid_to is null or valid_to > current_date);

-- A browser or phone a member signed in from; receipts name it.
create table devices (
  id uuid primary key default uuid_v7(),
  member_id uuid not null references members,
  label text not null check (length(label) between 1 and 120),
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);
create index devices_member on devices (member_id);

create table sessions (
  id uuid primary key default uuid_v7(),
  -- SHA-256 of the cookie's secret: the table alone signs nobody in.
  token_hash text not null unique,
  member_id uuid not null references members,
  device_id uuid not null references devices,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index sessions_member on sessions (member_id) where revoked_at is null;

-- Counters of rate-limiter-flexible (its PostgreSQL shape).
create table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);

create table idempotency_keys (
  member_id uuid not null references members,
  key text not null check (length(key) between 8 and 200),
  route text not null,
  request_hash text not null,
  status integer,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (member_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

create table events (
  id uuid primary key default uuid_v7(),
  kind text not null check (kind in ('election','by_election','campaign')),
  owner_unit_id uuid not null references units,
  starts_on date,
  ends_on date check (ends_on >= starts_on),
  version integer not null default 1,
  created_by uuid references members,
  created_at timestamptz not null default now()
);

create table event_texts (
  event_id uuid not null references events on delete cascade,
  language text not null check (language in ('hi','en')),
  name text not null check (length(name) between 1 and 200),
  primary key (event_id, language)
);

create table event_seats (
  event_id uuid not null references events on delete cascade,
  unit_id uuid not null references units,
  poll_opens_at timestamptz,
  poll_closes_at timestamptz check (poll_closes_at > poll_opens_at),
  primary key (event_id, unit_id)
);

-- No pack is released into, or shown in, a unit while a window of it, of a unit above it, or of a unit it is
-- linked to (its Lok Sabha constituency, say) is open. India: 48 hours to close of poll, RPA 1951 s. 126.
create table silence_windows (
  id uuid primary key default uuid_v7(),
  event_id uuid not null references events on delete cascade,
  unit_id uuid not null references units,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  created_by uuid references members,
  created_at timestamptz not null default now()
);
create index silence_windows_unit on silence_windows (unit_id, ends_at);

-- The windows open over a unit at a moment.
create function silence_over(unit uuid, moment timestamptz) returns setof silence_windows
language sql stable security definer set search_path from current as $$
  with here as (select ancestor_id as id from unit_paths where unit_id = unit),
       reach as (
         select id from here
         union
         select l.other_id from here join unit_links l on l.unit_id = here.id
          where l.valid_from <= moment::date and (l.valid_to is null or l.valid_to > moment::date)
       )
  select w.* from silence_windows w join reach on w.unit_id = reach.id
   where w.starts_at <= moment and w.ends_at > moment
$$;

-- How other tables speak of a unit or a member, in one expression: small reads stay one query.
create function unit_ref(unit uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('id', u.id, 'code', u.code, 'type', u.type,
    'name', coalesce((select jsonb_object_agg(t.language, t.name) from unit_texts t where t.unit_id = u.id), '{}'))
    from units u where u.id = unit
$$;

create function member_ref(member uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('id', m.id, 'name', m.name) from members m where m.id = member
$$;

-- A unit and all units above it, nearest first.
create function unit_path(unit uuid) returns uuid[] language sql stable as $$
  select coalesce(array_agg(p.ancestor_id order by p.depth), '{}') from unit_paths p where p.unit_id = unit
$$;
