import assert from 'node:assert/strict'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { entryHash, genesisHead, verifyForward } from '@mortise/protocol/chain'
import { toHex } from '@mortise/protocol/wire'
import type { Binding, Entry } from '@mortise/protocol/words'
import type { PinTag, Registers, Stored, StoredUsage, Write } from '#core/index.ts'
import { freshRegisters } from '#core/index.ts'

/** A store in memory: what a power cut leaves is exactly what was applied. */
export class TestStore {
  readonly lockId: Uint8Array
  readonly encodedEntries: Uint8Array[] = []
  journalFrom = 1
  registers: Registers = freshRegisters
  policy: Uint8Array | undefined
  bindings: readonly Binding[] = []
  matter: Uint8Array | undefined
  readonly usages = new Map<string, StoredUsage>()
  /** The next opening finds nothing of this any more. */
  endsLife = false
  private readonly tags = new Map<string, PinTag>()

  constructor(lockId: Uint8Array) {
    this.lockId = lockId
  }

  apply(writes: readonly Write[]): void {
    for (const write of writes) this.applyOne(write)
  }

  private applyOne(write: Write): void {
    switch (write.type) {
      case 'entry':
        assert.equal(write.sequence, this.encodedEntries.length + 1)
        this.encodedEntries.push(write.bytes)
        break
      case 'entriesPruned':
        this.journalFrom = write.throughSequence + 1
        break
      case 'policy':
        this.policy = write.policy
        break
      case 'pinTag':
        this.tags.set(toHex(write.credentialId), write)
        break
      case 'pinTagRemoved':
        this.tags.delete(toHex(write.credentialId))
        break
      case 'bindings':
        this.bindings = write.bindings
        break
      case 'factoryReset':
        this.policy = undefined
        this.bindings = []
        this.matter = undefined
        this.tags.clear()
        this.usages.clear()
        this.endsLife = true
        break
      case 'registers':
        this.registers = write.registers
        break
      case 'usage':
        this.usages.set(toHex(write.userId), write)
        break
      case 'usageRemoved':
        this.usages.delete(toHex(write.userId))
        break
      case 'matter':
        this.matter = write.database
        break
    }
  }

  load(): Stored {
    const last = this.encodedEntries.at(-1)
    return {
      lockId: this.lockId,
      registers: this.registers,
      chainHead:
        last === undefined
          ? genesisHead(crypto, this.lockId)
          : { sequence: this.encodedEntries.length, hash: entryHash(crypto, last) },
      ...(this.policy === undefined ? {} : { policy: this.policy }),
      ...(this.journalFrom === 1 ? {} : { journalFrom: this.journalFrom }),
      pinTags: this.pinTags(),
      bindings: this.bindings,
      usages: [...this.usages.values()].map(({ userId, usage }) => ({ userId, usage })),
      ...(this.matter === undefined ? {} : { matter: this.matter }),
    }
  }

  pinTags(): readonly PinTag[] {
    return [...this.tags.values()].map(({ credentialId, tag }) => ({ credentialId, tag }))
  }

  /** All entries, after their chain was verified. */
  journal(): readonly Entry[] {
    const { entries, fault } = verifyForward(
      crypto,
      genesisHead(crypto, this.lockId),
      this.encodedEntries,
    )
    assert.equal(fault, undefined)
    return entries
  }
}
