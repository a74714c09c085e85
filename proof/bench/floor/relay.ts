import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { onFrame, sendFrame } from '#proof/bench/floor/frames.ts'

/** The floor's hub: passes messages between the first connection (the lock) and the second (the phone). */
const sockets: Socket[] = []
const server = createServer((socket) => {
  const index = sockets.push(socket) - 1
  onFrame(socket, (body) => {
    const other = sockets[1 - index]
    if (other !== undefined) sendFrame(other, body)
  })
  socket.on('close', () => process.exit(0))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') process.stdout.write(`ready ${JSON.stringify(address)}\n`)
})
