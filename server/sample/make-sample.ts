import type { ClaimDraft } from '../contract/claim.js';
import type { Actor } from '../sessions/actor.js';
import { makeCreatives } from './make-creatives.js';
import { sampleChecks } from './sample-checks.js';
import { sampleClaims } from './sample-claims.js';
import { samplePacks } from './sample-packs.js';
import { type SampleLogin, samplePassword, samplePeople } from './sample-people.js';
import { enter, type Making, storeSampleFile } from './sample-workspace.js';

type People = Record<SampleLogin, Actor>;

const dayMs = 24 * 3_600_000;

async function makePeople(
  { services, once }: Making,
  admin: Actor,
  unitIds: ReadonlyMap<string, string>,
): Promise<People> {
  const entries: [SampleLogin, Actor][] = [];
  for (const person of samplePeople) {
    const { login, name, role } = person;
    const unitId = unitIds.get(person.unit) ?? '';
    const appointment = { unitId, role, ...('title' in person && { title: person.title }) };
    await once(admin, `member-${login}`, (actor) =>
      services.members.create(actor, { login, name, password: samplePassword, appointments: [appointment] }),
    );
    entries.push([login, await enter(services, login, samplePassword)]);
  }
  // Checked edge: one entry per sample person.
  return Object.fromEntries(entries) as People;
}

async function makeClaims(making: Making, people: People): Promise<Map<string, string>> {
  const { services, once } = making;
  const ids = new Map<string, string>();
  const clusters = new Map<string, string>();
  for (const { key, reporter, daysAgo, draft, media, sameAs } of sampleClaims) {
    const { channel, ...words } = draft;
    const seenAt = new Date(Date.now() - daysAgo * dayMs - 3_600_000).toISOString();
    const whole: ClaimDraft = { ...words, appearances: [{ channel, seenAt }] };
    const claim = await once(people[reporter], `claim-${key}`, (actor) =>
      services.claims.create(actor, whole),
    );
    ids.set(key, claim.id);
    clusters.set(key, claim.cluster.id);
    if (media !== undefined) {
      const stored = await storeSampleFile(making, media.file);
      await once(people[reporter], `media-${key}`, (actor) =>
        services.claims.addMedia(actor, claim.id, {
          ...stored,
          kind: media.kind,
          mime: media.mime,
          name: media.file,
        }),
      );
    }
    const clusterId = sameAs === undefined ? undefined : clusters.get(sameAs);
    if (clusterId !== undefined) {
      await once(people.shodh, `join-${key}`, (actor) =>
        services.clusters.join(actor, claim.id, { clusterId, method: 'person' }),
      );
    }
  }
  return ids;
}

async function makeChecks(
  { services, once }: Making,
  people: People,
  claims: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const facts = new Map<string, string>();
  const { checks } = services;
  for (const { claim, edit, evidence, upTo } of sampleChecks) {
    const started = await once(people.shodh, `check-${claim}`, (actor) =>
      checks.start(actor, { claimId: claims.get(claim) ?? '' }),
    );
    const edited = await once(people.shodh, `edit-${claim}`, (actor) =>
      checks.edit(actor, started.id, started.version, edit),
    );
    let shown = edited;
    for (const [at, source] of evidence.entries()) {
      shown = await once(people.shodh, `evidence-${claim}-${at}`, (actor) =>
        checks.addEvidence(actor, started.id, source),
      );
    }
    const submitted = await once(people.shodh, `submit-${claim}`, (actor) =>
      checks.submit(actor, started.id, shown.version),
    );
    if (upTo === 'in_review') continue;
    await once(people.samiksha, `verify-${claim}`, (actor) =>
      checks.verify(actor, started.id, { hash: submitted.hash }),
    );
    facts.set(claim, started.id);
  }
  return facts;
}

async function makePacks(
  { services, once }: Making,
  people: People,
  made: {
    facts: ReadonlyMap<string, string>;
    renditions: ReadonlyMap<string, string[]>;
    unitIds: ReadonlyMap<string, string>;
  },
): Promise<void> {
  const { packs, releases } = services;
  for (const { key, claims, creatives, content, releasedTo } of samplePacks) {
    const factIds = claims.map((claim) => made.facts.get(claim) ?? '');
    const renditionIds = creatives.flatMap((creative) => made.renditions.get(creative) ?? []);
    const draft = await once(people.shodh, key, (actor) =>
      packs.create(actor, { ...content, factIds, renditionIds }),
    );
    const submitted = await once(people.shodh, `submit-${key}`, (actor) =>
      packs.submit(actor, draft.id, draft.version),
    );
    if (releasedTo.length === 0) continue;
    const approved = await once(people.samiksha2, `approve-${key}`, (actor) =>
      packs.approve(actor, draft.id, { hash: submitted.hash }),
    );
    const unitIds = releasedTo.map((code) => made.unitIds.get(code) ?? '');
    await once(people.samiksha2, `release-${key}`, (actor) =>
      releases.release(actor, draft.id, { selector: { kind: 'units', unitIds }, hash: approved.hash }),
    );
  }
}

/** Makes the sample workspace through the services, as the invented people would; can be resumed where it stopped. */
export async function makeSample(
  making: Making,
  { admin, unitIds }: { admin: Actor; unitIds: ReadonlyMap<string, string> },
): Promise<void> {
  const { say, services } = making;
  say('Making the sample workspace (invented claims, real districts) …');
  const people = await makePeople(making, admin, unitIds);
  const claims = await makeClaims(making, people);
  const facts = await makeChecks(making, people, claims);
  say(`  ${claims.size} claims, ${facts.size} verified facts`);
  const renditions = await makeCreatives(making, { designer: people.design, facts });
  await makePacks(making, people, { facts, renditions, unitIds });
  say('  one pack released to Ajmer, one waiting for review');
  for (const actor of [admin, ...Object.values(people)]) await services.sessions.signOut(actor);
}
