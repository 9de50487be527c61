import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const tops = ['server', 'pipeline', 'search', 'ui', 'test'];

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'dist' ? [] : filesBelow(name);
    return /\.(ts|tsx|js|mjs|css)$/.test(entry.name) ? [name] : [];
  });
}

const files = tops.flatMap(filesBelow);
const code = files.filter((file) => /\.tsx?$/.test(file));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Our own files that a file imports, as paths from the root. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(read(file), true, true);
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.normalize(path.posix.join(path.posix.dirname(file), name)))
    .map((name) => {
      const stem = name.replace(/\.(js|jsx)$/, '');
      return [`${stem}.ts`, `${stem}.tsx`, name].find((candidate) => files.includes(candidate)) ?? name;
    });
}

const graph = new Map(code.map((file) => [file, importsOf(file)]));
const edges = [...graph].flatMap(([from, targets]) => targets.map((to) => ({ from, to })));

/** Files of search and pipeline that a server feature may use: ports, job definitions and the matcher above a port. */
const ports =
  /^(pipeline\/(ports|job|jobs)\.ts|pipeline\/queue\/job-queue\.ts|pipeline\/files\/file-store\.ts|pipeline\/jobs\/[a-z-]+\.job\.ts|search\/(search-index|match|change-log|follow)\.ts)$/;
/** The only places that know everything: the composition root, the program, and its commands. */
const roots = /^server\/(compose|compose-[a-z]+|main)\.ts$|\.command\.ts$/;

function isAllowed(from: string, to: string): boolean {
  const [source = '', area = ''] = from.split('/');
  if (source === 'test' || roots.test(from)) return true;
  if (source === 'ui') return to.startsWith('ui/') || to.startsWith('server/contract/');
  if (source === 'search' || source === 'pipeline')
    return to.startsWith(`${source}/`) || to.startsWith('server/contract/');
  if (area === 'contract') return to.startsWith('server/contract/');
  return to.startsWith('server/') ? !roots.test(to) : ports.test(to);
}

describe('the architecture', () => {
  it('lets imports point only in the allowed directions', () => {
    expect(edges.filter(({ from, to }) => !isAllowed(from, to))).toEqual([]);
  });

  it('has a contract that needs nothing but TypeBox', () => {
    const foreign = code
      .filter((file) => file.startsWith('server/contract/'))
      .flatMap((file) =>
        ts.preProcessFile(read(file), true, true).importedFiles.map(({ fileName }) => ({ file, fileName })),
      )
      .filter(({ fileName }) => !fileName.startsWith('.') && fileName !== 'typebox');

    expect(foreign).toEqual([]);
  });

  it('imports only files that are there', () => {
    expect(edges.filter(({ to }) => !/\.(json|css|svg)$/.test(to) && !files.includes(to))).toEqual([]);
  });

  it('has no import cycle', () => {
    const cycles: string[][] = [];
    const done = new Set<string>();
    const walk = (file: string, trail: string[]): void => {
      if (trail.includes(file)) {
        cycles.push([...trail.slice(trail.indexOf(file)), file]);
        return;
      }
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) walk(next, [...trail, file]);
      done.add(file);
    };
    for (const file of code) walk(file, []);

    expect(cycles).toEqual([]);
  });

  it('keeps every file within 400 lines', () => {
    const long = files
      .map((file) => ({ file, lines: read(file).split('\n').length }))
      .filter(({ lines }) => lines > 400);

    expect(long).toEqual([]);
  });

  it('names adapters only in the composition root and their own tests', () => {
    const adapters =
      /^(pipeline\/queue\/[a-z]+-queue|pipeline\/files\/[a-z0-9]+-store|search\/(embedded|meilisearch)\/[a-z]+-index|server\/live\/postgres-live)\.ts$/;
    const ports = /^pipeline\/(queue\/job-queue|files\/file-store)\.ts$/;
    const users = edges.filter(
      ({ from, to }) =>
        adapters.test(to) && !ports.test(to) && !roots.test(from) && !from.startsWith('test/'),
    );

    expect(users).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = code.filter(
      (file) => !file.startsWith('test/') && !roots.test(file) && /process\.env\b/.test(read(file)),
    );

    expect(readers).toEqual([]);
  });

  it('styles each class in one place, for every screen visited stays loaded', () => {
    const places = new Map<string, Set<string>>();
    for (const file of files.filter((name) => name.endsWith('.css'))) {
      const place = path.dirname(file);
      // The first class of each selector: the thing that is styled, or what it stands in.
      const heads = read(file)
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .matchAll(/(?:^|[{},])\s*\.([\w-]+)(?=[^{}]*\{)/g);
      for (const [, name = ''] of heads) places.set(name, (places.get(name) ?? new Set()).add(place));
    }
    const doubled = [...places].filter(([, where]) => where.size > 1).map(([name]) => name);

    expect(doubled).toEqual([]);
  });

  it('opens pictures of others only in the processes for them', () => {
    const opening =
      /\b(decodePicture|gifMoves|lookThrough|probeImage|renderImages|savePreview|writeWebpFrames)\(/;
    const own = /^(async )?function|^export (async )?function/;
    const users = code
      .filter((file) => !file.startsWith('test/'))
      .filter((file) =>
        read(file)
          .split('\n')
          .some((line) => opening.test(line) && !own.test(line)),
      );

    // What the tasks call, they call in turn.
    expect(users).toEqual([
      'pipeline/media/picture-process/tasks.ts',
      'pipeline/media/render-images.ts',
      'pipeline/media/save-preview.ts',
    ]);
  });

  it('keeps TypeBox out of the processes for pictures, which would start in three times the time', () => {
    const loaded = new Set<string>();
    const walk = (file: string): void => {
      if (loaded.has(file)) return;
      loaded.add(file);
      const { outputText } = ts.transpileModule(read(file), {
        compilerOptions: { module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
      });
      for (const { fileName } of ts.preProcessFile(outputText, true, true).importedFiles) {
        const target = path.posix.join(path.posix.dirname(file), fileName).replace(/\.js$/, '.ts');
        if (!fileName.startsWith('.')) loaded.add(fileName);
        else if (files.includes(target)) walk(target);
      }
    };
    walk('pipeline/media/picture-process/child.ts');

    expect(loaded).toContain('sharp');
    expect([...loaded].filter((name) => name.startsWith('typebox'))).toEqual([]);
  });

  it('never burns Hindi text with a filter that cannot shape it', () => {
    const users = code.filter((file) => file.startsWith('pipeline/') && /['"`,]drawtext/.test(read(file)));

    expect(users).toEqual([]);
  });
});
