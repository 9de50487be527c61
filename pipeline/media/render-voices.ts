import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ffmpeg from 'fluent-ffmpeg';
import { type Encoding, encodeVideos } from './encode-videos.js';
import { fileUrl, inputOptions } from './ffmpeg-input.js';
import type { Loudness } from './loudness.js';
import { MediaFailure, toMediaFailure } from './media-failure.js';
import { layerChains, layerInput } from './overlay/video-layers.js';
import type { PlannedVoice } from './plan.js';
import { drawWave } from './preview.js';
import type { Probe, ProbeInput } from './probed.js';
import type { RenderedFile } from './rendered-file.js';
import { textFailure } from './text/text-failure.js';
import {
  encoderOptions,
  finishedLine,
  type LayersOf,
  soundChains,
  type VideoTarget,
} from './video-arguments.js';
import { drawVoicePicture, type VoicePicture, waveSize } from './voice-picture.js';

interface Still extends VoicePicture {
  path: string;
}

/** Quiet speech shows a wave as high as loud speech: the gain that playing it gets, within reason. */
function shownGain(loudness: Loudness | null): number {
  return loudness ? Math.min(40, Math.max(-20, -12 - loudness.integrated)) : 0;
}

/** One picture held for as long as it takes, and a line that moves along its wave with the sound. */
function pictureChains(
  { rate, durationMs }: PlannedVoice,
  { wave, ink }: Still,
  { index, to }: { index: number; to: string },
): string[] {
  const fps = `${rate.numerator}/${rate.denominator}`;
  const seconds = (durationMs / 1000).toFixed(3);
  const x = `${wave.x}+${wave.width}*t/${seconds}`;
  return [
    `[${index + 1}:v]format=yuv420p,loop=loop=-1:size=1:start=0,setpts=N/(${fps})/TB,fps=${fps}[h${index}]`,
    `color=c=${ink.replace('#', '0x')}:s=4x${wave.height + 32}:r=${fps},format=yuv420p[l${index}]`,
    `[h${index}][l${index}]overlay=x='${x}':y=${wave.y - 16}:format=yuv420,setsar=1,format=yuv420p[${to}]`,
  ];
}

/**
 * Makes a video of a sound for every output: a calm picture with title and wave, drawn once for each
 * frame size, and one ffmpeg process that decodes the sound once. Rejects for a damaged source.
 */
export async function renderVoices({
  input,
  probe,
  loudness,
  outputs,
  layersOf,
  onFraction,
}: {
  input: ProbeInput;
  probe: Probe;
  loudness: Loudness | null;
  outputs: readonly PlannedVoice[];
  layersOf: LayersOf;
  onFraction: (fraction: number) => void;
}): Promise<{ encoding: Encoding<PlannedVoice>; files: RenderedFile<PlannedVoice>[] }> {
  const { limits, workDir } = input;
  const { audio } = probe;
  if (!audio) throw new MediaFailure('no_audio_stream');
  const file = join(workDir, 'wave.png');
  await drawWave(input, probe, { size: waveSize, colour: 'white', gain: shownGain(loudness), file });
  const stills = new Map<readonly unknown[], Still>();
  const undrawn: RenderedFile<PlannedVoice>[] = [];
  for (const [index, output] of outputs.entries()) {
    try {
      const picture = await drawVoicePicture(output, file);
      const path = join(workDir, `voice-${index}.png`);
      await writeFile(path, picture.png);
      stills.set(output.wanted, { ...picture, path });
    } catch (error) {
      // A title that does not fit one frame may fit the others.
      undrawn.push({ output, result: { ok: false, failure: toMediaFailure(textFailure(error)) } });
    }
  }
  const drawn = outputs.filter(({ wanted }) => stills.has(wanted));
  const stillOf = ({ output }: VideoTarget<PlannedVoice>): Still => {
    const still = stills.get(output.wanted);
    if (!still) throw new Error('a sound has no picture');
    return still;
  };
  const encoding: Encoding<PlannedVoice> = {
    ...input,
    argumentsFor(targets) {
      let firstInput = 1 + targets.length;
      const chains = targets.flatMap((target, index) => {
        const layers = layersOf(target.output);
        const laid = layers.pictures.length > 0;
        const [from, to] = [laid ? `w${index}` : `v${index}`, `v${index}`];
        const picture = pictureChains(target.output, stillOf(target), { index, to: from });
        const over = laid ? layerChains(layers, { firstInput, from, to }) : [];
        firstInput += layers.pictures.length;
        return [...picture, ...over];
      });
      const planned = targets.map(({ output }) => output);
      const command = ffmpeg()
        .input(fileUrl(input.path))
        .inputOptions(
          ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-xerror', '-y'],
          ...['-progress', 'pipe:1', '-stats_period', '0.5', ...inputOptions(probe.type)],
        );
      for (const target of targets) {
        command.input(fileUrl(stillOf(target).path)).inputOptions('-f', 'image2', '-pattern_type', 'none');
      }
      for (const { path } of planned.flatMap((output) => layersOf(output).pictures)) {
        const { url, options } = layerInput(path);
        command.input(url).inputOptions(...options);
      }
      command.complexFilter([...chains, ...soundChains(audio.index, planned, loudness)]);
      for (const [index, target] of targets.entries()) {
        command
          .output(fileUrl(target.file))
          .outputOptions(...encoderOptions(target.output, index, limits.threads));
      }
      return finishedLine(command);
    },
  };
  if (drawn.length === 0) return { encoding, files: undrawn };
  const files = await encodeVideos(encoding, { outputs: drawn, name: 'voice', onFraction });
  return { encoding, files: [...undrawn, ...files] };
}
