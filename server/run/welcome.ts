export interface SignInLine {
  login: string;
  password: string;
  /** In words: "researcher, Rajasthan". */
  who: string;
}

export interface Welcome {
  address: string;
  signIns: readonly SignInLine[];
  seconds: number;
  logPath: string | null;
}

/** What a person reads when the program is ready. */
export function welcome({ address, signIns, seconds, logPath }: Welcome): string {
  const width = Math.max(0, ...signIns.map(({ login }) => login.length));
  const lines = [
    '',
    `  Tathya is ready (${seconds.toFixed(1)} s).`,
    '',
    `  Open   ${address}`,
    ...(signIns.length > 0 ? ['', '  Sign in as'] : []),
    ...signIns.map(({ login, password, who }) => `    ${login.padEnd(width)}   ${password}   ${who}`),
    '',
    ...(logPath === null ? [] : [`  Log    ${logPath}`]),
    '  Stop   Ctrl-C',
    '',
  ];
  return lines.join('\n');
}
