import type { ClaimDraft } from '../../../server/contract/claim.js';
import type { UnitRef } from '../../../server/contract/common.js';
import type { Channel, ClaimantKind, ClaimKind, ClaimLanguage } from '../../../server/contract/lists.js';
import { readLocal, writeLocal } from '../../api/local.js';

/** The form as it is typed; everything but the choices is text. */
export interface ClaimFields {
  text: string;
  /** Empty until chosen by the person: then it is guessed from the script. */
  language: ClaimLanguage | '';
  kind: ClaimKind;
  /** Code of a topic, or empty. */
  topic: string;
  claimantKind: ClaimantKind;
  claimantName: string;
  claimantUrl: string;
  channel: Channel | '';
  url: string;
  /** As a `datetime-local` control holds it. */
  seenAt: string;
  /** The unit it was seen in. */
  seenIn: UnitRef | null;
  reach: string;
  restricted: boolean;
}

export const emptyClaim: ClaimFields = {
  text: '',
  language: '',
  kind: 'other',
  topic: '',
  claimantKind: 'unknown',
  claimantName: '',
  claimantUrl: '',
  channel: '',
  url: '',
  seenAt: '',
  seenIn: null,
  reach: '',
  restricted: false,
};

const isAddress = (value: string) => /^https?:\/\/\S+$/.test(value);

export type Wrong = 'text' | 'claimantUrl' | 'url' | 'reach';

/** Fields that cannot be sent as they are. */
export function wrongFields(fields: ClaimFields): Wrong[] {
  const wrong: (Wrong | false)[] = [
    fields.text.trim() === '' && 'text',
    fields.claimantUrl.trim() !== '' && !isAddress(fields.claimantUrl.trim()) && 'claimantUrl',
    fields.url.trim() !== '' && !isAddress(fields.url.trim()) && 'url',
    fields.reach.trim() !== '' && !/^\d{1,9}$/.test(fields.reach.replace(/[\s,]/g, '')) && 'reach',
  ];
  return wrong.filter((field) => field !== false);
}

/** What is sent; where it was seen counts as seen now when nobody said when. */
export function toDraft(fields: ClaimFields, language: ClaimLanguage, now: Date): ClaimDraft {
  const name = fields.claimantName.trim();
  const url = fields.claimantUrl.trim();
  const seen = fields.channel !== '' || fields.url.trim() !== '' || fields.seenIn !== null;
  const seenAt = (fields.seenAt ? new Date(fields.seenAt) : now).toISOString();
  return {
    text: fields.text,
    language,
    kind: fields.kind,
    claimant: {
      kind: fields.claimantKind,
      ...(name ? { name } : {}),
      ...(url ? { url } : {}),
    },
    ...(fields.topic ? { topic: fields.topic } : {}),
    ...(fields.restricted ? { restricted: true } : {}),
    ...(fields.reach.trim() ? { reachEstimate: Number(fields.reach.replace(/[\s,]/g, '')) } : {}),
    ...(seen
      ? {
          appearances: [
            {
              channel: fields.channel || ('other' as const),
              seenAt,
              ...(fields.url.trim() ? { url: fields.url.trim() } : {}),
              ...(fields.seenIn ? { unitId: fields.seenIn.id } : {}),
            },
          ],
        }
      : {}),
  };
}

const place = 'claim-form';

/** What was typed on this device and not sent: switching to another app must not lose it. */
export function rememberedClaim(): ClaimFields {
  try {
    // Written by `rememberClaim`; a field that is new since then has its empty value.
    return { ...emptyClaim, ...(JSON.parse(readLocal(place) ?? '{}') as Partial<ClaimFields>) };
  } catch {
    return emptyClaim;
  }
}

export function rememberClaim(fields: ClaimFields | null): void {
  writeLocal(place, fields && fields.text.trim() !== '' ? JSON.stringify(fields) : null);
}

/** Takes words into the form, unless something else was begun there. */
export function beginClaim(text: string): void {
  const begun = rememberedClaim();
  if (begun.text.trim() === '') rememberClaim({ ...begun, text });
}
