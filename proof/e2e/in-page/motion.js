// What moves although the person asked for stillness: anything that runs for longer than an eye
// notices, or without an end.
;(() =>
  document
    .getAnimations()
    .filter((animation) => animation.playState === 'running')
    .filter((animation) => animation.effect.getComputedTiming().activeDuration > 100)
    .map((animation) => {
      const { target } = animation.effect
      const name = animation.animationName ?? animation.transitionProperty
      return `${name} of ${target.tagName.toLowerCase()}.${target.getAttribute('class')}`
    }))()
