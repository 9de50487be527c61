import { createPictureProcesses } from '../../pipeline/media/picture-process/pool.js';
import { detectTools } from '../../pipeline/media/tools.js';

/**
 * A node process with a process for pictures, for a test that kills it. Arguments: a picture, and `channel` when the
 * process for pictures may only notice by its channel that its parent is gone.
 */
const [, , path = '', how] = process.argv;
const { wrappers } = await detectTools();
const pictures = createPictureProcesses({
  wrappers: how === 'channel' ? { ...wrappers, setpriv: null } : wrappers,
});
await pictures.run({
  name: 'lookThrough',
  input: { path, type: { mime: 'image/jpeg', kind: 'image', extension: 'jpg', demuxer: null } },
  workDir: '/',
  stepMs: 60_000,
  steps: 0,
  onStep: () => undefined,
  signal: undefined,
});
process.stdout.write('looked through\n');
setInterval(() => undefined, 60_000);
