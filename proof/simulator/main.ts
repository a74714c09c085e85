import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { CryptoKind } from './cheap-crypto.ts'
import { claims } from './claims.ts'
import type { Claim } from './claims.ts'
import { minimise } from './minimise.ts'
import { planOf, told } from './plan.ts'
import type { Happening } from './plan.ts'
import { runWorld } from './run.ts'

const help = `npm run simulate -- [--seed 1] [--worlds 20] [--years 1] [--workers 2] [--crypto cheap|real]

Lets that many worlds happen, the first with this seed and each next with the next number, and has
the auditor judge every one. A broken promise is told with its seed and the shortest story that
still breaks it. Cheap cryptography is hashes alone; what is told of a run says which it had.
`

const daysPerYear = 365
const triesMax = 200

interface Job {
  readonly seed: number
  readonly days: number
  readonly crypto: CryptoKind
}

interface Report {
  readonly seed: number
  readonly happened: number
  readonly entries: number
  readonly movements: number
  readonly cpuSeconds: number
  readonly digest: string
  readonly broken?: { readonly claim: Claim; readonly detail: string }
  readonly story?: readonly string[]
}

async function live({ seed, days, crypto }: Job): Promise<Report> {
  const before = process.threadCpuUsage()
  const plan = planOf(seed, days)
  const { finding, happened, entries, movements, digest } = await runWorld({ seed, plan, crypto })
  const { user, system } = process.threadCpuUsage(before)
  const cpuSeconds = (user + system) / 1e6
  const report = { seed, happened, entries, movements, cpuSeconds, digest }
  if (finding === undefined) return report
  const { claim, detail } = finding
  const fails = async (story: readonly Happening[]): Promise<boolean> => {
    const again = await runWorld({ seed, plan: story, crypto })
    return again.finding?.claim === claim
  }
  const story = await minimise(plan.slice(0, happened), fails, triesMax)
  return { ...report, broken: { claim, detail }, story: story.map(told) }
}

/** Each thread takes the next seed when it is done with one. */
function spread(jobs: readonly Job[], workers: number, seen: (report: Report) => void) {
  const left = [...jobs]
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: 'worlds' })
      const next = (): void => {
        const job = left.shift()
        if (job === undefined) void worker.terminate().then(() => resolve(), reject)
        else worker.postMessage(job, [])
      }
      worker.on('message', (report: Report) => {
        seen(report)
        next()
      })
      worker.on('error', reject)
      next()
    })
  return Promise.all(Array.from({ length: workers }, work))
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
}

function tell({ seed, broken, story = [], ...counts }: Report): void {
  const { happened, entries, movements, cpuSeconds } = counts
  if (broken === undefined) {
    const line = `seed ${seed}: kept; ${happened} happenings, ${entries} entries, ${movements} movements, ${cpuSeconds.toFixed(1)} s`
    process.stdout.write(`${line}\n`)
    return
  }
  const { claim, detail } = broken
  process.stdout.write(`seed ${seed} at ${commit()}: BROKEN "${claims[claim]}": ${detail}\n`)
  for (const line of story) process.stdout.write(`  ${line}\n`)
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      worlds: { type: 'string', default: '20' },
      years: { type: 'string', default: '1' },
      workers: { type: 'string', default: '2' },
      crypto: { type: 'string', default: 'cheap' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const [seed, worlds, workers] = [values.seed, values.worlds, values.workers].map(Number)
  const days = Math.ceil(Number(values.years) * daysPerYear)
  const numbers = [seed, worlds, workers, days].every((number) => Number.isSafeInteger(number))
  if (values.help || !numbers || seed === undefined || worlds === undefined) {
    process.stdout.write(help)
    process.exitCode = values.help ? 0 : 2
    return
  }
  const crypto: CryptoKind = values.crypto === 'real' ? 'real' : 'cheap'
  const jobs = Array.from({ length: worlds }, (_, number) => ({
    seed: seed + number,
    days,
    crypto,
  }))
  let [cpuSeconds, broken, happened, entries] = [0, 0, 0, 0]
  await spread(jobs, Math.min(workers ?? 1, worlds), (report) => {
    cpuSeconds += report.cpuSeconds
    happened += report.happened
    entries += report.entries
    if (report.broken !== undefined) broken += 1
    tell(report)
  })
  const years = (worlds * days) / daysPerYear
  const perMinute = (years / cpuSeconds) * 60
  process.stdout.write(
    `${JSON.stringify({ commit: commit(), crypto, firstSeed: seed, worlds, years, happened, entries, broken, yearsPerCoreMinute: Number(perMinute.toFixed(1)) })}\n`,
  )
  process.exitCode = broken === 0 ? 0 : 1
}

if (isMainThread) await main()
else if (workerData === 'worlds') {
  parentPort?.on('message', (job: Job) => {
    void live(job).then((report) => parentPort?.postMessage(report, []))
  })
}
