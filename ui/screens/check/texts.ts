import { check as en } from '../../i18n/en/check.js';
import { check as hi } from '../../i18n/hi/check.js';

export const texts = { hi, en };
