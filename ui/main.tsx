import { render } from 'preact';
import { createQueryClient } from './api/queries.js';
import { App } from './app.js';
import { ensureDevanagari } from './styles/devanagari-font.js';
import './styles/styles.css';

const root = document.getElementById('app');
if (root) render(<App queries={createQueryClient()} />, root);

// Without it the screens still work, only in boxes; the next visit tries again.
ensureDevanagari().catch(() => undefined);
