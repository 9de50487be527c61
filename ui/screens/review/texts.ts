import { review as en } from '../../i18n/en/review.js';
import { review as hi } from '../../i18n/hi/review.js';

export const texts = { hi, en };
