/**
 * Names seen lately, found by their bytes: topics and groups repeat in every frame, so their strings need not be made again.
 * Of fixed size; a newer name takes the place of an older one with the same hash.
 */
const places = 1024
const nameBytesMax = 255

export interface HotName<T> {
  readonly text: string
  readonly bytes: Buffer
  /** What the owner of the table keeps with the name. */
  value: T
}

export class HotNames<T> {
  readonly #names: (HotName<T> | undefined)[] = new Array(places).fill(undefined)
  readonly #initial: (text: string) => T

  constructor(initial: (text: string) => T) {
    this.#initial = initial
  }

  /** The name in `bytes[start, end)`; undefined when it is long or not ASCII. */
  get(bytes: Buffer, start: number, end: number): HotName<T> | undefined {
    if (end - start > nameBytesMax) return undefined
    let hash = end - start
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0
    const place = (hash ^ (hash >>> 10)) & (places - 1)
    const known = this.#names[place]
    if (known !== undefined && same(known.bytes, bytes, start, end)) return known
    return this.#make(bytes, start, end, place)
  }

  #make(bytes: Buffer, start: number, end: number, place: number): HotName<T> | undefined {
    for (let at = start; at < end; at++) if (bytes[at]! > 0x7f) return undefined
    const copy = Buffer.from(bytes.subarray(start, end))
    const text = copy.toString('latin1')
    const name: HotName<T> = { text, bytes: copy, value: this.#initial(text) }
    this.#names[place] = name
    return name
  }
}

const same = (name: Buffer, bytes: Buffer, start: number, end: number): boolean => {
  const { length } = name
  if (end - start !== length) return false
  for (let i = 0; i < length; i++) if (name[i] !== bytes[start + i]) return false
  return true
}
