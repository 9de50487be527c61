import type { Creative } from '../../../server/contract/creative.js';
import { useText } from '../../i18n/language.js';
import { Note } from '../../parts/messages.js';
import { cardTexts } from './card-texts.js';

/** Addresses that lead nowhere from a phone outside the building. */
function isLocal(address: string): boolean {
  const { hostname } = new URL(address);
  return (
    /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[)/.test(hostname) ||
    hostname.endsWith('.local')
  );
}

/** What to know of a card before anything is made of it. */
export function CardNote({ card }: Pick<Creative, 'card'>) {
  const t = useText(cardTexts);
  if (card === null) return null;
  if (card.factState !== 'verified') return <Note tone="alert">{t('ended')}</Note>;
  if (isLocal(card.address)) return <Note>{t('local', { address: card.address })}</Note>;
  return (
    <p class="hint">
      {t('leads')} <a href={card.address}>{card.address}</a>
    </p>
  );
}
