/// <reference lib="webworker" />

/** Filled in by the build: every file of this version, each named by its content. */
declare const SHELL_FILES: readonly string[]

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this file runs in a service worker and nowhere else.
const scope = self as unknown as ServiceWorkerGlobalScope
const files = SHELL_FILES
const page = '/'
/** Named by what is in it, so that two versions never mix in one cache. */
const cacheName = `mortise-${fingerprint(files.join(' '))}`
const configPath = '/config.json'

scope.addEventListener('install', (event) => {
  // No skipWaiting: an open app keeps the version that it was opened with.
  // The page that registers this worker has read the configuration already, and may never again.
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll([...files, configPath])))
})

scope.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers().then(() => scope.clients.claim()))
})

scope.addEventListener('message', (event) => {
  if (event.data === 'takeOver') void scope.skipWaiting()
})

scope.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== scope.location.origin) return
  // The hub's word is never answered from a cache.
  if (pathname.startsWith('/api/')) return
  if (pathname === configPath) event.respondWith(newestConfig(request))
  else if (request.mode === 'navigate') event.respondWith(kept(page, request))
  else if (files.includes(pathname)) event.respondWith(kept(pathname, request))
})

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  return (await cache.match(path)) ?? fetch(request)
}

/** Where the hub is: asked each time, and as last heard when nobody answers. */
async function newestConfig(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put(configPath, answer.clone())
    return answer
  } catch {
    return (await cache.match(configPath)) ?? Response.error()
  }
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith('mortise-') && name !== cacheName)
  await Promise.all(old.map((name) => caches.delete(name)))
}

/** FNV-1a, 32 bits: tells versions apart, guards nothing. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return (hash >>> 0).toString(16)
}
