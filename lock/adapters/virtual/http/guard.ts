import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/

/** Sent with every answer. No script, style or picture comes from anywhere but here. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
}

/**
 * Lets through this machine's scripts and the door's own page.
 *
 * - The Host must be a loopback name: with DNS rebinding a foreign name points here, but the
 *   browser still sends that name.
 * - Another site's page may not act or read: a browser says where a request comes from in Origin
 *   or Sec-Fetch-Site (Fetch Metadata, W3C). Following a link to the page is fine.
 * @throws Refusal `foreignHost` or `crossSite`
 */
export function guard(request: IncomingMessage): void {
  const { headers } = request
  if (!LOOPBACK_HOST.test(headers.host ?? '')) throw new Refusal('foreignHost')
  if (isOwnOrigin(headers) && (isOwnSite(headers) || isNavigation(request))) return
  throw new Refusal('crossSite')
}

function isOwnOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  return origin === undefined || origin === `http://${host}`
}

function isOwnSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

function isNavigation({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate'
}
