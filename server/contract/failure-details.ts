import { Type } from 'typebox';

/**
 * The shape of `FailureDetails`, for whoever reads them back. Apart from the failures themselves, because a picture
 * process knows these and starts in half the time without TypeBox.
 */
export const FailureDetailsSchema = Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()]));
