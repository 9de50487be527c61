-- What a cluster is about, where its claims came from, and whether a reporter has seen the answer.

-- Subjects to sort facts by: data of the organisation's own, seeded from server/topics/topics.json.
create table topics (
  code text primary key check (code ~ '^[a-z][a-z0-9_]{1,40}$'),
  position integer not null
);

create table topic_texts (
  topic text not null references topics on delete cascade,
  language text not null check (language in ('hi','en')),
  name text not null check (length(name) between 1 and 100),
  primary key (topic, language)
);

-- Claims that say the same thing are about the same thing, and so is the fact that answers them.
alter table clusters add column topic text references topics;

-- The district a unit lies in; a unit above districts, or of an organisation without them, stands for itself.
create function place_of(of_unit uuid) returns uuid language sql stable as $$
  select coalesce((select p.ancestor_id from unit_paths p join units u on u.id = p.ancestor_id
                    where p.unit_id = of_unit and u.type = 'district' order by p.depth limit 1), of_unit)
$$;

-- That its reporter has opened a claim since this version answered it: with the fact itself, or while that was not
-- released to the reporter yet. The reporter of a claim never changes, so no member is named.
create table answers_seen (
  claim_id uuid not null references claims,
  check_version_id uuid not null references check_versions,
  with_fact boolean not null,
  at timestamptz not null default now(),
  primary key (claim_id, check_version_id, with_fact)
);

create function answers_seen_created() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if tg_op <> 'INSERT' then perform refuse('conflict', 'what was seen was seen'); end if;
  if not exists (select from claims c where c.id = new.claim_id and c.reporter_id = actor()) then
    perform refuse('not_allowed', 'an answer is seen by whoever reported the claim');
  end if;
  return new;
end $$;
create trigger answers_seen_created before insert or update or delete on answers_seen
  for each row execute function answers_seen_created();

-- As before, and the claim a check stands on leads its cluster, so it stays there.
create or replace function claims_keep_cluster() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if exists (
    select 1 from checks c
      join check_versions v on v.check_id = c.id
      join pack_facts f on f.check_version_id = v.id
      join pack_versions p on p.id = f.pack_version_id and p.state = 'released'
     where c.lead_claim_id = old.id
  ) then
    perform refuse('conflict', 'this claim''s own fact stands in a released pack');
  end if;
  if exists (select 1 from checks c where c.lead_claim_id = old.id) then
    perform refuse('conflict', 'a check stands on this claim');
  end if;
  return new;
end $$;

create function checks_lead_inside() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  -- A claim that is being moved at this moment is waited for.
  perform 1 from claims c where c.id = new.lead_claim_id and c.cluster_id = new.cluster_id for share;
  if not found then perform refuse('conflict', 'a check is led by a claim of its own cluster'); end if;
  return new;
end $$;
create trigger checks_lead_inside before insert on checks for each row execute function checks_lead_inside();

-- What was noted for search so far, and three more reasons why a claim or fact is found otherwise than before.
create function note_cluster_change(of_cluster uuid) returns void language plpgsql security definer
set search_path from current as $$
begin
  insert into index_changes (kind, object_id)
    select 'claim', c.id from claims c where c.cluster_id = of_cluster and c.state <> 'answered'
    union all
    select 'fact', v.id from check_versions v where v.cluster_id = of_cluster and v.state = 'verified';
  perform pg_notify('tathya_index', '');
end $$;

create function index_cluster_topic() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  perform note_cluster_change(new.id);
  return null;
end $$;
create trigger index_cluster_topic after update of topic on clusters
  for each row when (old.topic is distinct from new.topic) execute function index_cluster_topic();

create function index_claim_part() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  perform note_cluster_change((select c.cluster_id from claims c where c.id = new.claim_id));
  return null;
end $$;
create trigger index_claim_media after insert on claim_media for each row execute function index_claim_part();
create trigger index_claim_place after insert on claim_appearances
  for each row when (new.unit_id is not null) execute function index_claim_part();

-- A moved unit changes who may see what is restricted below it, and which district claims of below it came from.
create or replace function index_unit_moved() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  with moved as materialized (
    select c.id, c.cluster_id from claims c where c.owner_unit_id in (select unit_id from added)
    union
    select c.id, c.cluster_id from claim_appearances a join claims c on c.id = a.claim_id
     where a.unit_id in (select unit_id from added)
  )
  insert into index_changes (kind, object_id)
    select 'claim', id from moved
    union all
    select 'fact', v.id from check_versions v join checks k on k.id = v.check_id
     where v.state = 'verified'
       and (k.owner_unit_id in (select unit_id from added) or v.cluster_id in (select cluster_id from moved));
  return null;
end $$;
