import { render } from 'preact';
import { createQueryClient } from './api/queries.js';
import { App } from './app.js';
import { ensureDevanagari } from './styles/devanagari-font.js';
import './styles/styles.css';

const root = document.getElementById('app');

// Words drawn before the font has come would stay boxes; where the device has one of its own there is no wait. Without
// it the screens still work, and the next visit tries again.
ensureDevanagari()
  .catch(() => undefined)
  .finally(() => {
    if (root) render(<App queries={createQueryClient()} />, root);
  });
