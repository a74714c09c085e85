import type { MiddlewareHandler } from 'hono'

/** No page of the API runs anything. */
const apiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Scripts and styles from files only; pictures also as data (QR codes) and blob (camera frames). */
const appPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The camera reads claim texts, passkeys sign; the app needs nothing else of the device. */
const permissions = [
  'camera=(self)',
  'publickey-credentials-get=(self)',
  'publickey-credentials-create=(self)',
  'microphone=()',
  'geolocation=()',
  'payment=()',
  'usb=()',
  'serial=()',
  'display-capture=()',
].join(', ')

/** Two years, without subdomains: other hosts of the domain are not ours to decide about. */
const strictTransport = 'max-age=63072000'

/**
 * On every answer (ASVS 5.0 section 3.4). Set before the answer is made, because a header that comes
 * after it makes the server turn the whole answer into a stream and back, which costs a tap a
 * millisecond and more.
 */
export function securityHeaders(origin: string): MiddlewareHandler {
  const overTls = origin.startsWith('https:')
  return async (context, next) => {
    const isApi = context.req.path.startsWith('/api/')
    context.header('content-security-policy', isApi ? apiPolicy : appPolicy)
    context.header('x-content-type-options', 'nosniff')
    context.header('referrer-policy', 'no-referrer')
    context.header('permissions-policy', permissions)
    context.header('x-frame-options', 'DENY')
    context.header('cross-origin-opener-policy', 'same-origin')
    context.header('cross-origin-resource-policy', 'same-origin')
    if (overTls) context.header('strict-transport-security', strictTransport)
    if (isApi) context.header('cache-control', 'no-store')
    await next()
  }
}
