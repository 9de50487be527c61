import { measureScale } from './search-scale.js';

process.stdout.write(`${JSON.stringify(await measureScale(process.argv[2] ?? null))}\n`);
