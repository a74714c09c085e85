import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openHub } from '#hub/index.ts'
import type { OpenHub, OpenHubOptions } from '#hub/index.ts'
import { createManualClock } from '#hub/testing/manual-clock.ts'
import type { ManualClock } from '#hub/testing/manual-clock.ts'

export interface TestHub extends OpenHub {
  readonly clock: ManualClock
  readonly data: string
  readonly logLines: string[]
  /** Ends it and opens it again on the same data and port. */
  readonly restart: () => Promise<TestHub>
}

/** A folder that goes away with the test, after `before` has let go of it. */
export function temporaryFolder(
  context: Pick<TestContext, 'after'>,
  before: () => Promise<void> = async () => {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'mortise-hub-'))
  context.after(async () => {
    await before()
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** A whole hub on a free port, with a clock that stands still. */
export async function openTestHub(
  context: Pick<TestContext, 'after'>,
  options: Partial<OpenHubOptions> = {},
): Promise<TestHub> {
  let current: TestHub | undefined
  const data = temporaryFolder(context, async () => current?.close())
  const clock = createManualClock()
  const open = async (port: number): Promise<TestHub> => {
    const logLines: string[] = []
    const writeLogLine = (line: string): void => void logLines.push(line)
    const rest = { logLevel: 'debug', clock, writeLogLine, data, port } as const
    const opened = await openHub({ ...rest, ...options })
    const close = closeOnce(opened, clock)
    const restart = async (): Promise<TestHub> => {
      await close()
      return open(opened.port)
    }
    current = { ...opened, close, clock, data, logLines, restart }
    return current
  }
  return open(0)
}

function closeOnce(hub: OpenHub, clock: ManualClock): () => Promise<void> {
  let closing: Promise<void> | undefined
  return () => {
    closing ??= hub.close()
    // Locks that say no goodbye are cut off by the clock.
    clock.advance(2_000)
    return closing
  }
}
