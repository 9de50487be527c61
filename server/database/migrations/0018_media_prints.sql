-- Fingerprints of media: what other copies of the same picture, film or sound are found by.

create table media_prints (
  id uuid primary key default uuid_v7(),
  -- None while it is of a file that is only searched with, and not kept.
  file_sha256 text unique references files on delete cascade,
  state text not null default 'queued' check (state in ('queued','ready','failed')),
  failure text,
  failure_details jsonb,
  -- False where this server's ffmpeg could not print the sound.
  sound_compared boolean not null default true,
  -- The whole picture, small and grey, and its part without borders: to compare closely what hashes found.
  fine bytea check (length(fine) <= 65536),
  inside real[] check (cardinality(inside) = 4),
  created_at timestamptz not null default now(),
  check ((state = 'failed') = (failure is not null)),
  check ((fine is null) = (inside is null))
);

-- Hashes that are found: of a whole picture, of parts of it, of moments of a film.
create table picture_prints (
  id bigint generated always as identity primary key,
  print_id uuid not null references media_prints on delete cascade,
  hash bit(256) not null,
  -- Left, top, right and bottom of the hashed part, as shares of the picture.
  part real[] not null check (cardinality(part) = 4),
  at_ms integer check (at_ms >= 0)
);
create index picture_prints_print on picture_prints (print_id);

-- Where near hashes meet: parts of a hash that both are likely to share.
create table picture_keys (
  key integer not null,
  picture_id bigint not null references picture_prints on delete cascade,
  primary key (key, picture_id)
);
create index picture_keys_picture on picture_keys (picture_id);

-- Hashes that a picture asks with, and every key under which a near one may be kept.
create table picture_asks (
  id bigint generated always as identity primary key,
  print_id uuid not null references media_prints on delete cascade,
  hash bit(256) not null,
  keys integer[] not null,
  part real[] not null check (cardinality(part) = 4),
  at_ms integer check (at_ms >= 0),
  mirrored boolean not null
);
create index picture_asks_print on picture_asks (print_id);

-- Words of Chromaprint, eight a second.
create table sound_prints (
  id bigint generated always as identity primary key,
  print_id uuid not null unique references media_prints on delete cascade,
  words integer[] not null
);

create table sound_keys (
  key integer not null,
  sound_id bigint not null references sound_prints on delete cascade,
  at integer not null check (at >= 0),
  primary key (key, sound_id, at)
);
create index sound_keys_sound on sound_keys (sound_id, at);

-- Someone asked what is known about a file; the file and its prints go soon after.
create table media_searches (
  id uuid primary key default uuid_v7(),
  member_id uuid not null references members,
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  print_id uuid references media_prints on delete set null,
  created_at timestamptz not null default now()
);
create index media_searches_member on media_searches (member_id, created_at);
create index media_searches_print on media_searches (print_id) where print_id is not null;
