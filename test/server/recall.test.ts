import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { signIn } from '../helpers/client.js';
import { createPackFixtures } from '../helpers/pack-fixtures.js';

let test: TestApp;
let packs: ReturnType<typeof createPackFixtures>;

beforeAll(async () => {
  test = await createTestApp();
  packs = createPackFixtures(test);
});
afterAll(() => test.close());

const reason = 'चित्र दूसरे पुल का निकला';

async function released() {
  const file = await packs.file();
  const pack = await packs.approved({ renditionIds: [file.id] });
  const { id } = await packs.release(pack, 'D1');
  return { pack, file, id };
}

async function recall(id: string, noticedAt?: string) {
  const client = await test.as('reviewer2');
  return client.call('packs.recall', { params: { id }, body: { reason, ...(noticedAt && { noticedAt }) } });
}

async function board(id: string) {
  const client = await test.as('observer');
  return (await client.call('packs.board', { params: { id } })).body;
}

describe('from composing to the last acknowledgement', () => {
  it('takes a pack back from every phone that holds it', async () => {
    const { pack, file, id } = await released();
    const params = { id, fileId: file.id };
    const holder = await test.as('district.a');
    const reader = await test.as('assembly.a');
    const secondPhone = await signIn(test.app, 'district.a');
    await holder.call('inbox.receipt', { params, body: { mark: 'seen' } });
    expect((await holder.call('inbox.file', { params })).status).toBe(200);
    await holder.call('inbox.receipt', { params, body: { mark: 'handed_over' } });
    await reader.call('inbox.receipt', { params, body: { mark: 'seen' } });
    expect((await board(pack.id)).counts).toMatchObject({
      units: 1,
      vacantUnits: 0,
      devicesSeen: 2,
      devicesDownloaded: 1,
      devicesOwing: 0,
    });

    const noticedAt = new Date(Date.now() - 3_600_000).toISOString();
    const taken = await recall(pack.id, noticedAt);
    expect(taken.status).toBe(200);
    expect(taken.body).toMatchObject({ state: 'recalled', recall: { reason } });
    const clock = Date.parse(taken.body.recall?.dueAt ?? '') - Date.parse(noticedAt);
    expect(clock).toBe(3 * 3_600_000);

    for (const client of [holder, reader, secondPhone]) {
      for (const name of ['inbox.read', 'inbox.file', 'inbox.preview'] as const) {
        const answer = await client.call(name, { params });
        expect(answer.status).toBe(410);
        const problem = answer.raw.json();
        expect(problem.code).toBe('recalled');
        expect(problem.details.hi).toContain(reason);
        expect(problem.current).toMatchObject({ releaseId: id, reason });
      }
    }
    const list = await holder.call('inbox.list');
    expect(list.body.items.map(({ releaseId }) => releaseId)).not.toContain(id);
    expect(list.body.recalls).toContainEqual(
      expect.objectContaining({ releaseId: id, reason, owing: true, acknowledged: false }),
    );
    const bystander = await secondPhone.call('inbox.list');
    expect(bystander.body.recalls).toContainEqual(expect.objectContaining({ releaseId: id, owing: false }));
    const sibling = await (await test.as('district.b')).call('inbox.list');
    expect(sibling.body.recalls.map(({ releaseId }) => releaseId)).not.toContain(id);

    const owing = await board(pack.id);
    expect(owing.counts.devicesOwing).toBe(1);
    expect(owing.rows[0]).toMatchObject({
      member: { id: test.world.members['district.a'] },
      unit: { code: 'D1' },
      recallAcknowledgedAt: null,
    });
    // The desk keeps what it made.
    expect((await (await test.as('designer')).call('packs.read', { params: { id: pack.id } })).status).toBe(
      200,
    );

    const acknowledge = () => holder.call('inbox.receipt', { params, body: { mark: 'recall_acknowledged' } });
    expect((await acknowledge()).status).toBe(204);
    expect((await acknowledge()).status).toBe(204);
    const done = await board(pack.id);
    expect(done.state).toBe('recalled');
    expect(done.counts.devicesOwing).toBe(0);
    expect(done.rows.filter(({ recallAcknowledgedAt }) => recallAcknowledgedAt !== null)).toHaveLength(1);
    const after = await holder.call('inbox.list');
    expect(after.body.recalls).toContainEqual(
      expect.objectContaining({ releaseId: id, owing: false, acknowledged: true }),
    );
  });
});

describe('a recall', () => {
  it('shows its notices also while silence hides everything else', async () => {
    const { pack, file, id } = await released();
    const client = await test.as('district.a');
    await client.call('inbox.file', { params: { id, fileId: file.id } });
    const lift = await packs.silence('D1');
    try {
      await recall(pack.id);
      const list = await client.call('inbox.list');
      expect(list.body.items).toEqual([]);
      expect(list.body.recalls[0]).toMatchObject({ releaseId: id, owing: true });
      expect((await client.call('inbox.file', { params: { id, fileId: file.id } })).status).toBe(410);
    } finally {
      await lift();
    }
  });

  it('also finds whoever took the files and has moved to another unit since', async () => {
    const { pack, file, id } = await released();
    const { members, units } = test.world;
    const client = await test.as('assembly.a');
    await client.call('inbox.file', { params: { id, fileId: file.id } });
    const post = test.db.updateTable('appointments').where('memberId', '=', members['assembly.a']);
    await post.set({ unitId: units.A21 }).execute();
    try {
      expect((await client.call('inbox.read', { params: { id } })).status).toBe(404);
      await recall(pack.id);
      const list = await client.call('inbox.list');
      expect(list.body.recalls).toContainEqual(expect.objectContaining({ releaseId: id, owing: true }));
      expect((await client.call('inbox.file', { params: { id, fileId: file.id } })).status).toBe(410);
      const mark = { mark: 'recall_acknowledged' };
      expect((await client.call('inbox.receipt', { params: { id }, body: mark })).status).toBe(204);
      expect((await board(pack.id)).counts.devicesOwing).toBe(0);
    } finally {
      await post.set({ unitId: units.A11 }).execute();
    }
  });

  it('reaches a version that a newer one has already replaced', async () => {
    const { pack, id } = await released();
    const opened = await (await test.as('researcher')).call('packs.next', {
      params: { id: pack.id },
      body: { changeKind: 'update', changeNote: 'नई सामग्री' },
    });
    await packs.release(await packs.approve(await packs.submit(opened.body)), 'D1');
    expect((await recall(pack.id)).body.state).toBe('recalled');
    const answer = await (await test.as('district.a')).call('inbox.read', { params: { id } });
    expect(answer.raw.json().code).toBe('recalled');
  });

  it('reaches the phones that still hold a pack which has ended', async () => {
    const { pack, file, id } = await released();
    const holder = await test.as('district.a');
    const params = { id, fileId: file.id };
    expect((await holder.call('inbox.file', { params })).status).toBe(200);
    const ended = await (await test.as('reviewer')).call('packs.expire', { params: { id: pack.id } });
    expect(ended.body.state).toBe('expired');
    expect((await recall(pack.id)).body.state).toBe('recalled');
    expect((await holder.call('inbox.list')).body.recalls).toContainEqual(
      expect.objectContaining({ releaseId: id, owing: true }),
    );
    expect((await board(pack.id)).counts.devicesOwing).toBe(1);
  });

  it('happens once, to what went out, by whom it is given to, and not from tomorrow', async () => {
    const { pack } = await released();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect((await recall(pack.id, tomorrow)).raw.json().errors).toEqual([
      expect.objectContaining({ field: '/noticedAt' }),
    ]);
    const byResearcher = await (await test.as('researcher')).call('packs.recall', {
      params: { id: pack.id },
      body: { reason },
    });
    expect(byResearcher.status).toBe(403);
    const answers = await Promise.all([recall(pack.id), recall(pack.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const draft = await packs.draft();
    expect((await recall(draft.id)).raw.json().code).toBe('wrong_state');
  });

  it('lets no download slip past the board while it happens', async () => {
    const { pack, file, id } = await released();
    const client = await test.as('district.a');
    const get = () => client.call('inbox.file', { params: { id, fileId: file.id } });
    const phones = await Promise.all(Array.from({ length: 6 }, () => signIn(test.app, 'district.a')));
    const [taken, ...downloads] = await Promise.all([
      recall(pack.id),
      get(),
      ...phones.map((phone) => phone.call('inbox.file', { params: { id, fileId: file.id } })),
    ]);
    expect(taken.status).toBe(200);
    const served = downloads.filter(({ status }) => status === 200).length;
    expect(downloads.filter(({ status }) => status === 410)).toHaveLength(7 - served);
    expect((await board(pack.id)).counts.devicesOwing).toBe(served);
    expect((await get()).status).toBe(410);
  });
});
