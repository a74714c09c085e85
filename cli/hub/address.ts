import { CliError } from '#cli/errors.ts'

/** Where `npm start` puts the hub. */
export const defaultHub = 'http://localhost:8080'

/**
 * Checks the address of a hub and returns its origin.
 * @param plainHttp allows http to another machine, where others on the way read the session's token
 *   and see who speaks to which lock; they can still not open anything.
 * @throws CliError `badHubAddress`
 */
export function hubOrigin(address: string, plainHttp: boolean): string {
  const url = URL.parse(address)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw wrong(`"${address}" is no address of a hub`, 'Write it as https://hub.example')
  }
  if (url.username !== '' || url.password !== '') {
    throw wrong('An address must not hold a password', 'Write it as https://hub.example')
  }
  if (url.protocol === 'http:' && !plainHttp && !isLoopback(url.hostname)) {
    const nextStep = 'Use https, or allow it with --plain-http in a network that you trust.'
    throw wrong('The address is http, which everybody on the way can read', nextStep)
  }
  return url.origin
}

/** RFC 6761 section 6.3, RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3. */
function isLoopback(hostName: string): boolean {
  if (hostName === 'localhost' || hostName.endsWith('.localhost') || hostName === '[::1]')
    return true
  return /^127\.\d+\.\d+\.\d+$/.test(hostName)
}

function wrong(message: string, nextStep: string): CliError {
  return new CliError('badHubAddress', message, nextStep)
}
