import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

type Theme = 'light' | 'dark'

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

/** The colour of a token in a theme, as linear light of sRGB. */
function colour(token: string, theme: Theme): readonly [number, number, number] {
  const pattern = new RegExp(
    `--${token}:\\s*light-dark\\(\\s*oklch\\(([^)]*)\\),\\s*oklch\\(([^)]*)\\)`,
  )
  const found = pattern.exec(css)
  assert.ok(found !== null, `${token} is a colour of both themes`)
  const [lightness = 0, chroma = 0, hue = 0] = (found[theme === 'light' ? 1 : 2] ?? '')
    .split(/\s+/)
    .map(Number)
  return linearRgb(lightness, chroma, (hue * Math.PI) / 180)
}

/** CSS Color 4 section 10.1, Oklab to linear sRGB. */
function linearRgb(l: number, c: number, h: number): readonly [number, number, number] {
  const [a, b] = [c * Math.cos(h), c * Math.sin(h)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number): number => Math.min(1, Math.max(0, value))
  return [
    clip(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    clip(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    clip(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
  ]
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string, theme: Theme): number {
  const [high = 0, low = 0] = [one, other]
    .map((token) => {
      const [red, green, blue] = colour(token, theme)
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    })
    .toSorted((left, right) => right - left)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['ground', 'raise-1', 'raise-2']
/** Text on grounds, text on its own fill or wash: WCAG 2.2 §1.4.3 asks for 4.5. */
const texts: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...grounds, 'patina-wash', 'lamp-wash', 'ember-wash', 'fog-wash', 'raise-3']],
  ['ink-2', [...grounds, 'patina-wash', 'lamp-wash', 'ember-wash', 'fog-wash']],
  ['ink-3', ['ground', 'raise-1']],
  ['brass', [...grounds, 'brass-wash']],
  ['patina', ['ground', 'raise-1', 'patina-wash']],
  ['lamp', ['ground', 'raise-1', 'lamp-wash']],
  ['ember', ['ground', 'raise-1', 'ember-wash']],
  ['fog', ['ground', 'fog-wash']],
  ['on-brass', ['brass-fill', 'brass-fill-pressed']],
  ['on-patina', ['patina-fill']],
  ['on-ember', ['ember-fill']],
]
/** Borders of inputs and the focus ring: WCAG 2.2 §1.4.11 asks for 3. */
const outlines: readonly (readonly [string, readonly string[]])[] = [
  ['line-strong', ['ground', 'raise-1']],
  ['brass', grounds],
]

for (const theme of ['dark', 'light'] as const) {
  test(`text and outlines of the ${theme} theme can be read by everybody (WCAG 2.2 AA)`, () => {
    for (const [pairs, ratio] of [
      [texts, 4.5],
      [outlines, 3],
    ] as const) {
      for (const [front, backs] of pairs) {
        for (const back of backs) {
          const found = contrast(front, back, theme)
          assert.ok(found >= ratio, `${front} on ${back}: ${found.toFixed(2)} of ${ratio}`)
        }
      }
    }
  })
}
