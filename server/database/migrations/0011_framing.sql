-- Framing chosen per format, and what renditions of a creative have to carry.

create table creative_framings (
  creative_id uuid not null references creatives,
  format text not null references formats,
  framing text not null check (framing in ('crop','fit','blur')),
  -- The part of the upright source to show, as shares; all four or none.
  crop jsonb check (jsonb_typeof(crop) = 'object'),
  background text not null check (background ~ '^#[0-9a-f]{6}$'),
  primary key (creative_id, format)
);

alter table creatives
  -- Renditions say who issued them unless a designer says otherwise.
  add column label boolean not null default true,
  -- A misleading original: the fact whose verdict every rendition of it carries.
  add column stamp_version_id uuid references check_versions,
  add column imprint jsonb check (jsonb_typeof(imprint) = 'object');
create index creatives_stamp on creatives (stamp_version_id) where stamp_version_id is not null;

create table creative_subtitles (
  creative_id uuid not null references creatives,
  language text not null check (language in ('hi','en')),
  file_sha256 text not null references files,
  original_name text not null check (length(original_name) between 1 and 200),
  cues integer not null check (cues > 0),
  created_by uuid not null references members,
  created_at timestamptz not null default now(),
  primary key (creative_id, language)
);

-- A stamp is a fact's verdict, and a fact was verified.
create function creatives_stamped() returns trigger language plpgsql as $$
begin
  if new.stamp_version_id is not null and new.stamp_version_id is distinct from old.stamp_version_id
     and not exists (select from check_versions v where v.id = new.stamp_version_id and v.state = 'verified') then
    perform refuse('wrong_state', 'only a verified fact can be stamped');
  end if;
  return new;
end $$;
create trigger creatives_stamped before update on creatives for each row execute function creatives_stamped();

-- Whether a rendition lacks a mark its creative has to carry by now: it was made before the mark was set.
create function rendition_unmarked(rendition_id uuid) returns boolean language sql stable as $$
  select v.kind <> 'audio' and (
           (s.id is not null and not coalesce(r.recipe->'overlays', '[]') @>
              jsonb_build_array(jsonb_build_object('kind', 'stamp', 'mark', s.verdict)))
        or (c.ai_declaration <> 'none' and not coalesce(r.recipe->'overlays', '[]') @> '[{"kind":"disclosure"}]'))
    from renditions r
    join creatives c on c.id = r.creative_id
    join format_versions f on f.id = r.format_version_id
    join formats v on v.code = f.format
    left join check_versions s on s.id = c.stamp_version_id
   where r.id = rendition_id
$$;
