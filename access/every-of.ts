/**
 * Lists every member of a union, in an order: what is new to the union must be named, or the list
 * does not compile.
 */
export function everyOf<Member extends string>() {
  return <const Named extends readonly Member[]>(
    ...members: [Exclude<Member, Named[number]>] extends [never] ? Named : readonly never[]
  ): readonly Member[] => members
}
