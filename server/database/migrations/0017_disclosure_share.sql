-- A disclosure smaller than the organisation asks for by now is no disclosure.
create or replace function rendition_unmarked(rendition_id uuid) returns boolean language sql stable as $$
  select v.kind <> 'audio' and (
           (s.id is not null and not coalesce(r.recipe->'overlays', '[]') @>
              jsonb_build_array(jsonb_build_object('kind', 'stamp', 'mark', s.verdict)))
        or (c.ai_declaration <> 'none' and not exists (
              select from jsonb_array_elements(coalesce(r.recipe->'overlays', '[]')) drawn, organisations o
               where drawn->>'kind' = 'disclosure' and (drawn->>'share')::numeric >= o.disclosure_share)))
    from renditions r
    join creatives c on c.id = r.creative_id
    join format_versions f on f.id = r.format_version_id
    join formats v on v.code = f.format
    left join check_versions s on s.id = c.stamp_version_id
   where r.id = rendition_id
$$;
