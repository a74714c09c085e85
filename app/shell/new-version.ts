type OnFound = (worker: ServiceWorker) => void

/**
 * Registers the worker that keeps the app readable offline. A new version is only announced: it takes
 * over when the person says so, never under somebody who is unlocking.
 * @returns how to switch to the version that waits.
 */
export function watchVersions(onFound: () => void): () => void {
  if (!('serviceWorker' in navigator)) return () => location.reload()
  const { serviceWorker } = navigator
  let waiting: ServiceWorker | null = null
  let wanted = false
  serviceWorker.addEventListener('controllerchange', () => {
    if (wanted) location.reload()
  })
  register(serviceWorker, (worker) => {
    waiting = worker
    onFound()
  })
    // Without a worker the app works as before and is not readable offline.
    .catch(() => undefined)
  return () => {
    wanted = true
    if (waiting === null) location.reload()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name.
    else waiting.postMessage('takeOver')
  }
}

async function register(container: ServiceWorkerContainer, onFound: OnFound): Promise<void> {
  const registration = await container.register('/sw.js')
  const tell = (worker: ServiceWorker | null): void => {
    // Without a controller this is the first version, which replaces nothing.
    if (worker?.state === 'installed' && container.controller !== null) onFound(worker)
  }
  tell(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => tell(worker))
  })
}
