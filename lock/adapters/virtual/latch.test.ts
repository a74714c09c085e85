import { latchContract } from '#lock/ports/latch.contract.ts'
import type { LatchSubject } from '#lock/ports/latch.contract.ts'
import { createLatch } from '#lock/adapters/virtual/latch.ts'
import { createManualTime } from '#lock/adapters/virtual/manual-time.ts'

function open(): LatchSubject {
  const time = createManualTime()
  const { latch, close } = createLatch(time.timers, () => {})
  return {
    latch,
    pass: (ms) => time.advance(ms),
    restart() {
      close()
      return open()
    },
  }
}

latchContract('the virtual latch', open)
