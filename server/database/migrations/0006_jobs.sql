-- Work for the workers. These rows decide everything; a queue only carries their ids.

create table workers (
  id uuid primary key,
  host text not null check (length(host) between 1 and 255),
  pid integer not null check (pid > 0),
  lanes text[] not null,
  started_at timestamptz not null default now(),
  heartbeat_at timestamptz not null default now(),
  -- Counts heartbeats: a watcher that sees the same number for long enough knows the worker is dead or frozen,
  -- whatever the clocks say.
  beats bigint not null default 0,
  -- Set when the worker ended or was found dead; a frozen one that wakes up clears it.
  stopped_at timestamptz
);
create index workers_live on workers (id) where stopped_at is null;

create table jobs (
  id uuid primary key default uuid_v7(),
  name text not null check (name ~ '^[a-z][a-z-]*\.[a-z][a-z-]*$'),
  lane text not null check (lane in ('image','audio','video','small')),
  -- Higher goes first.
  priority integer not null default 0 check (priority between -1000 and 1000),
  -- Ids only, never content.
  payload jsonb not null,
  object_kind text not null check (length(object_kind) between 1 and 40),
  object_id uuid not null,
  state text not null default 'queued' check (state in ('queued','running','done','failed','cancelled')),
  -- Runs that ended by themselves; a crash or a stopped worker is not one.
  attempts integer not null default 0,
  max_attempts integer not null check (max_attempts between 1 and 100),
  -- Workers that died or froze while they ran it.
  crashes integer not null default 0,
  reason text,
  reason_details jsonb,
  progress real not null default 0 check (progress between 0 and 1),
  cancel_requested boolean not null default false,
  -- Goes up with every claim and every taking away; a write that names an older fence is refused.
  fence bigint not null default 0,
  worker_id uuid references workers on delete set null,
  run_after timestamptz not null default now(),
  offered_at timestamptz,
  dedupe_key text check (length(dedupe_key) between 1 and 300),
  requested_by uuid references members,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  check (attempts >= 0 and crashes >= 0),
  check (state <> 'failed' or reason is not null),
  check ((state in ('done','failed','cancelled')) = (finished_at is not null))
);
create unique index jobs_dedupe on jobs (dedupe_key) where state in ('queued','running');
create index jobs_unfinished on jobs (state, run_after) where state in ('queued','running');
create index jobs_object on jobs (object_kind, object_id, id desc);
create index jobs_worker on jobs (worker_id) where state = 'running';

-- Puts the id of a queued job before the workers of its lane, in the caller's transaction. A row that an earlier
-- offer left behind, even one still locked by a dead worker, goes: graphile-worker alone would wait four hours.
create function offer_job(job_id uuid) returns void language plpgsql security definer
set search_path from current as $$
declare job jobs;
begin
  update jobs set offered_at = now() where id = job_id and state = 'queued' returning * into job;
  if not found then return; end if;
  delete from graphile_worker._private_jobs where key = job.id::text;
  perform graphile_worker.add_job(
    job.lane,
    payload => json_build_object('jobId', job.id),
    run_at => greatest(job.run_after, now()),
    max_attempts => 1000,
    job_key => job.id::text,
    -- graphile-worker runs the lowest number first.
    priority => -job.priority,
    flags => array[job.lane]
  );
end $$;

-- Queued jobs whose offer is gone, was taken but not claimed, or is waiting after an error of the queue's own.
create function lost_jobs(patience interval) returns setof uuid language sql stable security definer
set search_path from current as $$
  select j.id from jobs j
   where j.state = 'queued' and j.run_after <= now()
     and (j.offered_at is null or j.offered_at < now() - patience)
     and not exists (
       select 1 from graphile_worker._private_jobs g
        where g.key = j.id::text and g.last_error is null
          and (g.locked_at is null or g.locked_at > now() - patience))
   limit 1000
$$;

-- graphile-worker shows its rows to their owner only; here the grants decide, and name the application's login alone.
create policy granted on graphile_worker._private_jobs using (true) with check (true);
create policy granted on graphile_worker._private_tasks using (true) with check (true);
create policy granted on graphile_worker._private_job_queues using (true) with check (true);
