/** What a browser says about where a request comes from. */
export interface RequestOrigin {
  /** `Origin` (RFC 6454 section 7); browsers send it with every unsafe request. */
  readonly origin: string | undefined
  /** `Sec-Fetch-Site` (Fetch Metadata Request Headers, W3C). */
  readonly site: string | undefined
  readonly hasSessionCookie: boolean
}

/** Where the app may live. */
export interface AllowedOrigins {
  readonly own: string
  readonly apps: readonly string[]
}

/**
 * Whether an unsafe request may act. Against cross-site request forgery it is not enough that the
 * body is JSON, so the browser's own words are checked, and both must agree:
 * - with `Origin`: it must be the hub's or a configured app's, and must not contradict `Sec-Fetch-Site`;
 * - without `Origin` it is a program and no page: it must carry neither `Sec-Fetch-Site` nor the cookie.
 */
export function mayAct({ origin, site, hasSessionCookie }: RequestOrigin, allowed: AllowedOrigins) {
  if (origin === undefined) return site === undefined && !hasSessionCookie
  if (origin === allowed.own) return site === undefined || site === 'same-origin'
  if (!allowed.apps.includes(origin)) return false
  return site === undefined || site === 'same-site' || site === 'cross-site'
}

/** The value of `Access-Control-Allow-Origin`: that very origin, or none. Never `*`, never a reflection. */
export function corsOrigin(origin: string | undefined, allowed: AllowedOrigins) {
  return origin !== undefined && allowed.apps.includes(origin) ? origin : undefined
}
