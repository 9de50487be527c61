import { fontSettings } from '../fonts/bundled-fonts.js';

/** Linux helpers put before a program; each is null where the machine has none or forbids it. */
export interface Wrappers {
  nice: string | null;
  /** Memory, CPU and file size ceilings. */
  prlimit: string | null;
  /** A command that takes the network away. */
  unshare: readonly string[] | null;
  /** Kills the program when this process dies. */
  setpriv: string | null;
}

/** Hard ceilings the kernel holds a program to, where `prlimit` exists. */
export interface Ceilings {
  /** What it may map, used or not. */
  addressSpaceBytes?: number;
  /** What it may write to: for Node itself, which maps far more than it uses. */
  dataBytes?: number;
  cpuSeconds: number;
  /** Largest file the program may write. */
  fileBytes: number;
}

/** The command line of a program behind its wrappers; each one replaces itself with the next, so it stays one process. */
export function confined(
  wrappers: Wrappers,
  { addressSpaceBytes, dataBytes, cpuSeconds, fileBytes }: Ceilings,
  [program, ...args]: readonly [string, ...string[]],
): [string, ...string[]] {
  const line: string[] = [];
  const cpu = Math.ceil(cpuSeconds);
  if (wrappers.nice) line.push(wrappers.nice, '-n', '10');
  if (wrappers.unshare) line.push(...wrappers.unshare, '--');
  if (wrappers.prlimit) {
    line.push(
      wrappers.prlimit,
      ...(addressSpaceBytes === undefined ? [] : [`--as=${addressSpaceBytes}`]),
      ...(dataBytes === undefined ? [] : [`--data=${dataBytes}`]),
      // ffmpeg answers the soft limit with an orderly end; the hard one does not ask.
      `--cpu=${cpu}:${cpu + 5}`,
      `--fsize=${fileBytes}`,
      '--core=0',
      '--',
    );
  }
  // Innermost, because entering a namespace clears the parent-death signal.
  if (wrappers.setpriv) line.push(wrappers.setpriv, '--pdeathsig', 'KILL', '--no-new-privs', '--');
  const [first = program, ...rest] = [...line, program, ...args];
  return [first, ...rest];
}

/** All the environment a program gets that reads hostile files: nothing of ours, secrets included. */
export function bareEnvironment(home: string): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LC_ALL: 'C',
    HOME: home,
    AV_LOG_FORCE_NOCOLOR: '1',
    // No font of the machine is drawn with.
    FONTCONFIG_FILE: fontSettings,
  };
}

/** Kills a program that leads a process group, and all it has started in it. */
export function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    // ESRCH: the group is empty already; macOS says EPERM for a group of only zombies.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
