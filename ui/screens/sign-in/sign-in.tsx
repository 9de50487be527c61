import { useRef, useState } from 'preact/hooks';
import { useAction, useClient } from '../../api/queries.js';
import { rememberedOrganisation, useSetSession } from '../../api/session.js';
import { common } from '../../i18n/common.js';
import { signIn as en } from '../../i18n/en/sign-in.js';
import { signIn as hi } from '../../i18n/hi/sign-in.js';
import { nameIn, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Field, TextField } from '../../parts/field.js';
import { LanguageSwitch } from '../../parts/language-switch.js';
import { Logo } from '../../parts/logo.js';
import { ProblemNote } from '../../parts/messages.js';
import { useTitle } from '../../parts/page.js';
import './sign-in.css';

const texts = { hi, en };

/** Stands in place of every screen while nobody is signed in; the address stays for afterwards. */
export default function SignIn() {
  const t = useText(texts);
  const frame = useText(common);
  const { language } = useLanguage();
  const client = useClient();
  const setSession = useSetSession();
  const enter = useAction('session.signIn');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [tried, setTried] = useState(false);
  const [organisation] = useState(rememberedOrganisation);
  const chose = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const product = frame('product');
  useTitle(t('title'));

  function submit(event: Event): void {
    event.preventDefault();
    setTried(true);
    if (login.trim() === '' || password === '') {
      form.current
        ?.querySelector<HTMLInputElement>(login.trim() === '' ? '[name=login]' : '[name=password]')
        ?.focus();
      return;
    }
    enter.run({ body: { login: login.trim(), password } }, (me) => {
      // A language chosen on this page is the person's choice from now on.
      if (!chose.current || me.member.language === language) return setSession(me);
      client.call('session.editMe', { body: { language } }).then(setSession, () => setSession(me));
    });
  }

  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <header>
          <Logo size={44} />
          <div>
            <p class="sign-in-name">{nameIn(organisation, language) || product}</p>
            <p class="faint">{t('lead')}</p>
          </div>
        </header>
        <form ref={form} onSubmit={submit} noValidate>
          <h1>{t('title')}</h1>
          <TextField
            label={t('login')}
            name="login"
            value={login}
            onValue={setLogin}
            autoComplete="username"
            maxLength={80}
            required
            problem={enter.problem}
            {...(tried && login.trim() === '' ? { error: t('loginMissing') } : {})}
          />
          <Field
            label={t('password')}
            name="password"
            required
            problem={enter.problem}
            {...(tried && password === '' ? { error: t('passwordMissing') } : {})}
          >
            {(control) => (
              <div class="with-button">
                <input
                  {...control}
                  type={shown ? 'text' : 'password'}
                  autocomplete="current-password"
                  maxLength={512}
                  value={password}
                  onInput={(event) => setPassword(event.currentTarget.value)}
                />
                <Button
                  look="quiet"
                  icon="eye"
                  label={shown ? t('hide') : t('show')}
                  pressed={shown}
                  onPress={() => setShown(!shown)}
                />
              </div>
            )}
          </Field>
          <ProblemNote problem={enter.problem} />
          <Button look="main" type="submit" wide busy={enter.pending}>
            {t('submit')}
          </Button>
        </form>
        <footer>
          <LanguageSwitch
            onChange={() => {
              chose.current = true;
            }}
          />
          <p class="hint">{t('help')}</p>
        </footer>
      </div>
    </main>
  );
}
