import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { TestContext } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { openHub } from '@mortise/hub'
import { signHubNonce } from '@mortise/keyholder'
import { createRestClient, isRestErrorCode, restPrefix, routes } from '@mortise/protocol/rest'
import type { Route } from '@mortise/protocol/rest'
import { seededRandom, testSeed } from '@mortise/protocol/testing'
import { linkSigningInput } from '@mortise/protocol/verify'
import { decodeHubText, fromBase64Url, linkFrameMessage } from '@mortise/protocol/wire'
import type { HubText, LinkFrame } from '@mortise/protocol/wire'
import { WebSocket } from 'ws'
import { openDiskLock } from '#proof/testing/disk-lock.ts'
import { pick } from './random.ts'
import type { Target } from './target.ts'
import { messageTargets } from './targets/messages.ts'
import { restTargets } from './targets/rest.ts'

/** The real hub behind real sockets: bodies over HTTP, frames over WebSocket. */

const seed = testSeed()
const bodiesPerRoute = 100
const visits = 60
const framesPerVisit = 8

async function openFuzzedHub(context: TestContext) {
  const data = mkdtempSync(join(tmpdir(), 'mortise-proof-fuzz-'))
  const failures: string[] = []
  // A minute passes with every request, so that no limit hides the decoders behind it.
  let passedMs = 0
  const hub = await openHub({
    data,
    trustedProxies: 1,
    clock: {
      nowMs: () => Date.now() + passedMs,
      after(delayMs, callback) {
        const timer = setTimeout(callback, delayMs).unref()
        return () => clearTimeout(timer)
      },
    },
    writeLogLine(line) {
      if (line.includes('"error"')) failures.push(line)
    },
  })
  context.after(async () => {
    await hub.close()
    rmSync(data, { recursive: true, force: true })
  })
  const passTime = (): void => {
    passedMs += 60_000
  }
  return { hub, base: `http://127.0.0.1:${hub.port}`, data, failures, passTime }
}

/** An account with a device key, made with the link that the hub prints. */
async function signUp(base: string, setupLink: string | undefined): Promise<string> {
  const setupToken = fromBase64Url(new URL(setupLink ?? '').hash.slice(1))
  assert.ok(setupToken)
  const client = createRestClient(fetch, base)
  const deviceSeed = crypto.randomBytes(32)
  const publicKey = crypto.ed25519PublicKey(deviceSeed)
  const { nonce } = await client.beginSetup({ setupToken })
  const signature = signHubNonce(crypto, deviceSeed, 'registration', nonce)
  return (await client.setupDevice({ setupToken, nonce, name: 'Ada', publicKey, signature })).token
}

function targetNamed(targets: readonly Target[], name: string): Target {
  const target = targets.find((one) => one.name === name)
  assert.ok(target)
  return target
}

describe(`the whole hub, MORTISE_SEED=${seed}`, () => {
  test('every body is answered with the schema’s answer or a code of ours', async (context) => {
    const { hub, base, failures, passTime } = await openFuzzedHub(context)
    const token = await signUp(base, await hub.makeSetupLink())
    const random = seededRandom(seed)
    const targets = restTargets(seed)
    const verdicts = new Set<string>()
    for (const [name, route] of Object.entries(routes) as readonly (readonly [string, Route])[]) {
      // Signing out works, and would leave the others signed out.
      if (route.body === undefined || name === 'signOut') continue
      const target = targetNamed(targets, `body ${name}`)
      const path = route.path.replaceAll(/:[A-Za-z]+/g, 'a'.repeat(64))
      for (let number = 0; number < bodiesPerRoute; number += 1) {
        passTime()
        const answer = await fetch(base + restPrefix + path, {
          method: route.method,
          headers: {
            'content-type': 'application/json',
            'x-forwarded-for': Array.from(random.bytes(4)).join('.'),
            ...(route.access === 'signedIn' && { authorization: `Bearer ${token}` }),
          },
          body: Uint8Array.from(target.next(random)),
        })
        const body: unknown = await answer.json()
        assert.notEqual(answer.status, 500, `${name}, number ${number}`)
        if (answer.ok) assert.ok(route.answer.safeParse(body).success)
        else {
          assert.ok(typeof body === 'object' && body !== null && 'code' in body)
          assert.ok(typeof body.code === 'string' && isRestErrorCode(body.code))
          verdicts.add(body.code)
        }
      }
    }
    assert.deepEqual(failures, [])
    context.diagnostic([...verdicts].join(', '))
    assert.ok(verdicts.has('malformedRequest'))
    assert.equal(verdicts.has('rateLimited'), false, 'a limit hides the decoders')
    assert.equal((await createRestClient(fetch, base).getHealth()).status, 'ok')
  })

  test('frames of strangers and of a mad lock end their connection at most', async (context) => {
    const { hub, failures, data, passTime } = await openFuzzedHub(context)
    const text = decodeHubText(crypto.sha256, hub.hubText)
    const random = seededRandom(seed)
    const frames = targetNamed(messageTargets(seed), 'linkFrame')
    for (let visit = 0; visit < visits; visit += 1) {
      passTime()
      const socket = new WebSocket(text.url)
      const closed = once(socket, 'close')
      if (pick(random, [true, false])) await proveAsLock(socket, text)
      else await once(socket, 'message')
      for (let number = 0; number < framesPerVisit; number += 1) socket.send(frames.next(random))
      // A whole frame that no lock may send, so that every visit comes to its end.
      socket.send(linkFrameMessage.encode({ type: 'acknowledge', sequence: 0 }))
      await closed
    }
    assert.deepEqual(failures, [])
    await assertServesLock(data, text)
  })
})

/** A lock that holds the hub's text, and goes mad after its handshake. */
async function proveAsLock(socket: WebSocket, { hubKey, enrolmentSecret }: HubText): Promise<void> {
  const [data]: unknown[] = await once(socket, 'message')
  assert.ok(data instanceof Uint8Array)
  const hello: LinkFrame = linkFrameMessage.decode(new Uint8Array(data))
  assert.ok(hello.type === 'hubHello')
  const lockSeed = crypto.randomBytes(32)
  const lockKey = crypto.ed25519PublicKey(lockSeed)
  const sealingKey = crypto.x25519PublicKey(crypto.randomBytes(32))
  const nonce = crypto.randomBytes(32)
  const transcript = { hubKey, hubNonce: hello.nonce, lockKey, lockNonce: nonce, sealingKey }
  const signature = crypto.signEd25519(lockSeed, linkSigningInput('linkLock', transcript))
  const enrolment = crypto.hmacSha256(
    enrolmentSecret,
    linkSigningInput('linkEnrolment', transcript),
  )
  const answer = { type: 'lockHello', v: 1, lockKey, sealingKey, nonce, signature, enrolment }
  socket.send(linkFrameMessage.encode({ ...answer, type: 'lockHello', v: 1 }))
  await once(socket, 'message')
}

/** A sane lock joins the hub, and its first entries become durable there. */
async function assertServesLock(data: string, hub: HubText): Promise<void> {
  const disk = openDiskLock({ folder: join(data, 'sane'), hub })
  try {
    while (disk.store.acknowledgedSequence() < disk.linked.newestSequence()) {
      await new Promise(setImmediate)
    }
    assert.ok(disk.linked.newestSequence() > 0)
  } finally {
    await disk.close()
  }
}
