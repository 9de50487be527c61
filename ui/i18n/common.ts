import { common as en } from './en/common.js';
import { common as hi } from './hi/common.js';

/** The area of the shared parts: `const t = useText(common)`. */
export const common = { hi, en };
