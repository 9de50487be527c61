import { formatTable } from './format-table.js';
import { loadFormats } from './load-formats.js';

process.stdout.write(`${formatTable(await loadFormats())}\n`);
