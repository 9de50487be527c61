import { useQueryClient } from '@tanstack/preact-query';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Capability } from '../../server/contract/capabilities.js';
import type { Names } from '../../server/contract/common.js';
import type { Me } from '../../server/contract/session.js';
import { readLocal, writeLocal } from './local.js';

export const sessionKey = ['session.me'] as const;

export const MeContext = createContext<Me | null>(null);

/** Who is signed in; only for what is shown behind the sign-in. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('No one is signed in here');
  return me;
}

/** Whether the interface should offer it; the server decides. */
export function useCan(): (...anyOf: readonly Capability[]) => boolean {
  const { capabilities } = useMe();
  return (...anyOf) => anyOf.some((capability) => capabilities.includes(capability));
}

/** The last person on this device, so that a phone without a line can still open what it holds. */
export function rememberedMe(): Me | null {
  const text = readLocal('me');
  if (!text) return null;
  try {
    // Written by `rememberMe` from a checked answer.
    return JSON.parse(text) as Me;
  } catch {
    return null;
  }
}

export function rememberMe(me: Me | null): void {
  writeLocal('me', me ? JSON.stringify(me) : null);
  if (me) writeLocal('organisation', JSON.stringify(me.organisation.name));
}

/** Whose workbench this device was last signed in to; the sign-in screen greets with it. */
export function rememberedOrganisation(): Names | null {
  const text = readLocal('organisation');
  if (!text) return null;
  try {
    // Written by `rememberMe` from a checked answer.
    return JSON.parse(text) as Names;
  } catch {
    return null;
  }
}

/** Takes the person in or out; leaving forgets everything read for them. */
export function useSetSession(): (me: Me | null) => void {
  const queries = useQueryClient();
  return (me) => {
    rememberMe(me);
    queries.setQueryData(sessionKey, me);
    if (!me) queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  };
}
