import type { DevicePort } from '#app/state/app/ports.ts'

/** What the browser can do with its hands. @param shareWords makes the text that is passed on. */
export function browserDevice(parts: {
  readonly shareWords: (code: Parameters<DevicePort['share']>[0]) => string
  readonly useNewVersion: () => void
}): DevicePort {
  return {
    copy: (text) => navigator.clipboard.writeText(text),
    shareText: (text) => navigator.share({ text }),
    share: (code) => navigator.share({ text: parts.shareWords(code) }),
    feel: (what) => {
      if ('vibrate' in navigator) navigator.vibrate(what === 'settled' ? 18 : [30, 60, 30])
    },
    forgetLink: () => history.replaceState(null, '', '/#/door'),
    showTab: (tab) => {
      location.hash = `/${tab}`
    },
    useNewVersion: parts.useNewVersion,
  }
}
