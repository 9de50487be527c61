-- The audit chain, and the change log that search follows.

create table audit (
  seq bigint primary key,
  at timestamptz not null default now(),
  actor_id uuid references members,
  -- The role and unit the actor held then, in words that outlive the appointment.
  role text not null,
  act text not null check (act ~ '^[a-z_]+\.[a-z_]+$'),
  object_kind text not null,
  object_id uuid,
  request_id text,
  payload_hash text not null check (payload_hash ~ '^[0-9a-f]{64}$'),
  previous_hash text not null,
  hash text not null
);
create index audit_object on audit (object_kind, object_id);
create index audit_actor on audit (actor_id, seq);

-- What exactly was said; can be erased without breaking the chain.
create table audit_payloads (
  seq bigint primary key references audit,
  -- json, not jsonb: it keeps the text its hash was taken of.
  payload json not null
);

create function audit_row_hash(seq bigint, at timestamptz, actor_id uuid, role text, act text, object_kind text, object_id uuid,
                               request_id text, payload_hash text, previous_hash text)
returns text language sql immutable as $$
  select encode(sha256(convert_to(concat_ws(E'\n', previous_hash, seq::text,
    to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), coalesce(actor_id::text, '-'), role, act, object_kind,
    coalesce(object_id::text, '-'), coalesce(request_id, '-'), payload_hash), 'UTF8')), 'hex')
$$;

-- Numbers, times and chains a row; one at a time, so the chain has no gap and no fork.
create function audit_chain() returns trigger language plpgsql security definer
set search_path from current as $$
declare last audit;
begin
  perform pg_advisory_xact_lock(hashtext('tathya.audit'));
  select * into last from audit order by seq desc limit 1;
  new.seq := coalesce(last.seq, 0) + 1;
  new.at := clock_timestamp();
  new.previous_hash := coalesce(last.hash, repeat('0', 64));
  new.hash := audit_row_hash(new.seq, new.at, new.actor_id, new.role, new.act, new.object_kind, new.object_id,
                             new.request_id, new.payload_hash, new.previous_hash);
  return new;
end $$;
create trigger audit_chain before insert on audit for each row execute function audit_chain();

create function audit_append_only() returns trigger language plpgsql as $$
begin
  perform refuse('not_allowed', 'audit rows are append-only');
  return null;
end $$;
create trigger audit_append_only before update or delete on audit for each row execute function audit_append_only();
create trigger audit_not_truncated before truncate on audit for each statement execute function audit_append_only();
create trigger audit_payloads_not_changed before update on audit_payloads for each row execute function audit_append_only();

create table index_changes (
  seq bigint generated always as identity primary key,
  kind text not null check (kind in ('fact','claim')),
  object_id uuid not null,
  -- When it was written, not when its transaction began: sequence and time then agree.
  at timestamptz not null default clock_timestamp()
);
create index index_changes_at on index_changes (at);

-- Commits arrive out of order, so a follower acknowledges each change; the floor only tidies up behind.
create table index_followers (
  name text primary key,
  floor_seq bigint not null,
  seen_at timestamptz not null default now()
);
create table index_acks (
  follower text not null references index_followers on delete cascade,
  seq bigint not null,
  primary key (follower, seq)
);

create function note_index_change(kind text, object_id uuid) returns void language plpgsql security definer
set search_path from current as $$
begin
  insert into index_changes (kind, object_id) values (kind, object_id);
  perform pg_notify('tathya_index', '');
end $$;

create function index_check_version() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if new.state in ('verified','corrected','void') then
    perform note_index_change('fact', new.id);
  end if;
  return null;
end $$;
create trigger index_check_version after update of state on check_versions for each row execute function index_check_version();

create function index_claim() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  perform note_index_change('claim', new.id);
  -- The words of a cluster's claims are how its fact is found.
  insert into index_changes (kind, object_id)
    select 'fact', v.id from check_versions v
     where v.state = 'verified' and (v.cluster_id = new.cluster_id or (tg_op = 'UPDATE' and v.cluster_id = old.cluster_id));
  return null;
end $$;
create trigger index_claim_added after insert on claims for each row execute function index_claim();
create trigger index_claim_changed after update of state, cluster_id, restricted, owner_unit_id on claims for each row execute function index_claim();

create function index_pack_state() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if new.state in ('released','superseded','recalled','expired') then
    insert into index_changes (kind, object_id) select 'fact', check_version_id from pack_facts where pack_version_id = new.id;
    perform pg_notify('tathya_index', '');
  end if;
  return null;
end $$;
create trigger index_pack_state after update of state on pack_versions for each row execute function index_pack_state();

create function index_release_units() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  insert into index_changes (kind, object_id)
    select distinct 'fact', f.check_version_id from added a
      join releases r on r.id = a.release_id join pack_facts f on f.pack_version_id = r.pack_version_id;
  perform pg_notify('tathya_index', '');
  return null;
end $$;
create trigger index_release_units after insert on release_units
  referencing new table as added for each statement execute function index_release_units();

-- A moved unit changes who may see restricted claims and facts below it.
create function index_unit_moved() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  insert into index_changes (kind, object_id)
    select 'claim', c.id from claims c where c.restricted and c.owner_unit_id in (select unit_id from added)
    union all
    select 'fact', v.id from check_versions v join checks k on k.id = v.check_id join claims c on c.id = k.lead_claim_id
     where v.state = 'verified' and c.restricted and c.owner_unit_id in (select unit_id from added);
  return null;
end $$;
create trigger index_unit_moved after insert on unit_paths
  referencing new table as added for each statement execute function index_unit_moved();
