-- Uploads that can be resumed, and how much may be uploaded.

alter table organisations
  -- Bytes one member may bring in within 24 hours: twenty films of the largest size.
  add column member_day_bytes bigint not null default 20000000000
    check (member_day_bytes between 0 and 1000000000000000),
  -- Bytes of the disk that uploads leave free, for renditions and the database.
  add column free_disk_bytes bigint not null default 1000000000
    check (free_disk_bytes between 0 and 1000000000000000);

-- A file that comes in parts. The row is what counts: of the file beside it, only the first `received` bytes.
create table uploads (
  id uuid primary key default uuid_v7(),
  member_id uuid not null references members,
  size bigint not null check (size > 0),
  received bigint not null default 0 check (received between 0 and size),
  -- Of the whole file, as its sender states it; the file is taken only when it is true.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  original_name text not null check (length(original_name) between 1 and 200),
  -- What the creative will say of itself.
  fields jsonb not null,
  created_at timestamptz not null default now(),
  -- Moves on with every part that comes.
  expires_at timestamptz not null,
  -- The one request that may write, until then; it says so again while bytes come.
  holder uuid,
  held_until timestamptz,
  -- Someone was taken for dead while holding it, and may still have the file open.
  contested boolean not null default false,
  -- What it became.
  creative_id uuid unique references creatives,
  check ((holder is null) = (held_until is null)),
  check (creative_id is null or received = size)
);
create index uploads_member on uploads (member_id);
create index uploads_expiry on uploads (expires_at);

-- How much a member brought in of late.
create index creatives_maker on creatives (created_by, created_at);
create index claim_media_maker on claim_media (created_by, created_at);
create index evidence_maker on evidence (created_by, captured_at) where file_sha256 is not null;
