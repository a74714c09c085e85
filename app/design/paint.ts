/** The colour of a door's leaf in the drawing: several doors are told apart by it, also in the dark. */
export const paints = ['pine', 'ink', 'oxblood', 'ochre', 'slate', 'plum'] as const
export type Paint = (typeof paints)[number]

/** The colour that a door has until somebody chooses one: the same on every phone. */
export function paintOfLock(lockId: string): Paint {
  const sum = [...lockId].reduce((total, character) => total + character.charCodeAt(0), 0)
  return paints[sum % paints.length] ?? 'pine'
}
