import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import type { TestContext } from 'node:test'
import { openTestHub, temporaryFolder } from '#hub/testing/test-hub.ts'

const page = '<!doctype html><title>app</title>'

async function openWithApp(context: TestContext) {
  const folder = temporaryFolder(context)
  mkdirSync(join(folder, 'dist', 'assets'), { recursive: true })
  const files = {
    'secret.txt': 'outside of the app',
    'dist/index.html': page,
    'dist/service-worker.js': 'self',
    'dist/manifest.webmanifest': '{}',
    'dist/assets/index-BX3k9_q2.js': 'run()',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const hub = await openTestHub(context, { appFolder: join(folder, 'dist') })
  return { hub, get: (path: string) => fetch(`http://127.0.0.1:${hub.port}${path}`) }
}

const immutable = 'public, max-age=31536000, immutable'
const files: readonly (readonly [string, number, string, string])[] = [
  ['/', 200, page, 'no-cache'],
  ['/index.html', 200, page, 'no-cache'],
  ['/setup', 200, page, 'no-cache'],
  ['/door/history', 200, page, 'no-cache'],
  ['/service-worker.js', 200, 'self', 'no-cache'],
  ['/assets/index-BX3k9_q2.js', 200, 'run()', immutable],
]
test('serves the app, hashed files for good and the rest anew each time', async (context) => {
  const { get } = await openWithApp(context)
  for (const [path, status, text, caching] of files) {
    const answer = await get(path)
    assert.equal(answer.status, status, path)
    assert.equal(await answer.text(), text, path)
    assert.equal(answer.headers.get('cache-control'), caching, path)
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.match(policy, /script-src 'self'; style-src 'self';/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe/)
  }
})

const missing = [
  '/assets/gone-BX3k9_q2.js',
  '/favicon.ico',
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/api/v1/nothing',
  '/api/nothing',
]
test('serves nothing from outside, and no page where a file is missing', async (context) => {
  const { get } = await openWithApp(context)
  for (const path of missing) {
    const answer = await get(path)
    const text = await answer.text()
    assert.doesNotMatch(text, /outside of the app/, path)
    if (path !== '/../secret.txt' && path !== '/%2e%2e/secret.txt') {
      assert.equal(answer.status, 404, path)
    }
    assert.notEqual(answer.headers.get('cache-control'), immutable, path)
  }
})

test('tells the app that it is in convenience mode, and where the hub is', async (context) => {
  const { hub, get } = await openWithApp(context)
  assert.deepEqual(await (await get('/config.json')).json(), {
    mode: 'convenience',
    hubOrigin: hub.origin,
    relyingPartyId: 'localhost',
  })
  assert.ok((await hub.makeSetupLink())?.startsWith(`${hub.origin}/setup#`))
})

test('without a built app only the API answers', async (context) => {
  const hub = await openTestHub(context, { appFolder: join(temporaryFolder(context), 'nothing') })
  for (const path of ['/', '/config.json', '/setup']) {
    assert.equal((await fetch(`http://127.0.0.1:${hub.port}${path}`)).status, 404)
  }
})
