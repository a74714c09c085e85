import { commandMessage, policyMessage, WireError } from '@mortise/protocol/wire'
import type { Command } from '@mortise/protocol/wire'
import type { Policy } from '@mortise/protocol/words'

/** Undefined for anything but an encoded command. */
export function decodeCommand(bytes: Uint8Array): Command | undefined {
  return decodeOrUndefined(() => commandMessage.decode(bytes))
}

/** Undefined for anything but an encoded policy. */
export function decodePolicy(bytes: Uint8Array): Policy | undefined {
  return decodeOrUndefined(() => policyMessage.decode(bytes))
}

function decodeOrUndefined<Value>(decode: () => Value): Value | undefined {
  try {
    return decode()
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}
