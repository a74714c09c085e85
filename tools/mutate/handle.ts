import { Worker } from 'node:worker_threads'
import type { Answer, Question, World } from '#tools/mutate/worker.ts'

/** What a worker did instead of answering: it ran out of time, or ended. */
export interface Lost {
  readonly type: 'lost'
  readonly why: 'late' | 'ended'
}

/** A worker, spoken to one question at a time. */
export interface Handle {
  readonly ask: (question: Question, limitMs: number) => Promise<Answer | Lost>
  readonly end: () => Promise<unknown>
}

const loadLimitMs = 120_000

/** Starts a worker and waits until it has loaded its world, or could not. */
export async function startWorker(
  world: World,
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly handle: Handle; readonly first: Answer | Lost }> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: world,
    env: environment,
    // Tests that print would drown the report.
    stdout: true,
    stderr: true,
  })
  // What a mutant leaves behind, such as a rejected promise, is that worker's end and no more.
  worker.on('error', () => undefined)
  const first = await answerOf(worker, loadLimitMs)
  const handle: Handle = {
    ask(question, limitMs) {
      const answer = answerOf(worker, limitMs)
      worker.postMessage(question, [])
      return answer
    },
    end: () => worker.terminate(),
  }
  return { handle, first }
}

function answerOf(worker: Worker, limitMs: number): Promise<Answer | Lost> {
  return new Promise((resolve) => {
    const settle = (answer: Answer | Lost): void => {
      clearTimeout(timer)
      worker.off('message', settle)
      worker.off('exit', ended)
      resolve(answer)
    }
    const ended = (): void => settle({ type: 'lost', why: 'ended' })
    const timer = setTimeout(() => settle({ type: 'lost', why: 'late' }), limitMs)
    worker.once('message', settle)
    worker.once('exit', ended)
  })
}
