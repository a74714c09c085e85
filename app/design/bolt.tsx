import './bolt.css'
import type { BoltPicture } from '#app/state/model/door/bolt-picture.ts'

export function Bolt(props: BoltPicture) {
  return (
    <svg
      class="bolt-drawing"
      viewBox="0 -14 328 252"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      data-pose={props.pose}
      data-ghost={props.ghost}
      data-leaf={props.leaf}
      data-jammed={props.jammed}
      data-caught={props.caught}
      data-light={props.light}
    >
      <BoltFills />
      <Frame />
      <rect class="bolt-gap" x="120" y="-20" width="82" height="264" />
      <rect
        class="bolt-light"
        x="120"
        y="-20"
        width="81"
        height="264"
        fill="url(#bolt-light-fill)"
      />
      <rect
        class="bolt-spill"
        x="201"
        y="-20"
        width="96"
        height="264"
        fill="url(#bolt-spill-fill)"
      />
      <Strike />
      <g class="bolt-leaf">
        <Leaf />
        <Bar />
      </g>
    </svg>
  )
}

function Frame() {
  return (
    <>
      <rect class="bolt-frame" x="201" y="-20" width="140" height="264" />
      <rect class="bolt-frame-edge" x="201" y="-20" width="5" height="264" />
      <path class="bolt-moulding" d="M296.5 -20V244" />
      <path class="bolt-moulding-light" d="M298 -20V244" />
    </>
  )
}

function Strike() {
  return (
    <>
      <rect class="bolt-strike" x="201" y="34" width="24" height="156" rx="5" />
      <Screw x={213} y={51} turn={34} />
      <Screw x={213} y={173} turn={-52} />
      <path class="bolt-recess" d="M201 84h62a9 9 0 0 1 9 9v38a9 9 0 0 1-9 9h-62z" />
      <path
        class="bolt-recess-rim"
        d="M206 84.750h57a8.25 8.25 0 0 1 8.25 8.250v38a8.25 8.25 0 0 1-8.25 8.250h-57"
      />
      <path
        class="bolt-catch"
        d="M206 84.750h57a8.25 8.25 0 0 1 8.25 8.250v38a8.25 8.25 0 0 1-8.25 8.250h-57"
      />
    </>
  )
}

function Leaf() {
  return (
    <>
      <rect class="bolt-paint" x="-80" y="-20" width="269" height="264" />
      <rect x="-80" y="-20" width="269" height="264" fill="url(#bolt-sheen-fill)" />
      <path class="bolt-moulding" d="M12.5 -20V244" />
      <path class="bolt-moulding-light" d="M14 -20V244" />
      <path class="bolt-case" d="M189 40H52a18 18 0 0 0-18 18v108a18 18 0 0 0 18 18h137z" />
      <path class="bolt-case-light" d="M189 40.500H52A17.5 17.5 0 0 0 34.5 58v108" />
      <Screw x={54} y={60} turn={20} />
      <Screw x={54} y={164} turn={-65} />
      <Screw x={168} y={60} turn={75} />
      <Screw x={168} y={164} turn={8} />
      <path class="bolt-recess" d="M189 84H58a9 9 0 0 0-9 9v38a9 9 0 0 0 9 9h131z" />
      <path
        class="bolt-recess-rim"
        d="M184 84.750H58A8.25 8.25 0 0 0 49.75 93v38a8.25 8.25 0 0 0 8.25 8.250h126"
      />
      <rect class="bolt-edge" x="184" y="-20" width="5" height="264" />
    </>
  )
}

function Bar() {
  return (
    <g class="bolt-bar">
      <rect class="bolt-body" x="55" y="90" width="129" height="44" rx="7" />
      <rect class="bolt-shine" x="60" y="93.5" width="118" height="4" rx="2" />
      <path class="bolt-nose" d="M172 90h5a7 7 0 0 1 7 7v30a7 7 0 0 1-7 7h-5z" />
      {[74, 84, 94].map((x) => (
        <g key={x}>
          <path class="bolt-groove" d={`M${x} 102v20`} />
          <path class="bolt-groove-light" d={`M${x + 2} 102v20`} />
        </g>
      ))}
      <rect class="bolt-outline" x="56" y="91" width="127" height="42" rx="6" />
    </g>
  )
}

function Screw({ x, y, turn }: { x: number; y: number; turn: number }) {
  return (
    <g transform={`translate(${x} ${y}) rotate(${turn})`}>
      <circle class="bolt-screw" r="5" />
      <path class="bolt-screw-slot" d="M-3 0h6" />
    </g>
  )
}

function BoltFills() {
  return (
    <defs>
      <VerticalFill id="bolt-brass-fill" stops={['bolt-brass-1', 'bolt-brass-2', 'bolt-brass-3']} />
      <VerticalFill id="bolt-jammed-fill" stops={['bolt-jam-1', 'bolt-jam-2', 'bolt-jam-3']} />
      <VerticalFill id="bolt-case-fill" stops={['bolt-stop-2', 'bolt-stop-2', 'bolt-stop-3']} />
      <VerticalFill id="bolt-strike-fill" stops={['bolt-stop-1', 'bolt-stop-2', 'bolt-stop-2']} />
      <linearGradient id="bolt-sheen-fill" x1="0" x2="1" y1="0" y2="0.3">
        <stop offset="0" stop-color="#fff" stop-opacity="0.1" />
        <stop offset="0.55" stop-color="#fff" stop-opacity="0" />
        <stop offset="1" stop-color="#000" stop-opacity="0.16" />
      </linearGradient>
      <linearGradient id="bolt-light-fill" x1="0" x2="0" y1="0" y2="1">
        <stop class="bolt-light-far" offset="0" />
        <stop class="bolt-light-near" offset="0.55" />
        <stop class="bolt-light-far" offset="1" />
      </linearGradient>
      <linearGradient id="bolt-spill-fill">
        <stop class="bolt-light-stop" offset="0" stop-opacity="0.9" />
        <stop class="bolt-light-stop" offset="1" stop-opacity="0" />
      </linearGradient>
    </defs>
  )
}

function VerticalFill({ id, stops }: { id: string; stops: readonly [string, string, string] }) {
  return (
    <linearGradient id={id} x1="0" x2="0" y1="0" y2="1">
      <stop class={stops[0]} offset="0" />
      <stop class={stops[1]} offset="0.42" />
      <stop class={stops[2]} offset="1" />
    </linearGradient>
  )
}
