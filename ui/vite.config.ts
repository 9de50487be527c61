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
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: api, changeOrigin: false } },
    fs: { allow: ['..'] },
  },
});
