/** @import { DoorSnapshot } from '../door.ts' */

/**
 * @typedef {{ door: (door: DoorSnapshot) => void, refused: (code: string) => void, lost: () => void }} Heard
 */

/**
 * Talks to the door that served this page. Acts go out one after another, in the order of the
 * touches.
 * @param {Heard} heard
 */
export function connect(heard) {
  /** @type {Promise<void>} */
  let last = Promise.resolve()
  const source = new EventSource('/events')
  source.addEventListener('door', (event) => heard.door(JSON.parse(event.data)))
  source.addEventListener('error', () => heard.lost())

  /**
   * @param {string} path
   * @param {object} body
   */
  const act = async (path, body) => {
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const answer = await response.json()
      if (!response.ok) heard.refused(answer.error.code)
    } catch {
      heard.lost()
    }
  }
  return {
    /**
     * @param {string} path
     * @param {object} [body]
     */
    send(path, body = {}) {
      last = last.then(() => act(path, body))
    },
  }
}
