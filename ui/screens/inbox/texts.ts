import { inbox as en } from '../../i18n/en/inbox.js';
import { inbox as hi } from '../../i18n/hi/inbox.js';

export const texts = { hi, en };
