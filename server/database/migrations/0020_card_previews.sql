-- Small pictures of cards, one for every frame a format may need: seen before anything is made.

create table card_previews (
  creative_id uuid not null references cards,
  -- Size of the frame, the part of it that is free, and whether it is a circle.
  frame text not null check (frame ~ '^[0-9]+x[0-9]+-[0-9]+-[0-9]+-[0-9]+x[0-9]+(-circle)?$'),
  file_sha256 text references files,
  -- Why it cannot be drawn in this frame.
  failure text,
  failure_details jsonb,
  created_at timestamptz not null default now(),
  primary key (creative_id, frame),
  check ((file_sha256 is null) = (failure is not null))
);
