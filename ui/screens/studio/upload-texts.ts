import { uploads as en } from '../../i18n/en/uploads.js';
import { uploads as hi } from '../../i18n/hi/uploads.js';

export const uploadTexts = { hi, en };
