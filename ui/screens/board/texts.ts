import { board as en } from '../../i18n/en/board.js';
import { board as hi } from '../../i18n/hi/board.js';

export const texts = { hi, en };
