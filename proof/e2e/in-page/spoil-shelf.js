// What this phone keeps to be read without a network, with one bit of every signature turned.
// oxlint-disable-next-line typescript/no-floating-promises -- its value is what the test waits for
;(async () => {
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('mortise')
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })
  const bracket = database.transaction(['reports', 'histories'], 'readwrite')
  const spoilt = []
  for (const name of ['reports', 'histories']) {
    const found = bracket.objectStore(name).openCursor()
    found.addEventListener('success', () => {
      const cursor = found.result
      if (cursor === null) return
      const signed = cursor.value.signed ?? cursor.value.signedHead
      signed[signed.length - 1] ^= 1
      cursor.update(cursor.value)
      spoilt.push(name)
      cursor.continue()
    })
  }
  await new Promise((resolve) => bracket.addEventListener('complete', resolve))
  database.close()
  return spoilt
})()
