/** The colour of a door's leaf in the drawing: several doors are told apart by it, also in the dark. */
export const paints = ['pine', 'ink', 'oxblood', 'ochre', 'slate', 'plum'] as const
export type Paint = (typeof paints)[number]

/**
 * The colour that a door has until somebody chooses one: the same on every phone.
 * @param lockId lower-case hexadecimal
 */
export function paintOfLock(lockId: string): Paint {
  return paints[Number.parseInt(lockId.slice(0, 6), 16) % paints.length] ?? 'pine'
}

/** The chosen colour of a door, or the one that it has by itself. */
export function paintOf(
  taste: { readonly paints: Readonly<Record<string, Paint>> },
  lockId: string,
): Paint {
  return taste.paints[lockId] ?? paintOfLock(lockId)
}
