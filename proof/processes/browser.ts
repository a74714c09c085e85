import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContext, Page } from 'playwright-core'
import { givePasskeys } from './passkeys.ts'
import type { Passkeys } from './passkeys.ts'
import { repositoryRoot } from './program.ts'

/** One Chromium with a profile of its own. */
export interface Browser {
  /** A person with a phone of their own: no cookie and no passkey is shared with another. */
  readonly phone: (owner: string, options?: PhoneOptions) => Promise<Phone>
  readonly photographAll: (name: string) => Promise<void>
  readonly close: () => Promise<void>
}

export interface PhoneOptions {
  readonly widthPx?: number
  readonly heightPx?: number
  readonly theme?: 'light' | 'dark'
  readonly reducedMotion?: boolean
}

export interface Phone {
  readonly owner: string
  readonly page: Page
  readonly context: BrowserContext
  readonly passkeys: Passkeys
  /** What the page complained about: uncaught errors and refusals of its security policy. */
  readonly complaints: readonly string[]
  readonly photograph: (name: string) => Promise<void>
}

const launchArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** A page of ours that needs longer does not work. */
const patienceMs = 20_000

export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: launchArguments,
  })
  const phones: Phone[] = []
  return {
    async phone(owner, options = {}) {
      const { widthPx = 390, heightPx = 844, theme = 'dark', reducedMotion = false } = options
      const context = await browser.newContext({
        viewport: { width: widthPx, height: heightPx },
        deviceScaleFactor: 2,
        colorScheme: theme,
        reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
        hasTouch: true,
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
      })
      context.setDefaultTimeout(patienceMs)
      const phone = await openPhone(owner, context)
      phones.push(phone)
      return phone
    },
    async photographAll(name) {
      await Promise.all(phones.map((phone) => phone.photograph(`${name} ${phone.owner}`)))
    },
    close: () => browser.close(),
  }
}

async function openPhone(owner: string, context: BrowserContext): Promise<Phone> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    const text = message.text()
    if (text.includes('Content Security Policy')) complaints.push(text)
  })
  const passkeys = await givePasskeys(context, page)
  return {
    owner,
    page,
    context,
    passkeys,
    complaints,
    photograph: (name) => photograph(page, name),
  }
}

const screenshots = join(repositoryRoot, 'proof', 'e2e', 'screenshots')

async function photograph(page: Page, name: string): Promise<void> {
  if (page.isClosed()) return
  mkdirSync(screenshots, { recursive: true })
  const file = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  await page.screenshot({ path: join(screenshots, `${file}.png`), animations: 'disabled' })
}
