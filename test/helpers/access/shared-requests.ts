/** An address of nothing. */
export const absent = { id: '01890000-0000-7000-8000-00000000dead' };

/** The beginning of a JPEG: enough to be taken as one. */
export const jpeg = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.alloc(200),
]);
