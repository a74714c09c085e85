import { storeContract } from '#lock/ports/store.contract.ts'
import { createMemoryDisk } from './store.ts'

storeContract('the memory store', () => {
  const disk = createMemoryDisk()
  return { store: disk.open(), openAgain: () => disk.open() }
})
