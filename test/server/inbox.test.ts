import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { signIn } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
import { createPackFixtures } from '../helpers/pack-fixtures.js';

let test: TestApp;
let packs: ReturnType<typeof createPackFixtures>;

beforeAll(async () => {
  test = await createTestApp();
  packs = createPackFixtures(test);
});
afterAll(() => test.close());

/** A pack with one file, released to D1 and the seats below it. */
async function released() {
  const file = await packs.file();
  const pack = await packs.approved({
    renditionIds: [file.id],
    captions: [{ language: 'hi', platform: 'whatsapp', text: 'पुल सुरक्षित है।' }],
    talkingPoints: { hi: ['विभाग ने पुष्टि की'] },
  });
  const { id } = await packs.release(pack, 'D1');
  return { pack, file, id };
}

async function receiptsOf(releaseId: string) {
  return test.db
    .selectFrom('receipts')
    .select(['memberId', 'deviceId', 'unitId', 'mark'])
    .where('releaseId', '=', releaseId)
    .orderBy('id')
    .execute();
}

describe('the inbox', () => {
  it('shows a district its packs with everything needed to pass them on', async () => {
    const { pack, file, id } = await released();
    const client = await test.as('district.a');
    const list = await client.call('inbox.list');
    expect(list.status).toBe(200);
    expect(list.body.silentUntil).toBeNull();
    expect(list.body.items[0]).toMatchObject({
      releaseId: id,
      number: 1,
      title: { hi: 'पुल सुरक्षित है' },
      files: 1,
      bytes: 5000,
      amber: false,
      marks: [],
    });
    const read = await client.call('inbox.read', { params: { id } });
    expect(read.status).toBe(200);
    expect(read.body).toMatchObject({
      packVersionId: pack.id,
      issuedBy: { hi: 'परीक्षण मंच द्वारा जारी', en: 'Issued by Test Forum' },
      captions: [{ language: 'hi', platform: 'whatsapp', text: 'पुल सुरक्षित है।' }],
      talkingPoints: { hi: ['विभाग ने पुष्टि की'] },
      facts: [{ verdict: 'false', state: 'verified' }],
    });
    const [shown] = read.body.files;
    expect(shown).toMatchObject({
      id: file.id,
      mime: 'image/jpeg',
      size: 5000,
      altText: { hi: 'पुल का चित्र' },
    });
    expect(shown?.name).toMatch(/^पुल सुरक्षित है – .+\.jpg$/u);
    const download = await client.inject({ method: 'GET', url: shown?.url ?? '' });
    expect(download.statusCode).toBe(200);
    expect(download.rawPayload.equals(file.content)).toBe(true);
    expect(download.headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('पुल')}`);
    const preview = await client.inject({ method: 'GET', url: shown?.previewUrl ?? '' });
    expect(preview.statusCode).toBe(200);
    expect(preview.headers['content-type']).toBe('image/jpeg');
  });

  it('does not exist for a sibling district, by any of its addresses', async () => {
    const { file, id } = await released();
    const sibling = await test.as('district.b');
    const list = await sibling.call('inbox.list', { query: { limit: 100 } });
    expect(list.body.items.map(({ releaseId }) => releaseId)).not.toContain(id);
    const invented = { id: '01900000-0000-7000-8000-000000000000', fileId: file.id };
    const params = { id, fileId: file.id };
    for (const name of ['inbox.read', 'inbox.file', 'inbox.preview'] as const) {
      const foreign = await sibling.call(name, { params });
      const absent = await sibling.call(name, { params: invented });
      expect(foreign.status).toBe(404);
      const { requestId: _one, ...foreignBody } = foreign.raw.json();
      const { requestId: _other, ...absentBody } = absent.raw.json();
      expect(foreignBody).toEqual(absentBody);
    }
    const mark = await sibling.call('inbox.receipt', { params, body: { mark: 'seen' } });
    expect(mark.status).toBe(404);
    expect((await sibling.call('inbox.reach', { params, body: { people: 5 } })).status).toBe(404);
    expect(await receiptsOf(id)).toEqual([]);
  });

  it('reaches the seats below the district it was released to', async () => {
    const { file, id } = await released();
    const seat = await test.as('assembly.a');
    const list = await seat.call('inbox.list');
    expect(list.body.items.map(({ releaseId }) => releaseId)).toContain(id);
    expect((await seat.call('inbox.file', { params: { id, fileId: file.id } })).status).toBe(200);
    const [receipt] = await receiptsOf(id);
    expect(receipt?.unitId).toBe(test.world.units.A11);
  });

  it('shows a pack once to whom two releases of it reach', async () => {
    const pack = await packs.approved();
    const first = await packs.release(pack, 'D1');
    const second = await packs.release(pack, 'A11');
    const seat = await test.as('assembly.a');
    const list = await seat.call('inbox.list', { query: { limit: 100 } });
    const ids = list.body.items.map(({ releaseId }) => releaseId);
    expect(ids).toContain(first.id);
    expect(ids).not.toContain(second.id);
  });

  it('has nothing for the desk, nor for nobody', async () => {
    expect((await (await test.as('reviewer')).call('inbox.list')).status).toBe(403);
    expect((await test.anonymous.call('inbox.list')).status).toBe(401);
  });

  it('gives no file that is not of the pack', async () => {
    const { id } = await released();
    const other = await packs.file();
    const client = await test.as('district.a');
    expect((await client.call('inbox.file', { params: { id, fileId: other.id } })).status).toBe(404);
    expect(await receiptsOf(id)).toEqual([]);
  });
});

describe('silence', () => {
  it('declared after the release closes the packs of the unit until it ends', async () => {
    const { file, id } = await released();
    const district = await test.as('district.a');
    const seat = await test.as('assembly.a');
    const lift = await packs.silence('L1');
    try {
      const list = await seat.call('inbox.list');
      expect(list.body.items).toEqual([]);
      expect(Date.parse(list.body.silentUntil ?? '')).toBeGreaterThan(Date.now());
      for (const name of ['inbox.read', 'inbox.file', 'inbox.preview'] as const) {
        const answer = await seat.call(name, { params: { id, fileId: file.id } });
        expect(answer.status).toBe(409);
        expect(answer.raw.json().code).toBe('silence_window');
      }
      expect(await receiptsOf(id)).toEqual([]);
      // The district office itself lies in no silent seat.
      const free = await district.call('inbox.list');
      expect(free.body.silentUntil).toBeNull();
      expect(free.body.items.map(({ releaseId }) => releaseId)).toContain(id);
    } finally {
      await lift();
    }
    expect((await seat.call('inbox.read', { params: { id } })).status).toBe(200);
  });
});

describe('receipts', () => {
  it('are kept once per device, a download before its first byte', async () => {
    const { file, id } = await released();
    const first = await test.as('district.a');
    const second = await signIn(test.app, 'district.a');
    const params = { id, fileId: file.id };
    expect((await first.call('inbox.receipt', { params, body: { mark: 'seen' } })).status).toBe(204);
    expect((await first.call('inbox.receipt', { params, body: { mark: 'seen' } })).status).toBe(204);
    await first.call('inbox.file', { params });
    const part = await second.call('inbox.file', { params, headers: { range: 'bytes=0-99' } });
    expect(part.status).toBe(206);
    await second.call('inbox.file', { params });
    const receipts = await receiptsOf(id);
    expect(receipts.map(({ mark }) => mark)).toEqual(['seen', 'downloaded', 'downloaded']);
    expect(new Set(receipts.map(({ deviceId }) => deviceId)).size).toBe(2);
    expect(new Set(receipts.map(({ unitId }) => unitId))).toEqual(new Set([test.world.units.D1]));
    const mine = await first.call('inbox.read', { params });
    expect(mine.body.marks).toEqual(['seen', 'downloaded']);
    const theirs = await second.call('inbox.read', { params });
    expect(theirs.body.marks).toEqual(['downloaded']);
  });

  it('acknowledge a recall only when there is one', async () => {
    const { id } = await released();
    const client = await test.as('district.a');
    const answer = await client.call('inbox.receipt', {
      params: { id },
      body: { mark: 'recall_acknowledged' },
    });
    expect(answer.raw.json().code).toBe('wrong_state');
    expect((await client.call('inbox.receipt', { params: { id }, body: { mark: 'liked' } })).status).toBe(
      400,
    );
  });

  it('add up reach as the latest number of each unit', async () => {
    const { pack, id } = await released();
    const district = await test.as('district.a');
    const seat = await test.as('assembly.a');
    await district.call('inbox.reach', { params: { id }, body: { people: 400, groups: 3 } });
    await district.call('inbox.reach', { params: { id }, body: { people: 500 } });
    await seat.call('inbox.reach', { params: { id }, body: { people: 70 } });
    expect((await seat.call('inbox.reach', { params: { id }, body: { people: -1 } })).status).toBe(400);
    const board = await (await test.as('observer')).call('packs.board', { params: { id: pack.id } });
    expect(board.body.counts.peopleReached).toBe(570);
  });
});

describe('a correction', () => {
  it('takes the place of what it corrects and tells the receivers what changed', async () => {
    const { pack, file, id } = await released();
    const client = await test.as('district.a');
    await client.call('inbox.file', { params: { id, fileId: file.id } });
    await packs.correctFact(pack.facts[0]?.id ?? '');
    const amber = await client.call('inbox.read', { params: { id } });
    expect(amber.body.amber).toBe(true);
    const opened = await (await test.as('researcher')).call('packs.next', {
      params: { id: pack.id },
      body: { changeKind: 'correct', changeNote: 'आँकड़ा सुधारा गया' },
    });
    const next = await packs.approve(await packs.submit(opened.body));
    const { id: nextId } = await packs.release(next, 'D1');
    const list = await client.call('inbox.list');
    expect(list.body.items[0]).toMatchObject({
      releaseId: nextId,
      number: 2,
      changeKind: 'correct',
      amber: false,
    });
    expect(list.body.items.map(({ releaseId }) => releaseId)).not.toContain(id);
    const read = await client.call('inbox.read', { params: { id: nextId } });
    expect(read.body.changeNote).toBe('आँकड़ा सुधारा गया');
    for (const name of ['inbox.read', 'inbox.file', 'inbox.preview'] as const) {
      const old = await client.call(name, { params: { id, fileId: file.id } });
      expect(old.status).toBe(410);
      expect(old.raw.json().code).toBe('gone');
    }
    const late = await client.call('inbox.receipt', { params: { id }, body: { mark: 'handed_over' } });
    expect(late.status).toBe(204);
  });
});

describe('a full inbox', () => {
  it('takes as many queries for two hundred packs as for one', async () => {
    await packs.releaseMany(200, ['D1']);
    const client = await test.as('district.a');
    // Once before: a session that was quiet for long is noted as seen again.
    await client.call('inbox.list');
    const one = await countQueries(() => client.call('inbox.list', { query: { limit: 1 } }));
    const many = await countQueries(async () => {
      const answer = await client.call('inbox.list', { query: { limit: 100 } });
      expect(answer.body.items).toHaveLength(100);
    });
    expect(many).toBe(one);
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      const answer: Awaited<ReturnType<typeof client.call<'inbox.list'>>> = await client.call('inbox.list', {
        query: { limit: 100, ...(cursor !== null && { cursor }) },
      });
      for (const { releaseId } of answer.body.items) seen.add(releaseId);
      cursor = answer.body.nextCursor;
    } while (cursor !== null);
    expect(seen.size).toBeGreaterThanOrEqual(200);
  });
});
