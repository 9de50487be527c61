import { sql } from 'kysely';
import { transact } from '../../server/database/database.js';
import type { TestApp } from './app.js';

/** That many claims by one member in as few statements as possible. */
export async function manyClaims(
  app: Pick<TestApp, 'ownerDb' | 'world'>,
  { count, reporterId, text = 'दावा' }: { count: number; reporterId: string; text?: string },
): Promise<void> {
  await transact(app.ownerDb, { actorId: reporterId }, async (tx) => {
    await sql`with made as (
        insert into clusters (id) select uuid_v7() from generate_series(1, ${count}) returning id
      ), logged as (
        insert into claims (cluster_id, kind, text, language, reporter_id, owner_unit_id)
        select id, 'other', ${text} || ' ' || id, 'hi', ${reporterId}::uuid, ${app.world.units.S}::uuid from made
        returning id
      )
      insert into claim_appearances (claim_id, channel, seen_at, created_by)
      select id, 'whatsapp', now() - interval '1 day', ${reporterId}::uuid from logged`.execute(tx);
  });
}

/** That many verified facts, each on a claim of its own with two sources. */
export async function manyFacts(app: TestApp, count: number): Promise<void> {
  const { researcher, reviewer } = app.world.members;
  const batch = `batch ${count} ${performance.now()}`;
  await manyClaims(app, { count, reporterId: researcher, text: batch });
  await transact(app.ownerDb, { actorId: researcher }, async (tx) => {
    await sql`insert into checks (cluster_id, lead_claim_id, owner_unit_id, created_by)
      select cluster_id, id, owner_unit_id, reporter_id from claims where text like ${`${batch}%`}`.execute(
      tx,
    );
    await sql`create temporary table made on commit drop as
      with versions as (
        insert into check_versions (check_id, cluster_id, number, verdict, created_by)
        select k.id, k.cluster_id, 1, 'false', k.created_by
          from checks k join claims c on c.id = k.lead_claim_id where c.text like ${`${batch}%`}
        returning id, check_id
      ) select * from versions`.execute(tx);
    await sql`insert into check_texts (check_version_id, language, headline, summary)
      select id, 'hi', 'पुल सुरक्षित है', 'विभाग ने पुष्टि की।' from made`.execute(tx);
    for (const url of ['https://one.example/a', 'https://two.example/b']) {
      await sql`with sources as (
          insert into evidence (check_id, publisher, tier, url, created_by)
          select check_id, 'Publisher', 'official', ${url}, ${researcher}::uuid from made returning id, check_id
        )
        insert into check_evidence (check_version_id, evidence_id)
        select made.id, sources.id from sources join made using (check_id)`.execute(tx);
    }
    // Without statistics of the new rows each statement below would read them all once per row.
    await sql`analyze`.execute(tx);
    await sql`update check_versions set state = 'in_review' where id in (select id from made)`.execute(tx);
    await sql`select set_config('tathya.actor', ${reviewer}, true)`.execute(tx);
    await sql`update check_versions set state = 'verified', verified_by = ${reviewer}::uuid,
      verified_hash = check_version_hash(id) where id in (select id from made)`.execute(tx);
    await sql`update claims set state = 'answered' where text like ${`${batch}%`}`.execute(tx);
  });
}
