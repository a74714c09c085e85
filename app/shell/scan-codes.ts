import { MortiseError } from '@mortise/protocol/errors'

/** What browsers that read QR codes offer; not yet in TypeScript's own DOM types. */
interface BarcodeReader {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
type BarcodeReaderClass = new (options: { formats: readonly string[] }) => BarcodeReader

const framesApartMs = 200

function readerClass(): BarcodeReaderClass | undefined {
  const found: unknown = Reflect.get(globalThis, 'BarcodeDetector')
  return isReaderClass(found) ? found : undefined
}

function isReaderClass(value: unknown): value is BarcodeReaderClass {
  return typeof value === 'function'
}

/** Whether this browser can read codes from a camera at all. */
export function canScanCodes(): boolean {
  return readerClass() !== undefined && 'mediaDevices' in navigator
}

/** Shows the camera in `video` and reads codes until one is found or the returned function is called. */
export function scanCodes(
  video: HTMLVideoElement,
  onText: (text: string) => void,
  onDenied: () => void,
): () => void {
  const stopping = new AbortController()
  readCode(video, stopping.signal)
    .then((text) => {
      if (text !== undefined) onText(text)
      return text
    })
    .catch(onDenied)
  return () => stopping.abort()
}

/** @returns undefined when it was stopped before a code was found. */
async function readCode(video: HTMLVideoElement, stop: AbortSignal): Promise<string | undefined> {
  const Reader = readerClass()
  if (Reader === undefined) throw new MortiseError('world', 'noCamera', 'no code reader here')
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  try {
    video.srcObject = stream
    await video.play()
    const reader = new Reader({ formats: ['qr_code'] })
    while (!stop.aborted) {
      const [code] = await reader.detect(video)
      if (code !== undefined) return code.rawValue
      await new Promise((resolve) => setTimeout(resolve, framesApartMs))
    }
    return undefined
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}
