import { writeFileSync } from 'node:fs';
import { runCommand } from '../../pipeline/media/run-command.js';
import { detectTools } from '../../pipeline/media/tools.js';

/** A node process that runs one endless program the way the worker does; killed by a test. */
const [, , program = '', directory = '', ready = ''] = process.argv;
const { wrappers } = await detectTools();
const running = runCommand({
  wrappers,
  program,
  args: [],
  directory,
  limits: { addressSpaceBytes: 1024 ** 3, cpuSeconds: 60, fileBytes: 1024 ** 2 },
  wallMs: 60_000,
});
writeFileSync(ready, 'started');
await running;
