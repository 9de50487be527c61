import type { CardDocument } from '../../../server/contract/card.js';
import { MediaFailure } from '../media-failure.js';
import { drawBlock } from './block.js';
import type { CardSpaces } from './card-layout.js';
import type { CardLook } from './card-look.js';
import type { Plate } from './card-plate.js';
import type { Sheet } from './card-sheet.js';
import { type FittedText, type TextWish, writeText } from './card-texts.js';

interface FlowOptions {
  sheet: Sheet;
  document: CardDocument;
  spaces: CardSpaces;
  look: CardLook;
  /** Null where the verdict stands on the photo. */
  plate: Plate | null;
}

/** How much of the height the fact may take, by its length and its largest size beside the claim's. */
export function factShare({ claim, fact }: { claim: TextWish; fact: TextWish }): number {
  const area = ({ text, range }: TextWish): number => text.length * range.max ** 2;
  return Math.min(0.72, Math.max(0.35, area(fact) / (area(fact) + area(claim))));
}

/** Part of a height that texts may fill when they are free to choose their size. */
const air = 0.9;

/** Writes fact and claim into one height: the fact first; when nothing is left for the claim, again with less. */
async function writeBoth(
  { claim, fact }: { claim: TextWish; fact: TextWish },
  height: number,
): Promise<{ claim: FittedText; fact: FittedText }> {
  const beside = async (written: FittedText): Promise<FittedText> => {
    // In step with the fact, so that a long fact is not outshouted by a short claim.
    const inStep = written.sizePx * (claim.range.max / fact.range.max) * 1.1;
    const max = Math.max(claim.range.min, Math.min(claim.range.max, inStep));
    return writeText({ ...claim, range: { min: claim.range.min, max }, maxHeight: height - written.height });
  };
  try {
    const written = await writeText({ ...fact, maxHeight: height * air * factShare({ claim, fact }) });
    return { claim: await beside(written), fact: written };
  } catch (error) {
    if (!(error instanceof MediaFailure) || error.code !== 'text_does_not_fit') throw error;
    const smallest = await writeText({
      ...claim,
      range: { min: claim.range.min, max: claim.range.min },
      maxHeight: height,
    });
    const written = await writeText({ ...fact, maxHeight: height - smallest.height });
    return { claim: await beside(written), fact: written };
  }
}

/** A row of the flow: what it is, how high, and the space that follows it at least. */
interface FlowRow {
  height: number;
  after: number;
  /** Whether free height may be given to the space after it. */
  stretches: boolean;
  lay(y: number): void;
}

/** Where rows begin that share out a height: a part of what is free widens the gaps, the rest goes above and below. */
export function spreadRows(
  rows: readonly Pick<FlowRow, 'height' | 'after' | 'stretches'>[],
  { top, height, most, fromTop }: { top: number; height: number; most: number; fromTop: boolean },
): number[] {
  const used = rows.reduce(
    (sum, row, index) => sum + row.height + (index < rows.length - 1 ? row.after : 0),
    0,
  );
  const free = Math.max(0, height - used);
  const gaps = rows.slice(0, -1).filter(({ stretches }) => stretches).length;
  const more = gaps === 0 ? 0 : Math.min(most, (free * 0.6) / gaps);
  let y = top + (fromTop ? 0 : (free - more * gaps) / 2);
  return rows.map((row) => {
    const at = y;
    y += row.height + row.after + (row.stretches ? more : 0);
    return at;
  });
}

/** Writes claim, verdict and fact one below the other and shares out what height is left between them. */
export async function settleFlow({ sheet, document, spaces, look, plate }: FlowOptions): Promise<void> {
  const { flow, sizes, unit, gap, arrangement } = spaces;
  const { texts, template } = document;
  const middle = arrangement === 'emblem';
  const align = middle ? ('center' as const) : ('left' as const);
  const bar = middle || template === 'quote' ? 0 : Math.max(2, Math.round(unit * 0.45));
  const indent = bar === 0 ? 0 : bar + unit * 1.7;
  const small = { range: sizes.label, maxWidth: flow.width, maxHeight: sizes.label.max * 2, align };
  const [claimLabel, factLabel] = await Promise.all([
    writeText({ ...small, text: texts.claimLabel, weight: 600, color: look.faint }),
    writeText({ ...small, text: texts.factLabel, weight: 600, color: look.faint }),
  ]);
  const saidBy =
    template === 'quote' && texts.saidBy !== null
      ? await writeText({
          ...small,
          text: texts.saidBy,
          weight: 600,
          color: look.soft,
          maxHeight: sizes.label.max * 3.2,
        })
      : null;
  const labelGap = unit * 1.7;
  const fixed =
    claimLabel.height +
    factLabel.height +
    2 * labelGap +
    gap * (plate ? 2 : 1) +
    (plate?.height ?? 0) +
    (saidBy ? saidBy.height + labelGap * 1.3 : 0);
  const both = await writeBoth(
    {
      claim: {
        text: texts.claim,
        weight: template === 'quote' ? 600 : 400,
        color: look.soft,
        range: sizes.claim,
        maxWidth: flow.width - indent,
        maxHeight: 0,
        align,
        balanced: true,
      },
      fact: {
        text: texts.fact,
        weight: 700,
        color: look.ink,
        range: sizes.fact,
        maxWidth: flow.width,
        maxHeight: 0,
        align,
        balanced: true,
      },
    },
    Math.max(1, flow.height - fixed),
  );
  const place = (part: string, text: FittedText, from = 0): FlowRow['lay'] => {
    const x = middle ? flow.x + (flow.width - text.width) / 2 : flow.x + from;
    return (y) => sheet.lay(part, text.png, { x, y, width: text.width, height: text.height });
  };
  const row = (text: FittedText, after: number, lay: FlowRow['lay'], stretches = false): FlowRow => ({
    height: text.height,
    after,
    stretches,
    lay,
  });
  const layClaim: FlowRow['lay'] = (y) => {
    place('claim', both.claim, indent)(y);
    if (bar === 0) return;
    const size = { width: bar, height: both.claim.height };
    sheet.lay('bar', drawBlock({ ...size, radius: Math.floor(bar / 2), color: look.line }), {
      x: flow.x,
      y,
      ...size,
    });
  };
  const rows: FlowRow[] = [
    row(claimLabel, labelGap, place('claimLabel', claimLabel)),
    row(both.claim, saidBy ? labelGap * 1.3 : gap, layClaim, !saidBy),
    ...(saidBy ? [row(saidBy, gap, place('saidBy', saidBy), true)] : []),
    ...(plate
      ? [
          {
            height: plate.height,
            after: gap,
            stretches: true,
            lay: (y: number) =>
              plate.layAt(sheet, middle ? flow.x + (flow.width - plate.width) / 2 : flow.x, y),
          },
        ]
      : []),
    row(factLabel, labelGap, place('factLabel', factLabel)),
    row(both.fact, 0, place('fact', both.fact)),
  ];
  const starts = spreadRows(rows, {
    top: flow.y,
    height: flow.height,
    most: unit * 4,
    fromTop: arrangement === 'wide',
  });
  rows.forEach((one, index) => {
    one.lay(starts[index] ?? flow.y);
  });
}
