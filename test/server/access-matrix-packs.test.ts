import { cardRows } from '../helpers/access/cards-expectations.js';
import { creativeRows } from '../helpers/access/creatives-expectations.js';
import { inboxRows } from '../helpers/access/inbox-expectations.js';
import { packRows } from '../helpers/access/packs-expectations.js';
import { releaseRows } from '../helpers/access/releases-expectations.js';
import { runMatrix } from '../helpers/access/run-matrix.js';
import { uploadRows } from '../helpers/access/uploads-expectations.js';

runMatrix('who may do what with creatives, packs and releases', [
  ...creativeRows,
  ...cardRows,
  ...uploadRows,
  ...packRows,
  ...releaseRows,
  ...inboxRows,
]);
