-- What is drawn over renditions.

alter table organisations
  -- Share of the visible area that says a picture is synthetic (Election Commission, 24 October 2025: at least a tenth).
  add column disclosure_share numeric not null default 0.1 check (disclosure_share between 0.05 and 0.3);
