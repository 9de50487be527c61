-- A pack that has ended may still lie on phones, so it can be taken back like one that was superseded.
insert into life_cycle_moves values ('pack', 'expired', 'recalled');

create or replace function recalls_created() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if actor() is null or new.recalled_by <> actor() then
    perform refuse('not_allowed', 'a pack is recalled by whoever acts');
  end if;
  if not exists (select 1 from pack_versions where id = new.pack_version_id and state in ('released','superseded','expired') for update) then
    perform refuse('wrong_state', 'only a released pack can be recalled');
  end if;
  new.recalled_at := now();
  return new;
end $$;
