-- A disclosure that says something else than the creative declares by now is no disclosure. Those made before it was
-- written down what they say are taken at their word.
create or replace function rendition_unmarked(rendition_id uuid) returns boolean language sql stable as $$
  select v.kind <> 'audio' and (
           (s.id is not null and not coalesce(r.recipe->'overlays', '[]') @>
              jsonb_build_array(jsonb_build_object('kind', 'stamp', 'mark', s.verdict)))
        or (c.ai_declaration <> 'none' and not exists (
              select from jsonb_array_elements(coalesce(r.recipe->'overlays', '[]')) drawn, organisations o
               where drawn->>'kind' = 'disclosure' and (drawn->>'share')::numeric >= o.disclosure_share
                 and coalesce(drawn->>'mark', c.ai_declaration) = c.ai_declaration)))
    from renditions r
    join creatives c on c.id = r.creative_id
    join format_versions f on f.id = r.format_version_id
    join formats v on v.code = f.format
    left join check_versions s on s.id = c.stamp_version_id
   where r.id = rendition_id
$$;
