// Texts whose contrast is below WCAG 2.2 section 1.4.3: 4.5, or 3 for large ones. Colours are read
// through a canvas, because computed styles keep oklch() as it was written, and after what fades in
// has arrived.
// oxlint-disable-next-line typescript/no-floating-promises -- the promise is the answer that Playwright waits for.
;(async () => {
  // A change of theme is painted with the next frame, and begins transitions of its own.
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame)
  const fading = document
    .getAnimations()
    .filter((animation) => Number.isFinite(animation.effect.getComputedTiming().endTime))
  await Promise.allSettled(fading.map((animation) => animation.finished))
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })

  const parse = (color) => {
    pen.clearRect(0, 0, 1, 1)
    pen.fillStyle = color
    pen.fillRect(0, 0, 1, 1)
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data
    return { red, green, blue, alpha: alpha / 255 }
  }
  const over = (top, below) => {
    const mix = (name) => top[name] * top.alpha + below[name] * (1 - top.alpha)
    return { red: mix('red'), green: mix('green'), blue: mix('blue'), alpha: 1 }
  }
  const luminance = ({ red, green, blue }) => {
    const linear = [red, green, blue].map((part) => {
      const value = part / 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
  // A picture behind a text cannot be judged by one colour; undefined leaves it to the eye.
  const groundOf = (element) => {
    const layers = []
    for (let each = element; each !== null; each = each.parentElement) {
      const style = getComputedStyle(each)
      if (style.backgroundImage !== 'none') return undefined
      const color = parse(style.backgroundColor)
      if (color.alpha > 0) layers.push(color)
      if (color.alpha === 1) break
    }
    const white = { red: 255, green: 255, blue: 255, alpha: 1 }
    return layers.toReversed().reduce((below, top) => over(top, below), white)
  }
  const isHidden = (element) => {
    const { width, height } = element.getBoundingClientRect()
    const disabled = element.closest('[disabled], [aria-disabled="true"]') !== null
    const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    return width < 2 || height < 2 || disabled || !visible
  }
  const faults = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const text = node.textContent.trim()
    const element = node.parentElement
    if (text === '' || isHidden(element)) continue
    const ground = groundOf(element)
    if (ground === undefined) continue
    const style = getComputedStyle(element)
    const ink = over(parse(style.color), ground)
    const [light, dark] = [luminance(ink), luminance(ground)].toSorted(
      (left, right) => right - left,
    )
    const ratio = (light + 0.05) / (dark + 0.05)
    const sizePx = Number.parseFloat(style.fontSize)
    const isLarge = sizePx >= 24 || (sizePx >= 18.66 && Number(style.fontWeight) >= 700)
    if (ratio < (isLarge ? 3 : 4.5)) faults.push(`${text.slice(0, 40)}: ${ratio.toFixed(2)}`)
  }
  return faults
})()
