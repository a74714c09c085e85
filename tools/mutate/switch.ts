/** Thrown into a test that takes more steps than any honest run of it: it no longer ends. */
const endless = AbortSignal.abort('a test runs without end')

/**
 * What `isMutant(id)` asks in a broken file: whether that fault is switched on. It also counts its
 * questions, so that an endless loop ends after the same number of steps on every machine.
 */
export interface Switch {
  /** The mutant that acts; 0 is none. */
  active: number
  steps: number
  stepsMax: number
  /** Where to note which places were reached; absent when nobody wants to know. */
  reached: Set<number> | undefined
}

declare global {
  // oxlint-disable-next-line no-var -- only `var` declares a member of globalThis
  var isMutant: ((id: number) => boolean) | undefined
}

/** Puts a switch where broken files look for theirs. */
export function installSwitch(active: number): Switch {
  const state: Switch = { active, steps: 0, stepsMax: Infinity, reached: undefined }
  globalThis.isMutant = (id) => {
    state.steps += 1
    if (state.steps > state.stepsMax) endless.throwIfAborted()
    state.reached?.add(id)
    return id === state.active
  }
  return state
}
