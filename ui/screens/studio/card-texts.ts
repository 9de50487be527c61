import { card as en } from '../../i18n/en/card.js';
import { card as hi } from '../../i18n/hi/card.js';

export const cardTexts = { hi, en };
