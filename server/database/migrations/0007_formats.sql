-- The wider platform table: formats for the press and for machines that call people.

alter table formats drop constraint formats_platform_check;
alter table formats add constraint formats_platform_check
  check (platform in ('whatsapp','facebook','instagram','x','youtube','print','dialler'));

-- SHA-256 over all that decides the bytes of the file: renditions of different formats that need the same file share
-- what is made, across requests. Null when the format refuses the source, or for renditions of before.
alter table renditions add column file_key text check (file_key ~ '^[0-9a-f]{64}$');
create index renditions_same_file on renditions (file_key) where state = 'ready' and file_key is not null;
