-- Claims, clusters, evidence, checks and the facts they become.

create table files (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  mime text not null,
  created_at timestamptz not null default now()
);

create table clusters (
  id uuid primary key default uuid_v7(),
  created_at timestamptz not null default now()
);

create table claims (
  id uuid primary key default uuid_v7(),
  cluster_id uuid not null references clusters,
  kind text not null check (kind in ('other','own','quote','scheme_figure')),
  -- The words as forwarded; they never change.
  text text not null check (length(text) between 1 and 20000),
  language text not null check (language in ('hi','hi-Latn','en','mr','pa','gu','bn','ta','te','kn','ml','or','as','ur','raj','und')),
  claimant_name text check (length(claimant_name) between 1 and 200),
  claimant_kind text not null default 'unknown' check (claimant_kind in ('person','organisation','anonymous','unknown')),
  claimant_url text check (claimant_url ~ '^https?://' and length(claimant_url) <= 2000),
  reporter_id uuid not null references members,
  owner_unit_id uuid not null references units,
  restricted boolean not null default false,
  assignee_id uuid references members,
  lease_until timestamptz,
  state text not null default 'new' check (state in ('new','triaged','checking','answered','not_checkable','no_answer_needed')),
  state_reason text check (length(state_reason) between 1 and 2000),
  -- How many people may have seen it, a rough number someone typed.
  reach_estimate integer check (reach_estimate >= 0),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((assignee_id is null) = (lease_until is null)),
  check (state not in ('not_checkable','no_answer_needed') or state_reason is not null)
);
create index claims_state on claims (state, id desc);
create index claims_cluster on claims (cluster_id);
create index claims_reporter on claims (reporter_id, id desc);
create index claims_owner on claims (owner_unit_id);
create index claims_assignee on claims (assignee_id, id desc) where assignee_id is not null;

create function claims_keep_words() returns trigger language plpgsql as $$
begin
  if new.text is distinct from old.text or new.language is distinct from old.language
     or new.reporter_id <> old.reporter_id or new.created_at <> old.created_at or new.kind <> old.kind then
    perform refuse('conflict', 'the original words of a claim never change');
  end if;
  return new;
end $$;
create trigger claims_keep_words before update on claims for each row execute function claims_keep_words();

create table claim_media (
  id uuid primary key default uuid_v7(),
  claim_id uuid not null references claims,
  file_sha256 text not null references files,
  kind text not null check (kind in ('image','video','audio','document')),
  name text not null check (length(name) between 1 and 200),
  created_by uuid not null references members,
  created_at timestamptz not null default now(),
  unique (claim_id, file_sha256)
);
create index claim_media_file on claim_media (file_sha256);

create table claim_appearances (
  id uuid primary key default uuid_v7(),
  claim_id uuid not null references claims,
  channel text not null check (channel in ('whatsapp','facebook','instagram','x','youtube','telegram','sharechat','tv','print','web','speech','other')),
  url text check (url ~ '^https?://' and length(url) <= 2000),
  seen_at timestamptz not null,
  unit_id uuid references units,
  created_by uuid not null references members,
  created_at timestamptz not null default now()
);
create index claim_appearances_claim on claim_appearances (claim_id, seen_at);

-- Joining and leaving a cluster are recorded acts.
create table cluster_acts (
  id uuid primary key default uuid_v7(),
  claim_id uuid not null references claims,
  act text not null check (act in ('created','joined','left','undone')),
  from_cluster_id uuid references clusters,
  to_cluster_id uuid not null references clusters,
  method text not null default 'person' check (method in ('person','match','file')),
  score real,
  undoes uuid references cluster_acts,
  member_id uuid not null references members,
  at timestamptz not null default now()
);
create index cluster_acts_claim on cluster_acts (claim_id, at);

create table checks (
  id uuid primary key default uuid_v7(),
  cluster_id uuid not null unique references clusters,
  lead_claim_id uuid not null references claims,
  owner_unit_id uuid not null references units,
  created_by uuid not null references members,
  created_at timestamptz not null default now(),
  unique (id, cluster_id)
);

create table check_versions (
  id uuid primary key default uuid_v7(),
  check_id uuid not null,
  cluster_id uuid not null,
  number integer not null check (number > 0),
  based_on uuid references check_versions,
  state text not null default 'draft' check (state in ('draft','in_review','verified','corrected','void')),
  verdict text check (verdict in ('true','mostly_true','half_true','misleading','missing_context','false','unproven','not_a_claim','satire')),
  authenticity text check (authenticity in ('original','old_or_other_event','cropped','manipulated','ai_generated','inconclusive')),
  as_of date not null default current_date,
  review_by date,
  -- Why fewer than two sources, or none primary or official, are enough; the reviewer accepts it or returns the check.
  source_exception text check (length(source_exception) between 10 and 2000),
  exception_accepted_by uuid references members,
  created_by uuid not null references members,
  created_at timestamptz not null default now(),
  submitted_by uuid references members,
  submitted_at timestamptz,
  verified_by uuid references members,
  verified_at timestamptz,
  -- Hash of what the reviewer was shown.
  verified_hash text,
  return_comment text,
  void_reason text,
  voided_by uuid references members,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  foreign key (check_id, cluster_id) references checks (id, cluster_id),
  unique (check_id, number)
);
create unique index one_live_fact_per_cluster on check_versions (cluster_id) where state = 'verified';
create unique index one_open_version_per_check on check_versions (check_id) where state in ('draft','in_review');
create index check_versions_state on check_versions (state, id desc);

create table check_texts (
  check_version_id uuid not null references check_versions,
  language text not null check (language in ('hi','en')),
  headline text not null check (length(headline) between 1 and 300),
  summary text not null check (length(summary) between 1 and 10000),
  correction_note text check (length(correction_note) between 1 and 2000),
  primary key (check_version_id, language)
);

create table evidence (
  id uuid primary key default uuid_v7(),
  check_id uuid not null references checks,
  url text check (url ~ '^https?://' and length(url) <= 2000),
  publisher text not null check (length(publisher) between 1 and 200),
  quote text check (length(quote) between 1 and 5000),
  tier text not null check (tier in ('primary','official','press','social')),
  interest_note text check (length(interest_note) between 1 and 1000),
  file_sha256 text references files,
  captured_at timestamptz not null default now(),
  created_by uuid not null references members,
  created_at timestamptz not null default now()
);
create index evidence_check on evidence (check_id);

-- The sources a version stands on.
create table check_evidence (
  check_version_id uuid not null references check_versions,
  evidence_id uuid not null references evidence,
  stance text not null default 'refutes' check (stance in ('supports','refutes','context')),
  primary key (check_version_id, evidence_id)
);
create index check_evidence_evidence on check_evidence (evidence_id);

-- Everyone who created or edited a version. Written by triggers only.
create table check_contributors (
  check_version_id uuid not null references check_versions,
  member_id uuid not null references members,
  primary key (check_version_id, member_id)
);

-- Which moves a life cycle allows; filled from server/contract/life-cycles.ts and compared with it by a test.
create table life_cycle_moves (
  noun text not null,
  from_state text not null,
  to_state text not null,
  primary key (noun, from_state, to_state)
);
insert into life_cycle_moves values
  ('claim','new','triaged'), ('claim','new','checking'), ('claim','new','answered'), ('claim','new','not_checkable'), ('claim','new','no_answer_needed'),
  ('claim','triaged','checking'), ('claim','triaged','answered'), ('claim','triaged','not_checkable'), ('claim','triaged','no_answer_needed'),
  ('claim','checking','triaged'), ('claim','checking','answered'), ('claim','checking','not_checkable'), ('claim','checking','no_answer_needed'),
  ('claim','answered','checking'), ('claim','not_checkable','triaged'), ('claim','no_answer_needed','triaged'),
  ('check','draft','in_review'), ('check','in_review','draft'), ('check','in_review','verified'), ('check','verified','corrected'), ('check','verified','void'),
  ('pack','draft','in_review'), ('pack','in_review','draft'), ('pack','in_review','approved'), ('pack','approved','draft'), ('pack','approved','released'),
  ('pack','released','superseded'), ('pack','released','recalled'), ('pack','released','expired'), ('pack','superseded','recalled'),
  ('rendition','queued','processing'), ('rendition','queued','failed'), ('rendition','processing','queued'), ('rendition','processing','ready'), ('rendition','processing','failed'), ('rendition','failed','queued');

create function require_move(noun text, from_state text, to_state text) returns void language plpgsql security definer
set search_path from current as $$
begin
  if from_state <> to_state and not exists (
    select 1 from life_cycle_moves m where m.noun = require_move.noun
       and m.from_state = require_move.from_state and m.to_state = require_move.to_state
  ) then
    perform refuse('wrong_state', format('a %s cannot go from %s to %s', noun, from_state, to_state));
  end if;
end $$;

create function claims_move() returns trigger language plpgsql as $$
begin
  perform require_move('claim', old.state, new.state);
  return new;
end $$;
create trigger claims_move before update of state on claims for each row execute function claims_move();

create function note_check_contributor(version_id uuid) returns void language plpgsql security definer
set search_path from current as $$
begin
  if actor() is null then
    perform refuse('not_allowed', 'an edit needs an actor');
  end if;
  insert into check_contributors values (version_id, actor()) on conflict do nothing;
end $$;

-- What the reviewer sees of a version, as one hash: verdict, texts and sources.
create function check_version_hash(version_id uuid) returns text language sql stable security definer
set search_path from current as $$
  select encode(sha256(convert_to(jsonb_build_object(
    'version', (select jsonb_build_object('id', v.id, 'check', v.check_id, 'verdict', v.verdict, 'authenticity', v.authenticity,
                  'asOf', v.as_of, 'reviewBy', v.review_by, 'exception', v.source_exception)
                from check_versions v where v.id = version_id),
    'texts', (select jsonb_agg(to_jsonb(t) order by t.language) from check_texts t where t.check_version_id = version_id),
    'evidence', (select jsonb_agg(to_jsonb(e) || jsonb_build_object('stance', ce.stance) order by e.id)
                 from check_evidence ce join evidence e on e.id = ce.evidence_id where ce.check_version_id = version_id)
  )::text, 'UTF8')), 'hex')
$$;

create function check_versions_created() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if new.state <> 'draft' or new.verified_by is not null or new.verified_at is not null or new.exception_accepted_by is not null then
    perform refuse('wrong_state', 'a check version starts as a draft');
  end if;
  if actor() is null or new.created_by <> actor() then
    perform refuse('not_allowed', 'a version is created by whoever acts');
  end if;
  return new;
end $$;
create trigger check_versions_created before insert on check_versions for each row execute function check_versions_created();

create function check_versions_contributors() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  perform note_check_contributor(new.id);
  -- A version made from another carries its words, so its people too.
  insert into check_contributors
    select new.id, member_id from check_contributors where check_version_id = new.based_on
    on conflict do nothing;
  return null;
end $$;
create trigger check_versions_contributors after insert on check_versions for each row execute function check_versions_contributors();

create function check_versions_changed() returns trigger language plpgsql security definer
set search_path from current as $$
declare sources integer; strong integer;
begin
  if row(new.id, new.check_id, new.cluster_id, new.number, new.based_on, new.created_by, new.created_at)
     is distinct from row(old.id, old.check_id, old.cluster_id, old.number, old.based_on, old.created_by, old.created_at) then
    perform refuse('conflict', 'the identity of a check version never changes');
  end if;
  perform require_move('check', old.state, new.state);
  if actor() is null then
    perform refuse('not_allowed', 'an edit needs an actor');
  end if;

  if old.state <> 'draft' and row(new.verdict, new.authenticity, new.as_of, new.review_by, new.source_exception)
     is distinct from row(old.verdict, old.authenticity, old.as_of, old.review_by, old.source_exception) then
    perform refuse('wrong_state', 'only a draft can be edited');
  end if;
  if old.state = new.state and old.state <> 'draft' then
    perform refuse('wrong_state', 'only a draft can be edited');
  end if;

  if new.state = 'draft' and old.state = 'draft' then
    perform note_check_contributor(new.id);
  elsif old.state = 'draft' and new.state = 'in_review' then
    perform note_check_contributor(new.id);
    if new.verdict is null then
      perform refuse('invalid_input', 'a check needs a verdict before review');
    end if;
    if not exists (select 1 from check_texts where check_version_id = new.id) then
      perform refuse('invalid_input', 'a check needs a text before review');
    end if;
    new.submitted_by := actor();
    new.submitted_at := now();
    new.return_comment := null;
  elsif old.state = 'in_review' and new.state = 'draft' then
    if new.return_comment is null or length(trim(new.return_comment)) < 3 then
      perform refuse('invalid_input', 'returning a check needs a comment');
    end if;
    new.verified_by := null; new.verified_at := null; new.verified_hash := null; new.exception_accepted_by := null;
  elsif new.state = 'verified' and old.state = 'in_review' then
    if new.verified_by is null or new.verified_by <> actor() then
      perform refuse('not_allowed', 'a check is verified by whoever acts');
    end if;
    if exists (select 1 from check_contributors where check_version_id = new.id and member_id = new.verified_by)
       or new.verified_by = new.created_by then
      perform refuse('own_work', 'nobody verifies what they contributed to');
    end if;
    if new.verified_hash is distinct from check_version_hash(new.id) then
      perform refuse('version_shown_differs', 'the check changed since it was shown');
    end if;
    select count(distinct lower(coalesce(e.url, e.publisher))), count(*) filter (where e.tier in ('primary','official'))
      into sources, strong
      from check_evidence ce join evidence e on e.id = ce.evidence_id where ce.check_version_id = new.id;
    if (sources < 2 or strong < 1)
       and (new.source_exception is null or new.exception_accepted_by is distinct from new.verified_by) then
      perform refuse('too_few_sources', 'a fact needs two sources, one primary or official, or an accepted exception');
    end if;
    new.verified_at := now();
    update check_versions set state = 'corrected' where cluster_id = new.cluster_id and state = 'verified' and id <> new.id;
  elsif new.state = 'void' then
    if new.void_reason is null or length(trim(new.void_reason)) < 3 then
      perform refuse('invalid_input', 'voiding a fact needs a reason');
    end if;
    new.voided_by := actor();
  elsif new.state = 'corrected' then
    -- Only the update above, made while the next version is verified, may do this.
    if pg_trigger_depth() < 2 then
      perform refuse('wrong_state', 'a fact is corrected only by its next version being verified');
    end if;
  end if;

  if old.state = 'verified' and row(new.verified_by, new.verified_at, new.verified_hash, new.exception_accepted_by, new.submitted_by, new.submitted_at)
     is distinct from row(old.verified_by, old.verified_at, old.verified_hash, old.exception_accepted_by, old.submitted_by, old.submitted_at) then
    perform refuse('conflict', 'who verified a fact never changes');
  end if;
  if new.state <> 'verified' and old.state <> 'verified' and new.verified_by is not null then
    perform refuse('wrong_state', 'only a verified check names its verifier');
  end if;
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end $$;
create trigger check_versions_changed before update on check_versions for each row execute function check_versions_changed();

create function refuse_delete() returns trigger language plpgsql as $$
begin
  perform refuse('conflict', format('rows of %s are never deleted', tg_table_name));
  return null;
end $$;
create trigger check_versions_kept before delete on check_versions for each row execute function refuse_delete();
create trigger check_contributors_kept before delete or update on check_contributors for each row execute function refuse_delete();

-- Texts and sources of a version change only while it is a draft; whoever changes them is a contributor.
create function check_parts_changed() returns trigger language plpgsql security definer
set search_path from current as $$
declare version_id uuid; current_state text;
begin
  foreach version_id in array (case tg_op
      when 'INSERT' then array[new.check_version_id]
      when 'DELETE' then array[old.check_version_id]
      else array[old.check_version_id, new.check_version_id] end)
  loop
    select state into current_state from check_versions where id = version_id for share;
    if current_state is distinct from 'draft' then
      perform refuse('wrong_state', 'only a draft can be edited');
    end if;
    perform note_check_contributor(version_id);
  end loop;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger check_texts_changed before insert or update or delete on check_texts for each row execute function check_parts_changed();
create trigger check_evidence_changed before insert or update or delete on check_evidence for each row execute function check_parts_changed();

create function check_evidence_credits() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if not exists (select 1 from evidence e join check_versions v on v.check_id = e.check_id
                  where e.id = new.evidence_id and v.id = new.check_version_id) then
    perform refuse('invalid_input', 'evidence belongs to another check');
  end if;
  insert into check_contributors
    select new.check_version_id, e.created_by from evidence e where e.id = new.evidence_id
    on conflict do nothing;
  return null;
end $$;
create trigger check_evidence_credits after insert on check_evidence for each row execute function check_evidence_credits();

-- A source that any submitted, verified or past version stands on stays as it is.
create function evidence_changed() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    if actor() is null or new.created_by <> actor() then
      perform refuse('not_allowed', 'evidence is added by whoever acts');
    end if;
    return new;
  end if;
  perform 1 from check_versions v join check_evidence ce on ce.check_version_id = v.id where ce.evidence_id = old.id for share of v;
  if exists (select 1 from check_evidence ce join check_versions v on v.id = ce.check_version_id
              where ce.evidence_id = old.id and v.state <> 'draft') then
    perform refuse('wrong_state', 'evidence of a submitted check cannot change');
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if row(new.id, new.check_id, new.created_by, new.created_at) is distinct from row(old.id, old.check_id, old.created_by, old.created_at) then
    perform refuse('conflict', 'who added evidence never changes');
  end if;
  insert into check_contributors
    select ce.check_version_id, actor() from check_evidence ce where ce.evidence_id = new.id and actor() is not null
    on conflict do nothing;
  return new;
end $$;
create trigger evidence_changed before insert or update or delete on evidence for each row execute function evidence_changed();

-- A claim whose own fact stands in a released pack cannot be moved under another cluster.
create function cluster_acts_kept() returns trigger language plpgsql as $$
begin
  perform refuse('conflict', 'cluster acts are a record');
  return null;
end $$;
create trigger cluster_acts_kept before update or delete on cluster_acts for each row execute function cluster_acts_kept();

create view facts as
  select v.*, c.lead_claim_id, c.owner_unit_id, l.restricted
    from check_versions v
    join checks c on c.id = v.check_id
    join claims l on l.id = c.lead_claim_id
   where v.state = 'verified';
