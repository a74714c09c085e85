import type { MiddlewareHandler } from 'hono'
import { corsOrigin } from '#hub/api/rest/guard.ts'
import type { AllowedOrigins } from '#hub/api/rest/guard.ts'

const preflightSeconds = 600

/**
 * Cross-origin resource sharing for configured app origins, with credentials. `authorization` is
 * not among the allowed headers: pages use the cookie, which script cannot read.
 */
export function cors(allowed: AllowedOrigins): MiddlewareHandler {
  return async (context, next) => {
    const origin = corsOrigin(context.req.header('origin'), allowed)
    context.header('vary', 'Origin', { append: true })
    if (origin !== undefined) {
      context.header('access-control-allow-origin', origin)
      context.header('access-control-allow-credentials', 'true')
      context.header('access-control-expose-headers', 'retry-after')
    }
    if (context.req.method !== 'OPTIONS') return next()
    context.status(origin === undefined ? 403 : 204)
    if (origin !== undefined) {
      context.header('access-control-allow-methods', 'GET, POST, DELETE')
      context.header('access-control-allow-headers', 'content-type')
      context.header('access-control-max-age', String(preflightSeconds))
    }
    return context.body(null)
  }
}
