-- Creatives, the platform table, renditions.

create table creatives (
  id uuid primary key default uuid_v7(),
  owner_unit_id uuid not null references units,
  kind text not null check (kind in ('image','video','audio','document')),
  origin text not null default 'uploaded' check (origin in ('uploaded','generated')),
  file_sha256 text not null references files,
  -- As the person named it; never used as a path.
  original_name text not null check (length(original_name) between 1 and 200),
  check_version_id uuid references check_versions,
  supersedes_id uuid references creatives,
  rights text not null default '' check (length(rights) <= 1000),
  credit text not null default '' check (length(credit) <= 300),
  ai_declaration text not null default 'none' check (ai_declaration in ('none','enhanced','composite','generated')),
  ai_tool text check (length(ai_tool) between 1 and 120),
  focal_x real not null default 0.5 check (focal_x between 0 and 1),
  focal_y real not null default 0.5 check (focal_y between 0 and 1),
  focal_confirmed boolean not null default false,
  inspection text not null default 'queued' check (inspection in ('queued','processing','ready','failed')),
  failure text,
  failure_details jsonb,
  width integer check (width > 0),
  height integer check (height > 0),
  duration_ms integer check (duration_ms >= 0),
  has_audio boolean,
  preview_sha256 text references files,
  c2pa_present boolean,
  created_by uuid not null references members,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  check ((inspection = 'failed') = (failure is not null))
);
create index creatives_newest on creatives (id desc);
create index creatives_file on creatives (file_sha256);
create index creatives_check on creatives (check_version_id) where check_version_id is not null;

create table creative_texts (
  creative_id uuid not null references creatives,
  language text not null check (language in ('hi','en')),
  title text not null default '' check (length(title) <= 200),
  alt_text text not null default '' check (length(alt_text) <= 1000),
  primary key (creative_id, language)
);

-- A creative's file never changes: a new file is a new creative that supersedes. Its kind is a guess by the first
-- bytes until the file has been looked into.
create function creatives_changed() returns trigger language plpgsql as $$
begin
  if row(new.file_sha256, new.origin, new.check_version_id, new.created_by, new.created_at, new.owner_unit_id)
     is distinct from row(old.file_sha256, old.origin, old.check_version_id, old.created_by, old.created_at, old.owner_unit_id)
     or (new.kind <> old.kind and old.inspection = 'ready') then
    perform refuse('conflict', 'a creative keeps its file: upload a new one that supersedes it');
  end if;
  return new;
end $$;
create trigger creatives_changed before update on creatives for each row execute function creatives_changed();

create table formats (
  code text primary key check (code ~ '^[a-z][a-z0-9_]{1,40}$'),
  platform text not null check (platform in ('whatsapp','facebook','instagram','x','youtube')),
  kind text not null check (kind in ('image','video','audio','document')),
  -- Order within the platform; only for display.
  rank integer not null
);

create table format_texts (
  format text not null references formats on delete cascade,
  language text not null check (language in ('hi','en')),
  name text not null,
  primary key (format, language)
);

-- A format's numbers at a time, with their sources; never edited, only followed by the next version.
create table format_versions (
  id uuid primary key default uuid_v7(),
  format text not null references formats,
  number integer not null check (number > 0),
  spec jsonb not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  unique (format, number)
);
create unique index one_active_format_version on format_versions (format) where active;

create table renditions (
  id uuid primary key default uuid_v7(),
  creative_id uuid not null references creatives,
  format_version_id uuid not null references format_versions,
  recipe jsonb not null,
  -- SHA-256 over file, format version, recipe and pipeline version: the same recipe is the same rendition, and two
  -- creatives of the same file share what is made.
  recipe_key text not null check (recipe_key ~ '^[0-9a-f]{64}$'),
  language text check (language in ('hi','en')),
  state text not null default 'queued' check (state in ('queued','processing','ready','failed')),
  failure text,
  failure_details jsonb,
  file_sha256 text references files,
  width integer,
  height integer,
  duration_ms integer,
  -- What the probe of the finished file measured.
  probe jsonb,
  job_id uuid,
  created_by uuid not null references members,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  check ((state = 'failed') = (failure is not null)),
  check (state <> 'ready' or (file_sha256 is not null and probe is not null)),
  unique (creative_id, recipe_key)
);
create index renditions_made on renditions (recipe_key) where state = 'ready';
create index renditions_job on renditions (job_id) where state in ('queued','processing');
create index renditions_creative on renditions (creative_id, id);
create index renditions_file on renditions (file_sha256) where file_sha256 is not null;

create function renditions_changed() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'queued' then perform refuse('wrong_state', 'a rendition starts queued'); end if;
    return new;
  end if;
  if row(new.creative_id, new.format_version_id, new.recipe, new.recipe_key, new.language, new.created_by)
     is distinct from row(old.creative_id, old.format_version_id, old.recipe, old.recipe_key, old.language, old.created_by) then
    perform refuse('conflict', 'a rendition keeps its recipe');
  end if;
  perform require_move('rendition', old.state, new.state);
  if old.state = 'ready' and row(new.file_sha256, new.probe) is distinct from row(old.file_sha256, old.probe) then
    perform refuse('conflict', 'a finished rendition keeps its file');
  end if;
  return new;
end $$;
create trigger renditions_changed before insert or update on renditions for each row execute function renditions_changed();
