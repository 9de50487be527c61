import type { Fact } from '../../../server/contract/library.js';
import type { CardTemplate, Language } from '../../../server/contract/lists.js';
import { verdictShapes } from '../../../server/contract/verdict-shapes.js';
import { card as enCard } from '../../i18n/en/card.js';
import { codes as en } from '../../i18n/en/codes.js';
import { card as hiCard } from '../../i18n/hi/card.js';
import { codes as hi } from '../../i18n/hi/codes.js';
import { nameIn } from '../../i18n/language.js';

const words = { hi: { codes: hi, card: hiCard }, en: { codes: en, card: enCard } };

export interface CardPreviewProps {
  fact: Fact;
  template: CardTemplate;
  language: Language;
  claim: string;
  /** Address of the picture on it. */
  picture: string | null;
}

/** The parts of a card in its own words and colours, while they are being chosen; the worker draws the real one. */
export function CardPreview({ fact, template, language, claim, picture }: CardPreviewProps) {
  const { codes, card } = words[language];
  return (
    <div class={`card-sketch card-sketch-${template}`} lang={language}>
      {template === 'photo' ? (
        <div class="card-sketch-photo">{picture ? <img src={picture} alt="" /> : null}</div>
      ) : null}
      <div class="card-sketch-words">
        <small>{card.claimLabel}</small>
        <q>{claim}</q>
        <strong class="card-sketch-verdict">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            {verdictShapes[fact.verdict].map(({ d, look }) => (
              <path key={d} d={d} class={look} />
            ))}
          </svg>
          {codes.verdict[fact.verdict]}
        </strong>
        <small>{card.factLabel}</small>
        <p>{fact.texts[language]?.headline}</p>
      </div>
      <footer>
        <span>{nameIn(fact.issuedBy, language)}</span>
        <span class="card-sketch-code" aria-hidden="true" />
      </footer>
    </div>
  );
}
