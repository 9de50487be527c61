/** Path of each made file by its output's key. */
export type Files = Record<string, string>;

/** One way of doing the work: `prepare` is not measured and gives what is. */
export type Task<Input> = (input: Input) => Promise<() => Promise<Files>>;
