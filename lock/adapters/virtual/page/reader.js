import { fill, texts } from './texts.js'

/** @import { DoorSnapshot } from '../door.ts' */
/** @import { ShownPart } from '../reader.ts' */

/**
 * What can be held to the reader besides a stranger's: the fingers and faces that it knows, and,
 * while it learns, one that it does not know yet.
 * @param {DoorSnapshot['reader']} reader
 * @returns {readonly (ShownPart & { label: string })[]}
 */
export function partsFor({ templates, learning }) {
  const known = templates.map(({ credentialType, whose }) => ({
    credentialType,
    whose,
    label: whose,
  }))
  if (learning === null) return known
  const { credentialType, captured, needed } = learning
  const whose = nameFor(credentialType, templates)
  const label = fill(texts.learning, { whose, captured, needed })
  return [{ credentialType, whose, label }, ...known]
}

/**
 * The first number that nobody has: it stays the same until the reader has learned it.
 * @param {ShownPart['credentialType']} credentialType
 * @param {DoorSnapshot['reader']['templates']} templates
 */
function nameFor(credentialType, templates) {
  for (let number = 1; ; number += 1) {
    const name = fill(texts.parts[credentialType], { number })
    if (templates.every(({ whose }) => whose !== name)) return name
  }
}

/**
 * One button for each, made anew only when they differ, so that a focus stays.
 * @param {HTMLElement} box
 * @param {DoorSnapshot['reader']} reader
 * @param {(shown: ShownPart) => void} show
 */
export function showParts(box, reader, show) {
  const parts = partsFor(reader)
  const said = JSON.stringify(parts)
  if (box.dataset['said'] === said) return
  box.dataset['said'] = said
  box.replaceChildren(
    ...parts.map(({ label, credentialType, whose = '' }) => {
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = label
      button.addEventListener('click', () => show({ credentialType, whose }))
      return button
    }),
  )
}
