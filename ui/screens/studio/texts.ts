import { studio as en } from '../../i18n/en/studio.js';
import { studio as hi } from '../../i18n/hi/studio.js';

export const texts = { hi, en };
