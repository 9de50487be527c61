import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm run dev` finds the API: the server's own default port. */
const api = 'http://127.0.0.1:3000';

/** Below this a packed copy saves less than its header costs. */
const worthPacking = 1024;

/** Lays a `.br` and a `.gz` beside every text file of the build, so that the server never compresses on the fly. */
function packed(): Plugin {
  let folder = '';
  return {
    name: 'tathya:packed',
    apply: 'build',
    configResolved({ root, build }) {
      folder = path.resolve(root, build.outDir);
    },
    async closeBundle() {
      const names = await readdir(folder, { recursive: true });
      const texts = names.filter((name) => /\.(js|css|html|svg|webmanifest)$/.test(name));
      for (const name of texts) {
        const file = path.join(folder, name);
        const content = await readFile(file);
        if (content.length < worthPacking) continue;
        await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
        await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [preact({ reactAliasesEnabled: false, prefreshEnabled: true }), packed()],
  build: {
    target: 'es2020',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ['index.html', 'inbox-worker.ts'].map((file) => fileURLToPath(new URL(file, import.meta.url))),
      output: {
        // A service worker rules over the folder it lies in, and its address must not change.
        entryFileNames: ({ name }) => (name === 'inbox-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: api, changeOrigin: false } },
    fs: { allow: ['..'] },
  },
});
