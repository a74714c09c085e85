import type { DevicePort, SharedCode } from '#app/state/app/ports.ts'

/** What the browser can do with its hands. @param shareWords makes the text that is passed on. */
export function browserDevice(parts: {
  readonly shareWords: (code: SharedCode) => Promise<string>
  readonly useNewVersion: () => void
}): DevicePort {
  return {
    copy: (text) => navigator.clipboard.writeText(text),
    shareText: (text) => navigator.share({ text }),
    share: async (code) => navigator.share({ text: await parts.shareWords(code) }),
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
