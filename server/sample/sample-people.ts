import type { Role } from '../contract/lists.js';

/** Everyone of the sample workspace has this one password; it is printed at every start. */
export const samplePassword = 'satya-ki-jaanch';

export interface SamplePerson {
  login: string;
  name: string;
  role: Role;
  /** Code of the unit they serve in. */
  unit: string;
  title?: string;
  /** For the line at the terminal. */
  who: string;
}

/** Invented people with one role each; two reviewers, because nobody decides on their own work. */
export const samplePeople = [
  { login: 'shodh', name: 'मीरा शोधकर', role: 'researcher', unit: 'RJ', who: 'researcher (state)' },
  { login: 'design', name: 'कबीर रेखा', role: 'designer', unit: 'RJ', who: 'designer (state)' },
  {
    login: 'samiksha',
    name: 'अनन्या विवेक',
    role: 'reviewer',
    unit: 'RJ',
    title: 'reviewer',
    who: 'reviewer (state)',
  },
  {
    login: 'samiksha2',
    name: 'इमरान सजग',
    role: 'reviewer',
    unit: 'RJ',
    title: 'reviewer',
    who: 'second reviewer (state)',
  },
  {
    login: 'ajmer',
    name: 'सरिता अजमेरी',
    role: 'district',
    unit: 'RJ-D86',
    title: 'convenor',
    who: 'district team, Ajmer: has a pack',
  },
  {
    login: 'udaipur',
    name: 'दीपक झीलवाल',
    role: 'district',
    unit: 'RJ-D117',
    title: 'convenor',
    who: 'district team, Udaipur: has none',
  },
  { login: 'darshak', name: 'लीला दर्शन', role: 'observer', unit: 'RJ', who: 'observer (state)' },
] as const satisfies readonly SamplePerson[];

export type SampleLogin = (typeof samplePeople)[number]['login'];

export const sampleAdmin = { login: 'admin', name: 'प्रबंधक', password: samplePassword } as const;
