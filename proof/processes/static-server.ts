import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import type { TestContext } from 'node:test'
import { MortiseError } from '@mortise/protocol/errors'

export interface StaticServer {
  readonly origin: string
  /** Puts the app there, which knows its hub from then on. */
  readonly serve: (files: StaticFiles) => void
}

export interface StaticFiles {
  readonly folder: string
  /** The whole content security policy. */
  readonly policy: string
  /** What `/config.json` says; the hub does not serve this one. */
  readonly config: object
}

/**
 * An origin without a hub behind it, on a port of its own; gone with the test. It begins with a
 * page that does nothing, because the hub wants to know the origin before the app knows the hub.
 */
export async function openStaticServer(t: TestContext): Promise<StaticServer> {
  let files: StaticFiles | undefined
  const server = createServer((request, response) => answer(files, request, response))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.after(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return {
    origin: `http://localhost:${portOf(server)}`,
    serve(next) {
      files = next
    },
  }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

function answer(
  files: StaticFiles | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname } = new URL(request.url ?? '/', 'http://static.invalid')
  if (files === undefined) {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Another site</title>')
    return
  }
  const headers = { 'content-security-policy': files.policy, 'cache-control': 'no-cache' }
  if (pathname === '/config.json') {
    response.writeHead(200, { ...headers, 'content-type': 'application/json' })
    response.end(JSON.stringify(files.config))
    return
  }
  const path = fileOf(files.folder, pathname)
  if (path === undefined) {
    response.writeHead(404, headers).end()
    return
  }
  const contentType = types[extname(path)] ?? 'application/octet-stream'
  response.writeHead(200, { ...headers, 'content-type': contentType })
  response.end(readFileSync(path))
}

/** Folders have a page of their own; nothing else is guessed, as on the plainest of hosts. */
function fileOf(folder: string, pathname: string): string | undefined {
  const path = join(folder, normalize(decodeURIComponent(pathname)))
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isFile() === true) return path
  const page = join(path, 'index.html')
  return statSync(page, { throwIfNoEntry: false })?.isFile() === true ? page : undefined
}

function portOf(server: Server): number {
  const address = server.address()
  if (typeof address === 'object' && address !== null) return address.port
  throw new MortiseError('bug', 'noPort', 'the server listens on no port')
}
