import { packs as en } from '../../i18n/en/packs.js';
import { packs as hi } from '../../i18n/hi/packs.js';

export const texts = { hi, en };
