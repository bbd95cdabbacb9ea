/** A set of whole numbers from 0, a bit each: a run of a hundred million messages takes 12 MB. */

export class NumberSet {
  #bits = new Uint8Array(1024)

  has(number: number): boolean {
    return ((this.#bits[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0
  }

  /** Whether the number is new. */
  add(number: number): boolean {
    if (this.has(number)) return false
    const at = number >>> 3
    if (at >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(at + 1, this.#bits.length * 2))
      grown.set(this.#bits)
      this.#bits = grown
    }
    this.#bits[at]! |= 1 << (number & 7)
    return true
  }
}
