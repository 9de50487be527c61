import { desk as en } from '../../i18n/en/desk.js';
import { desk as hi } from '../../i18n/hi/desk.js';

export const texts = { hi, en };
