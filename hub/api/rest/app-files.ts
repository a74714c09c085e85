import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { appConfig } from '@mortise/protocol/rest'
import type { AppConfig } from '@mortise/protocol/rest'
import type { Hono } from 'hono'
import type { HubSettings } from '#hub/shell/dependencies.ts'
import type { Env } from '#hub/api/rest/call.ts'

/** Vite names files under `assets/` by their content. */
const hashedFile = /^\/assets\/.+-[\w-]{8,}\.\w+$/

/** Whether there is an app to serve. */
export function hasApp(folder: string | undefined): folder is string {
  return folder !== undefined && existsSync(join(folder, 'index.html'))
}

/**
 * Convenience mode: the hub serves the app's code itself. Whoever owns the hub could then serve
 * other code; the app says so, and the lock bounds the damage.
 */
export function serveApp(app: Hono<Env>, folder: string, settings: HubSettings): void {
  const config: AppConfig = appConfig.parse({
    mode: 'convenience',
    hubOrigin: settings.origin,
    relyingPartyId: settings.relyingPartyId,
  })
  app.get('/config.json', (context) => {
    context.header('cache-control', 'no-cache')
    return context.json(config)
  })
  app.use('*', async (context, next) => {
    await next()
    if (!context.req.path.startsWith('/api/')) {
      context.header('cache-control', cachingOf(context.req.path, context.res.status))
    }
  })
  app.use('*', serveStatic<Env>({ root: folder }))
  // Addresses inside the app, such as /setup, are all the one page.
  const page = serveStatic<Env>({ path: join(folder, 'index.html') })
  app.get('*', async (context, next) => {
    const isFile = /\.\w+$/.test(context.req.path)
    return isFile || context.req.path.startsWith('/api/') ? next() : page(context, next)
  })
}

/** Hashed files never change; the page and the service worker must be asked for each time. */
function cachingOf(path: string, status: number): string {
  const isKept = status < 300 && hashedFile.test(path)
  return isKept ? 'public, max-age=31536000, immutable' : 'no-cache'
}
