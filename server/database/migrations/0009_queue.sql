-- Media lanes on a second queue. The rows of `jobs` go on deciding everything; a queue only carries ids.

-- Who carries the ids of pictures, sound and film: graphile-worker, or Redis by way of a relay. One row.
create table media_queue (
  single boolean primary key default true check (single),
  on_redis boolean not null default false,
  -- Keeps installations that share one Redis apart.
  redis_prefix text not null default 'tathya-' || left(replace(gen_random_uuid()::text, '-', ''), 12)
);
insert into media_queue default values;

create function relayed(lane text) returns boolean language sql stable
set search_path from current as $$
  select lane <> 'small' and (select on_redis from media_queue)
$$;

-- Puts the id of a queued job before the workers of its lane, in the caller's transaction. A row that an earlier
-- offer left behind, even one still locked by a dead worker, goes: graphile-worker alone would wait four hours.
-- A lane on Redis gets none: `offered_at` stays empty until the relay has taken the job to Redis.
create or replace function offer_job(job_id uuid) returns void language plpgsql security definer
set search_path from current as $$
declare job jobs;
begin
  update jobs set offered_at = case when relayed(lane) then null else now() end
   where id = job_id and state = 'queued' returning * into job;
  if not found then return; end if;
  delete from graphile_worker._private_jobs where key = job.id::text;
  if job.offered_at is null then
    perform pg_notify('tathya_relay', '');
    return;
  end if;
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
-- What goes by Redis is looked after by the relay.
create or replace function lost_jobs(patience interval) returns setof uuid language sql stable security definer
set search_path from current as $$
  select j.id from jobs j
   where j.state = 'queued' and j.run_after <= now() and not relayed(j.lane)
     and (j.offered_at is null or j.offered_at < now() - patience)
     and not exists (
       select 1 from graphile_worker._private_jobs g
        where g.key = j.id::text and g.last_error is null
          and (g.locked_at is null or g.locked_at > now() - patience))
   limit 1000
$$;

-- Says which queue carries media from now on, and takes along what waits in the other one.
create function use_redis(wanted boolean) returns void language plpgsql security definer
set search_path from current as $$
begin
  perform from media_queue where on_redis is distinct from wanted for update;
  if not found then return; end if;
  update media_queue set on_redis = wanted;
  perform offer_job(id) from jobs where state = 'queued' and lane <> 'small';
end $$;

-- The relay looks for what it has not taken yet, and again for what it took a while ago.
create index jobs_to_relay on jobs (offered_at) where state = 'queued' and lane <> 'small';
-- Ended jobs are cleared away after a while.
create index jobs_ended on jobs (finished_at) where state in ('done','failed','cancelled');
