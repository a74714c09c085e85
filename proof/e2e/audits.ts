import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { MortiseError } from '@mortise/protocol/errors'

/** Each answers with what is wrong, in words; an empty list is well. */
export type Audit = 'contrast' | 'overflow' | 'motion'

export function audit(page: Page, name: Audit): Promise<readonly string[]> {
  return runInPage(page, name)
}

/** Runs a script of `in-page/`, which answers with a list. */
export async function runInPage(
  page: Page,
  name: Audit | 'spoil-shelf',
): Promise<readonly string[]> {
  const script = readFileSync(join(import.meta.dirname, 'in-page', `${name}.js`), 'utf8')
  const found: unknown = await page.evaluate(script)
  if (Array.isArray(found)) return found.map(String)
  throw new MortiseError('bug', 'scriptFailed', `${name} answered with no list`)
}

/** Roles that a person can act on; each must say what it does (WCAG 2.2 section 4.1.2). */
const interactiveRoles: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'combobox',
  'link',
  'menuitem',
  'radio',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
])

/** Interactive elements without a name, from the tree that screen readers get. */
export async function nameless(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  // Detaching would unplug the page's virtual authenticator with it: the session ends with the page.
  const interactive = nodes.filter(
    (node) => !node.ignored && interactiveRoles.has(String(node.role?.value)),
  )
  if (interactive.length === 0) return ['nothing on the page can be acted on']
  return interactive
    .filter((node) => String(node.name?.value ?? '').trim() === '')
    .map((node) => String(node.role?.value))
}
