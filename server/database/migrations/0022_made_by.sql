-- Which version of the program made a print and a preview: what an older one made is made anew.

alter table media_prints add column made_by integer not null default 1;
-- Later versions differ in films only.
update media_prints p set made_by = 3
 where not exists (select from picture_prints f where f.print_id = p.id and f.at_ms is not null);
create index media_prints_made_by on media_prints (made_by) where file_sha256 is not null;

-- A worker of the version before, still running, says nothing of itself: it is 2.
alter table card_previews add column made_by text not null default '2';
