import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { connect } from 'node:net'
import { onFrame, sendFrame } from '#proof/bench/floor/frames.ts'

/**
 * The floor's lock: verifies, writes a page durably, signs.
 * Arguments: port, file to write, file with the key, how often to write.
 */
const [port, path, keyPath, syncs] = process.argv.slice(2)
const privateKey = createPrivateKey(readFileSync(keyPath ?? ''))
const publicKey = createPublicKey(privateKey)
const file = openSync(path ?? '', 'w', 0o600)
const page = Buffer.alloc(4096)
const signatureBytes = 64
const encoding = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const

const socket = connect(Number(port), '127.0.0.1', () => process.stdout.write('ready {}\n'))
onFrame(socket, (body) => {
  const message = body.subarray(signatureBytes)
  const signature = body.subarray(0, signatureBytes)
  if (!verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)) return
  for (let count = 0; count < Number(syncs); count += 1) {
    writeSync(file, page, 0, page.length, 0)
    fdatasyncSync(file)
  }
  sendFrame(socket, Buffer.concat([sign('sha256', message, encoding), message]))
})
socket.on('close', () => process.exit(0))
