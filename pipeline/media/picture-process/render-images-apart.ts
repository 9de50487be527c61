import { join } from 'node:path';
import type { Size } from '../../../server/contract/framing.js';
import type { PlannedImage } from '../plan.js';
import type { PictureSource } from '../probe-image.js';
import type { ProbeInput } from '../probed.js';
import { imageName } from '../render-images.js';
import type { RenderedFile } from '../rendered-file.js';
import { fromPlainFailure } from './plain-failure.js';
import { runTask } from './run-task.js';

/** Makes every picture of one source in a process of its own; only plans and names travel. Throws MediaFailure. */
export async function renderImagesApart(
  input: ProbeInput,
  {
    source: { type, image },
    base,
    outputs,
    done,
  }: { source: PictureSource; base: Size; outputs: readonly PlannedImage[]; done: () => void },
): Promise<RenderedFile<PlannedImage>[]> {
  const { path, workDir, limits } = input;
  // For whom a picture is, the process need not know.
  const plans = outputs.map((output) => ({ ...output, wanted: [] }));
  let told = 0;
  const { failures } = await runTask(
    input,
    'renderImages',
    { path, source: { type, image }, workDir, base, outputs: plans, limits },
    {
      steps: outputs.length,
      onStep(step) {
        // A repeat begins at the first again.
        if (step <= told) return;
        told = step;
        done();
      },
    },
  );
  return outputs.map((output, index) => {
    const failure = failures[index];
    return {
      output,
      result: failure
        ? { ok: false, failure: fromPlainFailure(failure) }
        : { ok: true, path: join(workDir, imageName(index, output)) },
    };
  });
}
