import { hubLimits } from '@mortise/hub-core'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/** In the `Cookie` header it is `__Host-session` (RFC 6265bis section 4.1.3.2). */
const name = 'session'

export function readSessionCookie(context: Context): string | undefined {
  return getCookie(context, name, 'host')
}

/** Sets the session cookie: never readable by script, never for another host, only over TLS or to localhost. */
export function writeSessionCookie(context: Context, token: string): void {
  setCookie(context, name, token, {
    ...attributes(context),
    maxAge: hubLimits.sessionLifeMs / 1_000,
  })
}

export function clearSessionCookie(context: Context): void {
  deleteCookie(context, name, attributes(context))
}

/**
 * `Strict` wherever the browser itself says that the app is same-site: on the hub's own origin,
 * and on a sibling name such as app.example.org beside hub.example.org. Only an app on another
 * site gets `None`, and then `Partitioned`, so that the cookie exists under that app alone and
 * third-party cookie blocking lets it be.
 */
function attributes(context: Context) {
  const isCrossSite = context.req.header('sec-fetch-site') === 'cross-site'
  return {
    prefix: 'host',
    path: '/',
    secure: true,
    httpOnly: true,
    ...(isCrossSite
      ? ({ sameSite: 'None', partitioned: true } as const)
      : ({ sameSite: 'Strict' } as const)),
  } as const
}
