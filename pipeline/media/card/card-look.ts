import type { CardTemplate } from '../../../server/contract/lists.js';

/** Colours of a template: neutral ink and paper, so that no verdict and no party has a colour. */
export interface CardLook {
  ground: string;
  /** Of the parts of a tall frame that platforms cover. */
  sunk: string;
  ink: string;
  /** Of what is said beside: the claim, sources, dates. */
  soft: string;
  faint: string;
  line: string;
  /** The block that carries the verdict, and what is written on it. */
  plate: string;
  onPlate: string;
}

const light: CardLook = {
  ground: '#f6f6f3',
  sunk: '#e6e7e3',
  ink: '#1a1e21',
  soft: '#454c52',
  faint: '#626a70',
  line: '#c9ccc7',
  plate: '#1a1e21',
  onPlate: '#ffffff',
};

const dark: CardLook = {
  ground: '#1f2428',
  sunk: '#16191c',
  ink: '#ffffff',
  soft: '#d3d8da',
  faint: '#a7aeb3',
  line: '#4b545a',
  plate: '#f6f6f3',
  onPlate: '#1a1e21',
};

export const cardLooks: Readonly<Record<CardTemplate, CardLook>> = {
  plain: light,
  photo: { ...light, ground: '#ffffff', sunk: '#eeefec' },
  quote: dark,
};
