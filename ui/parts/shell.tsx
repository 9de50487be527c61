import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useAction } from '../api/queries.js';
import { useCan, useMe, useSetSession } from '../api/session.js';
import { useCodes } from '../i18n/codes.js';
import { common } from '../i18n/common.js';
import { nameIn, useLanguage, useText } from '../i18n/language.js';
import { useAnswersCame } from './answers-came.js';
import { Button } from './button.js';
import { Icon } from './icon.js';
import { LanguageSwitch } from './language-switch.js';
import { Logo } from './logo.js';
import { Menu } from './menu.js';
import { placesFor } from './navigation.js';
import { useShortcutHelp } from './shortcuts.js';

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return online;
}

function MemberMenu() {
  const t = useText(common);
  const me = useMe();
  const codes = useCodes();
  const { language } = useLanguage();
  const setSession = useSetSession();
  const editMe = useAction('session.editMe');
  const signOut = useAction('session.signOut');
  const showHelp = useShortcutHelp();
  return (
    <Menu label={t('memberMenu')} icon="person" word={me.member.name}>
      <div class="who">
        <strong>{me.member.name}</strong>
        {me.appointments.map(({ id, role, unit, title }) => (
          <small key={id}>
            {nameIn(title, language) || codes.role[role]} · {nameIn(unit.name, language)}
          </small>
        ))}
      </div>
      <LanguageSwitch onChange={(code) => editMe.run({ body: { language: code } }, setSession)} />
      <div class="fine-only">
        <Button look="quiet" icon="keyboard" wide onPress={showHelp}>
          {t('shortcutsTitle')}
        </Button>
      </div>
      <Button
        look="quiet"
        icon="lock"
        wide
        busy={signOut.pending}
        onPress={() => signOut.run({}, () => setSession(null))}
      >
        {t('signOut')}
      </Button>
    </Menu>
  );
}

/** The frame around every screen: who we are, where one can go, who is signed in. */
export function Shell({ children }: { children: ComponentChildren }) {
  const t = useText(common);
  const me = useMe();
  const can = useCan();
  const online = useOnline();
  const { language } = useLanguage();
  const { path } = useLocation();
  const answers = useAnswersCame();
  return (
    <div class="shell">
      <a class="skip" href="#main">
        {t('skip')}
      </a>
      <header class="top">
        <a class="brand" href="/">
          <Logo />
          <span>{nameIn(me.organisation.name, language)}</span>
        </a>
        <nav class="places" aria-label={t('mainMenu')}>
          {placesFor(can).map((place) => (
            <a
              key={place.path}
              href={place.path}
              aria-current={
                [place.path, ...(place.also ?? [])].some((at) => path === at || path.startsWith(`${at}/`))
                  ? 'page'
                  : undefined
              }
            >
              <Icon name={place.icon} size={22} />
              <span>{t(place.word)}</span>
              {place.path === '/desk' && answers > 0 ? (
                <span class="places-news" title={t('answersCame', { count: answers })}>
                  <span class="hidden">{t('answersCame', { count: answers })}</span>
                </span>
              ) : null}
            </a>
          ))}
        </nav>
        <MemberMenu />
      </header>
      {online ? null : (
        <p class="offline" role="status">
          {t('workingOffline')}
        </p>
      )}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
