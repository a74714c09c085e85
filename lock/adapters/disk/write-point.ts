/** The moments around each durable step, in the order in which they come. */
export type WritePoint =
  | 'storeFileMade'
  | 'storeMigrated'
  | 'secretsWritten'
  | 'secretsSynced'
  | 'secretsRenamed'
  | 'secretsDurable'
  | 'storeBound'
  | 'commitBegun'
  /** After each single write of a commit. */
  | 'commitWritten'
  /** Everything is written and nothing is durable. */
  | 'commitReady'
  | 'commitDurable'
  /** What the hub holds is noted at the end, because no commit has taken it along. */
  | 'markWritten'
  /** After each step of erasing a life that has ended, before SQLite's log is written back and emptied. */
  | 'lifeStepWritten'
  /** After each part of a journal whose life has ended. */
  | 'lifeErasing'
  | 'lifeErased'
  /** The lock is one that never ran. */
  | 'lifeForgotten'

/** Test seam: called at each write point; a crash test ends the process inside it. */
export type OnWritePoint = (point: WritePoint) => void
