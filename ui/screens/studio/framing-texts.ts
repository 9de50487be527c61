import { framing as en } from '../../i18n/en/framing.js';
import { framing as hi } from '../../i18n/hi/framing.js';

export const framingTexts = { hi, en };
