import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Case } from '#proof/bench/statistics.ts'
import { z } from 'zod'
import { onFrame, sendFrame } from '#proof/bench/floor/frames.ts'
import { startProgram } from '#proof/processes/program.ts'

const relayReady = z.object({ port: z.number() })

/** About what a sealed unlock weighs. */
const messageBytes = 768
const signatureBytes = 64

/**
 * Starts the floor's three processes (this one is the phone).
 * @param syncs how often the lock of the floor makes its page durable before it answers
 * @returns one round trip, and how to end it all
 */
export async function openFloor(
  folder: string,
  syncs: number,
): Promise<{ readonly roundTrip: Case; readonly close: () => Promise<void> }> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keyPath = join(folder, `floor-key-${syncs}.pem`)
  writeFileSync(keyPath, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  const relay = startProgram({ name: 'relay', module: 'proof/bench/floor/relay.ts' })
  const { port } = relayReady.parse(await relay.ready())
  const signer = startProgram({
    name: 'signer',
    module: 'proof/bench/floor/signer.ts',
    args: [String(port), join(folder, `floor-page-${syncs}`), keyPath, String(syncs)],
  })
  await signer.ready()
  const socket = connect(port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  let answered: (body: Buffer) => void = () => undefined
  onFrame(socket, (body) => answered(body))
  const key = { dsaEncoding: 'ieee-p1363' } as const
  const roundTrip = async (): Promise<void> => {
    const message = randomBytes(messageBytes)
    const answer = new Promise<Buffer>((resolve) => (answered = resolve))
    sendFrame(
      socket,
      Buffer.concat([sign('sha256', message, { key: privateKey, ...key }), message]),
    )
    const body = await answer
    const signature = body.subarray(0, signatureBytes)
    if (!verify('sha256', message, { key: publicKey, ...key }, signature))
      throw new Error('bad answer')
  }
  return {
    roundTrip: { run: roundTrip },
    async close() {
      socket.destroy()
      await Promise.all([relay.ended, signer.ended])
    },
  }
}
