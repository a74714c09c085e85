import { useEffect, useRef } from 'preact/hooks'

/** Reads codes from the camera into `video` until the returned function is called. */
export type ScanCodes = (
  video: HTMLVideoElement,
  onText: (text: string) => void,
  onDenied: () => void,
) => () => void

interface ScannerProps {
  readonly scan: ScanCodes
  readonly label: string
  readonly onText: (text: string) => void
  readonly onDenied: () => void
}

/** The camera's picture. It stops when this leaves the screen. */
export function Scanner({ scan, label, onText, onDenied }: ScannerProps) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current === null) return undefined
    return scan(video.current, onText, onDenied)
  }, [])
  return (
    <div class="scanner">
      <video ref={video} class="scanner-video" muted playsInline aria-label={label} />
    </div>
  )
}
