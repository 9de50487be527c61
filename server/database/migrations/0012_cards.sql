-- Cards made from facts: creatives whose file says what is on them, drawn anew for the shape of each format.

create table cards (
  creative_id uuid primary key references creatives,
  template text not null check (template in ('plain','photo','quote')),
  language text not null check (language in ('hi','en')),
  -- The picture of the photo template.
  image_creative_id uuid references creatives,
  -- Where its code leads.
  leads_to text not null check (leads_to ~ '^https?://' and length(leads_to) <= 300),
  check ((template = 'photo') = (image_creative_id is not null))
);
create index cards_image on cards (image_creative_id) where image_creative_id is not null;

-- What is generated is generated from a fact.
create function creatives_created() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if new.origin = 'generated' then
    perform 1 from check_versions v where v.id = new.check_version_id and v.state = 'verified' for share;
    if not found then perform refuse('wrong_state', 'a card is made from a verified fact'); end if;
  end if;
  return new;
end $$;
create trigger creatives_created before insert on creatives for each row execute function creatives_created();

create function cards_created() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform refuse('conflict', 'a card never changes: make another one'); end if;
  if not exists (select from creatives c where c.id = new.creative_id and c.origin = 'generated') then
    perform refuse('conflict', 'only what was generated is a card');
  end if;
  return new;
end $$;
create trigger cards_created before insert or update or delete on cards for each row execute function cards_created();

-- Units from which one may know of a creative that shows a restricted fact, as a card or by its stamp: those at or
-- above the unit of each such check. Null when the whole desk may.
create function creative_restricted_to(creative_id uuid) returns uuid[] language sql stable as $$
  with secret as (
    select distinct k.owner_unit_id as unit_id
      from creatives c
      join check_versions v on v.id in (c.check_version_id, c.stamp_version_id)
      join checks k on k.id = v.check_id
      join claims l on l.id = k.lead_claim_id
     where c.id = creative_id and l.restricted
  )
  select case when exists (select from secret) then coalesce((
    select array_agg(common.ancestor_id) from (
      select p.ancestor_id from secret s join unit_paths p on p.unit_id = s.unit_id
       group by p.ancestor_id having count(*) = (select count(*) from secret)) common), '{}') end
$$;

-- Whether a version of a pack says something that is no fact any more: pinned, or on one of its cards or stamps.
create function pack_version_amber(version_id uuid) returns boolean language sql stable as $$
  select exists (
    select from pack_facts f join check_versions v on v.id = f.check_version_id
     where f.pack_version_id = version_id and v.state <> 'verified'
  ) or exists (
    select from pack_renditions p
      join renditions r on r.id = p.rendition_id
      join creatives c on c.id = r.creative_id
      join check_versions v on v.id in (c.check_version_id, c.stamp_version_id)
     where p.pack_version_id = version_id and v.state <> 'verified')
$$;

-- As before, and what a card says is among the facts the pack stands on: its readers find behind the code what they
-- may read, and what becomes of the fact becomes of the pack.
create or replace function require_sound_pack(version_id uuid) returns void language plpgsql security definer
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
  if exists (select 1 from pack_renditions p join renditions r on r.id = p.rendition_id join creatives c on c.id = r.creative_id
              where p.pack_version_id = version_id and c.origin = 'generated'
                and not exists (select 1 from pack_facts f where f.pack_version_id = version_id and f.check_version_id = c.check_version_id)) then
    perform refuse('card_without_fact', 'the fact of every card stands in the pack');
  end if;
end $$;
