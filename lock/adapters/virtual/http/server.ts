import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { MortiseError } from '@mortise/protocol/errors'
import { renderSVG } from 'uqr'
import type { Timers } from '#lock/ports/index.ts'
import type { VirtualDoor } from '../door.ts'
import { readJson } from './body.ts'
import { guard, SECURITY_HEADERS } from './guard.ts'
import type { PageFile } from './page-files.ts'
import { loadPageFiles } from './page-files.ts'
import { Refusal } from './refusal.ts'
import { HAND_ROUTES } from './routes.ts'
import type { Stream } from './stream.ts'
import { createStream } from './stream.ts'

export interface DoorServer {
  /** Without a slash at the end. */
  readonly url: string
  readonly close: () => Promise<void>
}

export interface DoorServerOptions {
  readonly door: VirtualDoor
  readonly timers: Timers
  /** 0: any free one. */
  readonly port: number
}

interface Context {
  readonly door: VirtualDoor
  readonly stream: Stream
  readonly files: ReadonlyMap<string, PageFile>
}

/** A request is one small body from the same machine. */
const REQUEST_TIMEOUT_MS = 10_000

/**
 * Serves the door and its page on 127.0.0.1.
 * @throws MortiseError `doorPortTaken` (world) when the port cannot be had.
 */
export async function serveDoor({ door, timers, port }: DoorServerOptions): Promise<DoorServer> {
  const context = { door, stream: createStream(door, timers), files: loadPageFiles() }
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    void answer(context, request, response)
  })
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (cause) {
    context.stream.close()
    throw new MortiseError('world', 'doorPortTaken', `port ${port} of the virtual door`, {
      nextStep: 'Choose another port for the virtual door.',
      cause,
    })
  }
  const address = server.address()
  const boundPort = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://127.0.0.1:${boundPort}`,
    async close() {
      const closed = once(server, 'close')
      context.stream.close()
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value)
  try {
    guard(request)
    await dispatch(context, request, response)
  } catch (error) {
    refuse(response, error instanceof Refusal ? error : new Refusal('internal'))
  }
}

async function dispatch(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://door.invalid')
  const act = Object.hasOwn(HAND_ROUTES, pathname) ? HAND_ROUTES[pathname] : undefined
  if (act === undefined) return read(context, request, response, pathname)
  if (request.method !== 'POST') return wrongMethod(response, 'POST')
  const outcome = act(context.door.hands, await readJson(request))
  if (!outcome.done) throw new Refusal(outcome.refusal)
  sendJson(response, 200, context.door.snapshot())
}

function read(
  { door, stream, files }: Context,
  { method }: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): void {
  const file = files.get(pathname)
  const isKnown = file !== undefined || ['/door', '/events', '/setup-code.svg'].includes(pathname)
  if (!isKnown) throw new Refusal('notFound')
  if (method !== 'GET') return wrongMethod(response, 'GET')
  if (file !== undefined) return send(response, 200, file.contentType, file.bytes)
  if (pathname === '/events') return stream.add(response)
  if (pathname === '/door') return sendJson(response, 200, door.snapshot())
  return sendSetupCode(response, door)
}

function sendSetupCode(response: ServerResponse, door: VirtualDoor): void {
  const { setupCode } = door.snapshot()
  if (setupCode === null) throw new Refusal('noSetupCode')
  // ISO/IEC 18004:2015, 9.1 asks for a quiet zone of four modules.
  const svg = renderSVG(setupCode.text, { ecc: 'M', border: 4 })
  send(response, 200, 'image/svg+xml', svg)
}

function wrongMethod(response: ServerResponse, allowed: string): never {
  response.setHeader('allow', allowed)
  throw new Refusal('wrongMethod')
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  // The rest of a body that was too large is not read, so the connection cannot go on.
  if (refusal.code === 'tooLarge') response.setHeader('connection', 'close')
  if (response.headersSent) response.destroy()
  else sendJson(response, refusal.status, refusal)
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  send(response, status, 'application/json; charset=utf-8', `${JSON.stringify(value)}\n`)
}

function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
): void {
  response.writeHead(status, { 'content-type': contentType })
  response.end(body)
}
