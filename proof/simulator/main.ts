import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { sourceFaults } from './planted/in-source.ts'
import { searchEach } from './search.ts'
import type { StoreKind } from './storage.ts'
import type { CryptoKind } from './cheap-crypto.ts'
import { claims } from './auditor/claims.ts'
import type { Claim } from './auditor/claims.ts'
import { minimise } from './minimise.ts'
import { planOf, told } from './plan.ts'
import type { Happening } from './plan.ts'
import { runWorld } from './run.ts'

const help = `npm run simulate -- [--seed 1] [--worlds 20] [--years 1] [--workers 2]
                    [--crypto mixed|cheap|real] [--store mixed|memory|disk]
npm run simulate -- --planted [words of a fault] [--worlds 40] [--days 60] [--workers 2]

Lets that many worlds happen, the first with this seed and each next with the next number, and has
the auditor judge every one. A broken promise is told with its seed and the shortest story that
still breaks it. Cheap cryptography is hashes alone; of twenty mixed worlds one has the real one,
and five have the real store. With --planted, looks for each fault that can be
planted in the source, in worlds of its own, until one shows it; or for those with such words.
`

const daysPerYear = 365
/** Long enough for what takes a few weeks, and short enough for many of them. */
const plantedDays = 60
const triesMax = 200

interface Job {
  readonly seed: number
  readonly days: number
  readonly crypto: CryptoKind
  readonly store: StoreKind
}

interface Report {
  readonly seed: number
  readonly crypto: CryptoKind
  readonly store: StoreKind
  readonly happened: number
  readonly entries: number
  readonly movements: number
  readonly cpuSeconds: number
  readonly digest: string
  readonly broken?: { readonly claim: Claim; readonly detail: string }
  readonly story?: readonly string[]
}

async function liveOne({ seed, days, crypto, store }: Job): Promise<Report> {
  const before = process.threadCpuUsage()
  const plan = planOf(seed, days)
  const { finding, happened, entries, movements, digest } = await runWorld({
    seed,
    plan,
    crypto,
    store,
  })
  const { user, system } = process.threadCpuUsage(before)
  const cpuSeconds = (user + system) / 1e6
  const report = { seed, crypto, store, happened, entries, movements, cpuSeconds, digest }
  if (finding === undefined) return report
  const { claim, detail } = finding
  const fails = async (story: readonly Happening[]): Promise<boolean> => {
    const again = await runWorld({ seed, plan: story, crypto, store })
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
  const { happened, entries, movements, cpuSeconds, crypto, store } = counts
  const kind = `${crypto} cryptography, store in ${store === 'disk' ? 'SQLite' : 'memory'}`
  if (broken === undefined) {
    const line = `seed ${seed}: kept; ${happened} happenings, ${entries} entries, ${movements} movements, ${cpuSeconds.toFixed(1)} s; ${kind}`
    process.stdout.write(`${line}\n`)
    return
  }
  const { claim, detail } = broken
  process.stdout.write(
    `seed ${seed} at ${commit()} (${kind}): BROKEN "${claims[claim]}": ${detail}\n`,
  )
  for (const line of story) process.stdout.write(`  ${line}\n`)
}

/** Of twenty worlds that are mixed, one has real cryptography and five have the real store. */
function jobOf(seed: number, days: number, crypto: string, store: string): Job {
  const isReal = crypto === 'real' || (crypto === 'mixed' && seed % 20 === 0)
  const isDisk = store === 'disk' || (store === 'mixed' && seed % 4 === 1)
  return { seed, days, crypto: isReal ? 'real' : 'cheap', store: isDisk ? 'disk' : 'memory' }
}

async function live(jobs: readonly Job[], workers: number): Promise<void> {
  let [cpuSeconds, broken, happened, entries] = [0, 0, 0, 0]
  await spread(jobs, Math.min(workers, jobs.length), (report) => {
    cpuSeconds += report.cpuSeconds
    happened += report.happened
    entries += report.entries
    if (report.broken !== undefined) broken += 1
    tell(report)
  })
  const days = jobs.reduce((sum, job) => sum + job.days, 0)
  const summary = {
    commit: commit(),
    firstSeed: jobs[0]?.seed,
    worlds: jobs.length,
    realCrypto: jobs.filter(({ crypto }) => crypto === 'real').length,
    realStore: jobs.filter(({ store }) => store === 'disk').length,
    years: Number((days / daysPerYear).toFixed(2)),
    happened,
    happenedPerDay: Number((happened / days).toFixed(1)),
    entries,
    broken,
    yearsPerCoreMinute: Number(((days / daysPerYear / cpuSeconds) * 60).toFixed(1)),
  }
  process.stdout.write(`${JSON.stringify(summary)}\n`)
  process.exitCode = broken === 0 ? 0 : 1
}

interface Look {
  readonly words: string
  readonly worlds: number
  readonly days: number
  readonly workers: number
}

async function lookForPlanted({ words, worlds, days, workers }: Look): Promise<void> {
  const faults = sourceFaults.filter(({ name }) => name.includes(words))
  const orders = faults.map(({ name: fault }) => ({ fault, worlds, days }))
  let seen = 0
  await searchEach(orders, workers, ({ fault }, { seed, claim, happened }) => {
    const breaks = faults.find(({ name }) => name === fault)?.breaks
    const isSeen = claim !== undefined && breaks?.includes(claim) === true
    const how = claim === undefined ? 'in no world' : `in world ${seed}: ${claims[claim]}`
    if (isSeen) seen += 1
    process.stdout.write(
      `${isSeen ? 'seen' : 'NOT SEEN'}: ${fault}, ${how}; ${happened} happenings\n`,
    )
  })
  process.stdout.write(
    `${seen} of ${faults.length} seen, in at most ${worlds} worlds of ${days} days\n`,
  )
  process.exitCode = seen === faults.length && seen > 0 ? 0 : 1
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      worlds: { type: 'string' },
      years: { type: 'string', default: '1' },
      days: { type: 'string', default: String(plantedDays) },
      workers: { type: 'string', default: '2' },
      crypto: { type: 'string', default: 'mixed' },
      store: { type: 'string', default: 'mixed' },
      planted: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const seed = Number(values.seed)
  const { planted: isPlanted } = values
  const [worlds, workers] = [Number(values.worlds ?? (isPlanted ? 40 : 20)), Number(values.workers)]
  const days = isPlanted ? Number(values.days) : Math.ceil(Number(values.years) * daysPerYear)
  const numbers = [seed, worlds, workers, days].every((number) => Number.isSafeInteger(number))
  if (values.help || !numbers) {
    process.stdout.write(help)
    process.exitCode = values.help ? 0 : 2
  } else if (isPlanted) {
    await lookForPlanted({ words: positionals.join(' '), worlds, days, workers })
  } else {
    const { crypto, store } = values
    const jobs = Array.from({ length: worlds }, (_, number) =>
      jobOf(seed + number, days, crypto, store),
    )
    await live(jobs, workers)
  }
}

if (isMainThread) await main()
else if (workerData === 'worlds') {
  parentPort?.on('message', (job: Job) => {
    void liveOne(job).then((report) => parentPort?.postMessage(report, []))
  })
}
