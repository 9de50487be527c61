import { type QueryClient, QueryClientProvider, useQuery } from '@tanstack/preact-query';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ErrorBoundary, LocationProvider, lazy, Route, Router, useLocation } from 'preact-iso';
import { type Client, createClient } from './api/client.js';
import { useLive } from './api/live.js';
import { ProblemError, toProblem } from './api/problem.js';
import { ClientContext, useClient } from './api/queries.js';
import { MeContext, rememberedMe, rememberMe, sessionKey, useMe, useSetSession } from './api/session.js';
import { common } from './i18n/common.js';
import { LanguageProvider, useLanguage, useText } from './i18n/language.js';
import { Button } from './parts/button.js';
import { EmptyState, ErrorState, Skeleton } from './parts/messages.js';
import { firstPath } from './parts/navigation.js';
import { Page } from './parts/page.js';
import { Shell } from './parts/shell.js';
import { ShortcutsProvider } from './parts/shortcuts.js';
import { ToastProvider } from './parts/toast.js';

const SignIn = lazy(() => import('./screens/sign-in/sign-in.js'));
const Desk = lazy(() => import('./screens/desk/desk.js'));
const Check = lazy(() => import('./screens/check/check.js'));
const Studio = lazy(() => import('./screens/studio/studio.js'));
const Review = lazy(() => import('./screens/review/review.js'));
const Packs = lazy(() => import('./screens/packs/packs.js'));
const Board = lazy(() => import('./screens/board/board.js'));
const Inbox = lazy(() => import('./screens/inbox/inbox.js'));
const Library = lazy(() => import('./screens/library/library.js'));

function First() {
  const { route } = useLocation();
  const me = useMe();
  useEffect(() => route(firstPath(me), true), [route, me]);
  return <Skeleton />;
}

function NotFound() {
  const t = useText(common);
  return (
    <Page title={t('notFoundTitle')} lead={t('notFoundText')}>
      <Button href="/">{t('goHome')}</Button>
    </Page>
  );
}

/** A screen that broke or could not be fetched leaves the frame standing. */
function Screens() {
  const t = useText(common);
  const { path } = useLocation();
  const [broken, setBroken] = useState<string | null>(null);
  const [coming, setComing] = useState(true);
  const screen = useRef(path.split('/')[1]);
  if (broken === path) {
    return (
      <EmptyState
        icon="alert"
        title={t('screenFailedTitle')}
        text={t('screenFailedText')}
        action={
          <Button icon="refresh" onPress={() => location.reload()}>
            {t('reload')}
          </Button>
        }
      />
    );
  }
  return (
    <ErrorBoundary
      onError={(error) => {
        console.error(error);
        setBroken(path);
      }}
    >
      {coming ? <div class="coming" role="status" aria-label={t('loading')} /> : null}
      <Router
        onLoadStart={() => setComing(true)}
        onLoadEnd={() => setComing(false)}
        onRouteChange={(url) => {
          const name = url.split(/[/?]/)[1];
          // Reading goes on in the new screen; within one screen the focus is the screen's own matter.
          if (name !== screen.current) document.getElementById('main')?.focus({ preventScroll: true });
          screen.current = name;
        }}
      >
        <Route path="/" component={First} />
        <Route path="/desk/:claimId?" component={Desk} />
        <Route path="/checks/:versionId" component={Check} />
        <Route path="/studio/:creativeId?" component={Studio} />
        <Route path="/review" component={Review} />
        <Route path="/packs/:versionId?" component={Packs} />
        <Route path="/packs/:versionId/board" component={Board} />
        <Route path="/inbox/:releaseId?" component={Inbox} />
        <Route path="/library/:factId?" component={Library} />
        <Route default component={NotFound} />
      </Router>
    </ErrorBoundary>
  );
}

function SignedIn() {
  useLive();
  return (
    <Shell>
      <Screens />
    </Shell>
  );
}

/** Shows the sign-in in place of any address until someone is signed in; the address stays. */
function Gate() {
  const client = useClient();
  const { setLanguage } = useLanguage();
  const session = useQuery({
    queryKey: sessionKey,
    queryFn: async () => {
      try {
        const me = await client.call('session.me');
        rememberMe(me);
        return me;
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        if (error.status === 401) {
          rememberMe(null);
          return null;
        }
        const known = error.mayPass ? rememberedMe() : null;
        if (known) return known;
        throw error;
      }
    },
    staleTime: 60_000,
  });
  const me = session.data;
  const own = me?.member.language;
  useEffect(() => {
    if (own) setLanguage(own);
  }, [own, setLanguage]);
  if (me) {
    return (
      <MeContext.Provider value={me}>
        <SignedIn />
      </MeContext.Provider>
    );
  }
  if (me === null) {
    return (
      <ErrorBoundary>
        <SignIn />
      </ErrorBoundary>
    );
  }
  if (session.error)
    return <ErrorState problem={toProblem(session.error)} onRetry={() => session.refetch()} />;
  return <Skeleton />;
}

function WithClient() {
  const { language } = useLanguage();
  const setSession = useSetSession();
  const [spoken] = useState({ language, signedOut: () => setSession(null) });
  spoken.language = language;
  const client = useMemo<Client>(
    () => createClient({ language: () => spoken.language, onSignedOut: spoken.signedOut }),
    [spoken],
  );
  return (
    <ClientContext.Provider value={client}>
      <ToastProvider>
        <ShortcutsProvider>
          <Gate />
        </ShortcutsProvider>
      </ToastProvider>
    </ClientContext.Provider>
  );
}

export function App({ queries }: { queries: QueryClient }) {
  return (
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <LocationProvider>
          <WithClient />
        </LocationProvider>
      </LanguageProvider>
    </QueryClientProvider>
  );
}
