/**
 * The passwords guessed first, of eight characters or more (shorter ones are refused by length), and those an Indian
 * organisation would add. Compared without capitals, blanks and marks.
 */
const common = new Set(
  `password passw0rd password1 password12 password123 password1234 passwordpassword pass1234 pass12345 mypassword
  12345678 123456789 1234567890 0123456789 987654321 87654321 0987654321 11111111 22222222 00000000 88888888 99999999
  12341234 11223344 12344321 123123123 123321123 147258369 123456ab 1234abcd abcd1234 abc12345 abcdefgh abcd12345
  1q2w3e4r 1q2w3e4r5t 1qaz2wsx qwerty12 qwerty123 qwerty1234 qwertyui qwertyuiop qwer1234 asdfghjk asdfghjkl
  zxcvbnm1 zaq12wsx q1w2e3r4 a1b2c3d4 aa123456 a1234567 a12345678 iloveyou iloveyou1 sunshine princess princess1
  football baseball superman trustno1 starwars whatever computer internet samsung1 welcome1 welcome12 welcome123
  letmein1 letmein123 changeme changeme1 changeme123 admin123 admin1234 administrator administrator1 login123
  master123 secret123 test1234 testtest demo1234 user1234 guest123 temp1234 default1 dragon123 monkey123 shadow123
  jesus123 krishna123 krishna1 jaishriram jaishreeram jaihind1 jaihind123 jaihindi omnamahshivaya ganesha123 saibaba1
  saibaba123 bharatmata vandemataram bharat123 india123 india1234 indian123 hindustan hindustan1 mumbai123 delhi123
  jaipur123 rajasthan rajasthan1 rajasthan123 sachin123 cricket1 cricket123 namaste1 namaste123 namaskar tathya123
  tathya1234 tathyatathya factcheck factcheck1 factcheck123`.split(/\s+/),
);

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');

const withoutNumber = (letters: string) => letters.replace(/\p{N}+$/u, '');

export type PasswordFault = 'common' | 'like_login' | 'one_character';

/** Why a password must not be taken; null when it may (NIST SP 800-63B: no composition rules, but no known ones). */
export function passwordFault(password: string, login: string): PasswordFault | null {
  const letters = plain(password);
  if (new Set(password).size === 1) return 'one_character';
  if (common.has(letters)) return 'common';
  const name = withoutNumber(plain(login));
  if (name !== '' && withoutNumber(letters) === name) return 'like_login';
  return null;
}
