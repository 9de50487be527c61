import type { signIn as source } from '../hi/sign-in.js';
import type { Same } from '../message.js';

export const signIn: Same<typeof source> = {
  title: 'Sign in',
  lead: 'Check claims, carry facts.',
  login: 'Sign-in name',
  password: 'Password',
  show: 'Show the password',
  hide: 'Hide the password',
  submit: 'Sign in',
  loginMissing: 'Write your sign-in name.',
  passwordMissing: 'Write your password.',
  help: 'If you forgot your name or password, ask your administrator.',
};
