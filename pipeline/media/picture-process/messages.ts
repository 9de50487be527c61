import { type Static, Type } from 'typebox';
import { FailureDetailsSchema } from '../../../server/contract/failure-details.js';
import { failureCodes } from '../../../server/contract/lists.js';

/** A failure as it travels between the processes; `cause` is for logs. */
export const PlainFailure = Type.Object(
  { code: Type.Enum(failureCodes), details: FailureDetailsSchema, cause: Type.String({ maxLength: 4000 }) },
  { additionalProperties: false },
);
export type PlainFailure = Static<typeof PlainFailure>;

/** Sent to a picture process: one task at a time. */
export interface TaskMessage {
  name: string;
  /** Private folder in which the task is done. */
  workDir: string;
  input: unknown;
}

/** What the process has used so far, to know when it is worn. */
const wear = { cpuSeconds: Type.Number(), residentBytes: Type.Number() };

/** Sent by a picture process, which may have been taken over by the picture it reads: nothing in it is believed unchecked. */
export const AnswerMessage = Type.Union([
  Type.Object({ kind: Type.Literal('ready') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('step') }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('done'), result: Type.Unknown(), ...wear },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('failed'), failure: PlainFailure, ...wear },
    { additionalProperties: false },
  ),
]);
export type AnswerMessage = Static<typeof AnswerMessage>;
