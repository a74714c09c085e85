import { createRestClient } from '@mortise/protocol/rest'
import type { FetchInit, FetchLike, RestClient } from '@mortise/protocol/rest'
import type { FakePasskey } from '#hub/testing/fake-passkey.ts'

/** What a page sends and keeps that `fetch` in Node does not. */
export interface Browser {
  readonly client: RestClient
  /** Adds what the browser would, sends, keeps cookies. */
  readonly request: (path: string, init?: Partial<RequestInit>) => Promise<Response>
  /** `name=value` of the cookies as they would be sent. */
  readonly cookies: Map<string, string>
  /** Whole `Set-Cookie` lines that came. */
  readonly setCookies: string[]
}

export interface BrowserOptions {
  /** Where the page is from; default the hub's own origin. */
  readonly pageOrigin?: string
  readonly fetchSite?: string
}

/** A page of the app, with a cookie jar. Reaches the hub on 127.0.0.1, names it by its origin. */
export function openBrowser(
  hub: { readonly origin: string; readonly port: number },
  options: BrowserOptions = {},
): Browser {
  const cookies = new Map<string, string>()
  const setCookies: string[] = []
  const request: Browser['request'] = async (path, init = {}) => {
    const headers = new Headers(init.headers)
    if (!headers.has('origin')) headers.set('origin', options.pageOrigin ?? hub.origin)
    headers.set('sec-fetch-site', options.fetchSite ?? 'same-origin')
    if (cookies.size > 0) {
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    }
    const answer = await fetch(`http://127.0.0.1:${hub.port}${path}`, { ...init, headers })
    for (const line of answer.headers.getSetCookie()) {
      setCookies.push(line)
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  const fetchLike: FetchLike = (url, init: FetchInit) =>
    request(new URL(url).pathname + new URL(url).search, {
      method: init.method,
      headers: init.headers,
      ...(init.body === undefined ? {} : { body: init.body }),
      ...(init.signal === undefined ? {} : { signal: init.signal }),
    })
  return { client: createRestClient(fetchLike, hub.origin), request, cookies, setCookies }
}

/** Makes the first account. */
export async function setUpWith(
  browser: Browser,
  passkey: FakePasskey,
  setupLink: string | undefined,
  name = 'Ada',
) {
  const setupToken = tokenOf(setupLink)
  const { nonce } = await browser.client.beginSetup({ setupToken })
  const request = { setupToken, nonce, name, passkey: passkey.register(nonce) }
  return browser.client.finishSetup(request)
}

/** The token in the fragment of a setup link. */
export function tokenOf(setupLink: string | undefined): Uint8Array {
  const fragment = new URL(setupLink ?? '').hash.slice(1)
  return Uint8Array.fromBase64(fragment, { alphabet: 'base64url' })
}

export async function signInWith(browser: Browser, passkey: FakePasskey) {
  const { nonce } = await browser.client.beginSignIn({})
  return browser.client.finishSignIn({ nonce, ...passkey.assert(nonce) })
}

/** Why a call was refused; the empty text when it was not. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return ''
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
