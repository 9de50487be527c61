/**
 * Keeps the district inbox readable without a line, and forgets what was taken back. It imports nothing, so that
 * it is one plain script at `/inbox-worker.js`.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
const shellCache = 'tathya-shell';
const inboxCache = 'tathya-inbox';
const inboxPath = '/api/inbox';

/** The release an address is about; null for the list and everything else. */
function releaseOf(path: string): string | null {
  return /^\/api\/inbox\/([^/]+)/.exec(path)?.[1] ?? null;
}

async function forgetReleases(gone: (releaseId: string) => boolean): Promise<void> {
  const cache = await caches.open(inboxCache);
  for (const { url } of await cache.keys()) {
    const releaseId = releaseOf(new URL(url).pathname);
    if (releaseId !== null && gone(releaseId)) await cache.delete(url);
  }
}

/** What the server's list no longer carries is deleted; a recall at once, on whatever page the list stands. */
async function follow(list: Response): Promise<void> {
  // The server filters its answer by the inbox schema.
  const { items, recalls, nextCursor, silentUntil } = (await list.json()) as {
    items: { releaseId: string }[];
    recalls: { releaseId: string }[];
    nextCursor: string | null;
    silentUntil: string | null;
  };
  const live = new Set(items.map(({ releaseId }) => releaseId));
  const taken = new Set(recalls.map(({ releaseId }) => releaseId));
  const whole = nextCursor === null && silentUntil === null;
  await forgetReleases((id) => taken.has(id) || (whole && !live.has(id)));
}

async function stored(cacheName: string, key: string): Promise<Response | undefined> {
  const cache = await caches.open(cacheName);
  return cache.match(key, { ignoreVary: true });
}

async function store(cacheName: string, key: string, response: Response): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.put(key, response);
}

/** The server's answer, or the kept one when there is no line. */
async function freshOrKept(request: Request, path: string): Promise<Response> {
  const kept = await stored(inboxCache, path);
  const tag = /\/files\//.test(path) ? kept?.headers.get('etag') : null;
  try {
    const response = await fetch(tag ? new Request(path, { headers: { 'if-none-match': tag } }) : request);
    if (kept && (response.status === 304 || response.status >= 500)) return kept;
    if (response.status === 401) await caches.delete(inboxCache);
    const releaseId = releaseOf(path);
    if (releaseId !== null && [403, 404, 410].includes(response.status)) {
      await forgetReleases((id) => id === releaseId);
    }
    if (response.status === 200) {
      if (path === inboxPath) await follow(response.clone());
      await store(inboxCache, path, response.clone());
    }
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/** Pictures do not change under one address; whoever may not see them any more has lost the whole release. */
async function keptOrFresh(request: Request, cacheName: string, key: string): Promise<Response> {
  const kept = await stored(cacheName, key);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.status === 200) await store(cacheName, key, response.clone());
  return response;
}

async function page(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    if (response.ok) await store(shellCache, '/', response.clone());
    return response;
  } catch (error) {
    const kept = await stored(shellCache, '/');
    if (kept) return kept;
    throw error;
  }
}

/** Another person, or nobody: what was read for the last one goes. */
async function session(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (response.ok) await caches.delete(inboxCache);
  return response;
}

function answer(request: Request): Promise<Response> | null {
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== worker.location.origin) return null;
  if (pathname === '/api/session') return session(request);
  if (request.method !== 'GET') return null;
  if (pathname.startsWith('/assets/')) return keptOrFresh(request, shellCache, pathname);
  if (pathname.startsWith(`${inboxPath}/`) && pathname.includes('/previews/')) {
    return keptOrFresh(request, inboxCache, pathname);
  }
  if ((pathname === inboxPath && search === '') || releaseOf(pathname) !== null) {
    return freshOrKept(request, pathname);
  }
  return request.mode === 'navigate' && !pathname.startsWith('/api/') ? page(request) : null;
}

/** The page names the files it runs on; those of an older build go. */
async function keepShell(assets: readonly string[]): Promise<void> {
  const cache = await caches.open(shellCache);
  const wanted = new Set(assets);
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname.startsWith('/assets/') && !wanted.has(pathname)) await cache.delete(url);
  }
  for (const asset of [...assets, '/']) {
    if (!(await cache.match(asset, { ignoreVary: true }))) await cache.add(asset);
  }
}

function assetsIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('assets' in data) || !Array.isArray(data.assets))
    return [];
  return data.assets.filter((asset): asset is string => typeof asset === 'string');
}

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('message', (event) => {
  const assets = assetsIn(event.data);
  // Without a line the shell is kept on a later visit.
  if (assets.length > 0) event.waitUntil(keepShell(assets).catch(() => undefined));
});
worker.addEventListener('fetch', (event) => {
  const response = answer(event.request);
  if (response) event.respondWith(response);
});

export {};
