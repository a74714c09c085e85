import type { Chemistry } from '#core/inputs.ts'

/** Points of a line, by rising x. */
export type Line = readonly [Point, ...Point[]]
type Point = readonly [x: number, y: number]

/**
 * Charge in percent by the millivolts of one cell at rest.
 *
 * - NiMH and Li-ion: Panasonic BK-1100FHU and NCR18650BF, as tabulated in steps of 10 % in Zephyr
 *   (`include/zephyr/dt-bindings/battery/battery.h`, 2024), rounded to 5 mV.
 * - Alkaline: 1.58 V fresh (Energizer "Alkaline Manganese Dioxide Handbook" Alk2.0), then its falling
 *   curve at a low rate, lifted by what a cell recovers at rest.
 * - Lithium: Energizer L91 data sheet: almost level for nine tenths of its life, then a cliff. The
 *   voltage says little in between, which is why the confidence of an estimate is read from the slope.
 *
 * They are typical, not of any one cell: a lock with a gauge uses the gauge.
 */
export const restingCurves: Readonly<Record<Chemistry, Line>> = {
  alkaline: [
    [1050, 0],
    [1130, 10],
    [1190, 20],
    [1270, 40],
    [1340, 60],
    [1430, 80],
    [1500, 92],
    [1580, 100],
  ],
  lithium: [
    [1300, 0],
    [1500, 5],
    [1620, 10],
    [1680, 20],
    [1700, 40],
    [1715, 70],
    [1740, 90],
    [1800, 100],
  ],
  nimh: [
    [1005, 0],
    [1195, 10],
    [1230, 20],
    [1245, 30],
    [1255, 45],
    [1265, 65],
    [1275, 80],
    [1315, 90],
    [1420, 100],
  ],
  liIon: [
    [2500, 0],
    [3145, 10],
    [3370, 20],
    [3450, 30],
    [3530, 40],
    [3600, 50],
    [3680, 60],
    [3765, 70],
    [3840, 80],
    [3935, 90],
    [4030, 100],
  ],
}

/**
 * How much of the charge a motor can draw, in percent by degrees Celsius. What the cold holds back
 * comes back with the warmth. Estimates, rounded down to five, of what makers print for such cells
 * (Energizer's handbooks for alkaline, L91 and NiMH; Panasonic's NCR18650BF); none was measured here.
 */
export const usableInCold: Readonly<Record<Chemistry, Line>> = {
  alkaline: [
    [-20, 35],
    [-10, 60],
    [0, 80],
    [20, 100],
  ],
  lithium: [
    [-40, 60],
    [-20, 90],
    [0, 100],
  ],
  nimh: [
    [-20, 50],
    [-10, 75],
    [0, 90],
    [20, 100],
  ],
  liIon: [
    [-20, 60],
    [-10, 75],
    [0, 85],
    [20, 100],
  ],
}

/** The line's y at x; level before its first point and after its last. */
export function along(line: Line, x: number): number {
  let [before] = line
  for (const point of line) {
    if (point[0] >= x) return between(before, point, x)
    before = point
  }
  return before[1]
}

function between(from: Point, to: Point, x: number): number {
  if (x <= from[0]) return from[1]
  return from[1] + ((to[1] - from[1]) * (x - from[0])) / (to[0] - from[0])
}
