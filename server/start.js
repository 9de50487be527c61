// The first command. It needs nothing but Node itself, so that it can say what is missing and fetch it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Tathya needs Node 20.19 or newer; this is Node ${process.versions.node}. See https://nodejs.org/en/download`,
  );
  process.exit(1);
}

import('./start/run.js').then(({ run }) => run(process.argv.slice(2)));
