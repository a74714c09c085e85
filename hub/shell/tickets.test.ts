import assert from 'node:assert/strict'
import test from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { hubLimits } from '@mortise/hub-core'
import { testSeed } from '@mortise/protocol/testing'
import { ticketEntryInput } from '@mortise/protocol/verify'
import { fromHex } from '@mortise/protocol/wire'
import fc from 'fast-check'
import type { StoredTicket } from '#hub/ports/store.ts'
import { createNonces } from '#hub/shell/nonces.ts'
import { createTickets } from '#hub/shell/tickets.ts'
import { codeOf } from '#hub/testing/browser.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'

const lockId = 'ab'.repeat(32)
const invitationId = new Uint8Array(16).fill(7)
const [seed, wrongSeed] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
const publicKey = nodeSealCrypto.ed25519PublicKey(seed)

type Act =
  | { readonly kind: 'report'; readonly what: 'open' | 'used' | 'absent'; readonly livesMs: number }
  | { readonly kind: 'enter'; readonly rightly: boolean }
  | { readonly kind: 'reach'; readonly which: number }
  | { readonly kind: 'pass'; readonly ms: number }

const span = fc.integer({ min: 1, max: 2 * hubLimits.ticketSessionLifeMs })
const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('report' as const),
    what: fc.constantFrom('open' as const, 'used' as const, 'absent' as const),
    livesMs: span,
  }),
  fc.record({ kind: fc.constant('enter' as const), rightly: fc.boolean() }),
  fc.record({ kind: fc.constant('reach' as const), which: fc.nat(3) }),
  fc.record({ kind: fc.constant('pass' as const), ms: span }),
)

/** The slow twin: what a token is good for, told in one sentence each. */
interface Model {
  nowMs: number
  ticket: StoredTicket | undefined
  newest: { readonly token: string; readonly expiresAtMs: number } | undefined
}

function refusedEntry({ ticket, nowMs }: Model, rightly: boolean): string {
  if (ticket === undefined || !rightly) return 'invitationUnknown'
  if (ticket.used) return 'invitationUsed'
  return nowMs >= ticket.notAfterMs ? 'invitationExpired' : ''
}

function reaches({ ticket, newest, nowMs }: Model, token: string): boolean {
  const lives = newest?.token === token && nowMs < newest.expiresAtMs
  return lives && ticket !== undefined && !ticket.used && nowMs < ticket.notAfterMs
}

test('a token reaches its lock exactly while the newest report has the invitation open', async (context) => {
  const { services: hub } = await openTestHub(context)
  const run = async (script: readonly Act[]): Promise<void> => {
    const model: Model = { nowMs: 1_800_000_000_000, ticket: undefined, newest: undefined }
    const needs = {
      ...hub,
      clock: { nowMs: () => model.nowMs, after: () => () => undefined },
      store: { ...hub.store, findTicket: () => Promise.resolve(model.ticket) },
    }
    const tickets = createTickets(needs, createNonces(needs))
    const tokens: string[] = []
    for (const act of script) {
      if (act.kind === 'pass') model.nowMs += act.ms
      else if (act.kind === 'report') {
        const notAfterMs = model.nowMs + act.livesMs
        const ticket = { invitationId, publicKey, notAfterMs, used: act.what === 'used' }
        model.ticket = act.what === 'absent' ? undefined : ticket
      } else if (act.kind === 'enter') {
        const { nonce } = tickets.begin()
        const input = ticketEntryInput(nonce, fromHex(lockId) ?? new Uint8Array(), invitationId)
        const signature = nodeSealCrypto.signEd25519(act.rightly ? seed : wrongSeed, input)
        const entry = tickets.enter({ nonce, lockId, invitationId, signature })
        assert.equal(await codeOf(entry), refusedEntry(model, act.rightly))
        if (refusedEntry(model, act.rightly) !== '') continue
        model.newest = await entry
        tokens.push(model.newest.token)
      } else {
        const token = tokens.at(-1 - act.which) ?? 'A'.repeat(43)
        const expected = reaches(model, token)
        assert.equal(await codeOf(tickets.reach(token)), expected ? '' : 'notSignedIn')
        // Once it was found over, a session stays over.
        if (!expected && token === model.newest?.token) model.newest = undefined
      }
    }
  }
  const chosen = testSeed()
  context.diagnostic(`seed ${chosen}`)
  const scripts = fc.array(acts, { minLength: 5, maxLength: 30 })
  await fc.assert(fc.asyncProperty(scripts, run), { seed: chosen, numRuns: 300 })
})
