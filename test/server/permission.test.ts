import { expect, test } from 'vitest';
import { roleCapabilities } from '../../server/contract/capabilities.js';
import type { Role } from '../../server/contract/lists.js';
import { type Actor, rolesInWords } from '../../server/sessions/actor.js';
import { deviceLabel } from '../../server/sessions/device-label.policy.js';
import {
  demand,
  demandAtTop,
  holds,
  ownerUnitFor,
  permission,
  unitsWith,
} from '../../server/sessions/permission.policy.js';
import { hasEnded, seenLongAgo, sessionLife } from '../../server/sessions/session.policy.js';

const paths: Record<string, string[]> = {
  S: ['S'],
  D1: ['D1', 'S'],
  D2: ['D2', 'S'],
  A11: ['A11', 'D1', 'S'],
};
const pathOf = (unit: string) => paths[unit] ?? [];

function actor(...held: [Role, string][]): Actor {
  const appointments = held.map(([role, unit]) => ({
    id: `${role}-${unit}`,
    unitId: unit,
    unitCode: unit,
    unitPath: pathOf(unit),
    role,
    capabilities: roleCapabilities[role],
  }));
  return { memberId: 'me', name: 'Me', language: 'hi', sessionId: 's', deviceId: 'd', appointments };
}

test('a capability reaches the unit it is held on and everything below, nothing beside or above', () => {
  const reviewer = actor(['reviewer', 'D1']);
  expect(permission(reviewer, 'packs.approve', { ownerPath: pathOf('D1') })).toBe('granted');
  expect(permission(reviewer, 'packs.approve', { ownerPath: pathOf('A11') })).toBe('granted');
  expect(permission(reviewer, 'packs.approve', { ownerPath: pathOf('D2') })).toBe('refused');
  expect(permission(reviewer, 'packs.approve', { ownerPath: pathOf('S') })).toBe('refused');
});

test('desk members read the whole organisation but not what is restricted to a unit beside theirs', () => {
  const observer = actor(['observer', 'D1']);
  expect(permission(observer, 'desk.read', { ownerPath: pathOf('D2') })).toBe('granted');
  expect(permission(observer, 'desk.read', { ownerPath: pathOf('D2'), restricted: true })).toBe('hidden');
  expect(permission(observer, 'desk.read', { ownerPath: pathOf('A11'), restricted: true })).toBe('granted');
});

test('a district member sees what they reported and nothing else of the desk', () => {
  const district = actor(['district', 'D1']);
  expect(permission(district, 'desk.read', { ownerPath: pathOf('D1') })).toBe('hidden');
  expect(permission(district, 'desk.read', { ownerPath: pathOf('D1'), reporterId: 'me' })).toBe('granted');
  expect(permission(district, 'checks.write', { ownerPath: pathOf('D1'), reporterId: 'me' })).toBe('refused');
});

test('what may not be seen answers as not found, what may not be done as not allowed', () => {
  const hidden = { ownerPath: pathOf('D2'), restricted: true };
  expect(() => demand(actor(['observer', 'D1']), 'desk.read', hidden)).toThrow(
    expect.objectContaining({ code: 'not_found' }),
  );
  expect(() => demand(actor(['observer', 'D1']), 'claims.triage', { ownerPath: pathOf('D1') })).toThrow(
    expect.objectContaining({ code: 'not_allowed' }),
  );
});

test('an administrator may not verify, approve, release or recall by being one', () => {
  const admin = actor(['admin', 'S']);
  for (const capability of ['checks.verify', 'packs.approve', 'packs.release', 'packs.recall'] as const) {
    expect(permission(admin, capability, { ownerPath: pathOf('S') })).toBe('refused');
  }
});

test('what belongs to the whole organisation takes the capability at the top', () => {
  expect(() => demandAtTop(actor(['admin', 'S']), 'audit.read')).not.toThrow();
  expect(() => demandAtTop(actor(['admin', 'D1']), 'audit.read')).toThrow(
    expect.objectContaining({ code: 'not_allowed' }),
  );
  expect(() => demandAtTop(actor(['reviewer', 'S'], ['admin', 'D1']), 'audit.read')).toThrow(
    expect.objectContaining({ code: 'not_allowed' }),
  );
});

test('a member without an appointment holds nothing', () => {
  expect(holds(actor(), 'inbox.read')).toBe(false);
  expect(permission(actor(), 'desk.read', { ownerPath: pathOf('S') })).toBe('hidden');
  expect(rolesInWords(actor())).toBe('none');
});

test('new objects belong to the unit of the appointment that lets them be made', () => {
  const member = actor(['district', 'D1'], ['researcher', 'S']);
  expect(ownerUnitFor(member, 'checks.write')).toBe('S');
  expect(ownerUnitFor(member, 'inbox.read')).toBe('D1');
  expect(unitsWith(member, 'claims.report')).toEqual(['D1', 'S']);
  expect(() => ownerUnitFor(member, 'audit.read')).toThrow(expect.objectContaining({ code: 'not_allowed' }));
});

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();

test('a desk session ends two hours after its last use and twelve after its first', () => {
  expect(hasEnded({ createdAt: at(0), lastSeenAt: at(0), now: at(119) }, ['reviewer'])).toBe(false);
  expect(hasEnded({ createdAt: at(0), lastSeenAt: at(0), now: at(120) }, ['reviewer'])).toBe(true);
  expect(hasEnded({ createdAt: at(0), lastSeenAt: at(719), now: at(720) }, ['reviewer'])).toBe(true);
});

test('a phone of a district team stays signed in for a campaign, unless its owner also sits at a desk', () => {
  const times = { createdAt: at(0), lastSeenAt: at(0), now: at(60 * 24 * 29) };
  expect(hasEnded(times, ['district', 'district'])).toBe(false);
  expect(hasEnded(times, ['district', 'observer'])).toBe(true);
  expect(sessionLife([])).toEqual(sessionLife(['admin']));
});

test('being seen is written at most once a minute', () => {
  expect(seenLongAgo({ createdAt: at(0), lastSeenAt: at(0), now: at(0.9) })).toBe(false);
  expect(seenLongAgo({ createdAt: at(0), lastSeenAt: at(0), now: at(1) })).toBe(true);
});

test('a device is called by browser and system', () => {
  const android =
    'Mozilla/5.0 (Linux; Android 14; Pixel) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';
  expect(deviceLabel(android)).toBe('Chrome, Android');
  expect(deviceLabel(`${android} SamsungBrowser/25.0`)).toBe('Samsung Internet, Android');
  expect(
    deviceLabel(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1',
    ),
  ).toBe('Safari, iPhone');
  expect(deviceLabel('Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0')).toBe(
    'Firefox, Linux',
  );
  expect(deviceLabel(undefined)).toBe('?');
});
