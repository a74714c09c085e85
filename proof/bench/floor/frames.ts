import type { Socket } from 'node:net'

const lengthBytes = 4

/** Sends one length-prefixed message in one system call. */
export function sendFrame(socket: Socket, body: Uint8Array): void {
  const frame = Buffer.allocUnsafe(lengthBytes + body.length)
  frame.writeUInt32BE(body.length, 0)
  frame.set(body, lengthBytes)
  socket.write(frame)
}

/** Calls back with each whole message. */
export function onFrame(socket: Socket, handle: (body: Buffer) => void): void {
  let pending: Buffer = Buffer.alloc(0)
  socket.setNoDelay(true)
  socket.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    while (pending.length >= lengthBytes) {
      const end = lengthBytes + pending.readUInt32BE(0)
      if (pending.length < end) return
      handle(pending.subarray(lengthBytes, end))
      pending = pending.subarray(end)
    }
  })
}
