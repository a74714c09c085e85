// What is cut off at the side, or makes the page scroll sideways. What stands in a row of its own
// that scrolls is in reach.
;(() => {
  const { clientWidth, scrollWidth } = document.documentElement
  const scrolls = (element) => {
    for (let each = element; each !== document.body; each = each.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(each).overflowX)) return true
    }
    return false
  }
  const cut = [...document.body.querySelectorAll('*')].filter((element) => {
    const { right, left, width } = element.getBoundingClientRect()
    const isOut = width > 1 && (right > clientWidth + 1 || left < -1)
    return (
      isOut && element.checkVisibility() && element.closest('svg') === null && !scrolls(element)
    )
  })
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className}`
  return scrollWidth > clientWidth ? ['the page scrolls sideways', ...cut.map(name)] : cut.map(name)
})()
