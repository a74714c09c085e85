import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/**
 * Whom a request counts for: the address of the socket, or, behind so many proxies of one's own,
 * the entry of `X-Forwarded-For` that the outermost of them wrote. What a client writes into that
 * header itself stands further left and is never looked at.
 */
export function addressOf(
  request: Pick<IncomingMessage, 'headers'> & {
    readonly socket: { readonly remoteAddress?: string | undefined }
  },
  trustedProxies: number,
): string {
  const socketAddress = request.socket.remoteAddress ?? 'unknown'
  if (trustedProxies === 0) return networkOf(socketAddress)
  const header = request.headers['x-forwarded-for']
  const text = Array.isArray(header) ? header.join(',') : (header ?? '')
  const forwarded = text.split(',').map((part) => part.trim())
  const entry = forwarded.at(-trustedProxies)
  return networkOf(entry === undefined || entry === '' ? socketAddress : entry)
}

/** Addresses as limits count them: of IPv6 the first 64 bits, which belong to one household. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  return `${expand(address).slice(0, 4).join(':')}::/64`
}

/** The eight groups of an IPv6 address. */
function expand(address: string): readonly string[] {
  const [before = '', after] = (address.split('%')[0] ?? '').split('::')
  const left = before === '' ? [] : before.split(':')
  const right = after === undefined || after === '' ? [] : after.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  const groups = after === undefined ? left : [...left, ...zeros, ...right]
  return groups.map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
}
