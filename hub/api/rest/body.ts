import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { refusal } from '#hub/shell/refusal.ts'

/**
 * Refuses bodies above the limit. Where the length is told, Node reads no byte beyond it (RFC 9112
 * section 6.3), so the header decides, and the body stays what it is: hono's own limit would turn it
 * into a web stream first. It counts what comes without a length.
 */
export function boundBody(bytesMax: number): MiddlewareHandler {
  const counted = bodyLimit({ maxSize: bytesMax, onError: failTooLarge })
  return async (context, next) => {
    const length = context.req.header('content-length')
    const isChunked = context.req.header('transfer-encoding') !== undefined
    if (length === undefined || isChunked) return counted(context, next)
    // What is no number is refused too; Node lets none through.
    if (!(Number(length) <= bytesMax)) failTooLarge()
    return next()
  }
}

function failTooLarge(): never {
  throw refusal('bodyTooLarge')
}
