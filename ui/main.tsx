import { render } from 'preact';
import { createQueryClient } from './api/queries.js';
import { App } from './app.js';
import './styles/styles.css';

const root = document.getElementById('app');
if (root) render(<App queries={createQueryClient()} />, root);
