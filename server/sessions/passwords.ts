import { hash, verify } from '@node-rs/argon2';

/** OWASP's argon2id floor: 19 MiB, two passes, one lane. argon2id is the library's default variant. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost);
}

export async function passwordMatches(stored: string, password: string): Promise<boolean> {
  return verify(stored, password.normalize('NFC'));
}

/** Spends the same time as a real comparison, so that an unknown login is not told apart by the clock. */
export async function spendPasswordTime(password: string): Promise<void> {
  await hash(password.normalize('NFC'), cost);
}
