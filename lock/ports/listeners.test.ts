import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createListeners } from './listeners.ts'

test('listeners are told in the order of registration', () => {
  const heard: string[] = []
  const listeners = createListeners<string>()
  listeners.add((event) => heard.push(`first ${event}`))
  listeners.add((event) => heard.push(`second ${event}`))
  listeners.tell('a')
  assert.deepEqual(heard, ['first a', 'second a'])
})

test('the same function registered twice hears twice and is removed one by one', () => {
  let count = 0
  const listeners = createListeners<void>()
  const hear = () => {
    count += 1
  }
  const remove = listeners.add(hear)
  listeners.add(hear)
  listeners.tell()
  assert.equal(count, 2)
  remove()
  remove()
  listeners.tell()
  assert.equal(count, 3)
})

test('a listener that is added while telling hears only the next event', () => {
  const heard: string[] = []
  const listeners = createListeners<string>()
  const remove = listeners.add(() => {
    remove()
    listeners.add((event) => heard.push(event))
  })
  listeners.tell('a')
  assert.deepEqual(heard, [])
  listeners.tell('b')
  assert.deepEqual(heard, ['b'])
})

test('a listener that is removed while telling does not hear the running event', () => {
  const heard: string[] = []
  const listeners = createListeners<string>()
  listeners.add(() => removeSecond())
  const removeSecond = listeners.add((event) => heard.push(event))
  listeners.tell('a')
  assert.deepEqual(heard, [])
})
