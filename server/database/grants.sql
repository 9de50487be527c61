-- What the application's login may do; run by the owner after every migration. Everything not named is refused.
set local search_path to tathya, public;
grant usage on schema tathya to {app};
revoke all on all tables in schema tathya from {app};
grant select on all tables in schema tathya to {app};
grant usage on all sequences in schema tathya to {app};
grant execute on all functions in schema tathya to {app};

-- Made and edited.
grant insert, update on
  organisations, organisation_texts, unit_types, unit_type_texts, units, unit_texts, unit_parents,
  members, titles, title_texts, appointments, devices, sessions, idempotency_keys, events, event_texts, event_seats, silence_windows,
  claims, check_versions, check_texts, evidence, check_evidence,
  creatives, creative_texts, creative_framings, creative_subtitles, formats, format_texts, renditions,
  pack_versions, pack_texts, pack_captions, pack_talking_points, pack_facts, pack_renditions,
  index_followers, rate_limits, topics, topic_texts
to {app};
grant insert on
  unit_links, link_relations, cards, card_previews, clusters, claim_media, claim_appearances, cluster_acts, answers_seen, checks, files, format_versions, packs,
  releases, release_units, recalls, receipts, reach_reports, audit, audit_payloads, index_acks
to {app};
grant update (active) on format_versions to {app};
-- Drawn anew by a later version.
grant update (file_sha256, failure, failure_details, made_by) on card_previews to {app};
grant update (valid_to) on unit_links to {app};
grant update (topic) on clusters to {app};

-- Parts of drafts, and housekeeping, may go.
grant delete on
  check_texts, evidence, check_evidence, creative_texts, creative_framings, creative_subtitles, pack_texts, pack_captions, pack_talking_points, pack_facts, pack_renditions,
  event_seats, silence_windows, unit_parents, sessions, idempotency_keys, rate_limits, audit_payloads, files,
  index_followers, index_acks, index_changes
to {app};
grant insert, update, delete on uploads to {app};
grant insert, update, delete on media_prints, picture_prints, picture_keys, picture_asks, sound_prints, sound_keys, media_searches to {app};
-- unit_paths, check_contributors, pack_contributors, life_cycle_moves and migrations are written by the owner's functions only.
revoke execute on function tathya.note_check_contributor(uuid), tathya.note_pack_contributor(uuid) from public;
revoke execute on function tathya.note_check_contributor(uuid), tathya.note_pack_contributor(uuid) from {app};
revoke execute on function tathya.note_index_change(text, uuid), tathya.note_cluster_change(uuid) from public, {app};

-- Jobs: workers take, finish and give back; offering is by offer_job alone, so nothing may be added to the queue's tables.
grant insert, update on jobs, workers to {app};
grant delete on jobs, workers to {app};
revoke execute on function tathya.offer_job(uuid), tathya.lost_jobs(interval), tathya.use_redis(boolean) from public;
grant usage on schema graphile_worker to {app};
revoke all on all tables in schema graphile_worker from {app};
grant select on graphile_worker.migrations, graphile_worker._private_known_crontabs, graphile_worker._private_jobs, graphile_worker._private_tasks, graphile_worker._private_job_queues to {app};
grant update, delete on graphile_worker._private_jobs to {app};
grant update on graphile_worker._private_job_queues to {app};
grant insert on graphile_worker._private_tasks to {app};
