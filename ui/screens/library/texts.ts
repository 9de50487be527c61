import { library as en } from '../../i18n/en/library.js';
import { library as hi } from '../../i18n/hi/library.js';

export const texts = { hi, en };
