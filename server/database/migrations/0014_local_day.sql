-- A day is the organisation's own: in India it begins while it is still yesterday in UTC.
create function today() returns date language sql stable as $$
  select (now() at time zone coalesce((select o.time_zone from tathya.organisations o limit 1), 'Asia/Kolkata'))::date
$$;

create or replace view appointments_in_force as
  select id, member_id, unit_id, role, title, valid_from, valid_to from appointments
   where valid_from <= today() and (valid_to is null or valid_to > today());

create or replace function refresh_unit_paths(changed uuid[]) returns void language plpgsql security definer
set search_path from current as $$
declare affected uuid[]; loops boolean;
begin
  with recursive below(id) as (
    select unnest(changed)
    union
    select p.unit_id from unit_parents p join below b on p.parent_id = b.id
     where p.valid_from <= today() and (p.valid_to is null or p.valid_to > today())
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
     where p.valid_from <= today() and (p.valid_to is null or p.valid_to > today())
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

create or replace function refresh_dated_units() returns integer language plpgsql security definer
set search_path from current as $$
declare due uuid[];
begin
  select array_agg(u.id) into due from units u
    left join lateral (
      select parent_id from unit_parents p where p.unit_id = u.id
         and p.valid_from <= today() and (p.valid_to is null or p.valid_to > today())
    ) now_parent on true
    left join unit_paths path on path.unit_id = u.id and path.depth = 1
   where now_parent.parent_id is distinct from path.ancestor_id;
  if due is null then return 0; end if;
  perform refresh_unit_paths(due);
  return array_length(due, 1);
end $$;

create or replace function release_units_created() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if exists (select 1 from (select distinct release_id from added) a
              where not exists (select 1 from releases r
                                 where r.id = a.release_id and r.xmin = pg_current_xact_id()::xid)) then
    perform refuse('conflict', 'the units of a release never change');
  end if;
  if exists (
    with open_window as (
      select unit_id from silence_windows where starts_at <= now() and ends_at > now()
    ), reach as (
      select unit_id from open_window
      union
      select l.unit_id from open_window o join unit_links l on l.other_id = o.unit_id
       where l.valid_from <= today() and (l.valid_to is null or l.valid_to > today())
    )
    select 1 from reach join unit_paths p on p.ancestor_id = reach.unit_id join added a on a.unit_id = p.unit_id
  ) then
    perform refuse('silence_window', 'a silence window is open over a unit of this release');
  end if;
  return null;
end $$;

alter table units alter column valid_from set default today();
alter table unit_links alter column valid_from set default today();
alter table appointments alter column valid_from set default today();
alter table check_versions alter column as_of set default today();
