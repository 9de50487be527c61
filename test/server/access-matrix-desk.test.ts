import { checkRows } from '../helpers/access/checks-expectations.js';
import { claimRows } from '../helpers/access/claims-expectations.js';
import { libraryRows } from '../helpers/access/library-expectations.js';
import { mediaRows } from '../helpers/access/media-expectations.js';
import { runMatrix } from '../helpers/access/run-matrix.js';

runMatrix('who may do what with claims, checks, facts and media', [
  ...claimRows,
  ...checkRows,
  ...libraryRows,
  ...mediaRows,
]);
