import { type Static, Type } from 'typebox';
import { FocalPoint } from '../../../server/contract/recipe.js';
import { PlainFailure } from './messages.js';

const count = Type.Integer({ minimum: 1 });
const size = { width: count, height: count };

/** What the result of each task must be to be believed. */
export const taskResults = {
  lookThrough: Type.Null(),
  probeImage: Type.Object({ ...size, frames: count, hasAlpha: Type.Boolean() }),
  gifMoves: Type.Boolean(),
  savePreview: Type.Object({ ...size, suggestedFocal: Type.Union([FocalPoint, Type.Null()]) }),
  /** How long each frame is shown, ms. */
  writeWebpFrames: Type.Object({ delays: Type.Array(Type.Number({ minimum: 0 }), { minItems: 1 }) }),
  decode: Type.Object({ ...size, channels: Type.Union([Type.Literal(3), Type.Literal(4)]) }),
  /** Why an output could not be made, in the order of the outputs. */
  renderImages: Type.Object({ failures: Type.Array(Type.Union([PlainFailure, Type.Null()])) }),
};

export type PictureTaskName = keyof typeof taskResults;
export type TaskResult<Name extends PictureTaskName> = Static<(typeof taskResults)[Name]>;
