import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lifeCycles } from '../../server/contract/life-cycles.js';
import * as lists from '../../server/contract/lists.js';
import { createTestDatabase, type TestDatabase } from '../helpers/database.js';

/** Columns whose closed list lives in the contract: a second list would drift. */
const closed: Readonly<Record<string, readonly string[]>> = {
  'organisations.profile': lists.organisationProfiles,
  'appointments.role': lists.roles,
  'events.kind': lists.eventKinds,
  'claims.kind': lists.claimKinds,
  'claims.language': lists.claimLanguages,
  'claims.claimant_kind': lists.claimantKinds,
  'claims.state': lists.claimStates,
  'claim_media.kind': lists.mediaKinds,
  'claim_appearances.channel': lists.channels,
  'cluster_acts.act': lists.clusterActs,
  'cluster_acts.method': lists.clusterMethods,
  'check_versions.state': lists.checkStates,
  'check_versions.verdict': lists.verdictCodes,
  'check_versions.authenticity': lists.authenticityCodes,
  'evidence.tier': lists.sourceTiers,
  'check_evidence.stance': lists.stances,
  'cards.template': lists.cardTemplates,
  'creatives.kind': lists.mediaKinds,
  'creatives.origin': lists.creativeOrigins,
  'creatives.ai_declaration': lists.aiDeclarations,
  'creatives.inspection': lists.inspectionStates,
  'creative_framings.framing': lists.framings,
  'formats.platform': lists.platforms,
  'formats.kind': lists.mediaKinds,
  'renditions.state': lists.renditionStates,
  'pack_versions.state': lists.packStates,
  'pack_versions.change_kind': lists.packChangeKinds,
  'pack_captions.platform': lists.captionPlatforms,
  'receipts.mark': lists.receiptMarks,
  'jobs.state': lists.jobStates,
  'media_prints.state': lists.printStates,
  'jobs.lane': lists.lanes,
};

/** Words that would betray a person outside the organisation in a column's name. */
const personal =
  /phone|mobile|e_?mail|address|street|postcode|caste|religion|leaning|voter|aadhaar|birth|gender/;

describe('the schema', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('has the same closed lists as the contract', async () => {
    const { rows } = await sql<{ tableName: string; definition: string }>`
      select conrelid::regclass::text as table_name, pg_get_constraintdef(oid) as definition
        from pg_constraint where contype = 'c' and connamespace = 'tathya'::regnamespace`.execute(
      database.db,
    );
    const found: Record<string, string[]> = {};
    for (const { tableName, definition } of rows) {
      // The whole check: one that joins a list with another condition is a rule, not a closed list.
      const match = /^CHECK \(\((\w+) = ANY \(ARRAY\[([^\]]*)\]\)\)\)$/.exec(definition);
      if (!match) continue;
      const table = tableName.replace(/^tathya\./, '');
      found[`${table}.${match[1]}`] = [...(match[2] ?? '').matchAll(/'([^']*)'/g)].map(
        ([, value]) => value ?? '',
      );
    }
    const actual = Object.fromEntries(
      Object.keys(closed).map((column) => [column, found[column]?.toSorted()]),
    );

    expect(actual).toEqual(
      Object.fromEntries(Object.entries(closed).map(([column, values]) => [column, [...values].toSorted()])),
    );
  });

  it('allows the same moves as the contract', async () => {
    const rows = await sql<{
      move: string;
    }>`select noun || ' ' || from_state || ' ' || to_state as move from life_cycle_moves`.execute(
      database.db,
    );
    const expected = Object.entries(lifeCycles).flatMap(([noun, moves]) =>
      Object.entries<readonly string[]>(moves).flatMap(([from, targets]) =>
        targets.map((to) => `${noun} ${from} ${to}`),
      ),
    );

    expect(rows.rows.map(({ move }) => move).toSorted()).toEqual(expected.toSorted());
  });

  it('has no column for a person outside the organisation but a claim’s public claimant', async () => {
    const { rows } = await sql<{ column: string }>`
      select table_name || '.' || column_name as "column" from information_schema.columns where table_schema = 'tathya'`.execute(
      database.db,
    );
    const suspicious = rows.map(({ column }) => column).filter((column) => personal.test(column));
    const claimant = rows
      .map(({ column }) => column)
      .filter((column) => column.includes('claimant'))
      .toSorted();

    expect(suspicious).toEqual([]);
    expect(claimant).toEqual(['claims.claimant_kind', 'claims.claimant_name', 'claims.claimant_url']);
  });

  it('gives the application no right to change tables, and none to what only triggers write', async () => {
    const { rows } = await sql<{ right: string }>`
      select table_name || ' ' || privilege_type as "right" from information_schema.role_table_grants
       where grantee = 'tathya_app' and table_schema = 'tathya'
         and (privilege_type in ('TRUNCATE','TRIGGER','REFERENCES')
              or (table_name in ('check_contributors','pack_contributors','life_cycle_moves','unit_paths','migrations') and privilege_type <> 'SELECT')
              or (table_name in ('audit','receipts','releases','release_units','recalls','cluster_acts') and privilege_type in ('UPDATE','DELETE')))`.execute(
      database.ownerDb,
    );

    expect(rows).toEqual([]);
  });
});
