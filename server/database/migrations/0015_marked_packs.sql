-- What is misleading or synthetic never travels unmarked: no pack goes to review, is approved or released with a
-- rendition that lacks a mark its creative has to carry by now.
create function pack_versions_marked() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  if new.state in ('in_review','approved','released') and new.state <> old.state then
    -- A mark that is being set on one of them at this moment is waited for.
    perform 1 from creatives c join renditions r on r.creative_id = c.id join pack_renditions p on p.rendition_id = r.id
     where p.pack_version_id = new.id for share of c;
    if exists (select from pack_renditions p where p.pack_version_id = new.id and rendition_unmarked(p.rendition_id)) then
      perform refuse('rendition_unmarked', 'a rendition lacks a mark its creative has to carry');
    end if;
  end if;
  return new;
end $$;
create trigger pack_versions_marked before update on pack_versions for each row execute function pack_versions_marked();
