import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

/** Where `npm run dev` finds the API: the server's own default port. */
const api = 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [preact({ reactAliasesEnabled: false, prefreshEnabled: true })],
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
