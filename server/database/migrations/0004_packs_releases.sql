-- Packs, their approval, release into units, receipts and recall.

create table packs (
  id uuid primary key default uuid_v7(),
  owner_unit_id uuid not null references units,
  created_by uuid not null references members,
  created_at timestamptz not null default now()
);

create table pack_versions (
  id uuid primary key default uuid_v7(),
  pack_id uuid not null references packs,
  number integer not null check (number > 0),
  based_on uuid references pack_versions,
  state text not null default 'draft' check (state in ('draft','in_review','approved','released','superseded','recalled','expired')),
  change_kind text check (change_kind in ('correct','update')),
  change_note text check (length(change_note) between 1 and 2000),
  expires_at timestamptz,
  created_by uuid not null references members,
  created_at timestamptz not null default now(),
  submitted_by uuid references members,
  submitted_at timestamptz,
  approved_by uuid references members,
  approved_at timestamptz,
  -- Hash of what the reviewer was shown.
  approved_hash text,
  return_comment text,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  unique (pack_id, number)
);
create unique index one_open_version_per_pack on pack_versions (pack_id) where state in ('draft','in_review','approved');
create index pack_versions_state on pack_versions (state, id desc);

create table pack_texts (
  pack_version_id uuid not null references pack_versions,
  language text not null check (language in ('hi','en')),
  title text not null check (length(title) between 1 and 200),
  sources_slip text not null default '' check (length(sources_slip) <= 5000),
  primary key (pack_version_id, language)
);

create table pack_captions (
  pack_version_id uuid not null references pack_versions,
  language text not null check (language in ('hi','en')),
  platform text not null check (platform in ('whatsapp','facebook','instagram','x','youtube')),
  text text not null check (length(text) between 1 and 5000),
  primary key (pack_version_id, language, platform)
);

create table pack_talking_points (
  pack_version_id uuid not null references pack_versions,
  language text not null check (language in ('hi','en')),
  position integer not null check (position between 1 and 20),
  text text not null check (length(text) between 1 and 1000),
  primary key (pack_version_id, language, position)
);

create table pack_facts (
  pack_version_id uuid not null references pack_versions,
  check_version_id uuid not null references check_versions,
  primary key (pack_version_id, check_version_id)
);
create index pack_facts_fact on pack_facts (check_version_id);

create table pack_renditions (
  pack_version_id uuid not null references pack_versions,
  rendition_id uuid not null references renditions,
  position integer not null default 0,
  primary key (pack_version_id, rendition_id)
);
create index pack_renditions_rendition on pack_renditions (rendition_id);

create table pack_contributors (
  pack_version_id uuid not null references pack_versions,
  member_id uuid not null references members,
  primary key (pack_version_id, member_id)
);

create table releases (
  id uuid primary key default uuid_v7(),
  pack_version_id uuid not null references pack_versions,
  -- What was asked for ("all seats of this Lok Sabha constituency"); release_units is what it meant then.
  selector jsonb not null,
  released_by uuid not null references members,
  released_at timestamptz not null default now()
);
create index releases_version on releases (pack_version_id);

create table release_units (
  release_id uuid not null references releases,
  unit_id uuid not null references units,
  primary key (release_id, unit_id)
);
create index release_units_unit on release_units (unit_id, release_id);

create table recalls (
  pack_version_id uuid primary key references pack_versions,
  reason text not null check (length(trim(reason)) between 3 and 2000),
  -- When someone noticed; the clock runs from here.
  noticed_at timestamptz not null,
  due_at timestamptz not null,
  recalled_by uuid not null references members,
  recalled_at timestamptz not null default now()
);

create table receipts (
  id uuid primary key default uuid_v7(),
  release_id uuid not null references releases,
  member_id uuid not null references members,
  device_id uuid not null references devices,
  -- The unit the member held when it happened.
  unit_id uuid not null references units,
  mark text not null check (mark in ('seen','downloaded','handed_over','recall_acknowledged')),
  at timestamptz not null default now(),
  unique (release_id, member_id, device_id, mark)
);

-- How many people a unit believes it reached: one number, never a list.
create table reach_reports (
  id uuid primary key default uuid_v7(),
  release_id uuid not null references releases,
  unit_id uuid not null references units,
  member_id uuid not null references members,
  people integer not null check (people between 0 and 10000000),
  groups integer not null default 0 check (groups between 0 and 100000),
  at timestamptz not null default now()
);
create index reach_reports_release on reach_reports (release_id);

create function note_pack_contributor(version_id uuid) returns void language plpgsql security definer
set search_path from current as $$
begin
  if actor() is null then
    perform refuse('not_allowed', 'an edit needs an actor');
  end if;
  insert into pack_contributors values (version_id, actor()) on conflict do nothing;
end $$;

-- What the reviewer sees of a version, as one hash: facts, texts, captions, points and the files' own hashes.
create function pack_version_hash(version_id uuid) returns text language sql stable security definer
set search_path from current as $$
  select encode(sha256(convert_to(jsonb_build_object(
    'version', (select jsonb_build_object('id', v.id, 'pack', v.pack_id, 'number', v.number, 'change', v.change_kind,
                  'note', v.change_note, 'expires', v.expires_at) from pack_versions v where v.id = version_id),
    'texts', (select jsonb_agg(to_jsonb(t) order by t.language) from pack_texts t where t.pack_version_id = version_id),
    'captions', (select jsonb_agg(to_jsonb(t) order by t.language, t.platform) from pack_captions t where t.pack_version_id = version_id),
    'points', (select jsonb_agg(to_jsonb(t) order by t.language, t.position) from pack_talking_points t where t.pack_version_id = version_id),
    'facts', (select jsonb_agg(t.check_version_id order by t.check_version_id) from pack_facts t where t.pack_version_id = version_id),
    'renditions', (select jsonb_agg(jsonb_build_object('id', r.id, 'key', r.recipe_key, 'file', r.file_sha256, 'position', t.position) order by r.id)
                   from pack_renditions t join renditions r on r.id = t.rendition_id where t.pack_version_id = version_id)
  )::text, 'UTF8')), 'hex')
$$;

create function pack_versions_created() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if new.state <> 'draft' or new.approved_by is not null or new.approved_at is not null or new.approved_hash is not null then
    perform refuse('wrong_state', 'a pack version starts as a draft');
  end if;
  if actor() is null or new.created_by <> actor() then
    perform refuse('not_allowed', 'a version is created by whoever acts');
  end if;
  return new;
end $$;
create trigger pack_versions_created before insert on pack_versions for each row execute function pack_versions_created();

create function pack_versions_contributors() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  perform note_pack_contributor(new.id);
  insert into pack_contributors
    select new.id, member_id from pack_contributors where pack_version_id = new.based_on
    on conflict do nothing;
  return null;
end $$;
create trigger pack_versions_contributors after insert on pack_versions for each row execute function pack_versions_contributors();

-- A pack stands on facts that are verified now, and on finished files.
create function require_sound_pack(version_id uuid) returns void language plpgsql security definer
set search_path from current as $$
begin
  perform 1 from check_versions v join pack_facts f on f.check_version_id = v.id where f.pack_version_id = version_id for share of v;
  if not exists (select 1 from pack_facts where pack_version_id = version_id) then
    perform refuse('pack_without_facts', 'a pack needs at least one fact');
  end if;
  if exists (select 1 from pack_facts f join check_versions v on v.id = f.check_version_id
              where f.pack_version_id = version_id and v.state <> 'verified') then
    perform refuse('pack_without_facts', 'a pack stands only on facts that are verified now');
  end if;
  if exists (select 1 from pack_renditions p join renditions r on r.id = p.rendition_id
              where p.pack_version_id = version_id and r.state <> 'ready') then
    perform refuse('rendition_not_ready', 'every rendition of a pack must be ready');
  end if;
end $$;

create function pack_versions_changed() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if row(new.id, new.pack_id, new.number, new.based_on, new.created_by, new.created_at)
     is distinct from row(old.id, old.pack_id, old.number, old.based_on, old.created_by, old.created_at) then
    perform refuse('conflict', 'the identity of a pack version never changes');
  end if;
  perform require_move('pack', old.state, new.state);
  if old.state = new.state and old.state <> 'draft' then
    perform refuse('wrong_state', 'only a draft can be edited');
  end if;
  if old.state <> 'draft' and row(new.change_kind, new.change_note, new.expires_at)
     is distinct from row(old.change_kind, old.change_note, old.expires_at) then
    perform refuse('wrong_state', 'only a draft can be edited');
  end if;
  -- Superseding and expiring may be done by the clock; everything else has an actor.
  if actor() is null and new.state not in ('expired') then
    perform refuse('not_allowed', 'an edit needs an actor');
  end if;

  if new.state = 'draft' and old.state = 'draft' then
    perform note_pack_contributor(new.id);
  elsif old.state = 'draft' and new.state = 'in_review' then
    perform note_pack_contributor(new.id);
    perform require_sound_pack(new.id);
    if not exists (select 1 from pack_texts where pack_version_id = new.id) then
      perform refuse('invalid_input', 'a pack needs a title before review');
    end if;
    new.submitted_by := actor();
    new.submitted_at := now();
    new.return_comment := null;
  elsif new.state = 'draft' then
    if new.return_comment is null or length(trim(new.return_comment)) < 3 then
      perform refuse('invalid_input', 'returning a pack needs a comment');
    end if;
    new.approved_by := null; new.approved_at := null; new.approved_hash := null;
  elsif new.state = 'approved' then
    if new.approved_by is null or new.approved_by <> actor() then
      perform refuse('not_allowed', 'a pack is approved by whoever acts');
    end if;
    if exists (select 1 from pack_contributors where pack_version_id = new.id and member_id = new.approved_by)
       or new.approved_by = new.created_by
       or exists (select 1 from pack_renditions p join renditions r on r.id = p.rendition_id join creatives c on c.id = r.creative_id
                   where p.pack_version_id = new.id and new.approved_by in (r.created_by, c.created_by)) then
      perform refuse('own_work', 'nobody approves what they contributed to');
    end if;
    perform require_sound_pack(new.id);
    if new.approved_hash is distinct from pack_version_hash(new.id) then
      perform refuse('version_shown_differs', 'the pack changed since it was shown');
    end if;
    new.approved_at := now();
  elsif new.state = 'released' then
    perform require_sound_pack(new.id);
    if new.approved_hash is distinct from pack_version_hash(new.id) then
      perform refuse('version_shown_differs', 'the pack differs from what was approved');
    end if;
    update pack_versions set state = 'superseded' where pack_id = new.pack_id and id <> new.id and state = 'released';
  elsif new.state = 'superseded' then
    if pg_trigger_depth() < 2 then
      perform refuse('wrong_state', 'a version is superseded only by the release of the next');
    end if;
  elsif new.state = 'recalled' then
    if not exists (select 1 from recalls where pack_version_id = new.id) then
      perform refuse('wrong_state', 'a recall states its reason and clock');
    end if;
  end if;

  if old.approved_at is not null and new.state <> 'draft'
     and row(new.approved_by, new.approved_at, new.approved_hash, new.submitted_by, new.submitted_at)
     is distinct from row(old.approved_by, old.approved_at, old.approved_hash, old.submitted_by, old.submitted_at) then
    perform refuse('conflict', 'who approved a pack never changes');
  end if;
  if new.state in ('draft','in_review') and new.approved_by is not null then
    perform refuse('wrong_state', 'only an approved pack names its approver');
  end if;
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end $$;
create trigger pack_versions_changed before update on pack_versions for each row execute function pack_versions_changed();
create trigger pack_versions_kept before delete on pack_versions for each row execute function refuse_delete();
create trigger pack_contributors_kept before delete or update on pack_contributors for each row execute function refuse_delete();

create function pack_parts_changed() returns trigger language plpgsql security definer
set search_path from current as $$
declare version_id uuid; current_state text;
begin
  foreach version_id in array (case tg_op
      when 'INSERT' then array[new.pack_version_id]
      when 'DELETE' then array[old.pack_version_id]
      else array[old.pack_version_id, new.pack_version_id] end)
  loop
    select state into current_state from pack_versions where id = version_id for share;
    if current_state is distinct from 'draft' then
      perform refuse('wrong_state', 'only a draft can be edited');
    end if;
    perform note_pack_contributor(version_id);
  end loop;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger pack_texts_changed before insert or update or delete on pack_texts for each row execute function pack_parts_changed();
create trigger pack_captions_changed before insert or update or delete on pack_captions for each row execute function pack_parts_changed();
create trigger pack_talking_points_changed before insert or update or delete on pack_talking_points for each row execute function pack_parts_changed();
create trigger pack_facts_changed before insert or update or delete on pack_facts for each row execute function pack_parts_changed();
create trigger pack_renditions_changed before insert or update or delete on pack_renditions for each row execute function pack_parts_changed();

-- Whoever made a rendition, or its creative, contributed to every pack that carries it.
create function pack_renditions_credit() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  insert into pack_contributors
    select new.pack_version_id, who from renditions r join creatives c on c.id = r.creative_id,
           lateral unnest(array[r.created_by, c.created_by]) who
     where r.id = new.rendition_id
    on conflict do nothing;
  return null;
end $$;
create trigger pack_renditions_credit after insert or update on pack_renditions for each row execute function pack_renditions_credit();

create function releases_created() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if actor() is null or new.released_by <> actor() then
    perform refuse('not_allowed', 'a pack is released by whoever acts');
  end if;
  if not exists (select 1 from pack_versions where id = new.pack_version_id and state in ('approved','released') for share) then
    perform refuse('wrong_state', 'only an approved pack can be released');
  end if;
  perform require_sound_pack(new.pack_version_id);
  new.released_at := now();
  return new;
end $$;
create trigger releases_created before insert on releases for each row execute function releases_created();
create trigger releases_kept before update or delete on releases for each row execute function refuse_delete();

-- Once per statement and from the few open windows downwards: a release to every booth of a state takes seconds.
create function release_units_created() returns trigger language plpgsql security definer
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
       where l.valid_from <= now()::date and (l.valid_to is null or l.valid_to > now()::date)
    )
    select 1 from reach join unit_paths p on p.ancestor_id = reach.unit_id join added a on a.unit_id = p.unit_id
  ) then
    perform refuse('silence_window', 'a silence window is open over a unit of this release');
  end if;
  return null;
end $$;
create trigger release_units_created after insert on release_units
  referencing new table as added for each statement execute function release_units_created();
create trigger release_units_kept before update or delete on release_units for each row execute function refuse_delete();

create function recalls_created() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if actor() is null or new.recalled_by <> actor() then
    perform refuse('not_allowed', 'a pack is recalled by whoever acts');
  end if;
  if not exists (select 1 from pack_versions where id = new.pack_version_id and state in ('released','superseded') for update) then
    perform refuse('wrong_state', 'only a released pack can be recalled');
  end if;
  new.recalled_at := now();
  return new;
end $$;
create trigger recalls_created before insert on recalls for each row execute function recalls_created();
create trigger recalls_kept before update or delete on recalls for each row execute function refuse_delete();
create trigger receipts_kept before update or delete on receipts for each row execute function refuse_delete();
create trigger reach_reports_kept before update or delete on reach_reports for each row execute function refuse_delete();

-- A claim whose own fact stands in a released pack cannot be moved under another cluster.
create function claims_keep_cluster() returns trigger language plpgsql security definer
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
  return new;
end $$;
create trigger claims_keep_cluster before update of cluster_id on claims
  for each row when (old.cluster_id <> new.cluster_id) execute function claims_keep_cluster();

-- A released pack is live while it is released and not expired. Amber (a pinned fact is void or corrected) is derived.
create view live_packs as
  select v.id as pack_version_id, v.pack_id, r.id as release_id
    from pack_versions v join releases r on r.pack_version_id = v.id
   where v.state = 'released' and (v.expires_at is null or v.expires_at > now());
