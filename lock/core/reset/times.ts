/**
 * How long a factory reset takes to ask for. Nobody who leans on the button, cleans it or lets a child
 * play with it holds it for so long and then presses it once more.
 */
export const holdMs = 10_000

/** Time to let go, read the display and press again. What was begun by accident is over by then. */
export const offerMs = 30_000

/**
 * Between asking and the end of everybody's access. Who asks is inside, which a guest or a burglar can
 * be as well: a weekend and a day, in which the owners' phones say it, everybody at the door sees it,
 * and one owner, or one press on the inside, is enough to stop it. Who has lost the last key gets in
 * by code, finger and key until then.
 */
export const waitMs = 3 * 86_400_000
