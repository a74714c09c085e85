import { withKeyholderErrors } from '@mortise/keyholder'
import { createRestClient } from '@mortise/protocol/rest'
import type { Context } from '#cli/context.ts'
import type { ListedLock } from '#cli/door.ts'
import { listLocks } from '#cli/door.ts'
import { formatAge } from '#cli/texts/times.ts'
import { deviceKeyPath, loadDeviceKey } from '#cli/storage/device-key.ts'
import type { Check } from './check.ts'
import { look } from './check.ts'

/** This device and its way to the hub; stops where the next check cannot be made. */
export async function checkDevice(
  context: Context,
): Promise<{ readonly checks: readonly Check[]; readonly locks: readonly ListedLock[] }> {
  const key = await checkKeyFile(context)
  const hub = await checkHub(context)
  const checks = [key.check, hub.check]
  if (key.value === undefined || hub.value === undefined) return { checks, locks: [] }
  const account = await checkSignIn(context)
  checks.push(account.check)
  if (account.value === undefined) return { checks, locks: [] }
  const locks = await checkLocks(context)
  return { checks: [...checks, locks.check], locks: locks.value ?? [] }
}

function checkKeyFile({ environment, places }: Context) {
  return look({ name: 'deviceKey' }, async () => {
    const known = await loadDeviceKey(environment.crypto, places)
    const path = deviceKeyPath(places)
    const finding =
      known === undefined
        ? { detail: `there is no key yet; the next command makes ${path}` }
        : { detail: `${path} is readable by you alone` }
    return { finding, value: true }
  })
}

function checkHub(context: Context) {
  return look({ name: 'hub' }, async () => {
    const { fetch, nowMs } = boundEnvironment(context)
    const hub = await context.hubAddress()
    const sentAtMs = nowMs()
    const health = await withKeyholderErrors(() => createRestClient(fetch, hub).getHealth())
    const tookMs = Math.max(0, nowMs() - sentAtMs)
    const up = formatAge(health.uptimeSeconds * 1000)
    const detail = `${hub} answers in ${tookMs} ms; version ${health.version}, up for ${up}`
    return { finding: { detail }, value: hub }
  })
}

function boundEnvironment({ environment }: Context) {
  return { fetch: environment.fetch, nowMs: () => environment.nowMs() }
}

function checkSignIn(context: Context) {
  return look({ name: 'signIn' }, async () => {
    const { account } = await context.connect()
    return { finding: { detail: `signed in as ${account.name}` }, value: account }
  })
}

function checkLocks(context: Context) {
  return look({ name: 'locks' }, async () => {
    const { client } = await context.connect()
    const locks = await listLocks(client)
    if (locks.length > 0)
      return { finding: { detail: `${locks.length} in this account` }, value: locks }
    const nextStep = 'Claim one: mortise claim. Or have an owner add this device: mortise key.'
    return { finding: { status: 'warn', detail: 'none in this account', nextStep }, value: locks }
  })
}
